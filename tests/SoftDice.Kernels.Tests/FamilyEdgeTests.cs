using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>What the options give where something is missing, met exactly, not a number or without end.</summary>
public sealed class FamilyEdgeTests
{
    private static readonly byte[] Labels = [0, 1, 1, 2];

    [Fact]
    public void A_class_that_is_left_out_has_no_slope_and_may_hold_anything()
    {
        float[] predictions = [.. Enumerable.Range(1, 20).Select(i => i / 32f)];
        byte[] labels = [0, 1, 2, 3];
        float[] gradient = new float[20];
        double loss = Everything5.ForwardBackward<byte>(predictions, labels, gradient, 1);
        Assert.All(gradient[8..12], slope => Assert.Equal(0, slope));
        Assert.DoesNotContain(0, gradient[..8]);

        predictions[9] = float.NaN;
        Assert.Equal(loss, Everything5.ForwardBackward<byte>(predictions, labels, new float[20], 1));
        Assert.Equal(SoftDiceReference.Loss<byte>(AttributeOptions.Of<Everything5>(), predictions, labels, 1), loss, 1e-6);
    }

    [Fact]
    public void A_class_without_labels_costs_nothing_but_shows_a_NaN()
    {
        float[] predictions = [.. Enumerable.Range(1, 20).Select(i => i / 32f)];
        byte[] labels = [0, 1, 2, 3];
        foreach ((double Loss, float[] Gradient) of in new[] { Zero(), Skip() })
        {
            Assert.True(double.IsFinite(of.Loss));
            Assert.All(of.Gradient[16..], slope => Assert.Equal(0, slope));
        }

        // Four fifths of the mean over four.
        Assert.Equal(Skip().Loss * 0.8, Zero().Loss, 1e-15);
        predictions[18] = float.NaN;
        Assert.Equal(double.NaN, Zero().Loss);
        Assert.Equal(double.NaN, Skip().Loss);
        Assert.All(Skip().Gradient[16..], slope => Assert.Equal(float.NaN, slope));
        Assert.Equal(double.NaN, SoftDiceReference.Loss<byte>(AttributeOptions.Of<SkipAbsent5>(), predictions, labels, 1));

        (double Loss, float[] Gradient) Zero()
        {
            float[] gradient = new float[20];
            return (ZeroAbsent5.ForwardBackward<byte>(predictions, labels, gradient, 1), gradient);
        }

        (double Loss, float[] Gradient) Skip()
        {
            float[] gradient = new float[20];
            return (SkipAbsent5.ForwardBackward<byte>(predictions, labels, gradient, 1), gradient);
        }
    }

    [Fact]
    public void Without_any_class_the_loss_is_0_and_so_is_its_gradient()
    {
        float[] gradient = [1, 1, 1];
        Assert.Equal(0, SkipAbsent1.ForwardBackward<byte>([3, -1, 0.5f], [0, 0, 0], gradient, 1));
        Assert.Equal([0, 0, 0], gradient);
        Assert.Equal(0, SoftDiceReference.Loss<byte>(AttributeOptions.Of<SkipAbsent1>(), [3, -1, 0.5f], [0, 0, 0], 1));
        Assert.Equal(0, SkipAbsentTargets3.ForwardBackward<float>([3, -1, 0.5f], [1, 0, 0], gradient, 1));
        Assert.Equal([0, 0, 0], gradient);
        Assert.Equal(0, SkipAbsent5.Forward<byte>([], [], 1));
    }

    [Fact]
    public void A_loss_that_is_nearly_0_keeps_its_digits()
    {
        // Of each class, 2^-20 is missed at each of its pixels and nothing elsewhere: exact in float, so that the sums are exact.
        const double Missed = 1.0 / (1 << 20);
        float[] predictions = new float[12];
        for (int pixel = 0; pixel < 4; pixel++)
        {
            predictions[(4 * Labels[pixel]) + pixel] = (float)(1 - Missed);
        }

        double[] pixels = [1, 2, 1];
        AssertExact(
            pixels.Average(n => n * Missed / ((2 * n) - (n * Missed) + 1e-5)), OneMinus3.Forward<byte>(predictions, Labels, 1));
        AssertExact(
            pixels.Average(n => Math.Pow(n * Missed / ((2 * n) - (n * Missed) + 1e-5), 2)), Focal3.Forward<byte>(predictions, Labels, 1));

        // 1 - d = M + 1e-5 by the denominator, as there is no smoothing above.
        AssertExact(
            pixels.Average(n => ((n * Missed) + 1e-5) / ((2 * n) - (n * Missed) + 1e-5)),
            WithoutNumeratorSmoothing3.Forward<byte>(predictions, Labels, 1));

        // A logarithm of 1 + x, by its series: the fourth term is below the last bit.
        AssertExact(
            pixels.Select(n => n * Missed / ((n * (1 - Missed)) + 1e-5)).Average(x => x - (x * x / 2) + (x * x * x / 3)),
            JaccardLog3.Forward<byte>(predictions, Labels, 1));

        static void AssertExact(double expected, double actual) =>
            Assert.True(Math.Abs(expected - actual) <= 2e-15 * expected, $"{actual:R} instead of {expected:R}");
    }

