using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The generalised Wasserstein Dice loss: against the definition, and that against its differences.</summary>
public sealed class WassersteinTests
{
    public static TheoryData<string> All => WassersteinTable.Names(_ => true);

    /// <summary>The reference has no lanes.</summary>
    public static TheoryData<string> Once => WassersteinTable.Names(kernel => kernel.Lanes == 1);

    [Theory]
    [MemberData(nameof(All))]
    public void Loss_and_gradient_are_those_of_the_definition(string name)
    {
        TrainingKernel kernel = WassersteinTable.Find(name);
        foreach (int pixels in Lengths(kernel))
        {
            FamilyTests.CheckAgainstDefinition(kernel, 1, pixels);
            FamilyTests.CheckAgainstDefinition(kernel, 3, pixels);
        }
    }

    [Theory]
    [MemberData(nameof(Once))]
    public void The_definitions_gradient_is_the_central_difference_of_its_loss(string name) =>
        FamilyTests.CheckDifferences(WassersteinTable.Find(name));

    [Fact]
    public void Numbers_worked_by_hand_come_out()
    {
        // Level logits: 2/3 from the background, 1/2 from each of the others.
        float[] level = new float[6];
        AssertLoss(1 - (1e-5 / ((4 / 3.0) + 1e-5)), Wasserstein3.Forward<byte>(level, [0, 0], 1));
        AssertLoss(1 - ((1 + 1e-5) / (1 + (7 / 6.0) + 1e-5)), Wasserstein3.Forward<byte>(level, [0, 1], 1));
        AssertLoss(1 - ((2 + 1e-5) / (3 + 1e-5)), Wasserstein3.Forward<byte>(level, [1, 2], 1));

        // Pixels weigh 1/2 each, and 1/3 each where both have one label.
        AssertLoss(1 - (((5 / 6.0) + 1e-5) / ((17 / 12.0) + 1e-5)), WassersteinInverse3.Forward<byte>(level, [0, 1], 1));
        AssertLoss(1 - (((4 / 9.0) + 1e-5) / ((8 / 9.0) + 1e-5)), WassersteinInverse3.Forward<byte>(level, [0, 0], 1));
    }

    [Fact]
    public void The_sums_of_a_class_are_those_of_the_pixels_labelled_with_it()
    {
        WassersteinProbabilities3.Sums sums = default;
        WassersteinProbabilities3.Accumulate<byte>(ref sums, [0.5f, 0, 0.25f, 0.75f, 0.25f, 0.25f], [0, 2], 1);
        Assert.Equal((0.5, 0.5, 1.0), (sums.Intersection(0), sums.Miss(0), sums.TargetSum(0)));
        Assert.Equal((0.0, 0.0, 0.0), (sums.Intersection(1), sums.Miss(1), sums.TargetSum(1)));
        Assert.Equal((0.625, 0.375, 1.0), (sums.Intersection(2), sums.Miss(2), sums.TargetSum(2)));
        Assert.Equal(0.625, sums.PredictionSum(2));
        Assert.Equal((1.25 + 1e-5) / (1.625 + 1e-5), sums.Dice(2), 1e-15);
    }

    [Fact]
    public void What_is_met_costs_nothing_and_nothing_costs_nothing()
    {
        Assert.Equal(0, Wasserstein3.Forward<byte>([1000, 0, 0, 0, 1000, 0, 0, 0, 1000], [0, 1, 2], 1));
        Assert.Equal(0, Wasserstein6.Forward<byte>([], [], 1));
        float[] gradient = new float[6];
        Assert.Equal(0, WassersteinIgnore3.ForwardBackward<byte>([1, 2, 3, 4, 5, float.NaN], [255, 255], gradient, 1));
        Assert.Equal(new float[6], gradient);
        Assert.Equal(double.NaN, Wasserstein2.Forward<byte>([], [], 1));
    }

