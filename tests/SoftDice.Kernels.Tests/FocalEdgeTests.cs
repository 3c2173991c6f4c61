using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Numbers worked by hand, the digits of small and of large focal terms, and what the edges give.</summary>
public sealed class FocalEdgeTests
{
    // Softmax of these is 1/7, 2/7, 4/7 for the first pixel and 1/4, 1/4, 1/2 for the second; planes of two pixels.
    private static readonly float[] Logits = [0, 0, MathF.Log(2), 0, MathF.Log(4), MathF.Log(2)];

    private static readonly double Ln2 = Math.Log(2);
    private static readonly double Ln7 = Math.Log(7);

    // Sigmoid of ln 3 is 3/4, of -ln 3 it is 1/4.
    private static readonly float Ln3 = MathF.Log(3);

    [Fact]
    public void It_is_that_of_a_softmax()
    {
        // Labels 2 and 0: (3/7)²·(-ln 4/7) and (3/4)²·(-ln 1/4), by 2 pixels.
        FocalTerm3.Sums sums = default;
        FocalTerm3.Accumulate<byte>(ref sums, Logits, [2, 0], 1);
        double expected = (9.0 / 49 * (Ln7 - (2 * Ln2))) + (9.0 / 16 * 2 * Ln2);
        Assert.Equal(expected, sums.FocalSum, 1e-6);
        Assert.Equal(2, sums.FocalCount);
        Assert.Equal(expected / 2, sums.FocalLoss(), 1e-6);
        Assert.Equal(sums.OverlapLoss() + sums.FocalLoss(), sums.Loss());

        // γ = 3 and the weights 3 and 1, beside a cross-entropy of a half.
        FocalAndEntropy3.Sums both = default;
        FocalAndEntropy3.Accumulate<byte>(ref both, Logits, [2, 0], 1);
        Assert.Equal(((27.0 / 343 * (Ln7 - (2 * Ln2))) + (27.0 / 64 * 2 * Ln2)) / 2, both.FocalLoss(), 1e-6);
        Assert.Equal(both.OverlapLoss() + (0.5 * both.CrossEntropyLoss()) + both.FocalLoss(), both.Loss());
        FocalAndEverything3.Sums weighted = default;
        FocalAndEverything3.Accumulate<byte>(ref weighted, Logits, [2, 0], 1);
        Assert.Equal(((9.0 / 49 * (Ln7 - (2 * Ln2))) + (3 * 9.0 / 16 * 2 * Ln2)) / 2, weighted.FocalLoss(), 1e-6);
    }

    [Fact]
    public void It_is_that_of_sigmoids()
    {
        // The labels 1 and 0 at 3/4 and 1/4 miss 1/4 both; the other way round, 3/4.
        Assert.Equal(Math.Log(4.0 / 3) / 16, Sigmoid1([Ln3, -Ln3], [1, 0]), 1e-6);
        Assert.Equal(9.0 / 16 * 2 * Ln2, Sigmoid1([Ln3, -Ln3], [0, 1]), 1e-6);

        // Three classes, γ = 1/2 and α = 1/4: the label's class at 3/4, the others at 1/4.
        SigmoidFocalAlpha3.Sums sums = default;
        SigmoidFocalAlpha3.Accumulate<byte>(ref sums, [Ln3, -Ln3, -Ln3], [0], 1);
        Assert.Equal(3, sums.FocalCount);
        Assert.Equal((0.25 + 0.75 + 0.75) * 0.5 * Math.Log(4.0 / 3) / 3, sums.FocalLoss(), 1e-6);

        // Half of a target is half of each answer's cost: (1/16·(-ln 3/4) + 9/16·(-ln 1/4)) / 2, and the other two classes are right at 3/4 and 1/4.
        SigmoidFocalTargets3.Sums soft = default;
        SigmoidFocalTargets3.Accumulate<float>(ref soft, [Ln3, Ln3, -Ln3], [0.5f, 1, 0], 1);
        double ofHalf = ((Math.Log(4.0 / 3) / 16) + (9.0 / 16 * 2 * Ln2)) / 2;
        Assert.Equal((ofHalf + (2 * Math.Log(4.0 / 3) / 16)) / 3, soft.FocalLoss(), 1e-6);
    }

    [Fact]
    public void With_the_overlap_it_is_the_loss_of_Monai()
    {
        // I = 3/4, P = 1, T = 1.
        double dice = (1.5 + 1e-5) / (2 + 1e-5);
        Assert.Equal(1 - dice + (Math.Log(4.0 / 3) / 16), MonaiFocal1.Forward<byte>([Ln3, -Ln3], [1, 0], 1), 1e-6);
    }

