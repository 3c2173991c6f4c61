using System;
using System.Collections.Generic;
using System.Linq;

using SoftDice.Generators.Input;
using SoftDice.Generators.Model;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>Arguments that are wrong: what is said first, what would mend it, and what stands for them, so that calls bind all the same.</summary>
public sealed class WrongArgumentTests
{
    private const string Softmax = "NumClasses = 3, Activation = SoftDiceActivation.Softmax";
    private const string Sigmoid = "NumClasses = 3, Activation = SoftDiceActivation.Sigmoid";
    private const string OneHot = ", Labels = SoftDiceLabels.OneHot";

    private static readonly LossOptions Plain = new(3, LossOptions.DefaultEpsilon, AreAsAsked: false);
    private static readonly LossOptions OfSoftmax = Plain with { Activation = Activation.Softmax };
    private static readonly LossOptions OfSigmoid = Plain with { Activation = Activation.Sigmoid };

    /// <summary>What is read, some words of what is said, and the remedy that a fix writes, if there is one.</summary>
    private static readonly Dictionary<string, (LossOptions Options, string Words, string? Remedy)> Wrong = new()
    {
        [""] = (Plain with { NumClasses = 1 }, "", "NumClasses = 2"),
        ["NumClasses = 0"] = (Plain with { NumClasses = 1 }, "0", "1"),
        ["NumClasses = 4097"] = (Plain with { NumClasses = 4096 }, "4097", "4096"),
        ["NumClasses = 0, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1"] = (OfSoftmax with { NumClasses = 1 }, "0", "1"),
        ["NumClasses = 0, Activation = SoftDiceActivation.Softmax, Focal = 1"] = (OfSoftmax with { NumClasses = 1 }, "0", "1"),
        ["NumClasses = 3, Epsilon = -1"] = (Plain, "-1", null),
        ["NumClasses = 3, Activation = (SoftDiceActivation)3"] = (Plain, "3", null),
        ["NumClasses = 3, Labels = (SoftDiceLabels)(-1)"] = (Plain, "-1", null),
        ["NumClasses = 3, Layout = (SoftDiceLayout)2"] = (Plain, "ChannelsFirst or ChannelsLast", null),
        ["NumClasses = 3, Form = (SoftDiceForm)3"] = (Plain, "NegativeLog, OneMinus or Negative", null),
        ["NumClasses = 3, Form = (SoftDiceForm)(-1)"] = (Plain, "NegativeLog, OneMinus or Negative", null),

        // What one class costs.
        ["NumClasses = 3, DenominatorFloor = -1"] = (Plain, "finite and not negative", "0"),
        ["NumClasses = 3, DenominatorFloor = double.PositiveInfinity"] = (Plain, "finite and not negative", null),
        ["NumClasses = 3, Form = SoftDiceForm.OneMinus, Gamma = 0"] = (WithCost(new(Form: Form.OneMinus)), "finite and above 0", null),
        ["NumClasses = 3, Form = SoftDiceForm.OneMinus, Gamma = -1"] = (WithCost(new(Form: Form.OneMinus)), "finite and above 0", null),
        ["NumClasses = 3, Overlap = SoftDiceOverlap.Tversky, SquaredDenominator = true"] = (WithCost(new(Overlap.Tversky)), "divides by errors", null),
        ["NumClasses = 3, Intersection = SoftDiceIntersection.Minimum"] = (Plain, "is Minimum", "Labels = SoftDiceLabels.OneHot"),
        ["NumClasses = 3, Intersection = SoftDiceIntersection.Minimum, SquaredDenominator = true" + OneHot] =
            (WithCost(new(SquaredDenominator: true)) with { Labels = LabelKind.OneHot }, "as SquaredDenominator does", null),
        ["NumClasses = 3, Alpha = 0.3"] = (Plain, "weight of the Tversky index", "Overlap = SoftDiceOverlap.Tversky"),
        ["NumClasses = 3, Beta = 0.3"] = (Plain, "weight of the Tversky index", "Overlap = SoftDiceOverlap.Tversky"),
        ["NumClasses = 3, Gamma = 2"] = (Plain, "power of 1 - d", "Form = SoftDiceForm.OneMinus"),
        ["NumClasses = 3, Form = SoftDiceForm.OneMinus, Gamma = 2, NumeratorSmoothing = 1"] =
            (WithCost(new(NumeratorSmoothing: 1, Form: Form.OneMinus)), "which is negative where", null),
        ["NumClasses = 3, Epsilon = 1, NumeratorSmoothing = 1, DenominatorSmoothing = 2"] =
            (WithCost(new(NumeratorSmoothing: 1, DenominatorSmoothing: 2)) with { Epsilon = 1 }, "smooths nothing", null),

        // How classes become one number.
        ["NumClasses = 3, ExcludedClasses = new[] { 3 }"] = (Plain, "has 3, which is no class; classes are 0 to 2", null),
        ["NumClasses = 3, ExcludedClasses = new[] { 3, 0 }"] = (WithAggregation(new(Excluded: new(0))), "has 3, which is no class", null),
        ["NumClasses = 3, ExcludedClasses = new[] { -1, 1 }"] = (WithAggregation(new(Excluded: new(1))), "has -1, which is no class", null),
        ["NumClasses = 3, IncludeBackground = false, ExcludedClasses = new[] { 0, 1 }"] =
            (WithAggregation(new(Excluded: new(0, 1))), "IncludeBackground = false leaves out already", null),
        ["NumClasses = 1, IncludeBackground = false"] = (Plain with { NumClasses = 1 }, "1", null),
        ["NumClasses = 3, ClassWeights = new[] { -1.0, 1, 1 }"] = (Plain, "has -1 for class 0", null),
        ["NumClasses = 3, ClassWeights = new[] { 1.0 }"] = (Plain, "has 1 weights for 3 classes", null),
        ["NumClasses = 3, NormalizeWeights = true"] = (Plain, "is about ClassWeights, and there are none", null),
        ["NumClasses = 3, InfiniteWeights = SoftDiceInfiniteWeights.Zero"] = (Plain, "weights of 1 / T", null),
        ["NumClasses = 3, GeneralizedWeights = SoftDiceGeneralizedWeights.Uniform, InfiniteWeights = SoftDiceInfiniteWeights.Zero"] =
            (WithAggregation(new(GeneralizedWeights: GeneralizedWeights.Uniform)), "weights of 1 / T", null),
        ["NumClasses = 3, GeneralizedWeights = SoftDiceGeneralizedWeights.Simple, Overlap = SoftDiceOverlap.Jaccard"] =
            (WithCost(new(Overlap.Jaccard)), "overlap of a single class", null),
        ["NumClasses = 2, WassersteinDistances = new[] { 1.0, 1, 1, 0 }"] = (Plain with { NumClasses = 2 }, "has 1 for label 0 and the same class", null),
        ["NumClasses = 2, WassersteinDistances = new[] { -1.0, 1, 1, 0 }"] = (Plain with { NumClasses = 2 }, "has -1 for label 0 and class 0", null),
        ["NumClasses = 2, WassersteinDistances = new[] { 0.0, 1, 1, 0 }, Overlap = SoftDiceOverlap.Jaccard"] =
            (WithCost(new(Overlap.Jaccard)) with { NumClasses = 2 }, "Overlap is about what a single class costs", null),
        ["NumClasses = 2, WassersteinDistances = new[] { 0.0, 1, 1, 0 }, ExcludedClasses = new[] { 1 }"] =
            (WithAggregation(new(Excluded: new(1))) with { NumClasses = 2 }, "ExcludedClasses leaves out classes", null),
        ["NumClasses = 2, WassersteinDistances = new[] { 0.0, 1, 1, 0 }, IncludeBackground = false"] =
            (WithAggregation(new(Excluded: new(0))) with { NumClasses = 2 }, "IncludeBackground leaves out classes", null),
        ["NumClasses = 3, WassersteinWeights = SoftDiceWassersteinWeights.InverseSize"] = (Plain, "and there are none", null),

        // Terms.
        ["NumClasses = 3, CrossEntropy = 1"] = (Plain, "is computed from logits", "Activation = SoftDiceActivation.Softmax"),
        ["NumClasses = 1, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, Mask = true" + OneHot] =
            (OfSoftmax with { NumClasses = 1, Labels = LabelKind.OneHot, HasMask = true }, "is 0 whatever the logits", null),
        [Softmax + ", CrossEntropy = 1, Mask = true" + OneHot] =
            (OfSoftmax with { Labels = LabelKind.OneHot, HasMask = true }, "with targets is not supported with Mask", null),
        [Softmax + ", LabelSmoothing = 0.1"] = (OfSoftmax, "is about the cross-entropy", "CrossEntropy = 1"),
        [Softmax + ", CrossEntropy = 1, LabelSmoothing = 1"] = (OfSoftmax with { Compound = new(1) }, "1", null),
        [Softmax + ", CrossEntropy = 1, CrossEntropyClassWeights = new[] { -1.0, 1, 1 }"] = (OfSoftmax with { Compound = new(1) }, "has -1 for class 0", null),
        [Softmax + ", CrossEntropy = 1, CrossEntropyPositiveWeights = new[] { 1.0, 1, 1 }"] = (OfSoftmax with { Compound = new(1) }, "through a softmax", null),
        [Softmax + ", CrossEntropy = 1, OverlapWeight = 0"] = (OfSoftmax with { Compound = new(1) }, "finite and above 0", null),
        [Softmax + ", OverlapWeight = 2"] = (OfSoftmax, "weighs the overlap against other terms", null),
        ["NumClasses = 3, Focal = 1"] = (Plain, "is computed from logits", "Activation = SoftDiceActivation.Softmax"),
        [Softmax + ", FocalGamma = 1"] = (OfSoftmax, "is about the focal term", "Focal = 1"),
        [Softmax + ", Focal = 1, FocalGamma = 101"] = (OfSoftmax with { Focal = new(1) }, "0 to 100", null),
        [Softmax + ", Focal = 1, FocalAlpha = 0.25"] = (OfSoftmax with { Focal = new(1) }, "through a softmax", null),
        [Sigmoid + ", Focal = 1, FocalAlpha = 0"] = (OfSigmoid with { Focal = new(1, Alpha: 0.5) }, "above 0 and below 1", null),
        [Sigmoid + ", Focal = 1, FocalAlpha = 1"] = (OfSigmoid with { Focal = new(1, Alpha: 0.5) }, "above 0 and below 1", null),
        [Softmax + ", Focal = 1, FocalClassWeights = new[] { 0.0, 0, 0 }"] = (OfSoftmax with { Focal = new(1) }, "so that no pixel counts", null),
        [Softmax + ", Focal = 1, Reduction = SoftDiceReduction.None" + OneHot] =
            (OfSoftmax with { Labels = LabelKind.OneHot, Aggregation = new(Reduction.None) }, "is a term of one number", null),
        [Softmax + ", Focal = 1, OverlapWeight = 2, Reduction = SoftDiceReduction.None"] =
            (OfSoftmax with { Aggregation = new(Reduction.None) }, "is a term of one number", null),
        [Softmax + ", Focal = 1, Mask = true" + OneHot] =
            (OfSoftmax with { Labels = LabelKind.OneHot, HasMask = true }, "is not supported with Labels = OneHot", null),
        [Sigmoid + ", Focal = 1, Mask = true, IgnoreIndex = 255"] =
            (OfSigmoid with { IgnoreIndex = 255, HasMask = true }, "is not supported with Sigmoid and IgnoreIndex", null),
        [Softmax + ", Focal = 1, CrossEntropy = 1, SumsOver = SoftDiceSumsOver.Sample, Mask = true"] =
            (OfSoftmax with { Compound = new(1), Aggregation = new(SumsOver: SumsOver.Sample), HasMask = true },
            "is not supported with SumsOver = Sample and CrossEntropy", null),
        [Softmax + ", Focal = 1, Mask = true"] = (OfSoftmax with { HasMask = true }, "is not supported with Mask", null),

        // Pixels.
        ["NumClasses = 3, IgnoreIndex = 0" + OneHot] = (Plain with { Labels = LabelKind.OneHot }, "with Labels = OneHot labels are none", null),
        ["NumClasses = 3, Mask = true, Reduction = SoftDiceReduction.None"] =
            (WithAggregation(new(Reduction.None)), "is not supported with Reduction = None", null),
    };

