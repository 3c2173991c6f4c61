using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Minima of predictions and soft targets: numbers worked out by hand, and where the optimum is.</summary>
public sealed class SoftTargetTests
{
    private static readonly float[] Predictions = [0.25f, 0.5f, 0.75f, 1];
    private static readonly float[] Targets = [0, 0.5f, 1, 0.25f];

    // P = 5/2, T = 7/4, Σ|p - t| = 5/4, and so I = (P + T - 5/4) / 2 = 3/2: the form of MONAI with soft_label=True and of
    // segmentation_models.pytorch. With n = m = 1/2, d = (3 + 1/2) / (17/4 + 1/2) = 14/19, N = 7/2, D = 19/4.
    [Fact]
    public void Dice_and_its_gradient_are_those_worked_out_by_hand()
    {
        // By p, 1 - d changes by N / D² above the target, by that less 2 / D below, and by the mean of both at it.
        float[] gradient = new float[4];
        Assert.Equal(5.0 / 19, Minimum1.ForwardBackward<float>(Predictions, Targets, gradient, 1), 1e-15);
        double[] expected = [56.0 / 361, -20.0 / 361, -96.0 / 361, 56.0 / 361];
        Assert.All(expected.Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-7));

        SoftDiceOptions options = AttributeOptions.Of<Minimum1>();
        Assert.Equal(5.0 / 19, SoftDiceReference.Loss<float>(options, Predictions, Targets, 1), 1e-15);
        double[] defined = SoftDiceReference.Gradient<float>(options, Predictions, Targets, 1);
        Assert.All(expected.Zip(defined), pair => Assert.Equal(pair.First, pair.Second, 1e-15));

        // Jaccard without smoothing: I / (P + T - I) = (3/2) / (11/4).
        SoftDiceOptions jaccard = options with { Overlap = SoftDiceOverlap.Jaccard, NumeratorSmoothing = 0, DenominatorSmoothing = 0 };
        Assert.Equal(5.0 / 11, SoftDiceReference.Loss<float>(jaccard, Predictions, Targets, 1), 1e-15);
    }

    // FP = P - I = 1, FN = T - I = 1/4: 1 - 2 / (2 + 0.3 + 0.7/4).
    [Fact]
    public void Tversky_is_that_worked_out_by_hand()
    {
        Assert.Equal(19.0 / 99, MinimumTversky1.Forward<float>(Predictions, Targets, 1), 1e-15);
        Assert.Equal(19.0 / 99, SoftDiceReference.Loss<float>(AttributeOptions.Of<MinimumTversky1>(), Predictions, Targets, 1), 1e-15);
    }

    [Fact]
    public void Sums_are_of_minima()
    {
        Minimum1.Sums sums = default;
        Minimum1.Accumulate<float>(ref sums, Predictions, Targets, 1);
        Assert.Equal((1.5, 1.25, 2.5, 1.75), (sums.Intersection(0), sums.Miss(0), sums.PredictionSum(0), sums.TargetSum(0)));
        MinimumTversky1.Sums apart = default;
        MinimumTversky1.Accumulate<float>(ref apart, Predictions, Targets, 1);
        Assert.Equal((1.5, 1.25, 2.5, 1.75), (apart.Intersection(0), apart.Miss(0), apart.PredictionSum(0), apart.TargetSum(0)));
    }

    [Fact]
    public void The_optimum_is_at_the_targets_and_with_a_product_it_is_not()
    {
        Assert.Equal(0, Minimum1.Forward<float>(Targets, Targets, 1));
        Assert.Equal(0, MinimumTversky1.Forward<float>(Targets, Targets, 1));
        SoftDiceOptions product = AttributeOptions.Of<Minimum1>() with { Intersection = SoftDiceIntersection.Product };
        double ofTargets = SoftDiceReference.Loss<float>(product, Targets, Targets, 1);
        double least = ofTargets;
        for (int i = 0; i < Targets.Length; i++)
        {
            foreach (float step in new[] { -0.125f, 0.125f })
            {
                float[] moved = [.. Targets];
                moved[i] += step;
                Assert.True(Minimum1.Forward<float>(moved, Targets, 1) > 0);
                Assert.True(MinimumTversky1.Forward<float>(moved, Targets, 1) > 0);
                least = Math.Min(least, SoftDiceReference.Loss<float>(product, moved, Targets, 1));
            }
        }

        Assert.True(ofTargets > 0 && least < ofTargets);
    }

    [Fact]
    public void Hard_targets_give_what_products_do()
    {
        float[] predictions = [.. Enumerable.Range(0, 60).Select(i => i / 64f)];
        byte[] targets = [.. Enumerable.Range(0, 60).Select(i => (byte)(i % 3 == 0 ? 1 : 0))];
        float[] gradient = new float[60];
        double loss = Minimum3.ForwardBackward<byte>(predictions, targets, gradient, 1);
        SoftDiceOptions product = AttributeOptions.Of<Minimum3>() with { Intersection = SoftDiceIntersection.Product };
        Assert.Equal(SoftDiceReference.Loss<byte>(product, predictions, targets, 1), loss, 1e-7);

        // Away from 0, where the slope jumps.
        double[] expected = SoftDiceReference.Gradient<byte>(product, predictions, targets, 1);
        Assert.All(expected.Zip(gradient).Skip(1), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
    }

    [Fact]
    public void Small_predictions_below_large_targets_keep_their_digits()
    {
        // Σ|p - t| alone would have lost them: 1 - 1e-10 is 1 in float.
        Minimum1.Sums sums = default;
        Minimum1.Accumulate<float>(ref sums, [1e-10f, 1e-10f], [1, 0.5f], 1);
        Assert.Equal(2.0 * 1e-10f, sums.Intersection(0), 1e-17);
    }

    [Fact]
    public void What_is_not_finite_gives_what_the_definition_does()
    {
        SoftDiceOptions dice = AttributeOptions.Of<Minimum1>();
        SoftDiceOptions tversky = AttributeOptions.Of<MinimumTversky1>();
        foreach (float wild in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            for (int i = 0; i < Predictions.Length; i++)
            {
                float[] predictions = [.. Predictions];
                predictions[i] = wild;
                Assert.Equal(SoftDiceReference.Loss<float>(dice, predictions, Targets, 1), Minimum1.Forward<float>(predictions, Targets, 1), 1e-6);
                Assert.Equal(
                    SoftDiceReference.Loss<float>(tversky, predictions, Targets, 1), MinimumTversky1.Forward<float>(predictions, Targets, 1), 1e-6);
            }
        }
    }

    [Fact]
    public void A_target_that_is_none_is_refused()
    {
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() => Minimum1.Forward<float>([0.5f], [1.5f], 1));
        Assert.Contains("1.5", thrown.Message, StringComparison.Ordinal);
    }
}
