using System.Collections.Generic;
using System.Threading.Tasks;

using VerifyXunit;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>What terms beside that of the overlap add to the text, and that they add nothing where there are none.</summary>
public sealed class CompoundSnapshotTests
{
    private const string Softmax = "Activation = SoftDiceActivation.Softmax, ";
    private const string Sigmoid = "Activation = SoftDiceActivation.Sigmoid, ";

    private static readonly Dictionary<string, string> Arguments = new()
    {
        ["cross-entropy-3"] = $"NumClasses = 3, {Softmax}CrossEntropy = 1",
        ["cross-entropy-19"] = $"NumClasses = 19, {Softmax}CrossEntropy = 0.5, OverlapWeight = 2, AbsentClasses = SoftDiceAbsentClasses.Skip",
        ["ignore-3"] = $"NumClasses = 3, {Softmax}CrossEntropy = 1, IgnoreIndex = 255",
        ["mask-3"] = $"NumClasses = 3, {Softmax}CrossEntropy = 1, Mask = true",
        ["mask-19"] = $"NumClasses = 19, {Softmax}CrossEntropy = 1, Mask = true",
        ["mask-binary-targets-5"] = $"NumClasses = 5, {Sigmoid}Labels = SoftDiceLabels.OneHot, CrossEntropy = 1, Mask = true",
        ["weighted-smoothed-3"] = $"NumClasses = 3, {Softmax}CrossEntropy = 1, CrossEntropyClassWeights = [1, 2, 0.5], LabelSmoothing = 0.1",
        ["weighted-smoothed-5"] = $"NumClasses = 5, {Softmax}CrossEntropy = 1, CrossEntropyClassWeights = [1, 2, 0.5, 1, 1], LabelSmoothing = 0.1",
        ["per-sample-3"] = $"NumClasses = 3, {Softmax}SumsOver = SoftDiceSumsOver.Sample, CrossEntropy = 0.5",
        ["per-sample-binary-5"] = $"NumClasses = 5, {Sigmoid}SumsOver = SoftDiceSumsOver.Sample, Reduction = SoftDiceReduction.Sum, CrossEntropy = 1, " +
            "OverlapWeight = 2, CrossEntropyClassWeights = [1, 2, 0.5, 1, 1]",
        ["targets-3"] = $"NumClasses = 3, {Softmax}Labels = SoftDiceLabels.OneHot, CrossEntropy = 1",
        ["targets-5"] = $"NumClasses = 5, {Softmax}Labels = SoftDiceLabels.OneHot, CrossEntropy = 1, CrossEntropyClassWeights = [1, 2, 0.5, 1, 1], LabelSmoothing = 0.1",
        ["targets-19"] = $"NumClasses = 19, {Softmax}Labels = SoftDiceLabels.OneHot, CrossEntropy = 1",
        ["binary-1"] = $"NumClasses = 1, {Sigmoid}CrossEntropy = 1",
        ["binary-ignore-1"] = $"NumClasses = 1, {Sigmoid}CrossEntropy = 1, IgnoreIndex = 255",
        ["binary-ignore-3"] = $"NumClasses = 3, {Sigmoid}CrossEntropy = 1, IgnoreIndex = 255",
        ["binary-ignore-5"] = $"NumClasses = 5, {Sigmoid}CrossEntropy = 1, IgnoreIndex = 0",
        ["binary-mask-1"] = $"NumClasses = 1, {Sigmoid}CrossEntropy = 1, Mask = true",
        ["binary-mask-ignore-3"] = $"NumClasses = 3, {Sigmoid}CrossEntropy = 1, IgnoreIndex = 255, Mask = true",
        ["binary-mask-ignore-5"] = $"NumClasses = 5, {Sigmoid}CrossEntropy = 1, IgnoreIndex = 0, Mask = true",
        ["binary-5"] = $"NumClasses = 5, {Sigmoid}CrossEntropy = 1, CrossEntropyClassWeights = [1, 2, 0.5, 1, 1], LabelSmoothing = 0.1",
        ["binary-targets-3"] = $"NumClasses = 3, {Sigmoid}Labels = SoftDiceLabels.OneHot, CrossEntropy = 0.5",
        ["binary-positive-3"] = $"NumClasses = 3, {Sigmoid}CrossEntropy = 1, CrossEntropyPositiveWeights = [1, 2, 0.5]",
        ["binary-all-targets-3"] = $"NumClasses = 3, {Sigmoid}Labels = SoftDiceLabels.OneHot, CrossEntropy = 1, CrossEntropyClassWeights = [1, 2, 0.5], " +
            "CrossEntropyPositiveWeights = [1, 2, 0.5], LabelSmoothing = 0.1",
        ["focal-3"] = $"NumClasses = 3, {Softmax}Focal = 1",
        ["focal-cross-entropy-3"] = $"NumClasses = 3, {Softmax}Focal = 0.5, CrossEntropy = 1, OverlapWeight = 2, IgnoreIndex = 255",
        ["everything-16"] = $"NumClasses = 16, {Softmax}CrossEntropy = 1, CrossEntropyClassWeights = [1, 2, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], LabelSmoothing = 0.1, " +
            "Focal = 1, FocalGamma = 1.5, FocalClassWeights = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5, 1, 2], IgnoreIndex = 255",
        ["focal-weighted-5"] = $"NumClasses = 5, {Softmax}Focal = 1, FocalGamma = 1.5, FocalClassWeights = [1, 2, 0.5, 1, 1]",
        ["focal-sigmoid-1"] = $"NumClasses = 1, {Sigmoid}Focal = 1, FocalAlpha = 0.25",
        ["focal-sigmoid-targets-3"] = $"NumClasses = 3, {Sigmoid}Labels = SoftDiceLabels.OneHot, Focal = 1, FocalAlpha = 0.25, FocalClassWeights = [1, 2, 0.5], " +
            "CrossEntropy = 1",
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
    public void A_default_leaves_no_trace()
    {
        const string Plain = "NumClasses = 3, Activation = SoftDiceActivation.Softmax";
        const string Defaults = ", CrossEntropy = 0, Focal = 0";
        Assert.Equal(Sources(Plain), Sources(Plain + Defaults));
    }

    private static SortedDictionary<string, string> Sources(string arguments) =>
        GeneratorHarness.Run(Shapes.InDemo("public partial class TissueLoss;", arguments)).Sources;
}
