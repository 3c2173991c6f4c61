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
    public const string NumeratorSmoothing = "NumeratorSmoothing";
    public const string DenominatorSmoothing = "DenominatorSmoothing";
    public const string DenominatorFloor = "DenominatorFloor";
    public const string Overlap = "Overlap";
    public const string SquaredDenominator = "SquaredDenominator";
    public const string Intersection = "Intersection";
    public const string Form = "Form";
    public const string Gamma = "Gamma";
    public const string Alpha = "Alpha";
    public const string Beta = "Beta";
    public const string Reduction = "Reduction";
    public const string ClassWeights = "ClassWeights";
    public const string NormalizeWeights = "NormalizeWeights";
    public const string IncludeBackground = "IncludeBackground";
    public const string ExcludedClasses = "ExcludedClasses";
    public const string AbsentClasses = "AbsentClasses";
    public const string SumsOver = "SumsOver";
    public const string Layout = "Layout";
    public const string ElementType = "ElementType";
    public const string GeneralizedWeights = "GeneralizedWeights";
    public const string InfiniteWeights = "InfiniteWeights";
    public const string WassersteinDistances = "WassersteinDistances";
    public const string WassersteinWeights = "WassersteinWeights";
    public const string CrossEntropy = "CrossEntropy";
    public const string CrossEntropyClassWeights = "CrossEntropyClassWeights";
    public const string CrossEntropyPositiveWeights = "CrossEntropyPositiveWeights";
    public const string LabelSmoothing = "LabelSmoothing";
    public const string Focal = "Focal";
    public const string FocalGamma = "FocalGamma";
    public const string FocalClassWeights = "FocalClassWeights";
    public const string FocalAlpha = "FocalAlpha";
    public const string OverlapWeight = "OverlapWeight";
    public const string IgnoreIndex = "IgnoreIndex";
    public const string Mask = "Mask";

    /// <summary>The first attribute of ours on a type; with several, all but the first are reported and ignored.</summary>
    public static AttributeData? FirstOf(INamedTypeSymbol type) => AllOf(type).FirstOrDefault();

    /// <summary>All attributes of ours on a type, on any of its parts.</summary>
    public static AttributeData[] AllOf(INamedTypeSymbol type) =>
        [.. type.GetAttributes().Where(attribute => attribute.AttributeClass?.ToDisplayString() == MetadataName)];
}
