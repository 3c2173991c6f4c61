using System;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>A loss with a mask, which is that of the options.</summary>
internal sealed class MaskedKernel<TLoss, TSums, TLanes>(SoftDiceOptions options)
    : TrainingKernel($"{typeof(TLoss).Name} {typeof(TLanes).Name}", options, TLanes.Count)
    where TLoss : ISoftDiceMaskedLoss<TSums>
    where TSums : struct, ISoftDiceSums<TSums>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly bool[] mask = [.. options.Mask];

    public override TrainingKernel WithMask(bool[] mask) => new MaskedKernel<TLoss, TSums, TLanes>(Options with { Mask = mask });

    public override double ForwardBackward<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, int batchSize, double scale = 1)
    {
        TSums sums = default;
        TLoss.Accumulate<TLanes, TLabel>(ref sums, predictions, labels, mask, batchSize);
        TLoss.Backward<TLanes, TLabel>(in sums, predictions, labels, mask, gradient, batchSize, scale);
        return sums.Loss();
    }

    public override double CallWithMask<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, ReadOnlySpan<bool> mask, Span<float> gradient, int batchSize)
    {
        TSums sums = default;
        TLoss.Accumulate<TLanes, TLabel>(ref sums, predictions, labels, mask, batchSize);
        TLoss.Backward<TLanes, TLabel>(in sums, predictions, labels, mask, gradient, batchSize, 1);
        return sums.Loss();
    }

    public override void Backward<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, int batchSize = 1)
    {
        TSums sums = default;
        TLoss.Backward<TLanes, TLabel>(in sums, predictions, labels, mask, gradient, batchSize, 1);
    }

    public override void AssertSumsStay<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
    {
        byte[] before = new byte[TSums.ByteCount];
        new Random(5).NextBytes(before);
        TSums sums = TSums.ReadFrom(before);
        try
        {
            TLoss.Accumulate<TLanes, TLabel>(ref sums, predictions, labels, mask, batchSize);
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
        TLoss.Accumulate<TLanes, TLabel>(ref sums, predictions, labels, mask, batchSize);
        return sums.Loss();
    }

    public override double[] Overlaps<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
    {
        TSums sums = default;
        TLoss.Accumulate<TLanes, TLabel>(ref sums, predictions, labels, mask, batchSize);
        return [.. Enumerable.Range(0, NumClasses).Select(c => sums.Dice(c))];
    }
}
