using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>Probabilities of many classes that lie side by side, taken as they lie: a row of all classes for each pixel.</summary>
/// <remarks>
/// Of a row one element is of the pixel's label, and is added to that class alone, in double. The others go to the false positives of their classes, a vector of
/// classes at a time. A row of each of four runs of pixels is added at once, so that memory is read as it lies, in four streams.
/// </remarks>
public static class PixelRows
{
    // Rows of a chain: as many as a float sum is long.
    internal const int MostRows = 16;

    /// <summary>Adds a range of pixels of one image.</summary>
    /// <typeparam name="TLanes">The lanes, of which there are no more than classes.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="image">The probabilities of the image, (pixels, class).</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="totals">What each class adds up to, in scratch memory.</param>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    /// <exception cref="ArgumentException">There are more lanes than classes, or the pixels are not in the image.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static bool Add<TLanes, TLabel>(
        ReadOnlySpan<float> image, PixelLabels<TLabel> labels, int firstPixel, int endPixel, int numClasses, out ReadOnlySpan<RowTotals> totals)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        if (typeof(TLanes) == typeof(Lanes512) && IsShortForWidest(numClasses))
        {
            return Add<Lanes256, TLabel>(image, labels, firstPixel, endPixel, numClasses, out totals);
        }

        Check<TLanes>(image.Length, labels.Labels.Length, firstPixel, endPixel, numClasses);

        RowSums<TLanes> sums = new(numClasses);
        RunLabels ofRuns = new(numClasses, stackalloc uint[RunLabels.Count]);
        ref float first = ref MemoryMarshal.GetReference(image);

        int chain = RowsPerChain(image.Length / numClasses);
        int runs = Math.Min(chain, RunLabels.Runs);
        int ofRun = (endPixel - firstPixel) / runs;
        bool areRight = true;
        for (int pixel = firstPixel, end = firstPixel + ofRun; pixel < end; pixel += RunLabels.MostOfRun)
        {
            int length = Math.Min(end - pixel, RunLabels.MostOfRun);
            areRight &= ofRuns.Load(labels, pixel, ofRun, runs, length);
            sums.Add(ref Unsafe.Add(ref first, pixel * numClasses), (nuint)ofRun * (nuint)numClasses, in ofRuns, (nuint)length, (nuint)(chain / runs));
        }

        // Fewer pixels are left than there are runs.
        int rest = firstPixel + (runs * ofRun);
        if (rest < endPixel)
        {
            areRight &= ofRuns.Load(labels, rest, apart: 1, endPixel - rest, length: 1);
            sums.Add(ref Unsafe.Add(ref first, rest * numClasses), (nuint)numClasses, in ofRuns, length: 1, chainLength: 1);
        }

        totals = sums.Totals();
        return areRight;
    }

    /// <summary>Writes the gradient of a range of pixels of one image, whose labels are right.</summary>
    /// <typeparam name="TLanes">The lanes, of which there are no more than classes.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="owns">The slope of each class where the label is this class.</param>
    /// <param name="others">The slope of each class elsewhere.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="gradient">The gradient of the image, (pixels, class).</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <exception cref="ArgumentException">There are more lanes than classes, or the pixels are not in the image.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Write<TLanes, TLabel>(
        ReadOnlySpan<float> owns, ReadOnlySpan<float> others, PixelLabels<TLabel> labels, Span<float> gradient, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        int numClasses = owns.Length;
        Check<TLanes>(gradient.Length, labels.Labels.Length, firstPixel, endPixel, numClasses);
        others = others[..numClasses];
        ref float other = ref MemoryMarshal.GetReference(others);
        nuint last = (nuint)(numClasses - TLanes.Count);
        for (int pixel = firstPixel; pixel < endPixel; pixel++)
        {
            int label = labels.ClassIndex((nuint)pixel);
            if ((uint)label >= (uint)numClasses)
            {
                gradient.Slice(pixel * numClasses, numClasses).Clear();
                continue;
            }

            // The last vector begins before the end of the one before it, as the next row belongs to another pixel.
            ref float row = ref Unsafe.Add(ref MemoryMarshal.GetReference(gradient), pixel * numClasses);
            for (nuint c = 0; c < last; c += (nuint)TLanes.Count)
            {
                TLanes.Store(TLanes.Load(in other, c), ref row, c);
            }

            TLanes.Store(TLanes.Load(in other, last), ref row, last);
            Unsafe.Add(ref row, label) = owns[label];
        }
    }

    /// <summary>Rows of a chain: as long as in the widest vectors of pixels, so that a small image is as exact as there.</summary>
    internal static int RowsPerChain(int pixels) => (int)Chains.PixelsPerChain(pixels, Lanes512.Count, MostRows) / Lanes512.Count;

    /// <summary>Whether a fifth of the widest vectors, or more, would be lanes that nobody asks for.</summary>
    internal static bool IsShortForWidest(int numClasses) => 5 * InVectors<Lanes256>(numClasses) <= 4 * InVectors<Lanes512>(numClasses);

    private static int InVectors<TLanes>(int numClasses)
        where TLanes : struct, ILanes<TLanes> => (numClasses + TLanes.Count - 1) / TLanes.Count * TLanes.Count;

    internal static void Check<TLanes>(int elements, int labels, int firstPixel, int endPixel, int numClasses)
        where TLanes : struct, ILanes<TLanes>
    {
        if (TLanes.Count > numClasses || firstPixel < 0 || endPixel > labels || (long)endPixel * numClasses > elements)
        {
            throw new ArgumentException(
                $"Pixels {firstPixel} to {endPixel} of {numClasses} classes, {TLanes.Count} at a time, are not in {elements} elements and {labels} labels, or are fewer classes than lanes.",
                nameof(numClasses));
        }
    }
}