    [Fact]
    public void Both_errors_of_a_Tversky_index_are_apart()
    {
        // One channel of sigmoid: the pixels 1 and 2 are of the class, and are predicted by 1/2 and 3/4; the others by 1/4 and 1/2.
        float[] logits = [-MathF.Log(3), 0, MathF.Log(3), 0];
        TverskySigmoid1.Sums sums = default;
        TverskySigmoid1.Accumulate<byte>(ref sums, logits, [0, 1, 1, 0], 1);
        Assert.Equal(1.25, sums.Intersection(0), 1e-6);
        Assert.Equal(1.5, sums.Miss(0), 1e-6);
        Assert.Equal(2, sums.PredictionSum(0), 1e-6);
        Assert.Equal(2, sums.TargetSum(0));

        // I + 0.9·FP + 0.1·FN.
        const double Index = (1.25 + 1e-5) / (1.25 + (0.9 * 0.75) + (0.1 * 0.75) + 1e-5);
        Assert.Equal(Index, sums.Dice(0), 1e-6);
        Assert.Equal(-Math.Log(Index), sums.Loss(), 1e-6);

        // Four sums, in this order.
        byte[] bytes = new byte[TverskySigmoid1.Sums.ByteCount];
        sums.WriteTo(bytes);
        double[] values = [.. Enumerable.Range(0, bytes.Length / 8).Select(i => BitConverter.ToDouble(bytes, 8 * i))];
        Assert.Equal(4, values.Length);
        Assert.All(values.Zip([1.25, 0.75, 0.75, 2]), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.True(sums.Equals(TverskySigmoid1.Sums.ReadFrom(bytes)));
        Assert.Equal(24, TverskyEqual5.Sums.ByteCount / 5);
    }

    [Fact]
    public void A_Tversky_index_that_is_nearly_1_keeps_the_digits_of_its_small_error()
    {
        // False negatives of 2^-20 a pixel, no false positives, β = 0.7.
        const double Missed = 1.0 / (1 << 20);
        double expected = 3 * 0.7 * Missed / ((3 * (1 - Missed)) + (3 * 0.7 * Missed) + 1e-5);
        float met = (float)(1 - Missed);
        double actual = Tversky1.Forward<byte>([met, met, met], [0, 0, 0], 1);
        Assert.True(Math.Abs(expected - actual) <= 2e-15 * expected, $"{actual:R} instead of {expected:R}");
    }

    [Fact]
    public void A_class_that_is_met_exactly_has_the_gradient_of_its_power()
    {
        float[] met = [1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1];
        float[] gradient = [.. Enumerable.Repeat(1f, 12)];
        Assert.Equal(0, Focal3.ForwardBackward<byte>(met, Labels, gradient, 1));
        Assert.All(gradient, slope => Assert.Equal(0, slope));

        // Below 1 the power has an infinite slope at 0, and above nothing is lost of it.
        float[] ofOne = [0];
        Assert.Equal(0, FocalLess1.ForwardBackward<byte>([1], [0], ofOne, 1));
        Assert.Equal(float.NegativeInfinity, ofOne[0]);
        double missed = 1.0 / (1 << 20);
        double cost = missed / (2 - missed + 1e-5);
        Assert.Equal(Math.Sqrt(cost), FocalLess1.ForwardBackward<byte>([(float)(1 - missed)], [0], ofOne, 1), 1e-15);

        // d(1 - d) / dp of N = 2p + ε and D = p + 1 + ε is (N - 2D) / D².
        double denominator = 2 - missed + 1e-5;
        double slope = (denominator - missed - (2 * denominator)) / denominator / denominator;
        Assert.Equal((float)(0.5 / Math.Sqrt(cost) * slope), ofOne[0]);
    }

    [Fact]
    public void An_infinite_prediction_elsewhere_is_a_class_missed_altogether()
    {
        float[] predictions = [1, 0, 0, 0, float.PositiveInfinity, 1, 1, 0, 0, 0, 0, 1];
        Assert.Equal(1.0 / 3, OneMinus3.Forward<byte>(predictions, Labels, 1));
        Assert.Equal(1.0 / 3, SoftDiceReference.Loss<byte>(AttributeOptions.Of<OneMinus3>(), predictions, Labels, 1));
        predictions[5] = float.PositiveInfinity;
        Assert.Equal(double.NaN, OneMinus3.Forward<byte>(predictions, Labels, 1));
        Assert.Equal(double.NaN, SoftDiceReference.Loss<byte>(AttributeOptions.Of<OneMinus3>(), predictions, Labels, 1));
    }

    [Fact]
    public void A_loss_with_two_smoothings_is_not_called_by_one()
    {
        Assert.Null(typeof(TwoSmoothings5).GetField("Epsilon"));
        Assert.NotNull(typeof(OneMinus3).GetField("Epsilon"));
    }
}