    [Fact]
    public void A_loss_that_is_nearly_0_keeps_its_digits()
    {
        // 2^-20 is predicted beside the label of each pixel, at a distance of 1/2 for two of them.
        const float Beside = 1f / (1 << 20);
        float[] predictions = [1 - Beside, 0, 0, Beside, 1 - Beside, Beside, 0, Beside, 1 - Beside];
        const double Missed = 2.0 * Beside;
        double expected = Missed / ((4 - (2 * Beside)) + Missed + 1e-5);
        double actual = WassersteinProbabilities3.Forward<byte>(predictions, [0, 1, 2], 1);
        Assert.True(Math.Abs(expected - actual) <= 2e-15 * expected, $"{actual:R} instead of {expected:R}");
    }

    [Fact]
    public void A_NaN_shows_at_any_distance()
    {
        Assert.Equal(double.NaN, WassersteinProbabilities3.Forward<byte>([float.NaN, 0, 0], [0], 1));
        Assert.Equal(double.NaN, WassersteinProbabilities3.Forward<byte>([0, float.NaN, 0], [0], 1));
        Assert.Equal(double.NaN, Wasserstein5.Forward<byte>([float.NaN, 0, 0, 0, 0], [0], 1));
        Assert.Equal(double.NaN, Wasserstein3.Forward<byte>([float.NaN, 0, 0], [2], 1));
        Assert.Equal(double.NaN, Wasserstein6.Forward<byte>([float.NaN, 0, 0, 0, 0, 0], [2], 1));
    }

    [Fact]
    public void Sums_of_each_image_make_a_loss_of_each()
    {
        float[] level = new float[12];
        double first = 1 - (((4 / 9.0) + 1e-5) / ((8 / 9.0) + 1e-5));
        double second = 1 - (((5 / 6.0) + 1e-5) / ((17 / 12.0) + 1e-5));
        AssertLoss((first + second) / 2, WassersteinSample3.Forward<byte>(level, [0, 0, 0, 1], 2));
        double[] losses = new double[2];
        WassersteinUnreduced3.Forward<byte>(level, [0, 1, 1, 2], losses, 2);
        AssertLoss(1 - ((1 + 1e-5) / (1 + (7 / 6.0) + 1e-5)), losses[0]);
        AssertLoss(1 - ((2 + 1e-5) / (3 + 1e-5)), losses[1]);
    }

    [Fact]
    public void A_label_that_is_no_class_is_named()
    {
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => Wasserstein6.Forward<byte>(new float[12], [0, 6], 1)).Message;
        Assert.Contains("6", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Wasserstein3.Forward<byte>(new float[6], [3, 0], 1));
    }

    [Fact]
    public void The_definition_refuses_what_the_analyzer_does()
    {
        SoftDiceOptions options = new(2) { WassersteinDistances = [0, 1, 1, 0] };
        foreach (SoftDiceOptions wrong in new List<SoftDiceOptions>
        {
            options with { Activation = SoftDiceActivation.Sigmoid },
            options with { Labels = SoftDiceLabels.OneHot },
            options with { Overlap = SoftDiceOverlap.Jaccard },
            options with { ClassWeights = [1, 2] },
            options with { IncludeBackground = false },
            options with { Activation = SoftDiceActivation.Softmax, CrossEntropy = 1 },
            options with { Activation = SoftDiceActivation.Softmax, Focal = 1 },
            options with { WassersteinDistances = [0, 0, 0, 0] },
        })
        {
            Assert.Contains("WassersteinDistances", Assert.Throws<ArgumentException>(
                () => SoftDiceReference.Loss<byte>(wrong, [0, 0], [0], 1)).Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => options with { WassersteinDistances = [0, 1] });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { WassersteinDistances = [0, -1, 1, 0] });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { WassersteinDistances = [0, 1, 1, 1] });
    }

    // Half a unit in the last place of a float for each probability and distance, a few times.
    private static void AssertLoss(double expected, double actual) => Assert.Equal(expected, actual, 5e-7);

    // Around vectors and, where there is one, the scratch tile.
    private static IEnumerable<int> Lengths(TrainingKernel kernel)
    {
        int lanes = kernel.Lanes;
        int[] ofTile = lanes is 8 or 16 && kernel.NumClasses is > 4 and < 10 ? [kernel.ScratchPixels, kernel.ScratchPixels + lanes + 1] : [];
        return new[] { 0, 1, lanes, (2 * lanes) + 1, 75 }.Concat(ofTile).Distinct();
    }
}
