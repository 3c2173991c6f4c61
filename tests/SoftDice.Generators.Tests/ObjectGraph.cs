using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

using Microsoft.CodeAnalysis;

namespace SoftDice.Generators.Tests;

/// <summary>Walks everything that a value holds on to, looking for what keeps a compilation alive or never compares equal.</summary>
internal static class ObjectGraph
{
    /// <summary>The paths, by field, to all that a generator's model must not hold.</summary>
    public static IReadOnlyList<string> FindForbidden(object? root)
    {
        List<string> found = [];
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<(object? Value, string Path)> open = new([(root, "value")]);
        while (open.TryPop(out (object? Value, string Path) next))
        {
            if (next.Value is not object value || IsLeaf(value.GetType()) || !seen.Add(value))
            {
                continue;
            }

            if (IsForbidden(value))
            {
                found.Add($"{next.Path}: {value.GetType().Name}");
                continue;
            }

            foreach ((object? child, string name) in ChildrenOf(value))
            {
                open.Push((child, $"{next.Path}.{name}"));
            }
        }

        return found;
    }

    // By kind and not by exact type: no object's type is ISymbol itself.
    private static bool IsForbidden(object value) => value is
        ISymbol or SyntaxNode or SyntaxToken or SyntaxTree or SyntaxReference or SemanticModel or Compilation or AttributeData or
        TypedConstant or Location or Delegate;

    private static bool IsLeaf(Type type) => type.IsPrimitive || type.IsEnum || type.IsPointer || type == typeof(string);

    private static IEnumerable<(object? Child, string Name)> ChildrenOf(object value)
    {
        if (value is Array array)
        {
            return array.Cast<object?>().Select((item, index) => (item, $"[{index}]"));
        }

        List<(object?, string)> children = [];
        for (Type? type = value.GetType(); type is not null; type = type.BaseType)
        {
            const BindingFlags Fields =
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            children.AddRange(type.GetFields(Fields).Select(field => (field.GetValue(value), field.Name)));
        }

        return children;
    }
}
