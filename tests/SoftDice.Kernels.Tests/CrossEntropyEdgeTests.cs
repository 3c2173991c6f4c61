using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Numbers worked by hand, the digits of small and of large cross-entropies, and what the edges give.</summary>
public sealed class CrossEntropyEdgeTests
{
    // Softmax of these is 1/7, 2/7, 4/7 for the first pixel and 1/4, 1/4, 1/2 for the second; planes of two pixels.
    private static readonly float[] Logits = [0, 0, MathF.Log(2), 0, MathF.Log(4), MathF.Log(2)];

    private static readonly double Ln2 = Math.Log(2);
    private static readonly double Ln7 = Math.Log(7);

    [Fact]
    public void It_is_that_of_torch()
    {
        // Labels 2 and 0: -ln 4/7 and -ln 1/4, by 2.
        Assert.Equal((Ln7 - (2 * Ln2) + (2 * Ln2)) / 2, Entropy3([2, 0]).CrossEntropyLoss(), 1e-6);
        Assert.Equal(Ln7, Entropy3([2, 0]).CrossEntropySum, 1e-6);
        Assert.Equal(2, Entropy3([2, 0]).CrossEntropyWeight);

        // With the weights 1, 2, 0.3 for labels 1 and 2: 2·(-ln 2/7) and 0.3·(-ln 1/2), by 2.3.
        CrossEntropyWeighted3.Sums weighted = default;
        CrossEntropyWeighted3.Accumulate<byte>(ref weighted, Logits, [1, 2], 1);
        Assert.Equal(2.3, weighted.CrossEntropyWeight, 1e-15);
        Assert.Equal(((2 * (Ln7 - Ln2)) + (0.3 * Ln2)) / 2.3, weighted.CrossEntropyLoss(), 1e-6);
        Assert.Equal(weighted.OverlapLoss() + (2 * weighted.CrossEntropyLoss()), weighted.Loss());

        // A tenth of each label spread: 0.9·ln 7/4 + 0.1/3·(ln 7 + ln 7/2 + ln 7/4), and 0.9·ln 4 + 0.1/3·(ln 4 + ln 4 + ln 2).
        CrossEntropySmoothed3.Sums smoothed = default;
        CrossEntropySmoothed3.Accumulate<byte>(ref smoothed, Logits, [2, 0], 1);
        double first = (0.9 * (Ln7 - (2 * Ln2))) + (0.1 / 3 * ((3 * Ln7) - (3 * Ln2)));
        double second = (0.9 * 2 * Ln2) + (0.1 / 3 * 5 * Ln2);
        Assert.Equal((first + second) / 2, smoothed.CrossEntropyLoss(), 1e-6);

        // Both, with a quarter spread: the spread of a class weighs what the class does, and the divisor is still that of the labels.
        CrossEntropyWeightedSmoothed3.Sums both = default;
        CrossEntropyWeightedSmoothed3.Accumulate<byte>(ref both, Logits, [2, 0], 1);
        first = (0.75 * 0.3 * (Ln7 - (2 * Ln2))) + (0.25 / 3 * (Ln7 + (2 * (Ln7 - Ln2)) + (0.3 * (Ln7 - (2 * Ln2)))));
        second = (0.75 * 2 * Ln2) + (0.25 / 3 * ((2 * Ln2) + (2 * 2 * Ln2) + (0.3 * Ln2)));
        Assert.Equal((first + second) / 1.3, both.CrossEntropyLoss(), 1e-6);
    }

    [Fact]
    public void With_the_overlap_it_is_the_loss_of_Monai_and_of_nnU_Net()
    {
        // Labels 2 and 0. Class 0: I = 1/4, P = 1/7 + 1/4, T = 1; class 1: I = 0, P = 2/7 + 1/4, T = 0; class 2: I = 4/7, P = 4/7 + 1/2, T = 1.
        double[] dice =
        [
            (0.5 + 1e-5) / ((1.0 / 7) + 0.25 + 1 + 1e-5),
            1e-5 / ((2.0 / 7) + 0.25 + 1e-5),
            ((8.0 / 7) + 1e-5) / ((4.0 / 7) + 0.5 + 1 + 1e-5),
        ];
        Assert.Equal(1 - dice.Average() + (Ln7 / 2), DiceCrossEntropy3.Forward<byte>(Logits, [2, 0], 1), 1e-6);
        Assert.Equal((Ln7 / 2) - ((dice[1] + dice[2]) / 2), NnUNet3.Forward<byte>(Logits, [2, 0], 1), 1e-6);
    }

