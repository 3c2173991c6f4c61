using System;
using System.Linq;
using System.Runtime.InteropServices;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Masks of a wrong length or in the gradient's place, labels on both sides of a mask, layouts, images, threads and memory.</summary>
public sealed class MaskEdgeTests
{
    public static TheoryData<string> OfTheLibrary => MaskTable.Names(kernel => kernel.Lanes != CheckingLanes.Count);

    [Fact]
    public void A_mask_has_an_element_for_each_pixel()
    {
        foreach (int length in new[] { 0, 3, 5 })
        {
            bool[] mask = new bool[length];
            ArgumentException thrown = Assert.Throws<ArgumentException>(() => Mask3.Forward<byte>(new float[12], new byte[4], mask, 2));
            Assert.StartsWith(
                $"mask has {length} elements; it is one for each of the 2 pixels of 2 images, 4 in all.", thrown.Message, StringComparison.Ordinal);
            Assert.Equal("mask", thrown.ParamName);
            Assert.Throws<ArgumentException>(() => MaskSample3.Forward<byte>(new float[12], new byte[4], mask, 2));
            Assert.Throws<ArgumentException>(() => MaskSampleTerms3.Forward<byte>(new float[12], new byte[4], mask, 2));
        }

        SoftDiceOptions options = new(3) { Mask = [true] };
        Assert.Throws<ArgumentException>(() => SoftDiceReference.Loss<byte>(options, new float[12], new byte[4], 2));
    }

