using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The generalised Dice loss: against the definition, against numbers worked by hand, and at its edges.</summary>
public sealed class GeneralizedTests
{
    // Two images of three pixels and three classes. I, P and T of the classes, image by image:
    // 0.5 1 1, 0.75 1 2, 0 0.75 0 and 1 1.25 2, 0 1 0, 0 0.75 1; of both together 1.5 2.25 3, 0.75 2 2, 0 1.5 1.
    private static readonly float[] Predictions =
    [
        0.5f, 0.25f, 0.25f, 0.25f, 0.25f, 0.5f, 0.25f, 0.5f, 0,
        0.75f, 0.25f, 0.25f, 0, 0.75f, 0.25f, 0.25f, 0, 0.5f,
    ];

    private static readonly byte[] Labels = [0, 1, 1, 0, 2, 0];

    public static TheoryData<string> All => GeneralizedTable.Names(_ => true);

    /// <summary>The reference has no lanes.</summary>
    public static TheoryData<string> Once => GeneralizedTable.Names(kernel => kernel.Lanes == 1);

    [Theory]
    [MemberData(nameof(All))]
    public void Loss_and_gradient_are_those_of_the_definition(string name)
    {
        TrainingKernel kernel = GeneralizedTable.Find(name);
        foreach (int pixels in new[] { 0, 1, kernel.Lanes, (2 * kernel.Lanes) + 1, 75 })
        {
            FamilyTests.CheckAgainstDefinition(kernel, 1, pixels);
            FamilyTests.CheckAgainstDefinition(kernel, 3, pixels);
        }
    }

    [Theory]
    [MemberData(nameof(Once))]
    public void The_definitions_gradient_is_the_central_difference_of_its_loss(string name) =>
        FamilyTests.CheckDifferences(GeneralizedTable.Find(name));

    [Fact]
    public void The_weighted_sums_of_a_batch_are_those_of_MONAI_with_batch_true()
    {
        // By hand: Σ w·I and Σ w·(P + T) with w = 1/9, 1/4, 1 and 1/3, 1/2, 1 and 1.
        AssertLoss(1 - (((17 / 24.0) + 1e-5) / ((49 / 12.0) + 1e-5)), GeneralizedSquare3.Forward<byte>(Predictions, Labels, 2));
        AssertLoss(1 - ((1.75 + 1e-5) / (6.25 + 1e-5)), GeneralizedSimple3.Forward<byte>(Predictions, Labels, 2));
        AssertLoss(1 - ((4.5 + 1e-5) / (11.75 + 1e-5)), GeneralizedUniform3.Forward<byte>(Predictions, Labels, 2));
    }

    [Fact]
    public void Figures_that_MONAI_publishes_with_its_tests_come_out()
    {
        Assert.Equal(0.307576, GeneralizedTargets1.Forward<float>([1, -1, -1, 1], [1, 0, 1, 1], 1), 5e-7);
        Assert.Equal(0.250023, GeneralizedSimple2.Forward<byte>([0, 10, 10, 10, 10, 0, 0, 0], [1, 1, 0, 0], 1), 5e-7);
    }

    [Fact]
    public void A_class_without_labels_weighs_as_much_as_the_heaviest_of_the_others_or_nothing()
    {
        // The first image alone: 1, 1/4, and what the third class weighs, of which there is 0.75 where it should not be.
        AssertLoss(1 - ((1.375 + 1e-5) / (3.5 + 1e-5)), GeneralizedSquare3.Forward<byte>(Predictions.AsSpan(0, 9), Labels.AsSpan(0, 3), 1));
        AssertLoss(1 - ((1.75 + 1e-5) / (4.25 + 1e-5)), GeneralizedSimple3.Forward<byte>(Predictions.AsSpan(0, 9), Labels.AsSpan(0, 3), 1));

        // Without the background, the second class alone.
        AssertLoss(-Math.Log((0.375 + 1e-5) / (0.75 + 1e-5)), GeneralizedZero3.Forward<byte>(Predictions.AsSpan(0, 9), Labels.AsSpan(0, 3), 1));

        // 1, 1/4 and 1 again, where the class that is left out is no measure: of the second, 2 / T² = 1/2, P + T = 3.
        float[] gradient = new float[9];
        GeneralizedZero3.ForwardBackward<byte>(Predictions.AsSpan(0, 9), Labels.AsSpan(0, 3), gradient, 1);
        Assert.All(gradient[..3], slope => Assert.Equal(0, slope));
        Assert.All(gradient[6..], slope => Assert.Equal(0, slope));
        double other = 0.25 / (0.75 + 1e-5);
        double own = other - (0.5 / (0.375 + 1e-5));
        Assert.Equal([(float)other, (float)own, (float)own], gradient[3..6]);
    }

