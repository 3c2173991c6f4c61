using System;
using System.Collections.Generic;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>What a plan says of terms beside the overlap and of loops of the library, in its name and at the head of the file.</summary>
public sealed class PlanWordsTests
{
    private static readonly LossOptions Softmax3 = new(3, LossOptions.DefaultEpsilon, Activation.Softmax);
    private static readonly LossOptions Softmax5 = Softmax3 with { NumClasses = 5 };
    private static readonly LossOptions Sigmoid3 = Softmax3 with { Activation = Activation.Sigmoid };
    private static readonly Compound Plain = new(CrossEntropy: 1);
    private static readonly EquatableArray<double> ThreeWeights = new(1, 2, 3);
    private static readonly Aggregation Distances = new() { Wasserstein = new Wasserstein(new(1), WassersteinWeights.Foreground) };

    private static readonly Dictionary<string, (LossOptions Options, string Name, string Line)> All = new()
    {
        ["cross-entropy of a softmax"] = (
            Softmax3 with { Compound = Plain }, "softmax_f32_c3_ce_chain16_part65536", "cross-entropy: one logarithm a chain, two float sums more"),
        ["cross-entropy with weights"] = (
            Softmax3 with { Compound = Plain with { ClassWeights = ThreeWeights } },
            "softmax_f32_c3_ce_chain16_part65536",
            "cross-entropy: one logarithm a vector, two float sums more"),
        ["cross-entropy of smoothed labels"] = (
            Softmax3 with { Compound = Plain with { LabelSmoothing = 0.1 } },
            "softmax_f32_c3_ce_chain16_part65536",
            "cross-entropy: one logarithm a vector, two float sums more"),
        ["cross-entropy beside a focal term"] = (
            Softmax3 with { Compound = Plain, Focal = new Focal(1) },
            "softmax_f32_c3_ce_focal_chain16_part65536",
            "cross-entropy: one logarithm a vector, two float sums more"),
        ["cross-entropy of tiles"] = (
            Softmax5 with { Compound = Plain },
            "softmax_f32_c5_ce_scratch512_g3x1_2x1_chain16_part52224",
            "cross-entropy: one logarithm for four vectors, from two rows more of scratch memory"),
        ["cross-entropy of tiles beside a focal term"] = (
            Softmax5 with { Compound = Plain, Focal = new Focal(1) },
            "softmax_f32_c5_ce_focal_scratch512_g3x1_2x1_chain16_part52224",
            "cross-entropy: one logarithm for four vectors, from two rows more of scratch memory"),
        ["cross-entropy of tiles of smoothed labels"] = (
            Softmax5 with { Compound = Plain with { LabelSmoothing = 0.1 } },
            "softmax_f32_c5_ce_scratch512_g3x1_2x1_chain16_part52224",
            "cross-entropy: one logarithm a vector, from two rows more of scratch memory"),

        ["cross-entropy of tiles whose labels are taken out"] = (
            Softmax3 with { NumClasses = 16, Compound = Plain },
            "softmax_f32_c16_ce_scratch512_labelled_chain16_part16384",
            "cross-entropy: one logarithm for four vectors, from two rows more of scratch memory"),

        ["cross-entropy of targets"] = (
            Softmax3 with { Compound = Plain, Labels = LabelKind.OneHot },
            "softmax_onehot_f32_c3_ce_chain16_part65536",
            "cross-entropy: one logarithm a vector, one float sum more"),
        ["cross-entropy of targets and tiles"] = (
            Softmax5 with { Compound = Plain, Labels = LabelKind.OneHot },
            "softmax_onehot_f32_c5_ce_scratch512_g3x1_2x1_chain16_part52224",
            "cross-entropy: one logarithm a vector, from two trips more through the logits of a tile"),

        ["binary cross-entropy"] = (
            Sigmoid3 with { Compound = Plain }, "sigmoid_f32_c3_bce_chain16_part65536", "cross-entropy: one logarithm a chain, two float sums more"),
        ["binary cross-entropy with weights"] = (
            Sigmoid3 with { Compound = Plain with { ClassWeights = ThreeWeights } },
            "sigmoid_f32_c3_bce_chain16_part65536",
            "cross-entropy: one logarithm for each class and chain, 6 float sums more"),
        ["binary cross-entropy with weights of what belongs to a class"] = (
            Sigmoid3 with { Compound = Plain with { PositiveWeights = ThreeWeights } },
            "sigmoid_f32_c3_bce_chain16_part65536",
            "cross-entropy: a logarithm for each class and vector, one float sum more"),
        ["binary cross-entropy with weights of both kinds"] = (
            Sigmoid3 with { Compound = Plain with { ClassWeights = ThreeWeights, PositiveWeights = ThreeWeights } },
            "sigmoid_f32_c3_bce_chain16_part65536",
            "cross-entropy: a logarithm for each class and vector, 3 float sums more"),

        ["focal term of a softmax"] = (
            Softmax3 with { Focal = new Focal(1, Gamma: 4) },
            "softmax_f32_c3_focal_chain16_part65536",
            "focal term: one logarithm a vector, the power by products, two float sums more"),
        ["focal term beside a cross-entropy"] = (
            Softmax3 with { Focal = new Focal(1, Gamma: 5), Compound = Plain },
            "softmax_f32_c3_ce_focal_chain16_part65536",
            "focal term: with the logarithm of the cross-entropy, the power by a logarithm and an exponential, one float sum more"),
        ["focal term of tiles"] = (
            Softmax5 with { Focal = new Focal(1, Gamma: 0.5), Compound = Plain },
            "softmax_f32_c5_ce_focal_scratch512_g3x1_2x1_chain16_part52224",
            "focal term: one logarithm a vector, the power by a logarithm and an exponential, from two rows more of scratch memory"),
        ["focal term of a sigmoid"] = (
            Sigmoid3 with { Focal = new Focal(1, Gamma: 1) },
            "sigmoid_f32_c3_focal_chain16_part65536",
            "focal term: a logarithm for each class and vector, the power by products, one float sum more"),
        ["focal term of a sigmoid with weights"] = (
            Sigmoid3 with { Focal = new Focal(1, Gamma: 3, ClassWeights: ThreeWeights) },
            "sigmoid_f32_c3_focal_chain16_part65536",
            "focal term: a logarithm for each class and vector, the power by products, 3 float sums more"),

        ["ignored label"] = (
            Sigmoid3 with { IgnoreIndex = 255 },
            "sigmoid_f32_c3_ignore_chain16_part65536",
            "accumulators in registers: 6 float sums and 4 integer counts, one pixel a lane"),
        ["mask of one class"] = (
            Sigmoid3 with { NumClasses = 1, HasMask = true },
            "sigmoid_f32_c1_mask_chain16_part65536",
            "accumulators in registers: 2 float sums and 2 integer counts, one pixel a lane"),
        ["mask of several groups"] = (
            Sigmoid3 with { NumClasses = 6, IgnoreIndex = 0, HasMask = true },
            "sigmoid_f32_c6_ignore_mask_g3x2_chain16_part65536",
            "accumulators in registers: 6 float sums and 3 integer counts, one pixel a lane"),

        ["distances of classes that share the registers"] = (
            Softmax3 with { Aggregation = Distances },
            "softmax_f32_c3_wasserstein_chain16_part65536",
            "float sums of at most 16 turns, then double; one trip through the logits; the tail at one lane"),
        ["tiles"] = (
            Softmax5, "softmax_f32_c5_scratch512_g3x1_2x1_chain16_part52224", "exponentials of 512 pixels at a time, in scratch memory of 10 KB"),
        ["tiles of many classes"] = (
            Softmax5 with { NumClasses = 150 },
            "softmax_f32_c150_scratch416_labelled_chain16_part1664",
            "exponentials of 416 pixels at a time, in scratch memory of 253 KB"),
        ["tiles of the most classes"] = (
            Softmax5 with { NumClasses = LossOptions.MaxNumClasses },
            "softmax_f32_c4096_scratch16_labelled_chain16_part64",
            "exponentials of 16 pixels at a time, in scratch memory of 768 KB"),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_plan_has_a_name_and_a_line(string options)
    {
        KernelPlan plan = KernelPlanner.Plan(All[options].Options);

        Assert.Equal(All[options].Name, plan.Name);
        Assert.Single(plan.Explain(), All[options].Line);
    }

    [Theory]
    [InlineData(2, "the power by products")]
    [InlineData(3, "the power by products")]
    [InlineData(0, "the power by products")]
    [InlineData(2.5, "the power by a logarithm and an exponential")]
    [InlineData(5, "the power by a logarithm and an exponential")]
    public void Small_whole_powers_are_products(double gamma, string words)
    {
        KernelPlan plan = KernelPlanner.Plan(Softmax3 with { Focal = new Focal(1, gamma) });

        Assert.Single(plan.Explain(), $"focal term: one logarithm a vector, {words}, two float sums more");
    }

    [Theory]
    [InlineData("Softmax", "exponentials", "logits")]
    [InlineData("None", "probabilities", "predictions")]
    public void Distances_of_many_classes_are_looked_up(string activation, string kept, string read)
    {
        LossOptions options = Softmax5 with { Activation = Enum.Parse<Activation>(activation), Aggregation = Distances };
        KernelPlan plan = KernelPlanner.Plan(options);

        Assert.True(plan.LooksUpDistances);
        Assert.Empty(plan.Groups);
        Assert.Equal($"{(activation == "None" ? "probabilities" : "softmax")}_f32_c5_wasserstein_scratch512_part{plan.PartPixels}", plan.Name);
        Assert.Equal(
            [
                "5 classes, one after the other: of a vector of pixels, those that it has labels of, each with its row of distances",
                $"{kept} of 512 pixels at a time, in scratch memory of 10 KB",
                $"a vector at a time, then double; one trip through the {read}; the tail at one lane",
                $"parts of {plan.PartPixels} pixels, each on one thread",
            ],
            plan.Explain());
        Assert.False(KernelPlanner.Plan(Softmax5).LooksUpDistances);
        Assert.False(KernelPlanner.Plan(options with { NumClasses = 4 }).LooksUpDistances);
    }

    [Fact]
    public void Rows_explain_themselves() => Assert.Equal(
        [
            "16 classes side by side, as they lie: a row of all of them for each pixel",
            "of a row the label's class in double, the others a vector of classes at a time through some rows",
            "float sums of at most 16 rows, then double; one trip through the predictions; the tail at one lane",
            "parts of 65536 pixels, each on one thread",
        ],
        KernelPlanner.Plan(new LossOptions(16, LossOptions.DefaultEpsilon) { Layout = Layout.ChannelsLast }).Explain());

    [Fact]
    public void Rows_of_a_softmax_explain_themselves() => Assert.Equal(
        [
            "16 classes side by side, as they lie: a row of all of them for each pixel",
            "exponentials of some rows at a time as they lie, in scratch memory; in the gradient's place, and kept there, where a call asks for both",
            "of a row the label's class in double, the others a vector of classes at a time through some rows",
            "float sums of at most 16 rows, then double; one trip through the logits; the tail at one lane",
            "parts of 16384 pixels, each on one thread",
        ],
        KernelPlanner.Plan(new LossOptions(16, LossOptions.DefaultEpsilon) { Layout = Layout.ChannelsLast, Activation = Activation.Softmax }).Explain());

    [Theory]
    [InlineData("Sigmoid", 150, false)]
    [InlineData("Softmax", 5, false)]
    [InlineData("Softmax", 4, false)]
    [InlineData("None", 2, true)]
    [InlineData("None", 4, true)]
    [InlineData("None", 5, true)]
    public void Planes_of_probabilities_are_asked_for_ahead(string activation, int numClasses, bool asksAhead)
    {
        LossOptions options = Softmax5 with { NumClasses = numClasses, Activation = Enum.Parse<Activation>(activation) };
        KernelPlan plan = KernelPlanner.Plan(options);

        string input = activation == "None" ? "predictions" : "logits", ahead = !asksAhead ? string.Empty : numClasses > 4 ? ", asked for ahead" : ", asked for ahead in FarMemory";
        Assert.Equal(asksAhead, plan.AsksAhead);
        Assert.Single(plan.Explain(), $"float sums of at most 16 turns, then double; one trip through the {input}{ahead}; the tail at one lane");
        Assert.False(KernelPlanner.Plan(options with { Activation = Activation.None, Layout = Layout.ChannelsLast }).AsksAhead);
    }

    [Theory]
    [InlineData("Half")]
    [InlineData("Double")]
    public void Planes_that_are_staged_are_not_asked_for(string elementType) =>
        Assert.False(KernelPlanner.Plan(Softmax5 with { Activation = Activation.None, ElementType = Enum.Parse<ElementType>(elementType) }).AsksAhead);

    [Fact]
    public void A_tile_of_probabilities_is_not_asked_for() =>
        Assert.False(KernelPlanner.Plan(Softmax5 with { Activation = Activation.None, Aggregation = Distances }).AsksAhead);

    [Fact]
    public void Ignored_pixels_are_counted_with_the_classes_where_all_share_the_registers()
    {
        LossOptions ignoring = Softmax3 with { IgnoreIndex = 255 };

        Assert.True(KernelPlanner.Plan(ignoring).CountsIgnored);
        Assert.True(KernelPlanner.Plan(Softmax3 with { HasMask = true }).CountsIgnored);
        Assert.False(KernelPlanner.Plan(ignoring with { NumClasses = 5 }).CountsIgnored);
        Assert.False(KernelPlanner.Plan(Softmax3).CountsIgnored);
        Assert.False(KernelPlanner.Plan(Softmax3 with { HasMask = true, Labels = LabelKind.OneHot }).CountsIgnored);
    }
}
