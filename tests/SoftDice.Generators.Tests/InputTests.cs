using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

using SoftDice.Generators.Diagnostics;
using SoftDice.Generators.Input;
using SoftDice.Generators.Model;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>Types and attributes in, the model and its problems out: nothing is generated.</summary>
public sealed class InputTests
{
    private static readonly LossTypeAnalyzer Analyzer = new();

    // All but what is wrong with generated constants, which are not there.
    private static readonly HashSet<string> OfTypes = [.. Analyzer.SupportedDiagnostics.Select(rule => rule.Id).Except([Descriptors.ConstantIsGenerated.Id])];

    private const string ThreeClasses = "NumClasses = 3";
    private const string Softmax = "NumClasses = 3, Activation = SoftDiceActivation.Softmax";
    private const string Sigmoid = "NumClasses = 3, Activation = SoftDiceActivation.Sigmoid";
    private const string OneHot = "NumClasses = 3, Labels = SoftDiceLabels.OneHot";

    private static readonly LossOptions Plain = new(3, LossOptions.DefaultEpsilon);
    private static readonly LossOptions OfSoftmax = Plain with { Activation = Activation.Softmax };
    private static readonly LossOptions OfSigmoid = Plain with { Activation = Activation.Sigmoid };
    private static readonly LossOptions OfOneHot = Plain with { Labels = LabelKind.OneHot };

