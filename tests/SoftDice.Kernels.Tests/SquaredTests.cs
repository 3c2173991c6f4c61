using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>A squared denominator: numbers worked out by hand, what the sums are, and the digits near the optimum.</summary>
public sealed class SquaredTests
{
    private static readonly float[] Predictions = [0.25f, 0.5f, 0.75f, 1];
    private static readonly byte[] Targets = [0, 1, 1, 0];

    // I = 5/4, P = 1/16 + 1/4 + 9/16 + 1 = 15/8, T = 2, n = m = 1/2: d = (5/2 + 1/2) / (15/8 + 2 + 1/2) = 24/35, with N = 3 and D = 35/8.
    // MONAI's DiceLoss with squared_pred=True gives 1 - d; by p it changes by (2·p·N - 2·t·D) / D².
    [Fact]
    public void Loss_and_gradient_are_those_worked_out_by_hand()
    {
        float[] gradient = new float[4];
        Assert.Equal(11.0 / 35, Squared1.ForwardBackward<byte>(Predictions, Targets, gradient, 1), 1e-15);
        double[] expected = [96.0 / 1225, -368.0 / 1225, -272.0 / 1225, 384.0 / 1225];
        Assert.All(expected.Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, 3e-7 * Math.Abs(pair.First)));

        SoftDiceOptions options = AttributeOptions.Of<Squared1>();
        Assert.Equal(11.0 / 35, SoftDiceReference.Loss<byte>(options, Predictions, Targets, 1), 1e-15);
        double[] defined = SoftDiceReference.Gradient<byte>(options, Predictions, Targets, 1);
        Assert.All(expected.Zip(defined), pair => Assert.Equal(pair.First, pair.Second, 1e-15));