    // -ln p is x and no more where the others together have e to the power of -x: as many digits as any other number.
    [Theory]
    [InlineData(20f)]
    [InlineData(40f)]
    [InlineData(50f)]
    public void A_label_that_is_nearly_certain_keeps_its_digits(float certainty)
    {
        foreach (int classes in new[] { 3, 19 })
        {
            float[] logits = new float[classes * 40];
            logits.AsSpan(0, 40).Fill(certainty);
            double exact = (classes - 1) * Math.Exp(-certainty);
            exact -= exact * exact / 2;
            byte[] labels = new byte[40];
            double actual = classes == 3 ? Entropy3(logits, labels).CrossEntropyLoss() : Entropy19(logits, labels);
            Assert.Equal(1, actual / exact, 1e-5);

            // The slope of the label's logit is what the others have, by the number of pixels.
            float[] gradient = new float[logits.Length];
            _ = classes == 3
                ? CrossEntropyAlone3.ForwardBackward<byte>(logits, labels, gradient, 1)
                : CrossEntropyAlone19.ForwardBackward<byte>(logits, labels, gradient, 1);
            Assert.Equal(1, -40 * gradient[0] / exact, 1e-5);
        }
    }

    [Theory]
    [InlineData(90f)]
    [InlineData(1000f)]
    [InlineData(1e30f)]
    public void A_label_whose_probability_is_no_float_costs_what_its_logit_is_less(float less)
    {
        foreach (int pixels in new[] { 1, 7, 100 })
        {
            foreach (int labelled in new[] { 0, 2 })
            {
                float[] three = new float[3 * pixels];
                float[] nineteen = new float[19 * pixels];
                byte[] labels = [.. Enumerable.Repeat((byte)labelled, pixels)];
                three.AsSpan(labelled * pixels, pixels).Fill(-less);
                nineteen.AsSpan(labelled * pixels, pixels).Fill(-less);
                Assert.Equal(1, Entropy3(three, labels).CrossEntropyLoss() / (less + Ln2), 1e-6);
                Assert.Equal(1, Entropy19(nineteen, labels) / (less + Math.Log(18)), 1e-6);
                CrossEntropyWeighted3.Sums weighted = default;
                CrossEntropyWeighted3.Accumulate<byte>(ref weighted, three, labels, 1);
                Assert.Equal(1, weighted.CrossEntropyLoss() / (less + Ln2), 1e-6);
                CrossEntropySmoothed3.Sums smoothed = default;
                CrossEntropySmoothed3.Accumulate<byte>(ref smoothed, three, labels, 1);
                Assert.Equal(1, smoothed.CrossEntropyLoss() / ((0.9 * (less + Ln2)) + (0.1 / 3 * ((less + Ln2) + (2 * Ln2)))), 1e-6);
            }
        }
    }

    [Fact]
    public void Infinite_logits_cost_what_they_do_in_torch()
    {
        // A label that is impossible, of three classes and of 19; with smoothing, any class that is.
        float[] logits = [.. Enumerable.Repeat(float.NegativeInfinity, 2), 0, 0, 0, 0];
        Assert.Equal(double.PositiveInfinity, Entropy3(logits, [0, 1]).CrossEntropyLoss());
        Assert.Equal(Ln2, Entropy3(logits, [2, 1]).CrossEntropyLoss(), 1e-6);
        CrossEntropySmoothed3.Sums smoothed = default;
        CrossEntropySmoothed3.Accumulate<byte>(ref smoothed, logits, [2, 1], 1);
        Assert.Equal(double.PositiveInfinity, smoothed.CrossEntropyLoss());
        CrossEntropySmoothed3.Sums own = default;
        CrossEntropySmoothed3.Accumulate<byte>(ref own, logits, [0, 0], 1);
        Assert.Equal(double.PositiveInfinity, own.CrossEntropyLoss());

        float[] many = new float[19];
        many[3] = float.NegativeInfinity;
        Assert.Equal(double.PositiveInfinity, Entropy19(many, [3]));
        Assert.Equal(Math.Log(18), Entropy19(many, [4]), 1e-6);

        foreach (float bad in new[] { float.NaN, float.PositiveInfinity })
        {
            many[3] = bad;
            Assert.True(double.IsNaN(Entropy19(many, [4])));
            Assert.True(double.IsNaN(Entropy3([bad, 0, 0], [2]).CrossEntropyLoss()));
        }
    }