    /// <summary>Arguments that are right, with what they mean.</summary>
    private static readonly Dictionary<string, LossOptions> Right = new()
    {
        [ThreeClasses] = Plain,
        ["NumClasses = 1"] = Plain with { NumClasses = 1 },
        ["NumClasses = 4096"] = Plain with { NumClasses = 4096 },
        ["NumClasses = 3, Epsilon = 0"] = Plain with { Epsilon = 0 },
        ["NumClasses = 3, Epsilon = double.MaxValue"] = Plain with { Epsilon = double.MaxValue },
        ["NumClasses = 3, Activation = SoftDiceActivation.None, Labels = SoftDiceLabels.ClassIndex"] = Plain,
        [Softmax] = OfSoftmax,
        [Sigmoid] = OfSigmoid,
        [OneHot] = OfOneHot,

        // What one class costs.
        ["NumClasses = 3, NumeratorSmoothing = 0.5"] = WithCost(new(NumeratorSmoothing: 0.5)),
        ["NumClasses = 3, DenominatorSmoothing = 0"] = WithCost(new(DenominatorSmoothing: 0)),
        ["NumClasses = 3, Epsilon = 0.25, DenominatorSmoothing = 0.5"] = WithCost(new(DenominatorSmoothing: 0.5)) with { Epsilon = 0.25 },
        ["NumClasses = 3, NumeratorSmoothing = 1, DenominatorSmoothing = 2"] = WithCost(new(NumeratorSmoothing: 1, DenominatorSmoothing: 2)),
        ["NumClasses = 3, NumeratorSmoothing = 2, DenominatorSmoothing = 2"] = Plain with { Epsilon = 2 },
        ["NumClasses = 3, DenominatorFloor = 1e-6"] = WithCost(new(DenominatorFloor: 1e-6)),
        ["NumClasses = 3, DenominatorFloor = double.MaxValue"] = WithCost(new(DenominatorFloor: double.MaxValue)),
        ["NumClasses = 3, DenominatorFloor = 0"] = Plain,
        ["NumClasses = 3, Overlap = SoftDiceOverlap.Jaccard"] = WithCost(new(Overlap.Jaccard)),
        ["NumClasses = 3, Overlap = SoftDiceOverlap.Tversky"] = WithCost(new(Overlap.Tversky)),
        ["NumClasses = 3, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7"] = WithCost(new(Overlap.Tversky, Alpha: 0.3, Beta: 0.7)),
        ["NumClasses = 3, Overlap = SoftDiceOverlap.Tversky, Alpha = 0, Beta = 1"] = WithCost(new(Overlap.Tversky, Alpha: 0, Beta: 1)),
        ["NumClasses = 3, Overlap = SoftDiceOverlap.Tversky, Alpha = 1, Beta = 0"] = WithCost(new(Overlap.Tversky, Alpha: 1, Beta: 0)),
        ["NumClasses = 3, Overlap = SoftDiceOverlap.Tversky, Alpha = 1, Beta = 1"] = WithCost(new(Overlap.Jaccard)),
        ["NumClasses = 3, Form = SoftDiceForm.OneMinus"] = WithCost(new(Form: Form.OneMinus)),
        ["NumClasses = 3, Form = SoftDiceForm.OneMinus, Gamma = 0.75"] = WithCost(new(Form: Form.OneMinus, Gamma: 0.75)),
        ["NumClasses = 3, Gamma = 1"] = Plain,
        ["NumClasses = 3, Form = SoftDiceForm.OneMinus, Gamma = 2, NumeratorSmoothing = 1, DenominatorSmoothing = 2"] =
            WithCost(new(NumeratorSmoothing: 1, DenominatorSmoothing: 2, Form: Form.OneMinus, Gamma: 2)),
        ["NumClasses = 3, Form = SoftDiceForm.OneMinus, Gamma = 2, Epsilon = 1, DenominatorSmoothing = 2"] =
            WithCost(new(DenominatorSmoothing: 2, Form: Form.OneMinus, Gamma: 2)) with { Epsilon = 1 },
        ["NumClasses = 3, Form = SoftDiceForm.OneMinus, Gamma = 2, Epsilon = 1, NumeratorSmoothing = 0.5"] =
            WithCost(new(NumeratorSmoothing: 0.5, Form: Form.OneMinus, Gamma: 2)) with { Epsilon = 1 },
        ["NumClasses = 3, SquaredDenominator = true"] = WithCost(new(SquaredDenominator: true)),
        [OneHot + ", Intersection = SoftDiceIntersection.Minimum"] = OfOneHot with { Cost = new(Intersection: Intersection.Minimum) },

        // How classes become one number.
        ["NumClasses = 3, Reduction = SoftDiceReduction.Sum"] = WithAggregation(new(Reduction.Sum)),
        ["NumClasses = 3, Reduction = SoftDiceReduction.None"] = WithAggregation(new(Reduction.None)),
        ["NumClasses = 3, SumsOver = SoftDiceSumsOver.Sample"] = WithAggregation(new(SumsOver: SumsOver.Sample)),
        ["NumClasses = 3, ClassWeights = new[] { 0.0, 1, double.MaxValue }"] = WithAggregation(new(ClassWeights: new(0, 1, double.MaxValue))),
        ["NumClasses = 3, ClassWeights = null"] = Plain,
        ["NumClasses = 3, ClassWeights = new[] { 1.0, 2, 3 }, NormalizeWeights = true"] =
            WithAggregation(new(ClassWeights: new(1, 2, 3), NormalizeWeights: true)),
        ["NumClasses = 3, IncludeBackground = false"] = WithAggregation(new(Excluded: new(0))),
        ["NumClasses = 3, IncludeBackground = true"] = Plain,
        ["NumClasses = 3, ExcludedClasses = new[] { 2, 0 }"] = WithAggregation(new(Excluded: new(0, 2))),
        ["NumClasses = 3, ExcludedClasses = new[] { 0 }"] = WithAggregation(new(Excluded: new(0))),
        ["NumClasses = 3, IncludeBackground = false, ExcludedClasses = new[] { 2 }"] = WithAggregation(new(Excluded: new(0, 2))),
        ["NumClasses = 3, IncludeBackground = false, ExcludedClasses = new[] { 1, 1 }"] = WithAggregation(new(Excluded: new(0, 1))),
        ["NumClasses = 3, ExcludedClasses = new int[0]"] = Plain,
        ["NumClasses = 3, IncludeBackground = false, ClassWeights = new[] { 0.0, 0, 1 }"] =
            WithAggregation(new(ClassWeights: new(0, 0, 1), Excluded: new(0))),
        ["NumClasses = 3, AbsentClasses = SoftDiceAbsentClasses.Skip"] = WithAggregation(new(AbsentClasses: AbsentClasses.Skip)),
        ["NumClasses = 3, AbsentClasses = SoftDiceAbsentClasses.Zero, Reduction = SoftDiceReduction.Sum"] =
            WithAggregation(new(Reduction.Sum, AbsentClasses: AbsentClasses.Zero)),
        ["NumClasses = 3, GeneralizedWeights = SoftDiceGeneralizedWeights.Uniform"] =
            WithAggregation(new(GeneralizedWeights: GeneralizedWeights.Uniform)),
        ["NumClasses = 3, GeneralizedWeights = SoftDiceGeneralizedWeights.Square, InfiniteWeights = SoftDiceInfiniteWeights.Zero"] =
            WithAggregation(new(GeneralizedWeights: GeneralizedWeights.Square, InfiniteWeights: InfiniteWeights.Zero)),
        ["NumClasses = 3, GeneralizedWeights = SoftDiceGeneralizedWeights.Simple, Reduction = SoftDiceReduction.Sum, SumsOver = SoftDiceSumsOver.Sample"] =
            WithAggregation(new(Reduction.Sum, GeneralizedWeights: GeneralizedWeights.Simple, SumsOver: SumsOver.Sample)),
        ["NumClasses = 2, WassersteinDistances = new[] { 0, 4.0, 2, 0 }"] =
            WithAggregation(new(Wasserstein: new(new(0, 1, 0.5, 0), WassersteinWeights.Foreground))) with { NumClasses = 2 },
        ["NumClasses = 2, WassersteinDistances = new[] { 0, double.MaxValue, 0, 0 }"] =
            WithAggregation(new(Wasserstein: new(new(0, 1, 0, 0), WassersteinWeights.Foreground))) with { NumClasses = 2 },
        ["NumClasses = 2, WassersteinDistances = new[] { 0, 1.0, 1, 0 }, WassersteinWeights = SoftDiceWassersteinWeights.InverseSize"] =
            WithAggregation(new(Wasserstein: new(new(0, 1, 1, 0), WassersteinWeights.InverseSize))) with { NumClasses = 2 },
        ["NumClasses = 2, WassersteinDistances = new[] { 0, 1.0, 1, 0 }, Reduction = SoftDiceReduction.Sum, SumsOver = SoftDiceSumsOver.Sample"] =
            WithAggregation(new(Reduction.Sum, SumsOver: SumsOver.Sample, Wasserstein: new(new(0, 1, 1, 0), WassersteinWeights.Foreground))) with { NumClasses = 2 },

        // Terms.
        [Softmax + ", CrossEntropy = 0.5"] = OfSoftmax with { Compound = new(0.5) },
        [Softmax + ", CrossEntropy = 0"] = OfSoftmax,
        [Softmax + ", CrossEntropy = 1, OverlapWeight = 2"] = OfSoftmax with { Compound = new(1, 2) },
        [Softmax + ", CrossEntropy = 1, CrossEntropyClassWeights = new[] { 0, 1e-15, 1e15 }"] = OfSoftmax with { Compound = new(1, ClassWeights: new(0, 1e-15, 1e15)) },
        [Softmax + ", CrossEntropy = 1, LabelSmoothing = 0.1"] = OfSoftmax with { Compound = new(1, LabelSmoothing: 0.1) },
        [Softmax + ", CrossEntropy = 1, LabelSmoothing = 0"] = OfSoftmax with { Compound = new(1) },
        [Softmax + ", CrossEntropy = 1, Mask = true"] = OfSoftmax with { Compound = new(1), HasMask = true },
        [Softmax + ", CrossEntropy = 1, Labels = SoftDiceLabels.OneHot"] = OfSoftmax with { Compound = new(1), Labels = LabelKind.OneHot },
        [Sigmoid + ", CrossEntropy = 1, Labels = SoftDiceLabels.OneHot, Mask = true"] =
            OfSigmoid with { Compound = new(1), Labels = LabelKind.OneHot, HasMask = true },
        [Sigmoid + ", CrossEntropy = 1, CrossEntropyPositiveWeights = new[] { 1.0, 2, 3 }"] = OfSigmoid with { Compound = new(1, PositiveWeights: new(1, 2, 3)) },
        ["NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 1"] = OfSigmoid with { NumClasses = 1, Compound = new(1) },
        [Softmax + ", Focal = 1"] = OfSoftmax with { Focal = new(1) },
        [Softmax + ", Focal = 1, OverlapWeight = 2"] = OfSoftmax with { Focal = new(1), Compound = new(OverlapWeight: 2) },
        [Softmax + ", Focal = 1, FocalGamma = 0"] = OfSoftmax with { Focal = new(1, 0) },
        [Softmax + ", Focal = 1, FocalGamma = 100"] = OfSoftmax with { Focal = new(1, 100) },
        [Softmax + ", Focal = 1, FocalClassWeights = new[] { 1.0, 2, 3 }"] = OfSoftmax with { Focal = new(1, ClassWeights: new(1, 2, 3)) },
        [Softmax + ", Focal = 1, IgnoreIndex = 255"] = OfSoftmax with { Focal = new(1), IgnoreIndex = 255 },
        [Softmax + ", Focal = 1, SumsOver = SoftDiceSumsOver.Sample"] = OfSoftmax with { Focal = new(1), Aggregation = new(SumsOver: SumsOver.Sample) },
        [Softmax + ", Focal = 1, CrossEntropy = 1"] = OfSoftmax with { Focal = new(1), Compound = new(1) },
        [Sigmoid + ", Focal = 1, FocalAlpha = 0.25"] = OfSigmoid with { Focal = new(1, Alpha: 0.25) },
        [Sigmoid + ", Focal = 1, Labels = SoftDiceLabels.OneHot"] = OfSigmoid with { Focal = new(1), Labels = LabelKind.OneHot },

        // Pixels and memory.
        ["NumClasses = 3, IgnoreIndex = -1"] = Plain with { IgnoreIndex = -1 },
        ["NumClasses = 3, Mask = true"] = Plain with { HasMask = true },
        ["NumClasses = 3, Mask = false"] = Plain,
        ["NumClasses = 3, Layout = SoftDiceLayout.ChannelsLast"] = Plain with { Layout = Layout.ChannelsLast },
        ["NumClasses = 3, ElementType = SoftDiceElementType.Half"] = Plain with { ElementType = ElementType.Half },
    };

