using System;
using System.Numerics;
using System.Threading;

using SoftDice.Kernels;

namespace SoftDice.PropertyTests;

/// <summary>The same of losses that are not one number.</summary>
internal sealed class ElementUnreducedLoss<TLoss, TSums, TElement> : ISoftDiceUnreducedLoss<TSums>
    where TLoss : ISoftDiceUnreducedLoss<TSums, TElement>
    where TSums : struct, ISoftDiceUnreducedSums<TSums>
    where TElement : unmanaged, INumber<TElement>
{
    public static void Forward<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<double> losses, int batchSize, int degreeOfParallelism = 1, CancellationToken cancellationToken = default)
        where TLabel : unmanaged =>
        TLoss.Forward(ElementLoss.Of<TElement>(predictions), labels, losses, batchSize, degreeOfParallelism, cancellationToken);

    public static void Accumulate<TLabel>(
        ref TSums sums, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize, int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLabel : unmanaged =>
        TLoss.Accumulate(ref sums, ElementLoss.Of<TElement>(predictions), labels, batchSize, degreeOfParallelism, cancellationToken);

    public static void Accumulate<TLanes, TLabel>(
        ref TSums sums, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize, int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged =>
        TLoss.Accumulate<TLanes, TLabel>(ref sums, ElementLoss.Of<TElement>(predictions), labels, batchSize, degreeOfParallelism, cancellationToken);

    public static void ForwardBackward<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, Span<double> losses, ReadOnlySpan<double> upstream, int batchSize, int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLabel : unmanaged
    {
        TElement[] elements = ElementLoss.Of<TElement>(predictions);
        TElement[] slopes = ElementLoss.PlaceOfGradient(predictions, gradient, elements);
        TLoss.ForwardBackward(elements, labels, slopes, losses, upstream, batchSize, degreeOfParallelism, cancellationToken);
        ElementLoss.Return(slopes, gradient);
    }

    public static void Backward<TLabel>(
        in TSums sums, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, ReadOnlySpan<double> upstream, int batchSize,
        int degreeOfParallelism = 1, CancellationToken cancellationToken = default)
        where TLabel : unmanaged
    {
        TElement[] elements = ElementLoss.Of<TElement>(predictions);
        TElement[] slopes = ElementLoss.PlaceOfGradient(predictions, gradient, elements);
        TLoss.Backward(in sums, elements, labels, slopes, upstream, batchSize, degreeOfParallelism, cancellationToken);
        ElementLoss.Return(slopes, gradient);
    }

    public static void Backward<TLanes, TLabel>(
        in TSums sums, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, ReadOnlySpan<double> upstream, int batchSize,
        int degreeOfParallelism = 1, CancellationToken cancellationToken = default)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        TElement[] elements = ElementLoss.Of<TElement>(predictions);
        TElement[] slopes = ElementLoss.PlaceOfGradient(predictions, gradient, elements);
        TLoss.Backward<TLanes, TLabel>(in sums, elements, labels, slopes, upstream, batchSize, degreeOfParallelism, cancellationToken);
        ElementLoss.Return(slopes, gradient);
    }
}
