using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;

using Microsoft.CodeAnalysis;

using SoftDice.Generators.Model;

namespace SoftDice.Generators.Input;

/// <summary>Names of generated files: the metadata name of the type, in characters that every file system takes.</summary>
internal static class HintNames
{
    // With a hash and the longest ending still far below 255, the limit of one path component.
    private const int LongestName = 180;

    private static readonly SymbolDisplayFormat NamespaceFormat =
        new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    public static string Of(INamedTypeSymbol type)
    {
        StringBuilder name = new();
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            name.Insert(0, current.ContainingType is null ? current.MetadataName : "." + current.MetadataName);
        }

        if (!type.ContainingNamespace.IsGlobalNamespace)
        {
            name.Insert(0, type.ContainingNamespace.ToDisplayString(NamespaceFormat) + ".");
        }

        string escaped = Escape(name.ToString());
        return escaped.Length <= LongestName ? escaped : WithHash(escaped.Substring(0, LongestName), escaped);
    }

    /// <summary>
    /// The names that are there more than once: they differ only in case, which one folder cannot hold on every system, or not at
    /// all, in code that does not compile yet (a class and a struct of the same name).
    /// </summary>
    public static EquatableArray<string> Ambiguous(ImmutableArray<string> names)
    {
        IEnumerable<string> ambiguous = names
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Skip(1).Any())
            .SelectMany(group => group)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(name => name, StringComparer.Ordinal);
        return new EquatableArray<string>([.. ambiguous]);
    }

    /// <summary>A name that depends on the case of every letter and on the kinds of types and containers, and on no other type.</summary>
    public static string Unmistakable(LossTarget target) =>
        WithHash(target.HintName, target.Namespace + "|" + string.Join("|", target.Types.Select(part => part.Keyword + " " + part.Name)));

    // A hyphen cannot be part of an identifier, so that no two types share a name: List`1 is List-1, ǅ is -u01C5.
    private static string Escape(string name)
    {
        StringBuilder escaped = new(name.Length);
        foreach (char character in name)
        {
            _ = character switch
            {
                '`' => escaped.Append('-'),
                '.' or '_' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => escaped.Append(character),
                _ => escaped.Append("-u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture)),
            };
        }

        return escaped.ToString();
    }

    // FNV-1a: the same in every process, unlike string.GetHashCode.
    private static string WithHash(string prefix, string name)
    {
        uint hash = 2166136261;
        foreach (char character in name)
        {
            hash = unchecked((hash ^ character) * 16777619);
        }

        return prefix + "-" + hash.ToString("X8", CultureInfo.InvariantCulture);
    }
}
