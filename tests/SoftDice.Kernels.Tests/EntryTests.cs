using System;
using System.Collections.Generic;
using System.Runtime.Intrinsics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The ways into a backward pass that emitted code has for losses of other kinds: the widest lanes, and what each refuses.</summary>
public sealed class EntryTests
{
    private static readonly float[] Predictions = new float[3 * 64];
    private static readonly byte[] Labels = new byte[64];

    [Fact]
    public void Compound_and_unreduced_losses_take_the_widest_lanes_of_the_hardware()
    {
        int widest = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;
        float[] gradient = new float[Predictions.Length];
        CompoundKernel.Lanes.Clear();
        PerSampleEntropy3.Sums compound = default;
        CompoundBatch.Backward<CompoundKernel, PerSampleEntropy3.Sums, byte>(
            in compound, Predictions.AsSpan(), (ReadOnlySpan<byte>)Labels, gradient.AsSpan(), 1, 1, default);
        Assert.Equal([widest], CompoundKernel.Lanes);

        UnreducedLanesKernel.Lanes.Clear();
        Unreduced3.Sums unreduced = default;
        UnreducedBatch.Backward<UnreducedLanesKernel, Unreduced3.Sums, byte>(
            in unreduced, Predictions.AsSpan(), Labels, gradient.AsSpan(), [1, 1, 1], 1, 1, default);
        Assert.Equal([widest], UnreducedLanesKernel.Lanes);
    }

    [Fact]
    public void A_gradient_of_another_length_is_refused_by_every_way_in()
    {
        float[] longer = new float[Predictions.Length + 1];
        None3.Sums sums = default;
        PerSampleEntropy3.Sums compound = default;
        Unreduced3.Sums unreduced = default;
        double[] losses = new double[3];
        AssertRefused(() => None3.Backward<byte>(in sums, Predictions, Labels, longer, 1));
        AssertRefused(() => None3.Backward<Lanes128, byte>(in sums, Predictions, Labels, longer, 1));
        AssertRefused(() => None3.ForwardBackward<byte>(Predictions, Labels, longer, 1));
        AssertRefused(() => PerSampleEntropy3.Backward<byte>(in compound, Predictions, Labels, longer, 1));
        AssertRefused(() => PerSampleEntropy3.Backward<Lanes128, byte>(in compound, Predictions, Labels, longer, 1));
        AssertRefused(() => PerSampleEntropy3.ForwardBackward<byte>(Predictions, Labels, longer, 1));
        AssertRefused(() => Unreduced3.Backward<byte>(in unreduced, Predictions, Labels, longer, [1, 1, 1], 1));
        AssertRefused(() => Unreduced3.Backward<Lanes128, byte>(in unreduced, Predictions, Labels, longer, [1, 1, 1], 1));
        AssertRefused(() => Unreduced3.ForwardBackward<byte>(Predictions, Labels, longer, losses, [1, 1, 1], 1));
        Assert.Equal(-1, longer.AsSpan().IndexOfAnyExcept(0));

        static void AssertRefused(Action act)
        {
            ArgumentException thrown = Assert.Throws<ArgumentException>(act);
            Assert.StartsWith("gradient has 193 elements; it is one for each of the 192 predictions.", thrown.Message, StringComparison.Ordinal);
        }
    }

    // Before upstream is counted, which is of the images.
    [Fact]
    public void A_batch_of_no_images_is_named_as_such()
    {
        float[] gradient = new float[Predictions.Length];
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(
            () => UnreducedSample3.ForwardBackward<byte>(Predictions, Labels, gradient, new double[3], new double[3], 0));
        Assert.StartsWith("batchSize is 0; ", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_no_pixels_have_no_gradient_and_add_nothing()
    {
        None3.Sums sums = default;
        PerSampleEntropy3.Sums compound = default;
        Unreduced3.Sums unreduced = default;
        None3.Accumulate<byte>(ref sums, [], [], 2);
        None3.Accumulate<Lanes128, byte>(ref sums, [], [], 2);
        Assert.True(sums.Equals(default(None3.Sums)));
        None3.Backward<byte>(in sums, [], [], [], 2);
        None3.Backward<Lanes128, byte>(in sums, [], [], [], 2);
        PerSampleEntropy3.Backward<byte>(in compound, [], [], [], 1);
        Unreduced3.Backward<byte>(in unreduced, [], [], [], [1, 1, 1], 2);
    }

    private readonly struct CompoundKernel : ICompoundLossKernel<PerSampleEntropy3.Sums>
    {
        [ThreadStatic]
        private static List<int>? lanes;

        public static SoftDiceLabels Labels => SoftDiceLabels.ClassIndex;

        public static int LabelValues => 3;

        public static int PartPixels => 64;

        public static bool FindsLines => false;

        public static double OverlapWeight => 1;

        public static double CrossEntropy => 1;

        public static List<int> Lanes => lanes ??= [];

        public static void WriteGradient<TLanes, TLabel>(
            in PerSampleEntropy3.Sums sums, TermFactors scale, ReadOnlySpan<float> image, ReadOnlySpan<TLabel> labels, Span<float> gradient,
            int firstPixel, int endPixel, bool bypassCache)
            where TLanes : struct, ILanes<TLanes>
            where TLabel : unmanaged => Lanes.Add(TLanes.Count);
    }

    private readonly struct UnreducedLanesKernel : IUnreducedLossKernel<Unreduced3.Sums>
    {
        [ThreadStatic]
        private static List<int>? lanes;

        public static SoftDiceLabels Labels => SoftDiceLabels.ClassIndex;

        public static int LabelValues => 3;

        public static int PartPixels => 64;

        public static bool FindsLines => false;

        public static List<int> Lanes => lanes ??= [];

        public static void WriteGradient<TLanes, TLabel>(
            in Unreduced3.Sums sums, ReadOnlySpan<double> scale, ReadOnlySpan<float> image, ReadOnlySpan<TLabel> labels, Span<float> gradient,
            int firstPixel, int endPixel, bool bypassCache)
            where TLanes : struct, ILanes<TLanes>
            where TLabel : unmanaged => Lanes.Add(TLanes.Count);
    }
}