    [Fact]
    public void Without_a_power_it_is_the_cross_entropy()
    {
        Random random = new(3);
        foreach (int classes in new[] { 3, 5 })
        {
            float[] logits = [.. Enumerable.Range(0, classes * 77).Select(_ => 20 * (random.NextSingle() - 0.5f))];
            byte[] labels = [.. Enumerable.Range(0, 77).Select(_ => (byte)random.Next(classes))];
            float[] gradient = new float[logits.Length], ofEntropy = new float[logits.Length];
            double loss = classes == 3
                ? FocalOfNoPower3.ForwardBackward<byte>(logits, labels, gradient, 1)
                : FocalOfNoPower5.ForwardBackward<byte>(logits, labels, gradient, 1);
            double entropy = classes == 3
                ? CrossEntropy3.ForwardBackward<byte>(logits, labels, ofEntropy, 1)
                : CrossEntropy5.ForwardBackward<byte>(logits, labels, ofEntropy, 1);
            Assert.Equal(1, loss / entropy, 1e-6);
            double largest = ofEntropy.Max(Math.Abs);
            Assert.All(Enumerable.Range(0, gradient.Length), i => Assert.Equal(ofEntropy[i], gradient[i], 1e-6 * largest));
        }
    }

    // With x what the others have, the cost is x to the power of 1 + γ, and the slope of the label's logit 1 + γ times that: as many digits as any.
    [Theory]
    [InlineData(10f)]
    [InlineData(20f)]
    [InlineData(40f)]
    public void A_label_that_is_nearly_certain_keeps_its_digits(float certainty)
    {
        float[] three = new float[3 * 40], nineteen = new float[19 * 40];
        three.AsSpan(0, 40).Fill(certainty);
        nineteen.AsSpan(0, 40).Fill(certainty);
        float[] one = [.. Enumerable.Repeat(certainty, 40)];
        FocalAlone3.Sums ofThree = default;
        FocalAlone3.Accumulate<byte>(ref ofThree, three, new byte[40], 1);
        FocalAlone19.Sums ofNineteen = default;
        FocalAlone19.Accumulate<byte>(ref ofNineteen, nineteen, new byte[40], 1);
        SigmoidFocalAlone1.Sums ofOne = default;
        byte[] ones = [.. Enumerable.Repeat((byte)1, 40)];
        SigmoidFocalAlone1.Accumulate<byte>(ref ofOne, one, ones, 1);

        float[] gradientOfThree = new float[three.Length], gradientOfNineteen = new float[nineteen.Length], gradientOfOne = new float[40];
        const double Scale = 1L << 50;
        FocalAlone3.Backward<byte>(in ofThree, three, new byte[40], gradientOfThree, 1, Scale);
        FocalAlone19.Backward<byte>(in ofNineteen, nineteen, new byte[40], gradientOfNineteen, 1, Scale);
        SigmoidFocalAlone1.Backward<byte>(in ofOne, one, ones, gradientOfOne, 1, Scale);

        double e = Math.Exp(-certainty);
        AssertNear(2 * e, 0.25, ofThree.FocalLoss(), gradientOfThree[0]);
        AssertNear(18 * e, 1, ofNineteen.FocalLoss(), gradientOfNineteen[0]);
        AssertNear(e, 1, ofOne.FocalLoss(), gradientOfOne[0]);

        // ln(1 + x) of a small x is x.
        void AssertNear(double ratio, double gamma, double loss, double slope)
        {
            double missing = ratio / (1 + ratio), negativeLog = ratio < 1e-9 ? ratio : Math.Log(1 + ratio);
            Assert.Equal(1, loss / (Math.Pow(missing, gamma) * negativeLog), 1e-5);
            double expected = Math.Pow(missing, gamma) * (missing + (gamma * (1 - missing) * negativeLog)) / 40 * Scale;
            Assert.Equal(1, -slope / expected, 1e-5);
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
            float[] two = new float[2 * pixels], three = new float[3 * pixels], five = new float[5 * pixels];
            byte[] labels = new byte[pixels];
            two.AsSpan(0, pixels).Fill(-less);
            three.AsSpan(0, pixels).Fill(-less);
            five.AsSpan(0, pixels).Fill(-less);
            FocalTerm2.Sums ofTwo = default;
            FocalTerm2.Accumulate<byte>(ref ofTwo, two, labels, 1);
            Assert.Equal(1, ofTwo.FocalLoss() / less, 1e-6);
            FocalTerm3.Sums ofThree = default;
            FocalTerm3.Accumulate<byte>(ref ofThree, three, labels, 1);
            Assert.Equal(1, ofThree.FocalLoss() / (less + Ln2), 1e-6);
            FocalWeighted5.Sums ofFive = default;
            FocalWeighted5.Accumulate<byte>(ref ofFive, five, labels, 1);
            Assert.Equal(1, ofFive.FocalLoss() / (less + Math.Log(4)), 1e-6);
            Assert.Equal(1, Sigmoid1([.. Enumerable.Repeat(-less, pixels)], [.. Enumerable.Repeat((byte)1, pixels)]) / less, 1e-6);

            // The slope of the label's logit is that of a cross-entropy there.
            float[] gradient = new float[three.Length];
            FocalAlone3.ForwardBackward<byte>(three, labels, gradient, 1);
            Assert.Equal(-1.0 / pixels, gradient[0], 1e-6 / pixels);
        }
    }

