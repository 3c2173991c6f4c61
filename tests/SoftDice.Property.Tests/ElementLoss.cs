using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

using SoftDice.Kernels;

namespace SoftDice.PropertyTests;

/// <summary>
/// A loss of doubles or Halfs that is called with floats, so that whatever tests a loss of floats tests it. Predictions must be floats that the type has.
/// </summary>
internal sealed class ElementLoss<TLoss, TSums, TElement> : ISoftDiceLoss<TSums>
    where TLoss : ISoftDiceLoss<TSums, TElement>
    where TSums : struct, ISoftDiceSums<TSums>
    where TElement : unmanaged, INumber<TElement>
{
    public static double Forward<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize, int degreeOfParallelism = 1, CancellationToken cancellationToken = default)
        where TLabel : unmanaged =>
        TLoss.Forward(ElementLoss.Of<TElement>(predictions), labels, batchSize, degreeOfParallelism, cancellationToken);

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

    public static double ForwardBackward<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, int batchSize, double scale = 1, int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLabel : unmanaged
    {
        TElement[] elements = ElementLoss.Of<TElement>(predictions);
        TElement[] slopes = ElementLoss.PlaceOfGradient(predictions, gradient, elements);
        double loss = TLoss.ForwardBackward(elements, labels, slopes, batchSize, scale, degreeOfParallelism, cancellationToken);
        ElementLoss.Return(slopes, gradient);
        return loss;
    }

    public static void Backward<TLabel>(
        in TSums sums, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, int batchSize, double scale = 1,
        int degreeOfParallelism = 1, CancellationToken cancellationToken = default)
        where TLabel : unmanaged
    {
        TElement[] elements = ElementLoss.Of<TElement>(predictions);
        TElement[] slopes = ElementLoss.PlaceOfGradient(predictions, gradient, elements);
        TLoss.Backward(in sums, elements, labels, slopes, batchSize, scale, degreeOfParallelism, cancellationToken);
        ElementLoss.Return(slopes, gradient);
    }

    public static void Backward<TLanes, TLabel>(
        in TSums sums, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, int batchSize, double scale = 1,
        int degreeOfParallelism = 1, CancellationToken cancellationToken = default)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        TElement[] elements = ElementLoss.Of<TElement>(predictions);
        TElement[] slopes = ElementLoss.PlaceOfGradient(predictions, gradient, elements);
        TLoss.Backward<TLanes, TLabel>(in sums, elements, labels, slopes, batchSize, scale, degreeOfParallelism, cancellationToken);
        ElementLoss.Return(slopes, gradient);
    }
}

/// <summary>Elements of floats and back.</summary>
internal static class ElementLoss
{
    public static TElement[] Of<TElement>(ReadOnlySpan<float> floats)
        where TElement : INumber<TElement>
    {
        TElement[] elements = new TElement[floats.Length];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = TElement.CreateChecked(floats[i]);
        }

        return elements;
    }

    /// <summary>A gradient in the predictions' own place goes to that of the elements.</summary>
    public static TElement[] PlaceOfGradient<TElement>(ReadOnlySpan<float> predictions, Span<float> gradient, TElement[] elements) =>
        Unsafe.AreSame(ref MemoryMarshal.GetReference(predictions), ref MemoryMarshal.GetReference(gradient)) ? elements : new TElement[gradient.Length];

    public static void Return<TElement>(TElement[] elements, Span<float> floats)
        where TElement : INumber<TElement>
    {
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = float.CreateChecked(elements[i]);
        }
    }
}
