using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDice.Generators.Diagnostics;

/// <summary>Types of which no use has been found yet, and the names that they go by. Used by several threads at the same time.</summary>
internal sealed class UnusedTypes
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _left = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<string, INamedTypeSymbol[]> _byName = new(StringComparer.Ordinal);

    public UnusedTypes(INamedTypeSymbol[] types, Compilation compilation, CancellationToken cancellation)
    {
        foreach (IGrouping<string, INamedTypeSymbol> group in types.GroupBy(type => type.Name))
        {
            _byName.Add(group.Key, [.. group]);
        }

        foreach (INamedTypeSymbol type in types)
        {
            _left.TryAdd(type, true);
        }

        AddAliases(compilation, cancellation);
    }

    /// <summary>What is left, in no order.</summary>
    public IEnumerable<INamedTypeSymbol> Left => _left.Keys;

    /// <summary>The types that are left and may be meant by a name.</summary>
    public IEnumerable<INamedTypeSymbol> CalledBy(string name) =>
        _byName.TryGetValue(name, out INamedTypeSymbol[] types) ? types.Where(_left.ContainsKey) : [];

    public void Remove(INamedTypeSymbol type) => _left.TryRemove(type, out _);

    // An alias of a namespace may be given another alias, so that one that is found can make others.
    private void AddAliases(Compilation compilation, CancellationToken cancellation)
    {
        (string Alias, string[] Names)[] aliases = [.. compilation.SyntaxTrees.SelectMany(tree => AliasesIn(tree.GetRoot(cancellation)))];
        bool isMore;
        do
        {
            isMore = false;
            foreach ((string alias, string[] names) in aliases)
            {
                INamedTypeSymbol[] before = TypesOf(alias);
                INamedTypeSymbol[] after =
                    [.. names.SelectMany(TypesOf).Concat(before).Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)];
                _byName[alias] = after;
                isMore |= after.Length > before.Length;
            }
        }
        while (isMore);
    }

    private INamedTypeSymbol[] TypesOf(string name) => _byName.TryGetValue(name, out INamedTypeSymbol[] types) ? types : [];

    private static IEnumerable<(string Alias, string[] Names)> AliasesIn(SyntaxNode root) =>
        from directive in root
            .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<UsingDirectiveSyntax>()
        let alias = directive.Alias?.Name.Identifier.ValueText
        where alias is not null
        select (alias, directive.NamespaceOrType.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Select(name => name.Identifier.ValueText).ToArray());
}