    [Fact]
    public void Infinite_logits_cost_what_they_do_in_torch()
    {
        float[] logits = [float.NegativeInfinity, 0, 0];
        FocalTerm3.Sums sums = default;
        FocalTerm3.Accumulate<byte>(ref sums, logits, [0], 1);
        Assert.Equal(double.PositiveInfinity, sums.FocalLoss());
        Assert.Equal(double.PositiveInfinity, Sigmoid1([float.NegativeInfinity], [1]));
        Assert.Equal(0, Sigmoid1([float.NegativeInfinity, float.PositiveInfinity], [0, 1]));
        Assert.True(double.IsNaN(Sigmoid1([float.NaN], [1])));
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity })
        {
            FocalTerm3.Sums ofBad = default;
            FocalTerm3.Accumulate<byte>(ref ofBad, [bad, 0, 0], [2], 1);
            Assert.True(double.IsNaN(ofBad.FocalLoss()));
        }
    }

    // A gradient is finite where the cost is not, and where a power has an infinite slope.
    [Fact]
    public void The_gradient_is_finite()
    {
        float[] gradient = new float[6];
        FocalAlone3.ForwardBackward<byte>([200, float.NegativeInfinity, 0, 0, 0, 0], [0, 0], gradient, 1);
        Assert.Equal(0, gradient[0]);
        Assert.Equal(0, gradient[2]);
        Assert.Equal(-0.5, gradient[1], 1e-6);
        Assert.Equal(0.25, gradient[3], 1e-6);

        float[] ofSigmoid = new float[4];
        SigmoidFocalAlone1.ForwardBackward<byte>(
            [float.NegativeInfinity, float.PositiveInfinity, float.PositiveInfinity, float.NegativeInfinity], [1, 0, 1, 0], ofSigmoid, 1);
        Assert.Equal([-0.25f, 0.25f, 0, 0], ofSigmoid.Select(slope => MathF.Round(slope * 1e6f) / 1e6f));
    }

    [Fact]
    public void Nothing_costs_nothing()
    {
        Assert.Equal(0, FocalTerm3.Forward<byte>([], [], 1));
        Assert.Equal(0, default(FocalTerm19.Sums).FocalLoss());
        Assert.Equal(0, default(SigmoidFocal1.Sums).FocalLoss());
        Assert.Equal(0, FocalIgnoring3.Forward<byte>([1, 2, 3], [255], 1));
        Assert.Equal(0, FocalIgnoring5.Forward<byte>([1, 2, 3, 4, float.NaN], [255], 1));
    }

    [Fact]
    public void Sums_carry_it_behind_the_cross_entropy()
    {
        FocalAndEntropy3.Sums sums = default;
        FocalAndEntropy3.Accumulate<byte>(ref sums, Logits, [2, 0], 1);
        byte[] bytes = new byte[FocalAndEntropy3.Sums.ByteCount];
        sums.WriteTo(bytes);
        Assert.Equal((9 * 8) + 16, bytes.Length);
        Assert.Equal(sums.CrossEntropySum, BitConverter.ToDouble(bytes, 72));
        Assert.Equal(sums.FocalSum, BitConverter.ToDouble(bytes, 80));
        FocalAndEntropy3.Sums twice = sums + FocalAndEntropy3.Sums.ReadFrom(bytes);
        Assert.Equal(2 * sums.FocalSum, twice.FocalSum);
        Assert.Equal(sums.FocalLoss(), twice.FocalLoss());

        SigmoidFocal1.Sums binary = default;
        SigmoidFocal1.Accumulate<byte>(ref binary, [1, 2], [0, 1], 1);
        binary += SigmoidFocal1.Sums.ReadFrom(Bytes(binary));
        Assert.Equal(4, binary.FocalCount);
    }

    private static byte[] Bytes(SigmoidFocal1.Sums sums)
    {
        byte[] bytes = new byte[SigmoidFocal1.Sums.ByteCount];
        sums.WriteTo(bytes);
        return bytes;
    }

    private static double Sigmoid1(float[] logits, byte[] labels)
    {
        SigmoidFocal1.Sums sums = default;
        SigmoidFocal1.Accumulate<byte>(ref sums, logits, labels, 1);
        return sums.FocalLoss();
    }
}
