using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Predictions and gradients of double and Half.</summary>
public sealed class ElementTests
{
    private static readonly Dictionary<string, ElementPair> Pairs = new ElementPair[][]
    {
        Widths<Floats1, Floats1.Sums, Halfs1, Halfs1.Sums, Half>(),
        Widths<Floats1, Floats1.Sums, Doubles1, Doubles1.Sums, double>(),
        Widths<Floats3, Floats3.Sums, Halfs3, Halfs3.Sums, Half>(),
        Widths<Floats3, Floats3.Sums, Doubles3, Doubles3.Sums, double>(),
        Widths<FloatsCrossEntropy4, FloatsCrossEntropy4.Sums, DoublesCrossEntropy4, DoublesCrossEntropy4.Sums, double>(),
        Widths<FloatsTargets5, FloatsTargets5.Sums, HalfsTargets5, HalfsTargets5.Sums, Half>(),
        Widths<FloatsTargetsLast5, FloatsTargetsLast5.Sums, DoublesTargetsLast5, DoublesTargetsLast5.Sums, double>(),
        Widths<FloatsTargetsLast5, FloatsTargetsLast5.Sums, FloatsTargetsLast5, FloatsTargetsLast5.Sums, float>(),
        Widths<Last3, Last3.Sums, Last3, Last3.Sums, float>(),
        Widths<FloatsLast2, FloatsLast2.Sums, FloatsLast2, FloatsLast2.Sums, float>(),
        Widths<FloatsLast4, FloatsLast4.Sums, FloatsLast4, FloatsLast4.Sums, float>(),
        Widths<FloatsLast6, FloatsLast6.Sums, FloatsLast6, FloatsLast6.Sums, float>(),
        Widths<FloatsLast19, FloatsLast19.Sums, FloatsLast19, FloatsLast19.Sums, float>(),
        Widths<FloatsDistances6, FloatsDistances6.Sums, DoublesDistances6, DoublesDistances6.Sums, double>(),
        Widths<FloatsTargetEntropyLast5, FloatsTargetEntropyLast5.Sums, HalfsTargetEntropyLast5, HalfsTargetEntropyLast5.Sums, Half>(),
        Widths<FloatsIgnoreClass3, FloatsIgnoreClass3.Sums, DoublesIgnoreClass3, DoublesIgnoreClass3.Sums, double>(),
        Widths<FloatsSoftmaxLast15, FloatsSoftmaxLast15.Sums, HalfsSoftmaxLast15, HalfsSoftmaxLast15.Sums, Half>(),
    }.SelectMany(pairs => pairs).ToDictionary(pair => pair.Name);

    public static TheoryData<string> All => [.. Pairs.Keys];