    [Fact]
    public void A_gradient_takes_no_place_of_the_mask()
    {
        float[] gradient = new float[12];
        float[] predictions = [.. Enumerable.Repeat(0.5f, 12)];
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => Mask3.ForwardBackward<byte>(
            predictions, new byte[4], MemoryMarshal.Cast<float, bool>(gradient)[44..], gradient, 1));
        Assert.StartsWith("gradient overlaps the mask", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => MaskSample3.ForwardBackward<byte>(
            predictions, new byte[4], MemoryMarshal.Cast<float, bool>(gradient)[..4], gradient, 1));
        Mask3.Sums sums = default;
        Assert.Throws<ArgumentException>(() => Mask3.Backward<byte>(
            in sums, predictions, new byte[4], MemoryMarshal.Cast<float, bool>(gradient)[..4], gradient, 1));
        Assert.All(gradient, slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void Any_byte_but_0_is_true()
    {
        byte[] bytes = [0, 1, 2, 128, 255, 0];
        float[] predictions = [.. Enumerable.Range(1, 18).Select(i => i / 32f)];
        byte[] labels = [0, 1, 2, 0, 1, 2];
        bool[] mask = [.. bytes.Select(value => value != 0)];
        Assert.Equal(
            Mask3.Forward<byte>(predictions, labels, mask, 1),
            Mask3.Forward<byte>(predictions, labels, MemoryMarshal.Cast<byte, bool>(bytes), 1));
    }

    [Theory]
    [MemberData(nameof(OfTheLibrary))]
    public void A_wrong_label_is_refused_inside_the_mask_and_anything_goes_outside(string name)
    {
        TrainingKernel kernel = MaskTable.Find(name);
        bool isOneHot = kernel.Options.Labels == SoftDiceLabels.OneHot;
        const int Pixels = 37;
        foreach (float wrong in new[] { -1, 41, float.NaN, float.NegativeInfinity, 1e20f })
        {
            foreach (int place in new[] { 0, 15, 16, Pixels, (2 * Pixels) - 1 })
            {
                float[] labels = new float[2 * Pixels * (isOneHot ? kernel.NumClasses : 1)];
                int index = isOneHot ? (place / Pixels * kernel.NumClasses * Pixels) + ((kernel.NumClasses - 1) * Pixels) + (place % Pixels) : place;
                labels[index] = wrong;
                float[] predictions = [.. Enumerable.Repeat(0.25f, 2 * Pixels * kernel.NumClasses)];
                float[] gradient = new float[predictions.Length];
                bool[] mask = [.. Enumerable.Range(0, 2 * Pixels).Select(pixel => pixel != place)];
                double loss = kernel.WithMask(mask).ForwardBackward<float>(predictions, labels, gradient, 2);
                Assert.False(double.IsNaN(loss));

                mask[place] = true;
                Array.Clear(gradient);
                TrainingKernel all = kernel.WithMask(mask);
                string start = $"labels[{index}] is ";
                Assert.StartsWith(
                    start,
                    Assert.Throws<ArgumentOutOfRangeException>(() => all.AssertSumsStay<float>(predictions, labels, 2)).Message,
                    StringComparison.Ordinal);
                Assert.StartsWith(
                    start,
                    Assert.Throws<ArgumentOutOfRangeException>(() => all.Backward<float>(predictions, labels, gradient, 2)).Message,
                    StringComparison.Ordinal);
                Assert.All(gradient, slope => Assert.Equal(0, slope));
            }
        }
    }

    // In the lanes, that number stands for a pixel that takes no part.
    [Fact]
    public void The_lowest_integer_is_no_way_around_a_mask()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Mask3.Forward<int>(new float[3], [int.MinValue], [true], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mask3.Forward<uint>(new float[3], [0x8000_0000], [true], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mask3.Forward<long>(new float[3], [int.MinValue], [true], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mask40.Forward<int>(new float[40], [int.MinValue], [true], 1));
    }

    [Fact]
    public void A_cross_entropy_is_divided_by_what_takes_part()
    {
        // Logits of even odds: ln 3 a pixel of a softmax, ln 2 an element of sigmoids, whatever the number of pixels.
        bool[] mask = [true, false, true];
        float[] logits = [2, float.NaN, -1, 2, float.PositiveInfinity, -1, 2, -1e30f, -1];
        MaskCrossEntropy3.Sums sums = default;
        MaskCrossEntropy3.Accumulate<int>(ref sums, logits, [1, -7, 0], mask, 1);
        Assert.Equal(2, sums.CrossEntropyWeight);
        Assert.Equal(Math.Log(3), sums.CrossEntropyLoss(), 1e-6);

        // An ignored label leaves out one pixel more.
        MaskIgnoreBinary3.Sums ofLabels = default;
        MaskIgnoreBinary3.Accumulate<int>(ref ofLabels, [0, float.NaN, 9, 0, float.NaN, 9, 0, float.NaN, 9], [1, -7, 0], mask, 1);
        Assert.Equal(3, ofLabels.CrossEntropyWeight);
        Assert.Equal(Math.Log(2), ofLabels.CrossEntropyLoss(), 1e-6);

        float[] zeros = [.. Enumerable.Range(0, 15).Select(i => i % 3 == 1 ? float.NaN : 0)];
        MaskOneHotBinary5.Sums ofTargets = default;
        MaskOneHotBinary5.Accumulate<float>(ref ofTargets, zeros, [.. Enumerable.Repeat(0.25f, 15)], mask, 1);
        Assert.Equal(10, ofTargets.CrossEntropyWeight);
        Assert.Equal(Math.Log(2), ofTargets.CrossEntropyLoss(), 1e-6);
    }

    [Fact]
    public void Images_with_sums_of_their_own_have_their_own_part_of_the_mask()
    {
        AssertImages<MaskSample3, MaskSample3.Sums>();
        AssertImages<MaskSampleTerms3, MaskSampleTerms3.Sums>();
    }

    [Fact]
    public void Classes_side_by_side_have_the_same_bits()
    {
        AssertLayouts<Mask3, Mask3.Sums, MaskLast3, MaskLast3.Sums, int>(label => label);
        AssertLayouts<MaskCrossEntropy19, MaskCrossEntropy19.Sums, MaskLastSoftmax19, MaskLastSoftmax19.Sums, byte>(label => (byte)label);
        AssertLayouts<MaskOneHot3, MaskOneHot3.Sums, MaskLastOneHot3, MaskLastOneHot3.Sums, float>(label => label, isOneHot: true);
    }

    [Fact]
    public void The_same_bits_on_any_number_of_threads()
    {
        (float[] predictions, int[] labels) = TestData.Uniform(9, 3, 2, 300_000);
        bool[] mask = [.. labels.Select((_, i) => (i / 1000 % 3 != 0) ^ (i % 5 == 0))];
        float[] expected = new float[predictions.Length];
        double loss = MaskCrossEntropy3.ForwardBackward<int>(predictions, labels, mask, expected, 2);
        for (int threads = 2; threads <= 4; threads++)
        {
            float[] gradient = new float[predictions.Length];
            Assert.Equal(loss, MaskCrossEntropy3.ForwardBackward<int>(predictions, labels, mask, gradient, 2, 1, threads));
            Assert.True(expected.AsSpan().SequenceEqual(gradient));
        }
    }

    [Theory]
    [MemberData(nameof(OfTheLibrary))]
    public void Nothing_outside_is_read_or_written_and_nothing_is_allocated(string name)
    {
        TrainingKernel kernel = MaskTable.Find(name);
        foreach (int pixels in new[] { 1, kernel.Lanes, kernel.Lanes + 1, (18 * kernel.Lanes) - 1 })
        {
            int count = 2 * pixels * kernel.NumClasses;
            using GuardedMemory memory = new((nuint)(count * sizeof(float)));
            using GuardedMemory ofLabels = new((nuint)(count * sizeof(float)));
            using GuardedMemory ofMask = new((nuint)(2 * pixels));
            int labels = kernel.Options.Labels == SoftDiceLabels.OneHot ? count : 2 * pixels;
            Assert.Equal(
                Loss(memory.AtEnd<float>(count), ofLabels.AtEnd<float>(labels), ofMask.AtEnd<bool>(2 * pixels)),
                Loss(memory.AtStart<float>(count), ofLabels.AtStart<float>(labels), ofMask.AtStart<bool>(2 * pixels)));

            double Loss(Span<float> values, Span<float> classes, Span<bool> mask)
            {
                classes.Clear();
                mask.Fill(true);
                mask[0] = false;
                double loss = 0;
                long least = long.MaxValue;
                for (int call = 0; call < 6 && least > 0; call++)
                {
                    values.Fill(0.5f);
                    long start = GC.GetAllocatedBytesForCurrentThread();
                    loss = kernel.CallWithMask<float>(values, classes, mask, values, 2);
                    least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - start);
                }

                Assert.Equal(0, least);
                return loss;
            }
        }
    }

    // The third image is outside altogether.
    private static void AssertImages<TLoss, TSums>()
        where TLoss : ISoftDiceMaskedLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums>
    {
        const int Pixels = 1000;
        (float[] predictions, int[] labels) = TestData.Uniform(3, 3, 4, Pixels);
        bool[] mask = [.. labels.Select((_, i) => i / Pixels != 2 && i % 7 < 4)];
        SoftDiceOptions options = AttributeOptions.Of<TLoss>() with { Mask = mask };
        float[] gradient = new float[predictions.Length];
        double loss = TLoss.ForwardBackward<int>(predictions, labels, mask, gradient, 4);
        Assert.Equal(loss, TLoss.Forward<int>(predictions, labels, mask, 4));
        Assert.Equal(SoftDiceReference.Loss<int>(options, predictions, labels, 4), loss, 1e-6);
        double[] expected = SoftDiceReference.Gradient<int>(options, predictions, labels, 4);
        double largest = expected.Max(Math.Abs);
        Assert.All(expected, (slope, i) => Assert.Equal(slope, gradient[i], 4e-6 * largest));
        Assert.Throws<ArgumentException>(() => TLoss.ForwardBackward<int>(
            predictions, labels, MemoryMarshal.Cast<float, bool>(gradient)[..labels.Length], gradient, 4));
    }

    private static void AssertLayouts<TPlanes, TPlanesSums, TLast, TLastSums, TLabel>(Func<int, TLabel> toLabel, bool isOneHot = false)
        where TPlanes : ISoftDiceMaskedLoss<TPlanesSums>
        where TPlanesSums : struct, ISoftDiceSums<TPlanesSums>
        where TLast : ISoftDiceMaskedLoss<TLastSums>
        where TLastSums : struct, ISoftDiceSums<TLastSums>
        where TLabel : unmanaged
    {
        foreach (int pixels in new[] { 1, 4, 33, 531 })
        {
            int numClasses = TPlanesSums.ClassCount;
            (float[] predictions, int[] drawn) = TestData.Uniform(pixels, numClasses, 2, pixels);
            TLabel[] labels = isOneHot ? [.. predictions.Select((_, i) => toLabel(i % 2))] : [.. drawn.Select(toLabel)];
            bool[] mask = [.. drawn.Select((_, i) => i % 3 != 1)];
            float[] expected = new float[predictions.Length];
            float[] gradient = new float[predictions.Length];
            double loss = TPlanes.ForwardBackward<TLabel>(predictions, labels, mask, expected, 2);
            TLabel[] ofLast = isOneHot ? Turned(labels) : labels;
            Assert.Equal(loss, TLast.ForwardBackward<TLabel>(Turned(predictions), ofLast, mask, gradient, 2));
            Assert.Equal(Turned(expected), gradient);

            T[] Turned<T>(T[] planes) =>
            [
                .. Enumerable.Range(0, planes.Length).Select(i =>
                    planes[(i / (pixels * numClasses) * pixels * numClasses) + (i % numClasses * pixels) + (i / numClasses % pixels)]),
            ];
        }

        // Two pixels, of which the mask leaves out the second, whose label is wrong.
        float[] two = [.. Enumerable.Repeat(0.25f, 2 * TPlanesSums.ClassCount)];
        TLabel[] wrong = [.. Enumerable.Range(0, isOneHot ? two.Length : 2).Select(i => toLabel(i < (isOneHot ? TPlanesSums.ClassCount : 1) ? 0 : 99))];
        float[] slopes = new float[two.Length];
        TLastSums some = default;
        TLast.Accumulate<TLabel>(ref some, two, wrong, [true, false], 1);
        TLast.Backward<TLabel>(in some, two, wrong, [true, false], slopes, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => TLast.Accumulate<TLabel>(ref some, two, wrong, [false, true], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TLast.Backward<TLabel>(in some, two, wrong, [true, true], slopes, 1));
    }
}
