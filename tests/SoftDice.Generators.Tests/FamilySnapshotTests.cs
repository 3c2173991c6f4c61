using System.Collections.Generic;
using System.Threading.Tasks;

using VerifyXunit;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>What the options of the family add to the text, and that they add nothing where they are left alone.</summary>
public sealed class FamilySnapshotTests
{
    // Grades from 0 to 5.
    private const string Ordinal =
        "0, 1, 2, 3, 4, 5, 1, 0, 1, 2, 3, 4, 2, 1, 0, 1, 2, 3, 3, 2, 1, 0, 1, 2, 4, 3, 2, 1, 0, 1, 5, 4, 3, 2, 1, 0";

    private static readonly Dictionary<string, string> Arguments = new()
    {
        ["foreground"] = "NumClasses = 3, Form = SoftDiceForm.OneMinus, IncludeBackground = false",
        ["floored-focal-jaccard"] =
            "NumClasses = 3, Labels = SoftDiceLabels.OneHot, Overlap = SoftDiceOverlap.Jaccard, Form = SoftDiceForm.OneMinus, " +
            "Gamma = 1.5, Epsilon = 0, DenominatorFloor = 1e-7",
        ["weighted-subset"] =
            "NumClasses = 5, Activation = SoftDiceActivation.Softmax, NumeratorSmoothing = 0, ExcludedClasses = [3, 1], " +
            "ClassWeights = [1, 2, 0.5, 1, 4], NormalizeWeights = true, AbsentClasses = SoftDiceAbsentClasses.Skip",
        ["tversky"] = "NumClasses = 3, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7, Form = SoftDiceForm.OneMinus",
        ["tversky-equal"] = "NumClasses = 3, Overlap = SoftDiceOverlap.Tversky",
        ["tversky-targets"] =
            "NumClasses = 5, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, Overlap = SoftDiceOverlap.Tversky, Beta = 1",
        ["generalized"] =
            "NumClasses = 3, GeneralizedWeights = SoftDiceGeneralizedWeights.Square, Form = SoftDiceForm.OneMinus, IncludeBackground = false",
        ["generalized-zero-targets"] =
            "NumClasses = 5, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, DenominatorFloor = 1e-7, " +
            "GeneralizedWeights = SoftDiceGeneralizedWeights.Simple, InfiniteWeights = SoftDiceInfiniteWeights.Zero, NumeratorSmoothing = 0",
        ["wasserstein"] = "NumClasses = 3, Form = SoftDiceForm.OneMinus, WassersteinDistances = [0, 1, 1, 1, 0, 0.5, 1, 0.5, 0]",
        ["wasserstein-softmax"] =
            "NumClasses = 3, Activation = SoftDiceActivation.Softmax, WassersteinDistances = [0, 2, 8, 3, 0, 5, 0, 1, 0], " +
            "WassersteinWeights = SoftDiceWassersteinWeights.InverseSize, NumeratorSmoothing = 0, DenominatorFloor = 1e-7, IgnoreIndex = 255",
        ["wasserstein-6"] =
            "NumClasses = 6, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, SumsOver = SoftDiceSumsOver.Sample, " +
            "WassersteinDistances = [" + Ordinal + "]",
        ["wasserstein-probabilities-6"] =
            "NumClasses = 6, Form = SoftDiceForm.Negative, IgnoreIndex = 255, WassersteinWeights = SoftDiceWassersteinWeights.InverseSize, " +
            "WassersteinDistances = [" + Ordinal + "]",
        ["generalized-uniform"] = "NumClasses = 3, GeneralizedWeights = SoftDiceGeneralizedWeights.Uniform",
        ["squared"] = "NumClasses = 3, SquaredDenominator = true, Form = SoftDiceForm.OneMinus",
        ["squared-softmax"] = "NumClasses = 5, Activation = SoftDiceActivation.Softmax, SquaredDenominator = true",
        ["squared-targets"] =
            "NumClasses = 3, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, Overlap = SoftDiceOverlap.Jaccard, " +
            "SquaredDenominator = true, DenominatorFloor = 1e-7",
        ["squared-cross-entropy"] = "NumClasses = 5, Activation = SoftDiceActivation.Softmax, SquaredDenominator = true, CrossEntropy = 1",
        ["squared-sigmoid"] = "NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, SquaredDenominator = true",
        ["minimum"] = "NumClasses = 3, Labels = SoftDiceLabels.OneHot, Intersection = SoftDiceIntersection.Minimum, Form = SoftDiceForm.OneMinus",
        ["minimum-tversky"] =
            "NumClasses = 5, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, " +
            "Intersection = SoftDiceIntersection.Minimum, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7",
        ["per-sample"] =
            "NumClasses = 3, Form = SoftDiceForm.OneMinus, SumsOver = SoftDiceSumsOver.Sample, AbsentClasses = SoftDiceAbsentClasses.Skip",
        ["per-sample-sum"] =
            "NumClasses = 3, SumsOver = SoftDiceSumsOver.Sample, Reduction = SoftDiceReduction.Sum, " +
            "GeneralizedWeights = SoftDiceGeneralizedWeights.Square",
        ["unreduced"] =
            "NumClasses = 3, Reduction = SoftDiceReduction.None, Form = SoftDiceForm.Negative, IncludeBackground = false, " +
            "AbsentClasses = SoftDiceAbsentClasses.Zero",
        ["unreduced-subset"] =
            "NumClasses = 5, Activation = SoftDiceActivation.Softmax, Reduction = SoftDiceReduction.None, ExcludedClasses = [3, 1], " +
            "ClassWeights = [1, 2, 0.5, 1, 4], SumsOver = SoftDiceSumsOver.Sample",
        ["unreduced-generalized"] =
            "NumClasses = 3, Reduction = SoftDiceReduction.None, GeneralizedWeights = SoftDiceGeneralizedWeights.Uniform, " +
            "Labels = SoftDiceLabels.OneHot",
        ["mask"] = "NumClasses = 3, Mask = true",
        ["mask-ignore-softmax"] = "NumClasses = 5, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 255, Mask = true",
        ["mask-targets-sample"] =
            "NumClasses = 3, Labels = SoftDiceLabels.OneHot, Activation = SoftDiceActivation.Softmax, SumsOver = SoftDiceSumsOver.Sample, Mask = true",
        ["ignore"] = "NumClasses = 3, IgnoreIndex = 255",
        ["ignore-class"] = "NumClasses = 3, IgnoreIndex = 1",
        ["ignore-softmax-class"] = "NumClasses = 3, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 0",
        ["ignore-softmax"] = "NumClasses = 3, Activation = SoftDiceActivation.Softmax, IgnoreIndex = -100",
        ["ignore-groups"] = "NumClasses = 5, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 0",
        ["channels-last"] = "NumClasses = 3, Layout = SoftDiceLayout.ChannelsLast",
        ["channels-last-tversky-ignore"] =
            "NumClasses = 4, Layout = SoftDiceLayout.ChannelsLast, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7, IgnoreIndex = 0",
        ["channels-last-softmax"] = "NumClasses = 3, Activation = SoftDiceActivation.Softmax, Layout = SoftDiceLayout.ChannelsLast",
        ["channels-last-softmax-rows"] = "NumClasses = 19, Activation = SoftDiceActivation.Softmax, Layout = SoftDiceLayout.ChannelsLast",
        ["channels-last-rows"] = "NumClasses = 16, Layout = SoftDiceLayout.ChannelsLast, IgnoreIndex = 255",
        ["half"] = "NumClasses = 3, ElementType = SoftDiceElementType.Half",
        ["double-channels-last-mask"] = "NumClasses = 5, ElementType = SoftDiceElementType.Double, Layout = SoftDiceLayout.ChannelsLast, Mask = true",
        ["jaccard-sum"] =
            "NumClasses = 3, Overlap = SoftDiceOverlap.Jaccard, Form = SoftDiceForm.Negative, Reduction = SoftDiceReduction.Sum, " +
            "AbsentClasses = SoftDiceAbsentClasses.Zero",
    };