    [Fact]
    public void Without_any_label_of_a_class_that_counts_the_loss_and_the_gradient_are_exactly_0()
    {
        float[] gradient = [.. Enumerable.Repeat(1f, 6)];
        Assert.Equal(0, GeneralizedZero3.ForwardBackward<byte>([1, 0, 0.5f, 0.25f, 0, 0.125f], [0, 0], gradient, 1));
        Assert.All(gradient, slope => Assert.Equal(0, slope));

        float[] ofTargets = [.. Enumerable.Repeat(1f, 5)];
        Assert.Equal(0, GeneralizedTargets5.ForwardBackward<float>([3, -1, 0.5f, 2, 9], [1, 0, 0, 0, 0], ofTargets, 1));
        Assert.All(ofTargets, slope => Assert.Equal(0, slope));

        // 1 - n/m of two smoothings, -1 of -d, and 0 of an empty batch.
        Assert.Equal(1, GeneralizedTargets3.Forward<float>([3, 2, 1], [0, 0, 0], 1));
        Assert.Equal(-1e-5 / 0.5, GeneralizedNegative19.Forward<byte>(new float[19], [3], 1), 1e-17);
        Assert.Equal(0, GeneralizedLog5.Forward<byte>([], [], 1));
    }

    [Fact]
    public void A_loss_that_is_nearly_0_keeps_its_digits()
    {
        // Of each class 2^-20 is missed at its one pixel, and nothing elsewhere: all sums are exact.
        const double Missed = 1.0 / (1 << 20);
        float met = (float)(1 - Missed);
        double expected = 3 * Missed / ((6 * (1 - Missed)) + (3 * Missed) + 1e-5);
        foreach (double actual in new[]
        {
            GeneralizedSquare3.Forward<byte>([met, 0, 0, 0, met, 0, 0, 0, met], [0, 1, 2], 1),
            GeneralizedUniform3.Forward<byte>([met, 0, 0, 0, met, 0, 0, 0, met], [0, 1, 2], 1),
        })
        {
            Assert.True(Math.Abs(expected - actual) <= 2e-15 * expected, $"{actual:R} instead of {expected:R}");
        }
    }

    [Fact]
    public void A_NaN_shows_unless_its_class_is_left_out()
    {
        float[] predictions = [.. Predictions.Take(9)];
        predictions[8] = float.NaN;
        Assert.Equal(double.NaN, GeneralizedSquare3.Forward<byte>(predictions, Labels.AsSpan(0, 3), 1));
        Assert.Equal(double.NaN, GeneralizedZero3.Forward<byte>(predictions, Labels.AsSpan(0, 3), 1));
        predictions[8] = 0;
        predictions[0] = float.NaN;
        Assert.Equal(double.NaN, GeneralizedSquare3.Forward<byte>(predictions, Labels.AsSpan(0, 3), 1));
        AssertLoss(-Math.Log((0.375 + 1e-5) / (0.75 + 1e-5)), GeneralizedZero3.Forward<byte>(predictions, Labels.AsSpan(0, 3), 1));
    }

    [Fact]
    public void The_overlap_of_a_class_is_its_own()
    {
        GeneralizedSquare3.Sums sums = default;
        GeneralizedSquare3.Accumulate<byte>(ref sums, Predictions, Labels, 2);
        Assert.Equal((3 + 1e-5) / (5.25 + 1e-5), sums.Dice(0), 1e-15);
        Assert.Equal((1.5 + 1e-5) / (4 + 1e-5), sums.Dice(1), 1e-15);
    }

    [Fact]
    public void Options_of_a_single_class_are_refused_by_the_definition()
    {
        SoftDiceOptions options = new(3) { GeneralizedWeights = SoftDiceGeneralizedWeights.Simple };
        foreach (SoftDiceOptions wrong in new List<SoftDiceOptions>
        {
            options with { Overlap = SoftDiceOverlap.Jaccard },
            options with { Form = SoftDiceForm.OneMinus, Gamma = 2 },
            options with { ClassWeights = [1, 2, 3] },
            options with { AbsentClasses = SoftDiceAbsentClasses.Skip },
        })
        {
            Assert.Contains("GeneralizedWeights", Assert.Throws<ArgumentException>(
                () => SoftDiceReference.Loss<byte>(wrong, Predictions, Labels, 2)).Message, StringComparison.Ordinal);
        }
    }

    private static void AssertLoss(double expected, double actual) => Assert.Equal(expected, actual, 1e-15);
}