    public static TheoryData<string> WrongArguments => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(WrongArguments))]
    public void What_is_wrong_is_said_and_replaced(string arguments)
    {
        (LossOptions expected, string words, string? remedy) = Wrong[arguments];
        List<OptionProblem> problems = [];

        LossOptions options = OptionsReader.Read(InputTests.AttributeOf(arguments), problems);

        OptionProblem problem = Assert.Single(problems, problem => string.Join(' ', problem.MessageArguments).Contains(words, StringComparison.Ordinal));
        Assert.Equal(remedy, problem.Missing ?? problem.Nearest);
        Assert.Equal(expected, options);

        // No option is complained of twice.
        Assert.Equal(problems.Count, problems.Select(other => other.Argument).Distinct().Count());
    }

    // With the analyzers silenced it is a program, if one that throws.
    [Theory]
    [MemberData(nameof(WrongArguments))]
    public void What_is_generated_all_the_same_compiles(string arguments)
    {
        GeneratorRun run = GeneratorHarness.Run(Shapes.InDemo("public partial class TissueLoss;", arguments));

        run.AssertNoDiagnosticsInGeneratedCode();
    }

    private static LossOptions WithCost(ClassCost cost) => Plain with { Cost = cost };

    private static LossOptions WithAggregation(Aggregation aggregation) => Plain with { Aggregation = aggregation };
}
