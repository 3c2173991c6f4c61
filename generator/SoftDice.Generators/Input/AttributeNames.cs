using System.Linq;

using Microsoft.CodeAnalysis;

namespace SoftDice.Generators.Input;

/// <summary>The attribute, by name.</summary>
internal static class AttributeNames
{
    public const string MetadataName = "SoftDice.SoftDiceLossAttribute";
    public const string NumClasses = "NumClasses";
    public const string Epsilon = "Epsilon";
    public const string Activation = "Activation";
    public const string Labels = "Labels";

    /// <summary>The first attribute of ours on a type; with several, all but the first are reported and ignored.</summary>
    public static AttributeData? FirstOf(INamedTypeSymbol type) => AllOf(type).FirstOrDefault();

    /// <summary>All attributes of ours on a type, on any of its parts.</summary>
    public static AttributeData[] AllOf(INamedTypeSymbol type) =>
        [.. type.GetAttributes().Where(attribute => attribute.AttributeClass?.ToDisplayString() == MetadataName)];
}