    [Fact]
    public void Nothing_costs_nothing()
    {
        Assert.Equal(0, CrossEntropy3.Forward<byte>([], [], 1));
        Assert.Equal(0, default(CrossEntropy19.Sums).CrossEntropyLoss());

        // Class 3 has the weight 0: no pixel of these counts, in the loss or in the gradient.
        float[] logits = [1, 2, 3, 4, 5];
        float[] gradient = new float[5];
        CrossEntropyWeighted5.Sums sums = default;
        CrossEntropyWeighted5.Accumulate<byte>(ref sums, logits, [3], 1);
        CrossEntropyWeighted5.Backward<byte>(in sums, logits, [3], gradient, 1);
        Assert.Equal(0, sums.CrossEntropyLoss());
        double[] expected = SoftDiceReference.Gradient<byte>(new SoftDiceOptions(5) { Activation = SoftDiceActivation.Softmax }, logits, [3], 1);
        Assert.All(Enumerable.Range(0, 5), c => Assert.Equal(expected[c], gradient[c], 1e-6));
    }

    [Fact]
    public void It_goes_with_the_generalised_loss()
    {
        Random random = new(7);
        float[] logits = [.. Enumerable.Range(0, 5 * 77).Select(_ => 6 * (random.NextSingle() - 0.5f))];
        byte[] labels = [.. Enumerable.Range(0, 77).Select(_ => (byte)random.Next(5))];
        float[] gradient = new float[logits.Length];
        double loss = CrossEntropyGeneralized5.ForwardBackward<byte>(logits, labels, gradient, 1);
        SoftDiceOptions options = AttributeOptions.Of<CrossEntropyGeneralized5>();
        Assert.Equal(SoftDiceReference.Loss<byte>(options, logits, labels, 1), loss, 1e-6);
        double[] expected = SoftDiceReference.Gradient<byte>(options, logits, labels, 1);
        double largest = expected.Max(Math.Abs);
        Assert.All(Enumerable.Range(0, expected.Length), i => Assert.Equal(expected[i], gradient[i], 2e-6 * largest));
    }

    [Fact]
    public void Sums_carry_it()
    {
        CrossEntropy3.Sums sums = Entropy3(Logits, [2, 0]);
        byte[] bytes = new byte[CrossEntropy3.Sums.ByteCount];
        sums.WriteTo(bytes);
        Assert.Equal((9 * 8) + 8, bytes.Length);
        Assert.Equal(sums.CrossEntropySum, BitConverter.ToDouble(bytes, 72));
        CrossEntropy3.Sums twice = sums + CrossEntropy3.Sums.ReadFrom(bytes);
        Assert.Equal(2 * sums.CrossEntropySum, twice.CrossEntropySum);
        Assert.Equal(sums.CrossEntropyLoss(), twice.CrossEntropyLoss());
    }

    private static CrossEntropy3.Sums Entropy3(byte[] labels) => Entropy3(Logits, labels);

    private static CrossEntropy3.Sums Entropy3(float[] logits, byte[] labels)
    {
        CrossEntropy3.Sums sums = default;
        CrossEntropy3.Accumulate<byte>(ref sums, logits, labels, 1);
        return sums;
    }

    private static double Entropy19(float[] logits, byte[] labels)
    {
        CrossEntropy19.Sums sums = default;
        CrossEntropy19.Accumulate<byte>(ref sums, logits, labels, 1);
        return sums.CrossEntropyLoss();
    }
}