        // Jaccard: (5/4 + 1/2) / (15/8 + 2 - 5/4 + 1/2) = 14/25.
        Assert.Equal(
            11.0 / 25, SoftDiceReference.Loss<byte>(options with { Overlap = SoftDiceOverlap.Jaccard }, Predictions, Targets, 1), 1e-15);
    }

    [Fact]
    public void Sums_are_of_squares()
    {
        Squared1.Sums sums = default;
        Squared1.Accumulate<float>(ref sums, Predictions, [0, 1, 0.5f, 0.25f], 1);
        Assert.Equal(0.5 + 0.375 + 0.25, sums.Intersection(0));
        Assert.Equal(0.0625 + 0.25 + 0.0625 + 0.5625, sums.Miss(0));
        Assert.Equal(15.0 / 8, sums.PredictionSum(0));
        Assert.Equal(1 + 0.25 + 0.0625, sums.TargetSum(0));
        Assert.Equal((1.125, 15.0 / 8, 1.3125), SoftDiceReference.Sums<float>(AttributeOptions.Of<Squared1>(), Predictions, [0, 1, 0.5f, 0.25f], 1, 0));
    }

    [Fact]
    public void A_class_that_is_nearly_met_keeps_the_digits_of_its_loss_and_of_its_slopes()
    {
        // All classes are 2^-10 off at each of their pixels and nowhere else; squares and sums are exact in float.
        const double Missed = 1.0 / 1024;
        byte[] labels = [0, 1, 1, 2];
        float[] predictions = new float[12];
        for (int pixel = 0; pixel < 4; pixel++)
        {
            predictions[(4 * labels[pixel]) + pixel] = (float)(1 - Missed);
        }

        float[] gradient = new float[12];
        double actual = SquaredOneMinus3.ForwardBackward<byte>(predictions, labels, gradient, 1);
        double[] pixels = [1, 2, 1];
        double expected = pixels.Average(n => n * Missed * Missed / Denominator(n));
        Assert.Equal(expected, actual, 2e-15 * expected);

        // 1 - d changes by 2·(p·N - t·D) / D², which is 2·(N·(p - t) - t·M) / D² with M = D - N.
        for (int i = 0; i < 12; i++)
        {
            double n = pixels[i / 4];
            double d = Denominator(n);
            double slope = predictions[i] == 0 ? 0 : 2 * (((d - (n * Missed * Missed)) * -Missed) - (n * Missed * Missed)) / d / d / 3;
            Assert.Equal(slope, gradient[i], 3e-7 * Math.Abs(slope));
        }

        double Denominator(double n) => (n * (1 - Missed) * (1 - Missed)) + n + 1e-5;
    }

    [Fact]
    public void Predictions_that_are_their_soft_targets_cost_nothing_and_stay()
    {
        float[] targets = [0.25f, 0.5f, 0.75f, 1];
        float[] gradient = [1, 1, 1, 1];
        Assert.Equal(0, Squared1.ForwardBackward<float>(targets, targets, gradient, 1));
        Assert.Equal([0, 0, 0, 0], gradient);
    }

    [Fact]
    public void A_probability_of_0_where_nothing_is_has_no_slope()
    {
        float[] gradient = new float[3];
        Squared1.ForwardBackward<byte>([0, 0.5f, 0], [0, 1, 1], gradient, 1);
        Assert.Equal(0, gradient[0]);
        Assert.True(gradient[2] < 0);
    }

    [Fact]
    public void What_is_not_finite_gives_what_the_definition_does()
    {
        byte[] labels = [0, 1, 1, 2];
        SoftDiceOptions options = AttributeOptions.Of<SquaredOneMinus3>();
        foreach (float wild in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            for (int i = 0; i < 8; i++)
            {
                float[] predictions = [1, 0, 0, 0, 0, 1, 0.5f, 0, 0, 0, 0, 1];
                predictions[i] = wild;
                float[] gradient = new float[12];
                double loss = SquaredOneMinus3.ForwardBackward<byte>(predictions, labels, gradient, 1);
                Assert.Equal(SoftDiceReference.Loss<byte>(options, predictions, labels, 1), loss, 1e-6);
                double[] expected = SoftDiceReference.Gradient<byte>(options, predictions, labels, 1);
                Assert.All(expected.Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
            }
        }
    }

    [Fact]
    public void With_a_cross_entropy_both_gradients_are_in_one()
    {
        Check<SquaredCrossEntropy3, SquaredCrossEntropy3.Sums>();
        Check<SquaredCrossEntropy5, SquaredCrossEntropy5.Sums>();

        // An error of some 5e-7 of the largest element through a softmax, for each of the two.
        static void Check<TLoss, TSums>()
            where TLoss : ISoftDiceLoss<TSums>
            where TSums : struct, ISoftDiceSums<TSums>
        {
            SoftDiceOptions options = AttributeOptions.Of<TLoss>();
            (float[] predictions, int[] labels) = TestData.Uniform(5, options.NumClasses, 2, 37);
            float[] gradient = new float[predictions.Length];
            double loss = TLoss.ForwardBackward<int>(predictions, labels, gradient, 2);
            Assert.Equal(SoftDiceReference.Loss<int>(options, predictions, labels, 2), loss, 1e-6);
            double[] expected = SoftDiceReference.Gradient<int>(options, predictions, labels, 2);
            double largest = expected.Max(Math.Abs);
            Assert.All(expected.Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-6 * largest));
        }
    }

    [Fact]
    public void The_definition_refuses_squares_where_there_is_no_definition()
    {
        SoftDiceOptions squared = new(1) { SquaredDenominator = true };
        AssertRefused(squared with { Overlap = SoftDiceOverlap.Tversky });
        AssertRefused(squared with { Intersection = SoftDiceIntersection.Minimum, Labels = SoftDiceLabels.OneHot });

        SoftDiceOptions generalized = new(1) { GeneralizedWeights = SoftDiceGeneralizedWeights.Square, Labels = SoftDiceLabels.OneHot };
        AssertRefused(generalized with { SquaredDenominator = true }, "GeneralizedWeights are defined with products");
        AssertRefused(generalized with { Intersection = SoftDiceIntersection.Minimum }, "GeneralizedWeights are defined with products");

        static void AssertRefused(SoftDiceOptions options, string message = "The options ask for a squared denominator")
        {
            ArgumentException thrown = Assert.Throws<ArgumentException>(() => SoftDiceReference.Loss<byte>(options, [1], [1], 1));
            Assert.StartsWith(message, thrown.Message, StringComparison.Ordinal);
        }
    }
}
