using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>Softmax of a tile of many classes, in scratch memory.</summary>
/// <remarks>
/// A softmax does not change if the same number is taken from all logits of a pixel. The usual choice is the largest of them, so that no
/// exponential overflows; it takes a pass of its own to find, and the differences round. The largest logit of a network's pixel is seldom
/// outside -20 to 60, where nothing overflows, and then nothing is taken from them: one pass is enough. Where one is, in a network that
/// diverges or in made-up numbers, the tile is done again relative to the largest.
/// </remarks>
public static class SoftmaxTile
{
    // Classes whose exponentials are added up before the sum goes to that of all: a float sum of thousands would lose digits.
    private const int BlockClasses = 64;

    /// <summary>Rows of scratch memory beside those of the classes.</summary>
    public const int MoreRows = 2;

    /// <summary>
    /// Exponentials of the logits of a tile, and for each pixel the factor that makes probabilities of them.
    /// </summary>
    /// <remarks>A pixel with a NaN, with +∞, or with nothing but -∞ is NaN in all classes, as in PyTorch.</remarks>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <param name="image">The logits of an image, (class, pixels).</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="rows">Receives the exponentials, a row a class, then the factors; one row more is for work.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <exception cref="ArgumentException">A tile of this size is not in the image, or does not fit the rows.</exception>
    public static void Compute<TLanes>(ReadOnlySpan<float> image, int start, int count, Span<float> rows, int stride, int numClasses)
        where TLanes : struct, ILanes<TLanes>
    {
        Tiles.Check(image, start, count, rows, stride, numClasses, MoreRows);
        if (!TryAsTheyAre<TLanes>(image, start, count, rows, stride, numClasses))
        {
            RelativeToLargest<TLanes>(image, start, count, rows, stride, numClasses);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static bool TryAsTheyAre<TLanes>(
        ReadOnlySpan<float> image, int start, int count, Span<float> rows, int stride, int numClasses)
        where TLanes : struct, ILanes<TLanes>
    {
        int pixels = image.Length / numClasses;
        ref float firstPlane = ref MemoryMarshal.GetReference(image[start..]);
        ref float firstRow = ref MemoryMarshal.GetReference(rows);
        ref float sums = ref Unsafe.Add(ref firstRow, numClasses * stride);
        ref float block = ref Unsafe.Add(ref sums, stride);
        Fill<TLanes>(ref sums, count);
        Fill<TLanes>(ref block, count);

        // Along rows, as the planes of an image of a power of two of pixels meet in one set of the cache; four at a time, so that four
        // streams of reads are under way; and the next four asked for, because their first lines would each be waited for.
        TLanes highest = default;
        int c = 0;
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
            nuint ahead = c + 8 <= numClasses ? (nuint)pixels * 4 : (nuint)count - ((nuint)pixels * (nuint)c);
            for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
            {
                Prefetch.IntoSecondLevel(in plane0, pixel + ahead);
                Prefetch.IntoSecondLevel(in plane1, pixel + ahead);
                Prefetch.IntoSecondLevel(in plane2, pixel + ahead);
                Prefetch.IntoSecondLevel(in plane3, pixel + ahead);
                TLanes x0 = TLanes.Load(in plane0, pixel);
                TLanes x1 = TLanes.Load(in plane1, pixel);
                TLanes x2 = TLanes.Load(in plane2, pixel);
                TLanes x3 = TLanes.Load(in plane3, pixel);
                highest = TLanes.AtLeast(TLanes.AtLeast(TLanes.AtLeast(TLanes.AtLeast(highest, x0), x1), x2), x3);
                TLanes e0 = Activations.Exp(x0);
                TLanes e1 = Activations.Exp(x1);
                TLanes e2 = Activations.Exp(x2);
                TLanes e3 = Activations.Exp(x3);
                TLanes.Store(e0, ref row0, pixel);
                TLanes.Store(e1, ref row1, pixel);
                TLanes.Store(e2, ref row2, pixel);
                TLanes.Store(e3, ref row3, pixel);
                TLanes.Store(TLanes.Load(in block, pixel) + (e0 + e1 + (e2 + e3)), ref block, pixel);
            }

            if (c % BlockClasses == BlockClasses - 4)
            {
                MoveTo<TLanes>(ref block, ref sums, count);
            }
        }

        for (; c < numClasses; c++)
        {
            ref float plane = ref Unsafe.Add(ref firstPlane, (nint)c * pixels);
            ref float row = ref Unsafe.Add(ref firstRow, c * stride);
            for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
            {
                Prefetch.IntoSecondLevel(in plane, pixel + (nuint)count);
                TLanes x = TLanes.Load(in plane, pixel);
                highest = TLanes.AtLeast(highest, x);
                TLanes e = Activations.Exp(x);
                TLanes.Store(e, ref row, pixel);
                TLanes.Store(TLanes.Load(in block, pixel) + e, ref block, pixel);
            }
        }

        MoveTo<TLanes>(ref block, ref sums, count);
        TLanes largestFactor = Invert<TLanes>(ref sums, count);
        return TLanes.AreBitsAtMost(highest, Activations.Highest) && TLanes.AreBitsAtMost(largestFactor, Activations.LargestFactor);
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
            TLanes sum = default, block = default;
            nuint at = pixel;
            for (int c = 0; c < numClasses; c++, at += (nuint)stride)
            {
                TLanes e = Activations.Exp(TLanes.Load(in firstRow, at) - largest);
                TLanes.Store(e, ref firstRow, at);
                block += e;
                if (c % BlockClasses == BlockClasses - 1)
                {
                    sum += block;
                    block = default;
                }
            }

            TLanes.Store(sum + block, ref largests, pixel);
        }

        Invert<TLanes>(ref largests, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill<TLanes>(ref float row, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes.Store(default, ref row, pixel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MoveTo<TLanes>(ref float row, ref float total, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes.Store(TLanes.Load(in total, pixel) + TLanes.Load(in row, pixel), ref total, pixel);
            TLanes.Store(default, ref row, pixel);
        }
    }

    // Also returns the largest of each lane.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Invert<TLanes>(ref float row, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes largest = default;
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes factor = TLanes.Broadcast(1) / TLanes.Load(in row, pixel);
            largest = TLanes.LargerBits(largest, factor);
            TLanes.Store(factor, ref row, pixel);
        }

        return largest;
    }
}
