using System;
using System.Numerics;
using System.Threading;

using SoftDice.Kernels;

namespace SoftDice.PropertyTests;

/// <summary>The same of a loss with a mask.</summary>
internal sealed class ElementMaskedLoss<TLoss, TSums, TElement> : ISoftDiceMaskedLoss<TSums>
    where TLoss : ISoftDiceMaskedLoss<TSums, TElement>
    where TSums : struct, ISoftDiceSums<TSums>
    where TElement : unmanaged, INumber<TElement>
{
    public static double Forward<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, ReadOnlySpan<bool> mask, int batchSize, int degreeOfParallelism = 1, CancellationToken cancellationToken = default)
        where TLabel : unmanaged =>
        TLoss.Forward(ElementLoss.Of<TElement>(predictions), labels, mask, batchSize, degreeOfParallelism, cancellationToken);

    public static void Accumulate<TLabel>(
        ref TSums sums, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, ReadOnlySpan<bool> mask, int batchSize, int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLabel : unmanaged =>
        TLoss.Accumulate(ref sums, ElementLoss.Of<TElement>(predictions), labels, mask, batchSize, degreeOfParallelism, cancellationToken);

    public static void Accumulate<TLanes, TLabel>(
        ref TSums sums, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, ReadOnlySpan<bool> mask, int batchSize, int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged =>
        TLoss.Accumulate<TLanes, TLabel>(ref sums, ElementLoss.Of<TElement>(predictions), labels, mask, batchSize, degreeOfParallelism, cancellationToken);

    public static double ForwardBackward<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, ReadOnlySpan<bool> mask, Span<float> gradient, int batchSize, double scale = 1, int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLabel : unmanaged
    {
        TElement[] elements = ElementLoss.Of<TElement>(predictions);
        TElement[] slopes = ElementLoss.PlaceOfGradient(predictions, gradient, elements);
        double loss = TLoss.ForwardBackward(elements, labels, mask, slopes, batchSize, scale, degreeOfParallelism, cancellationToken);
        ElementLoss.Return(slopes, gradient);
        return loss;
    }

    public static void Backward<TLabel>(
        in TSums sums, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, ReadOnlySpan<bool> mask, Span<float> gradient, int batchSize, double scale = 1,
        int degreeOfParallelism = 1, CancellationToken cancellationToken = default)
        where TLabel : unmanaged
    {
        TElement[] elements = ElementLoss.Of<TElement>(predictions);
        TElement[] slopes = ElementLoss.PlaceOfGradient(predictions, gradient, elements);
        TLoss.Backward(in sums, elements, labels, mask, slopes, batchSize, scale, degreeOfParallelism, cancellationToken);
        ElementLoss.Return(slopes, gradient);
    }

    public static void Backward<TLanes, TLabel>(
        in TSums sums, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, ReadOnlySpan<bool> mask, Span<float> gradient, int batchSize, double scale = 1,
        int degreeOfParallelism = 1, CancellationToken cancellationToken = default)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        TElement[] elements = ElementLoss.Of<TElement>(predictions);
        TElement[] slopes = ElementLoss.PlaceOfGradient(predictions, gradient, elements);
        TLoss.Backward<TLanes, TLabel>(in sums, elements, labels, mask, slopes, batchSize, scale, degreeOfParallelism, cancellationToken);
        ElementLoss.Return(slopes, gradient);
    }
}
