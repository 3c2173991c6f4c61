using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>Softmax of a tile of many classes, in scratch memory.</summary>
/// <remarks>
/// A softmax does not change if the same number is taken from all logits of a pixel. The usual choice is the largest of them, which
/// takes a pass of its own to find. The logit of class 0 does as well as long as no other is more than
/// <see cref="Activations.Highest"/> above it, and class 0 then needs no exponential. Where one is, in a network that diverges or in
/// made-up numbers, the tile is done again with the largest.
/// </remarks>
public static class SoftmaxTile
{
    /// <summary>
    /// Exponentials of the logits of a tile, and for each pixel the factor that makes probabilities of them.
    /// </summary>
    /// <remarks>A pixel with a NaN, with +∞, or with nothing but -∞ is NaN in all classes, as in PyTorch.</remarks>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <param name="image">The logits of an image, (class, pixels).</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="rows">Receives the exponentials, a row a class, then the factors.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="numClasses">Number of classes.</param>
    public static void Compute<TLanes>(ReadOnlySpan<float> image, int start, int count, Span<float> rows, int stride, int numClasses)
        where TLanes : struct, ILanes<TLanes>
    {
        if (!TryRelativeToFirstClass<TLanes>(image, start, count, rows, stride, numClasses))
        {
            RelativeToLargest<TLanes>(image, start, count, rows, stride, numClasses);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static bool TryRelativeToFirstClass<TLanes>(
        ReadOnlySpan<float> image, int start, int count, Span<float> rows, int stride, int numClasses)
        where TLanes : struct, ILanes<TLanes>
    {
        int pixels = image.Length / numClasses;
        ref float firstPlane = ref MemoryMarshal.GetReference(image[start..]);
        ref float firstRow = ref MemoryMarshal.GetReference(rows);
        ref float sums = ref Unsafe.Add(ref firstRow, numClasses * stride);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            // 1, or NaN where the logit is infinite or NaN.
            TLanes x = TLanes.Load(in firstPlane, pixel);
            TLanes e = x - x + TLanes.Broadcast(1);
            TLanes.Store(e, ref firstRow, pixel);
            TLanes.Store(e, ref sums, pixel);
        }

        // Along rows, as the planes of an image of a power of two of pixels meet in one set of the cache; four at a time, so that four
        // streams of reads are under way; and the next four asked for, because their first lines would each be waited for.
        TLanes highest = default;
        int c = 1;
        for (; c <= numClasses - 4; c += 4)
        {
            ref float plane0 = ref Unsafe.Add(ref firstPlane, (nint)c * pixels);
            ref float plane1 = ref Unsafe.Add(ref plane0, pixels);
            ref float plane2 = ref Unsafe.Add(ref plane1, pixels);
            ref float plane3 = ref Unsafe.Add(ref plane2, pixels);
            ref float row0 = ref Unsafe.Add(ref firstRow, c * stride);
            ref float row1 = ref Unsafe.Add(ref row0, stride);
            ref float row2 = ref Unsafe.Add(ref row1, stride);
            ref float row3 = ref Unsafe.Add(ref row2, stride);
            nuint ahead = c + 8 <= numClasses ? (nuint)pixels * 4 : (nuint)count - ((nuint)pixels * (nuint)(c - 1));
            for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
            {
                Prefetch.IntoSecondLevel(in plane0, pixel + ahead);
                Prefetch.IntoSecondLevel(in plane1, pixel + ahead);
                Prefetch.IntoSecondLevel(in plane2, pixel + ahead);
                Prefetch.IntoSecondLevel(in plane3, pixel + ahead);
                TLanes x = TLanes.Load(in firstPlane, pixel);
                TLanes d0 = TLanes.Load(in plane0, pixel) - x;
                TLanes d1 = TLanes.Load(in plane1, pixel) - x;
                TLanes d2 = TLanes.Load(in plane2, pixel) - x;
                TLanes d3 = TLanes.Load(in plane3, pixel) - x;
                highest = TLanes.AtLeast(TLanes.AtLeast(TLanes.AtLeast(TLanes.AtLeast(highest, d0), d1), d2), d3);
                TLanes e0 = Activations.Exp(d0);
                TLanes e1 = Activations.Exp(d1);
                TLanes e2 = Activations.Exp(d2);
                TLanes e3 = Activations.Exp(d3);
                TLanes.Store(e0, ref row0, pixel);
                TLanes.Store(e1, ref row1, pixel);
                TLanes.Store(e2, ref row2, pixel);
                TLanes.Store(e3, ref row3, pixel);
                TLanes.Store(TLanes.Load(in sums, pixel) + (e0 + e1 + (e2 + e3)), ref sums, pixel);
            }
        }

        for (; c < numClasses; c++)
        {
            ref float plane = ref Unsafe.Add(ref firstPlane, (nint)c * pixels);
            ref float row = ref Unsafe.Add(ref firstRow, c * stride);
            for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
            {
                Prefetch.IntoSecondLevel(in plane, pixel + (nuint)count);
                TLanes d = TLanes.Load(in plane, pixel) - TLanes.Load(in firstPlane, pixel);
                highest = TLanes.AtLeast(highest, d);
                TLanes e = Activations.Exp(d);
                TLanes.Store(e, ref row, pixel);
                TLanes.Store(TLanes.Load(in sums, pixel) + e, ref sums, pixel);
            }
        }

        Invert<TLanes>(ref sums, count);
        return TLanes.AreBitsAtMost(highest, Activations.Highest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RelativeToLargest<TLanes>(
        ReadOnlySpan<float> image, int start, int count, Span<float> rows, int stride, int numClasses)
        where TLanes : struct, ILanes<TLanes>
    {
        Tiles.Load<TLanes>(image, start, count, rows, stride, numClasses);
        ref float firstRow = ref MemoryMarshal.GetReference(rows);
        ref float largests = ref Unsafe.Add(ref firstRow, numClasses * stride);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes largest = TLanes.Load(in largests, pixel);
            TLanes sum = default;
            nuint at = pixel;
            for (int c = 0; c < numClasses; c++, at += (nuint)stride)
            {
                TLanes e = Activations.Exp(TLanes.Load(in firstRow, at) - largest);
                TLanes.Store(e, ref firstRow, at);
                sum += e;
            }

            TLanes.Store(sum, ref largests, pixel);
        }

        Invert<TLanes>(ref largests, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Invert<TLanes>(ref float row, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes.Store(TLanes.Broadcast(1) / TLanes.Load(in row, pixel), ref row, pixel);
        }
    }
}
