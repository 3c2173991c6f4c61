using System;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>
/// A loss that is not one number as one that is: the sum of its losses, each times a factor, is that of <see cref="SoftDiceReduction.Sum"/>
/// with these factors in its weights. So it is held against a definition that knows nothing of factors.
/// </summary>
internal sealed class UnreducedKernel<TLoss, TSums, TLanes>(SoftDiceOptions options) : TrainingKernel(
    $"{typeof(TLoss).Name} {typeof(TLanes).Name}", UnreducedFactors.Reduced(options), TLanes.Count)
    where TLoss : ISoftDiceUnreducedLoss<TSums>
    where TSums : struct, ISoftDiceUnreducedSums<TSums>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly double[] factors = UnreducedFactors.Of(options, TSums.LossCount);

    public override double ForwardBackward<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, int batchSize, double scale = 1)
    {
        TSums sums = Accumulate(predictions, labels, batchSize);
        TLoss.Backward<TLanes, TLabel>(in sums, predictions, labels, gradient, [.. factors.Select(factor => scale * factor)], batchSize);
        return Total(in sums);
    }

    public override void Backward<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, int batchSize = 1)
    {
        TSums sums = default;
        TLoss.Backward<TLanes, TLabel>(in sums, predictions, labels, gradient, factors, batchSize);
    }

    public override void AssertSumsStay<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize) =>
        throw new NotSupportedException("The losses that are one number have sums of the same kind.");

    public override double Forward<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize) =>
        Total(Accumulate(predictions, labels, batchSize));

    public override double[] Overlaps<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
    {
        TSums sums = Accumulate(predictions, labels, batchSize);
        return [.. Enumerable.Range(0, NumClasses).Select(c => sums.Dice(c))];
    }

    private static TSums Accumulate<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged
    {
        TSums sums = default;
        TLoss.Accumulate<TLanes, TLabel>(ref sums, predictions, labels, batchSize);
        return sums;
    }

    private double Total(in TSums sums)
    {
        double[] losses = new double[TSums.LossCount];
        sums.Losses(losses);
        return losses.Zip(factors, (loss, factor) => loss * factor).Sum();
    }
}
