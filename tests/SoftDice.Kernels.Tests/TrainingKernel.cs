using System;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>A loss with its gradient at one kind of lanes, with its types out of the way.</summary>
internal abstract class TrainingKernel(string name, SoftDiceOptions options, int lanes)
{
    public string Name { get; } = name;

    public SoftDiceOptions Options { get; } = options;

    public int NumClasses => Options.NumClasses;

    public int Lanes { get; } = lanes;

    /// <summary>Values that a label can have.</summary>
    public int LabelValues => Options.Activation == SoftDiceActivation.Sigmoid && NumClasses == 1 ? 2 : NumClasses;

    /// <summary>Pixels that an activation takes at a time, from the plan.</summary>
    public int ScratchPixels => Math.Clamp(65536 / NumClasses, 16, 512) / 16 * 16;

    /// <summary>Where an image of so many pixels has an element.</summary>
    public int IndexOf(int c, int pixel, int pixels) =>
        Options.Layout == SoftDiceLayout.ChannelsLast ? (pixel * NumClasses) + c : (c * pixels) + pixel;

    /// <summary>The class and the pixel that an image of so many pixels has at an index.</summary>
    public (int Class, int Pixel) PlaceOf(int index, int pixels) =>
        Options.Layout == SoftDiceLayout.ChannelsLast ? (index % NumClasses, index / NumClasses) : (index / pixels, index % pixels);

    public abstract double ForwardBackward<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, int batchSize, double scale = 1)
        where TLabel : unmanaged;

    /// <summary>The gradient alone, of sums of nothing.</summary>
    public abstract void Backward<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, int batchSize = 1)
        where TLabel : unmanaged;

    /// <summary>Accumulates into sums that hold something, and asserts that they still hold that if it throws.</summary>
    public abstract void AssertSumsStay<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged;

    public abstract double Forward<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged;

    /// <summary>The overlap of each class.</summary>
    public abstract double[] Overlaps<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged;

    /// <summary>A seeded batch: uniform probabilities, or logits spread over some ten units.</summary>
    public (float[] Predictions, int[] Labels) Batch(int seed, int batchSize, int pixels)
    {
        Random random = new(seed);
        bool isLogits = Options.Activation != SoftDiceActivation.None;

        // What is far from its label by more than 1 is less than nothing: with distances, the probabilities of a pixel add up to some 1.
        float most = Options.WassersteinDistances.Count > 0 ? 2f / NumClasses : 1;
        return (
            Enumerable.Range(0, batchSize * NumClasses * pixels)
                .Select(_ => isLogits ? 10 * (random.NextSingle() - 0.5f) : most * random.NextSingle()).ToArray(),
            Enumerable.Range(0, batchSize * pixels).Select(_ => random.Next(LabelValues)).ToArray());
    }

    /// <summary>The same with a mask of the batch, of a loss that has one.</summary>
    public virtual TrainingKernel WithMask(bool[] mask) => throw new NotSupportedException($"{Name} has no mask.");

    /// <summary>Loss and gradient with a mask that is memory of the caller's.</summary>
    public virtual double CallWithMask<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, ReadOnlySpan<bool> mask, Span<float> gradient, int batchSize)
        where TLabel : unmanaged => throw new NotSupportedException($"{Name} has no mask.");

    public override string ToString() => Name;
}

internal sealed class TrainingKernel<TLoss, TSums, TLanes>(SoftDiceOptions options)
    : TrainingKernel($"{typeof(TLoss).Name} {typeof(TLanes).Name}", options, TLanes.Count)
    where TLoss : ISoftDiceLoss<TSums>
    where TSums : struct, ISoftDiceSums<TSums>
    where TLanes : struct, ILanes<TLanes>
{
    public override double ForwardBackward<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, int batchSize, double scale = 1)
    {
        TSums sums = default;
        TLoss.Accumulate<TLanes, TLabel>(ref sums, predictions, labels, batchSize);
        TLoss.Backward<TLanes, TLabel>(in sums, predictions, labels, gradient, batchSize, scale);
        return sums.Loss();
    }

    public override void Backward<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, int batchSize = 1)
    {
        TSums sums = default;
        TLoss.Backward<TLanes, TLabel>(in sums, predictions, labels, gradient, batchSize, 1);
    }

    public override void AssertSumsStay<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
    {
        byte[] before = new byte[TSums.ByteCount];
        new Random(5).NextBytes(before);
        TSums sums = TSums.ReadFrom(before);
        try
        {
            TLoss.Accumulate<TLanes, TLabel>(ref sums, predictions, labels, batchSize);
        }
        finally
        {
            byte[] after = new byte[TSums.ByteCount];
            sums.WriteTo(after);
            Xunit.Assert.Equal(before, after);
        }
    }

    public override double Forward<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
    {
        TSums sums = default;
        TLoss.Accumulate<TLanes, TLabel>(ref sums, predictions, labels, batchSize);
        return sums.Loss();
    }

    public override double[] Overlaps<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
    {
        TSums sums = default;
        TLoss.Accumulate<TLanes, TLabel>(ref sums, predictions, labels, batchSize);
        return [.. Enumerable.Range(0, NumClasses).Select(c => sums.Dice(c))];
    }
}
