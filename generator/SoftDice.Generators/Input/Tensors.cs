using System.Linq;

using Microsoft.CodeAnalysis;

namespace SoftDice.Generators.Input;

/// <summary>Whether a project can use tensor spans.</summary>
internal static class Tensors
{
    private const string Assembly = "System.Numerics.Tensors";
    private const string Span = "System.Numerics.Tensors.ReadOnlyTensorSpan`1";

    /// <summary>
    /// Those of the package, not of a project that fills in for it; until version 10 they are experimental, which makes every use of them an
    /// error.
    /// </summary>
    public static bool AreKnown(Compilation compilation) =>
        compilation.GetTypeByMetadataName(Span) is { DeclaredAccessibility: Accessibility.Public } span &&
        span.ContainingAssembly.Name == Assembly &&
        !span.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ExperimentalAttribute");
}