    public static TheoryData<string> RightArguments => [.. Right.Keys];

    public static TheoryData<string> MistakesOfTypes =>
        [.. Mistakes.All.Where(mistake => mistake.Value.Expected.All(text => OfTypes.Contains(text.Id))).Select(mistake => mistake.Key)];

    [Theory]
    [MemberData(nameof(RightArguments))]
    public void Arguments_are_read_as_they_are_meant(string arguments)
    {
        List<OptionProblem> problems = [];

        LossOptions options = OptionsReader.Read(AttributeOf(arguments), problems);

        Assert.Empty(problems);
        Assert.Equal(Right[arguments], options);
    }

    [Theory]
    [MemberData(nameof(MistakesOfTypes))]
    public async Task A_mistake_is_found_before_anything_is_generated(string mistake)
    {
        (string source, LinePositionSpan[] places) = AnalyzerHarness.ReadMarks(Mistakes.All[mistake].Source);
        CSharpParseOptions options = GeneratorHarness.ParseOptions.WithLanguageVersion(Mistakes.All[mistake].Language);
        CSharpCompilation compilation = GeneratorHarness.Compile(options, ("Source.cs", source));

        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([Analyzer]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            places.Zip(Mistakes.All[mistake].Expected, (place, text) => AnalyzerHarness.Describe(text.Id, place, text.Message)).Order(StringComparer.Ordinal),
            found.Select(AnalyzerHarness.Describe).Order(StringComparer.Ordinal));
    }

    /// <summary>The attribute with these arguments, on a type.</summary>
    public static AttributeData AttributeOf(string arguments) => AttributeNames.FirstOf(
        GeneratorHarness.Compile($"using SoftDice;\n[SoftDiceLoss({arguments})] internal partial class Loss;").GetTypeByMetadataName("Loss")!)!;

    private static LossOptions WithCost(ClassCost cost) => Plain with { Cost = cost };

    private static LossOptions WithAggregation(Aggregation aggregation) => Plain with { Aggregation = aggregation };
}