    public static TheoryData<string> OfOneWidth => [.. Pairs.Keys.Where(name => name.EndsWith(nameof(Lanes256), StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(All))]
    public void An_image_that_fits_a_tile_has_the_bits_of_the_floats(string name)
    {
        foreach (int pixels in new[] { 0, 1, 2, 7, 8, 9, 15, 16, 17, 33, 75, 531, 1000 })
        {
            Pairs[name].AssertSameBits(batchSize: 2, pixels);
        }
    }

    [Theory]
    [MemberData(nameof(OfOneWidth))]
    public void A_larger_image_has_the_same_loss_on_any_number_of_threads(string name)
    {
        Pairs[name].AssertNear(2, 4097, 1, 2, 5);
        Pairs[name].AssertNear(1, 70_003, 2, 3);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_outside_is_read_or_written(string name)
    {
        foreach (int pixels in new[] { 1, 15, 16, 17, 531 })
        {
            Pairs[name].AssertContained(pixels);
        }
    }

    [Fact]
    public void The_loss_of_doubles_is_that_of_their_own_values()
    {
        // By the formula, in double: what is lost is what rounding each prediction to float loses, 2^-24 of it, beside what sums of floats do.
        Random random = new(3);
        double[] predictions = [.. Enumerable.Range(0, 3 * 1000).Select(_ => random.NextDouble())];
        byte[] labels = [.. Enumerable.Range(0, 1000).Select(_ => (byte)random.Next(3))];
        double expected = 0;
        for (int c = 0; c < 3; c++)
        {
            double intersection = Enumerable.Range(0, 1000).Where(pixel => labels[pixel] == c).Sum(pixel => predictions[(c * 1000) + pixel]);
            double both = predictions.Skip(c * 1000).Take(1000).Sum() + labels.Count(label => label == c);
            expected -= Math.Log(((2 * intersection) + 1e-5) / (both + 1e-5)) / 3;
        }

        Assert.Equal(expected, Doubles3.Forward<byte>(predictions, labels, 1), 1.9e-6 * expected);
    }

    [Fact]
    public void A_double_that_is_too_large_is_infinite_and_one_that_is_nothing_is_NaN()
    {
        double[] predictions = [1e39, 0, 0];
        Assert.Equal(double.PositiveInfinity, Doubles3.Forward<byte>(predictions, new byte[] { 1 }, 1));
        Assert.Equal(double.NaN, Doubles3.Forward<byte>(new double[] { double.NaN, 0, 0 }, new byte[] { 1 }, 1));
        Assert.Equal(double.NaN, Halfs3.Forward<byte>(new[] { Half.NaN, default, default }, new byte[] { 1 }, 1));
    }

    [Fact]
    public void A_mask_goes_with_Halfs()
    {
        Half[] predictions = [(Half)0.5f, (Half)0.25f, Half.NaN, (Half)0.5f, (Half)0.75f, Half.NaN];
        byte[] labels = [0, 1, 77];
        bool[] mask = [true, true, false];
        Half[] gradient = new Half[6];
        float[] floats = [.. predictions.Select(prediction => (float)prediction)];
        float[] expected = new float[6];
        double loss = FloatsMask2.ForwardBackward<byte>(floats, labels, mask, expected, 1);
        Assert.Equal(loss, HalfsMask2.ForwardBackward<byte>(predictions, labels, mask, gradient, 1));
        Assert.Equal(expected.Select(one => (Half)one), gradient);
        Assert.Equal(0, (float)gradient[2]);
        Assert.True(loss > 0);
    }

    [Fact]
    public void Losses_that_are_not_reduced_go_with_doubles()
    {
        double[] predictions = [0.1, 0.7, 0.3, 0.2, 0.6, 0.1];
        byte[] labels = [2, 0];
        double[] losses = new double[3];
        double[] gradient = new double[6];
        double[] upstream = [1, 0.5, 2];
        DoublesUnreduced3.ForwardBackward<byte>(predictions, labels, gradient, losses, upstream, 1);
        double[] expected = new double[3];
        float[] expectedGradient = new float[6];
        FloatsUnreduced3.ForwardBackward<byte>([.. predictions.Select(one => (float)one)], labels, expectedGradient, expected, upstream, 1);
        Assert.Equal(expected, losses);
        Assert.Equal(expectedGradient.Select(one => (double)one), gradient);
    }

    [Fact]
    public void A_gradient_that_overlaps_is_refused_by_its_bytes()
    {
        double[] memory = new double[7];
        byte[] labels = [0, 1];
        ArgumentException exception = Assert.Throws<ArgumentException>(
            () => Doubles3.ForwardBackward<byte>(memory.AsSpan(0, 6), labels, memory.AsSpan(1, 6), 1));
        Assert.Contains("begins 8 bytes after the predictions", exception.Message, StringComparison.Ordinal);
        Half[] halfs = new Half[12];
        Halfs3.ForwardBackward<byte>(halfs.AsSpan(0, 6), labels, halfs.AsSpan(6, 6), 1);
    }

    [Fact]
    public void A_wrong_label_is_named_and_nothing_written()
    {
        Half[] memory = [.. Enumerable.Repeat((Half)0.5f, 6)];
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => Halfs3.ForwardBackward<byte>(memory, new byte[] { 1, 9 }, memory, 1));
        Assert.Contains("labels[1] is 9 (image 0, pixel 1)", exception.Message, StringComparison.Ordinal);
        Assert.All(memory, one => Assert.Equal((Half)0.5f, one));
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_call()
    {
        Half[] predictions = new Half[2 * 5000 * 15];
        byte[] labels = new byte[2 * 5000];
        long least = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long start = GC.GetAllocatedBytesForCurrentThread();
            HalfsSoftmaxLast15.ForwardBackward<byte>(predictions, labels, predictions, 2);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - start);
        }

        Assert.Equal(0, least);
    }

    private static ElementPair[] Widths<TFloats, TFloatSums, TLoss, TSums, TElement>()
        where TFloats : ISoftDiceLoss<TFloatSums>
        where TFloatSums : struct, ISoftDiceSums<TFloatSums>
        where TLoss : ISoftDiceLoss<TSums, TElement>
        where TSums : struct, ISoftDiceSums<TSums>
        where TElement : unmanaged, INumber<TElement> =>
    [
        new ElementPair<TFloats, TFloatSums, TLoss, TSums, TElement, Lanes512>(),
        new ElementPair<TFloats, TFloatSums, TLoss, TSums, TElement, Lanes256>(),
        new ElementPair<TFloats, TFloatSums, TLoss, TSums, TElement, Lanes128>(),
        new ElementPair<TFloats, TFloatSums, TLoss, TSums, TElement, ScalarLane>(),
        new ElementPair<TFloats, TFloatSums, TLoss, TSums, TElement, CheckingLanes>(),
    ];
}