    public static TheoryData<string> All => [.. Arguments.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Options(string options)
    {
        GeneratorRun run = GeneratorHarness.Run(Shapes.InDemo("public partial class TissueLoss;", Arguments[options]));

        run.AssertCompilesWithoutDiagnostics();
        await Verifier.Verify(run.Driver).UseDirectory("Snapshots").UseParameters(options);
    }

    [Fact]
    public void A_Tversky_index_of_two_weights_of_1_is_that_of_Jaccard() => Assert.Equal(
        Sources("NumClasses = 3, Overlap = SoftDiceOverlap.Jaccard"),
        Sources("NumClasses = 3, Overlap = SoftDiceOverlap.Tversky, Alpha = 1, Beta = 1"));

    // Its documentation is that of the interface which it cannot implement.
    [Theory]
    [InlineData("Reduction = SoftDiceReduction.None")]
    [InlineData("Reduction = SoftDiceReduction.None, SumsOver = SoftDiceSumsOver.Sample")]
    [InlineData("SumsOver = SoftDiceSumsOver.Sample")]
    [InlineData("Mask = true")]
    [InlineData("Mask = true, SumsOver = SoftDiceSumsOver.Sample")]
    [InlineData("ElementType = SoftDiceElementType.Half")]
    [InlineData("ElementType = SoftDiceElementType.Double, Reduction = SoftDiceReduction.None")]
    public void A_static_class_has_them_too(string arguments)
    {
        GeneratorRun run = GeneratorHarness.Run(Shapes.InDemo("public static partial class TissueLoss;", "NumClasses = 3, " + arguments));

        run.AssertCompilesWithoutDiagnostics();
    }

    // However the default is written, and also if two smoothings come out as one.
    [Theory]
    [InlineData("Form = SoftDiceForm.NegativeLog, Overlap = SoftDiceOverlap.Dice, Reduction = SoftDiceReduction.Mean")]
    [InlineData("Gamma = 1, DenominatorFloor = 0, IncludeBackground = true, NormalizeWeights = false")]
    [InlineData("ClassWeights = new double[0], ExcludedClasses = new int[] { }, AbsentClasses = SoftDiceAbsentClasses.Count")]
    [InlineData("ClassWeights = null!, ExcludedClasses = null!")]
    [InlineData("SumsOver = SoftDiceSumsOver.Batch")]
    [InlineData("Layout = SoftDiceLayout.ChannelsFirst")]
    [InlineData("ElementType = SoftDiceElementType.Float")]
    [InlineData("Mask = false")]
    [InlineData("GeneralizedWeights = SoftDiceGeneralizedWeights.None")]
    [InlineData("WassersteinDistances = new double[0]")]
    [InlineData("SquaredDenominator = false, Intersection = SoftDiceIntersection.Product")]
    [InlineData("NumeratorSmoothing = 1e-5")]
    [InlineData("NumeratorSmoothing = 1e-5, DenominatorSmoothing = 1e-5")]
    public void A_default_leaves_no_trace(string arguments)
    {
        GeneratorRun run = GeneratorHarness.Run(Shapes.InDemo("public partial class TissueLoss;", "NumClasses = 3, " + arguments));

        run.AssertCompilesWithoutDiagnostics();
        Assert.Equal(Sources("NumClasses = 3"), run.Sources);
    }

    // The classes of a pixel, of which there is one, lie side by side in any layout.
    [Fact]
    public void One_class_has_no_layout() => Assert.Equal(
        Sources("NumClasses = 1"), Sources("NumClasses = 1, Layout = SoftDiceLayout.ChannelsLast"));

    private static SortedDictionary<string, string> Sources(string arguments) =>
        GeneratorHarness.Run(Shapes.InDemo("public partial class TissueLoss;", arguments)).Sources;
}
