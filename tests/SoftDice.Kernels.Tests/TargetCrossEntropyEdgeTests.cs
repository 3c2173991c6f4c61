using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Numbers worked by hand, and what the edges of a cross-entropy of targets give.</summary>
public sealed class TargetCrossEntropyEdgeTests
{
    // Softmax of these is 1/7, 2/7, 4/7.
    private static readonly float[] Logits = [0, MathF.Log(2), MathF.Log(4)];

    private static readonly double Ln2 = Math.Log(2);
    private static readonly double Ln7 = Math.Log(7);

    [Fact]
    public void The_definition_refuses_a_mask_as_the_analyzer_does()
    {
        SoftDiceOptions options = AttributeOptions.Of<TargetEntropy3>() with { Mask = [true, false] };
        float[] logits = new float[6];
        float[] targets = [1, 0, 0, 1, 0, 0];
        Assert.Contains("not defined with a Mask", Assert.Throws<ArgumentException>(() => SoftDiceReference.Loss<float>(options, logits, targets, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SoftDiceReference.Gradient<float>(options, logits, targets, 1));
    }

    [Fact]
    public void A_smoothing_of_nearly_1_loses_nothing()
    {
        // All of the cost is that of class 3, whose share is 0.0001 + 0.9999 / 150: of that, 1 - 0.9999 in float would miss 41 units. Allowed are the
        // roundings of both constants, of their sum, of the product and of the sum over the classes, to which the likeliest adds a fourteenth.
        float[] logits = [.. Enumerable.Range(0, 150).Select(c => c == 3 ? -1e4f : 0)];
        float[] targets = [.. Enumerable.Range(0, 150).Select(c => c == 3 ? 1f : 0)];
        SoftDiceOptions options = AttributeOptions.Of<TargetEntropyAlmostSpread150>();
        double expected = SoftDiceReference.Loss<float>(options, logits, targets, 1);
        TargetEntropyAlmostSpread150.Sums sums = default;
        TargetEntropyAlmostSpread150.Accumulate<ScalarLane, float>(ref sums, logits, targets, 1);
        Assert.Equal(expected, sums.Loss(), Math.ScaleB(8, -24) * expected);
    }

    [Fact]
    public void It_is_that_of_torch()
    {
        // Σ t·(-ln p), whatever the targets add up to, by the number of pixels.
        Assert.Equal(Ln7 - (2 * Ln2), Entropy3(Logits, [0, 0, 1]), 1e-6);
        Assert.Equal((0.25 * Ln7) + (0.5 * (Ln7 - Ln2)) + (0.25 * (Ln7 - (2 * Ln2))), Entropy3(Logits, [0.25f, 0.5f, 0.25f]), 1e-6);
        Assert.Equal((0.5 * Ln7) + (Ln7 - Ln2), Entropy3(Logits, [0.5f, 1, 0]), 1e-6);

        // Weights multiply and do not divide; a quarter spread over four classes, all of the probability 1/4.
        TargetEntropyEverything4.Sums sums = default;
        TargetEntropyEverything4.Accumulate<float>(ref sums, new float[4], [0, 1, 0, 0], 1);
        Assert.Equal(((2 * 0.75) + (3.3 * 0.25 / 4)) * 2 * Ln2, sums.CrossEntropyLoss(), 1e-6);
        Assert.Equal(1, sums.CrossEntropyWeight);
    }

    [Fact]
    public void Hard_targets_cost_what_class_indices_do()
    {
        Random random = new(3);
        float[] logits = [.. Enumerable.Range(0, 19 * 600).Select(_ => 8 * (random.NextSingle() - 0.5f))];
        byte[] labels = [.. Enumerable.Range(0, 600).Select(_ => (byte)random.Next(19))];
        byte[] targets = [.. Enumerable.Range(0, 19 * 600).Select(i => (byte)(labels[i % 600] == i / 600 ? 1 : 0))];
        Assert.Equal(CrossEntropy19.Forward<byte>(logits, labels, 1), TargetEntropy19.Forward<byte>(logits, targets, 1), 1e-6);
    }

    [Theory]
    [InlineData(20f)]
    [InlineData(50f)]
    public void A_target_that_is_nearly_certain_keeps_its_digits(float certainty)
    {
        foreach (int classes in new[] { 3, 19 })
        {
            float[] logits = new float[classes * 40];
            byte[] targets = new byte[logits.Length];
            logits.AsSpan(0, 40).Fill(certainty);
            targets.AsSpan(0, 40).Fill(1);
            double exact = (classes - 1) * Math.Exp(-certainty);
            float[] gradient = new float[logits.Length];
            double actual;
            if (classes == 3)
            {
                TargetEntropyAlone3.Sums sums = default;
                TargetEntropyAlone3.Accumulate<byte>(ref sums, logits, targets, 1);
                TargetEntropyAlone3.Backward<byte>(in sums, logits, targets, gradient, 1);
                actual = sums.CrossEntropyLoss();
            }
            else
            {
                TargetEntropyAlone19.Sums sums = default;
                TargetEntropyAlone19.Accumulate<byte>(ref sums, logits, targets, 1);
                TargetEntropyAlone19.Backward<byte>(in sums, logits, targets, gradient, 1);
                actual = sums.CrossEntropyLoss();
            }

            Assert.Equal(1, actual / exact, 1e-5);
            Assert.Equal(1, -40 * gradient[0] / exact, 1e-5);
        }
    }

    [Fact]
    public void Far_logits_cost_what_they_are_less()
    {
        Assert.Equal(1e30, Entropy3([0, 1e30f, 0], [1, 0, 0]), 1e24);
        Assert.Equal(1000 + Ln2, Entropy3([-1000, 0, 0], [1, 0, 0]), 1e-3);
        Assert.Equal(double.PositiveInfinity, Entropy3([float.NegativeInfinity, 0, 0], [1, 0, 0]));
        Assert.True(double.IsNaN(Entropy3([float.NegativeInfinity, 0, 0], [0, 1, 0])));
        Assert.True(double.IsNaN(Entropy3([float.NaN, 0, 0], [1, 0, 0])));
    }

    [Fact]
    public void Nothing_costs_nothing()
    {
        Assert.Equal(0, TargetEntropy3.Forward<byte>([], [], 1));
        Assert.Equal(0, TargetEntropy19.Forward<byte>([], [], 1));
        Assert.Equal(0, Entropy3(Logits, [0, 0, 0]));
    }

    private static double Entropy3(float[] logits, float[] targets)
    {
        TargetEntropy3.Sums sums = default;
        TargetEntropy3.Accumulate<float>(ref sums, logits, targets, 1);
        return sums.CrossEntropyLoss();
    }
}
