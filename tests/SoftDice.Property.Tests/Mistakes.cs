using System.Collections.Immutable;
using System.Linq;

namespace SoftDice.PropertyTests;

/// <summary>Arguments that are wrong together, whatever the others are.</summary>
/// <param name="Id">The diagnostic that says so.</param>
/// <param name="Arguments">The arguments, which take the places of those of their names; of those without a value, the option is left out.</param>
internal sealed record Mistake(string Id, params Argument[] Arguments)
{
    public Mistake(string id, string name, string value)
        : this(id, new Argument(name, value))
    {
    }

    public Configuration MakeIn(Configuration drawn) => drawn with
    {
        Arguments =
        [
            .. drawn.Arguments.Where(argument => !Arguments.Any(mine => mine.Name == argument.Name)),
            .. Arguments.Where(mine => mine.Value.Length > 0),
        ],
    };
}

/// <summary>Mistakes, a line each.</summary>
internal static class Mistakes
{
    private const string None = "";

    public static readonly ImmutableArray<Mistake> All =
    [
        new("SDG004", "NumClasses", None),
        new("SDG005", "NumClasses", "0"),
        new("SDG005", "NumClasses", "4097"),
        new("SDG006", "Epsilon", "-1E-05"),
        new("SDG006", "Epsilon", "double.NaN"),
        new("SDG011", "Activation", "(SoftDiceActivation)9"),
        new("SDG012", "Labels", "(SoftDiceLabels)(-1)"),
        new("SDG013", "Overlap", "(SoftDiceOverlap)9"),
        new("SDG013", "Form", "(SoftDiceForm)9"),
        new("SDG013", "Reduction", "(SoftDiceReduction)9"),
        new("SDG013", "AbsentClasses", "(SoftDiceAbsentClasses)9"),
        new("SDG013", "Layout", "(SoftDiceLayout)9"),
        new("SDG013", "ElementType", "(SoftDiceElementType)9"),
        new("SDG014", "NumeratorSmoothing", "-1"),
        new("SDG014", "DenominatorSmoothing", "double.PositiveInfinity"),
        new("SDG014", "DenominatorFloor", "double.NaN"),
        new("SDG014", "Gamma", "0"),
        new("SDG014", "Alpha", "-0.5"),
        new("SDG014", "Beta", "double.NaN"),
        new("SDG015", "ClassWeights", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]"),
        new("SDG015", new Argument("NumClasses", "2"), new Argument("ClassWeights", "[-1, 1]"), new Argument("ExcludedClasses", None)),
        new("SDG015", new Argument("NumClasses", "2"), new Argument("ClassWeights", "[0, 0]"), new Argument("ExcludedClasses", None)),
        new("SDG016", "ExcludedClasses", "[-1]"),
        new("SDG016", "ExcludedClasses", "[4096]"),
        new("SDG016", new Argument("IncludeBackground", "false"), new Argument("NumClasses", "3"), new Argument("ExcludedClasses", "[0]"), new Argument("ClassWeights", None)),
        new("SDG017", new Argument("NumClasses", "2"), new Argument("ExcludedClasses", "[0, 1]"), new Argument("IncludeBackground", None), new Argument("ClassWeights", None)),
        new("SDG018", new Argument("Epsilon", "1"), new Argument("NumeratorSmoothing", "0"), new Argument("DenominatorSmoothing", "2")),
        new("SDG018", new Argument("Alpha", "0.3"), new Argument("Overlap", "SoftDiceOverlap.Jaccard")),
        new("SDG018", new Argument("Beta", "0.3"), new Argument("Overlap", None)),
        new("SDG018", new Argument("Overlap", "SoftDiceOverlap.Tversky"), new Argument("Alpha", "0"), new Argument("Beta", "0")),
        new("SDG018", new Argument("Gamma", "2"), new Argument("Form", "SoftDiceForm.Negative")),
        new("SDG018", new Argument("Gamma", "2"), new Argument("Form", "SoftDiceForm.OneMinus"), new Argument("Epsilon", None), new Argument("NumeratorSmoothing", "1"), new Argument("DenominatorSmoothing", "0")),
        new("SDG018", new Argument("NormalizeWeights", "true"), new Argument("ClassWeights", None)),
        new("SDG018", new Argument("Reduction", "SoftDiceReduction.Sum"), new Argument("AbsentClasses", "SoftDiceAbsentClasses.Skip")),
        new("SDG013", "GeneralizedWeights", "(SoftDiceGeneralizedWeights)9"),
        new("SDG013", "InfiniteWeights", "(SoftDiceInfiniteWeights)9"),
        new("SDG018", new Argument("InfiniteWeights", "SoftDiceInfiniteWeights.Zero"), new Argument("GeneralizedWeights", None)),
        new("SDG018", new Argument("GeneralizedWeights", "SoftDiceGeneralizedWeights.Simple"), new Argument("Overlap", "SoftDiceOverlap.Jaccard")),
        new("SDG018", new Argument("GeneralizedWeights", "SoftDiceGeneralizedWeights.Uniform"), new Argument("Reduction", "SoftDiceReduction.Sum"), new Argument("SumsOver", None)),
        new("SDG018", new Argument("IgnoreIndex", "255"), new Argument("Labels", "SoftDiceLabels.OneHot")),
        new("SDG018", new Argument("IgnoreIndex", "1"), new Argument("NumClasses", "3"), new Argument("ExcludedClasses", "[0, 2]"), new Argument("IncludeBackground", None), new Argument("ClassWeights", None), new Argument("Labels", None)),
        new("SDG018", new Argument("Mask", "true"), new Argument("Reduction", "SoftDiceReduction.None")),
        new("SDG013", "SumsOver", "(SoftDiceSumsOver)9"),
        new("SDG018", new Argument("Reduction", "SoftDiceReduction.None"), new Argument("AbsentClasses", "SoftDiceAbsentClasses.Skip")),
        new("SDG018", new Argument("Reduction", "SoftDiceReduction.None"), new Argument("NormalizeWeights", "true")),
        new("SDG030", new Argument("Reduction", "SoftDiceReduction.None"), new Argument("CrossEntropy", "1"), new Argument("Activation", "SoftDiceActivation.Softmax"), new Argument("Labels", None), new Argument("Intersection", None)),
        new("SDG030", new Argument("Reduction", "SoftDiceReduction.None"), new Argument("CrossEntropy", "1"), new Argument("Activation", "SoftDiceActivation.Sigmoid")),
        new("SDG014", "CrossEntropy", "-1"),
        new("SDG014", "OverlapWeight", "0"),
        new("SDG030", new Argument("Mask", "true"), new Argument("Focal", "1"), new Argument("Activation", "SoftDiceActivation.Sigmoid"), new Argument("IgnoreIndex", None), new Argument("Reduction", None), new Argument("SumsOver", None)),
        new("SDG013", "WassersteinWeights", "(SoftDiceWassersteinWeights)9"),
        new("SDG038", "WassersteinDistances", "[0, 1, 1, 1, 0]"),
        new("SDG038", new Argument("NumClasses", "2"), new Argument("WassersteinDistances", "[0, -1, 1, 0]"), new Argument("ClassWeights", None), new Argument("ExcludedClasses", None)),
        new("SDG018", new Argument("WassersteinDistances", None), new Argument("WassersteinWeights", "SoftDiceWassersteinWeights.InverseSize")),
        new("SDG014", "Focal", "double.NaN"),
        new("SDG014", "FocalGamma", "-1"),
        new("SDG014", "FocalAlpha", "0"),
        new("SDG030", new Argument("Focal", "1"), new Argument("Activation", None), new Argument("Mask", None)),
        new("SDG030", new Argument("Focal", "1"), new Argument("Activation", "SoftDiceActivation.Softmax"), new Argument("Labels", "SoftDiceLabels.OneHot"), new Argument("SumsOver", None), new Argument("Reduction", None), new Argument("IgnoreIndex", None), new Argument("Mask", None)),
        new("SDG031", new Argument("Focal", None), new Argument("FocalGamma", "1")),
        new("SDG031", new Argument("Focal", "1"), new Argument("FocalAlpha", "0.25"), new Argument("NumClasses", "2"), new Argument("Activation", "SoftDiceActivation.Softmax"), new Argument("Labels", None), new Argument("Intersection", None), new Argument("SumsOver", None), new Argument("Reduction", None), new Argument("ExcludedClasses", None), new Argument("ClassWeights", None), new Argument("CrossEntropyClassWeights", None), new Argument("CrossEntropyPositiveWeights", None), new Argument("FocalClassWeights", None), new Argument("Mask", None)),
        new("SDG032", new Argument("NumClasses", "2"), new Argument("FocalClassWeights", "[1, -1]"), new Argument("ExcludedClasses", None), new Argument("ClassWeights", None), new Argument("CrossEntropyClassWeights", None), new Argument("CrossEntropyPositiveWeights", None)),
        new("SDG030", new Argument("CrossEntropy", "1"), new Argument("Activation", None)),
        new("SDG031", new Argument("CrossEntropy", None), new Argument("LabelSmoothing", "0.1")),
        new("SDG031", new Argument("CrossEntropy", None), new Argument("Focal", None), new Argument("OverlapWeight", "2")),
        new("SDG032", new Argument("NumClasses", "2"), new Argument("CrossEntropyClassWeights", "[1, -1]"), new Argument("ExcludedClasses", None), new Argument("ClassWeights", None)),
        new("SDG033", "LabelSmoothing", "1"),
    ];
}
