using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Numbers worked by hand, and what the edges of a binary cross-entropy give.</summary>
public sealed class BinaryCrossEntropyEdgeTests
{
    private static readonly double Ln2 = Math.Log(2);

    // Sigmoid of ln 3 is 3/4, of -ln 3 it is 1/4.
    private static readonly float Ln3 = MathF.Log(3);

    [Fact]
    public void It_is_that_of_torch()
    {
        // The labels 1 and 0 at 3/4 and 1/4: -ln 3/4 twice, by 2. The other way round, -ln 1/4 twice.
        Assert.Equal(Math.Log(4.0 / 3), Entropy1([Ln3, -Ln3], [1, 0]), 1e-7);
        Assert.Equal(2 * Ln2, Entropy1([Ln3, -Ln3], [0, 1]), 1e-7);

        // The mean is over three classes as well as over pixels: -ln 1/2 at each.
        BinaryEntropy3.Sums sums = default;
        BinaryEntropy3.Accumulate<byte>(ref sums, new float[6], [0, 2], 1);
        Assert.Equal(6, sums.CrossEntropyWeight);
        Assert.Equal(Ln2, sums.CrossEntropyLoss(), 1e-7);

        // 2.5 times -ln 1/4 at the label 1, -ln 1/4 at the label 0, by 2.
        BinaryEntropyPositive1.Sums positive = default;
        BinaryEntropyPositive1.Accumulate<byte>(ref positive, [-Ln3, Ln3], [1, 0], 1);
        Assert.Equal(3.5 * 2 * Ln2 / 2, positive.CrossEntropyLoss(), 1e-6);

        // A tenth smoothed: 0.95·(-ln 3/4) + 0.05·(-ln 1/4) where the sign is right, of all three classes.
        BinaryEntropySmoothed3.Sums smoothed = default;
        BinaryEntropySmoothed3.Accumulate<byte>(ref smoothed, [Ln3, -Ln3, -Ln3], [0], 1);
        Assert.Equal((0.95 * Math.Log(4.0 / 3)) + (0.05 * 2 * Ln2), smoothed.CrossEntropyLoss(), 1e-7);

        // Weights multiply, and the mean divides by the number of elements all the same: 1, 2, 0.3, 0 and 4 times -ln 1/2, by 5.
        BinaryEntropyWeighted5.Sums weighted = default;
        BinaryEntropyWeighted5.Accumulate<byte>(ref weighted, new float[5], [3], 1);
        Assert.Equal(7.3 * Ln2 / 5, weighted.CrossEntropyLoss(), 1e-7);
    }

    [Fact]
    public void With_the_overlap_it_is_the_loss_of_Monai_and_of_nnU_Net()
    {
        // I = 3/4, P = 1, T = 1.
        double dice = (1.5 + 1e-5) / (2 + 1e-5);
        Assert.Equal(1 - dice + (1.5 * Math.Log(4.0 / 3)), MonaiBinary1.Forward<byte>([Ln3, -Ln3], [1, 0], 1), 1e-6);
        Assert.Equal(Math.Log(4.0 / 3) - dice, NnUNetRegions2.Forward<byte>([Ln3, -Ln3, Ln3, -Ln3], [1, 0, 1, 0], 1), 1e-6);
    }

    // -ln p is e to the power of -x and no more where that is small: as many digits as any other number.
    [Theory]
    [InlineData(20f)]
    [InlineData(50f)]
    [InlineData(80f)]
    public void A_label_that_is_nearly_certain_keeps_its_digits(float certainty)
    {
        float[] logits = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? certainty : -certainty)];
        byte[] labels = [.. Enumerable.Range(0, 40).Select(i => (byte)(i % 2 == 0 ? 1 : 0))];
        double exact = Math.Exp(-certainty);
        BinaryEntropyAlone1.Sums sums = default;
        BinaryEntropyAlone1.Accumulate<byte>(ref sums, logits, labels, 1);
        Assert.Equal(1, sums.CrossEntropyLoss() / exact, 1e-5);

        float[] gradient = new float[40];
        BinaryEntropyAlone1.ForwardBackward<byte>(logits, labels, gradient, 1, scale: 1 << 20);
        Assert.Equal(1, -40 * gradient[0] / (1 << 20) / exact, 1e-5);
        Assert.Equal(1, 40 * gradient[1] / (1 << 20) / exact, 1e-5);
    }

    [Fact]
    public void A_label_that_is_impossible_costs_what_its_logit_is()
    {
        Assert.Equal(1e30, Entropy1([-1e30f], [1]), 1e24);
        Assert.Equal(500, Entropy1([1000, -1000], [0, 0]), 1e-4);
        Assert.Equal(double.PositiveInfinity, Entropy1([float.NegativeInfinity], [1]));
        Assert.Equal(0, Entropy1([float.NegativeInfinity, float.PositiveInfinity], [0, 1]));
        Assert.True(double.IsNaN(Entropy1([float.NaN], [1])));
    }

    [Fact]
    public void Nothing_costs_nothing()
    {
        Assert.Equal(0, BinaryEntropy3.Forward<byte>([], [], 1));
        Assert.Equal(0, default(BinaryEntropy3.Sums).CrossEntropyLoss());
    }

    [Fact]
    public void Sums_carry_it_with_the_number_of_its_terms()
    {
        BinaryEntropy3.Sums sums = default;
        BinaryEntropy3.Accumulate<byte>(ref sums, [1, 2, 3, 4, 5, 6], [0, 2], 1);
        byte[] bytes = new byte[BinaryEntropy3.Sums.ByteCount];
        sums.WriteTo(bytes);
        Assert.Equal((9 * 8) + 16, bytes.Length);
        Assert.Equal(sums.CrossEntropySum, BitConverter.ToDouble(bytes, 72));
        Assert.Equal(6, BitConverter.ToDouble(bytes, 80));
        BinaryEntropy3.Sums twice = sums + BinaryEntropy3.Sums.ReadFrom(bytes);
        Assert.Equal(sums.CrossEntropyLoss(), twice.CrossEntropyLoss());
    }

    private static double Entropy1(float[] logits, byte[] labels)
    {
        BinaryEntropy1.Sums sums = default;
        BinaryEntropy1.Accumulate<byte>(ref sums, logits, labels, 1);
        return sums.CrossEntropyLoss();
    }
}
