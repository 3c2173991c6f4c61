using System;
using System.Runtime.CompilerServices;

namespace SoftDice.Kernels;

/// <summary>A softmax of many classes that lie side by side, taken as they lie: a row of all classes for each pixel.</summary>
/// <remarks>
/// Turned into planes and back, an image takes three turns beside its loops. Here nothing is turned: exponentials are of single elements,
/// sums over the classes are made row by row, and so is the gradient, in which the label's class has a slope of its own and all others have the same in every row.
/// </remarks>
public static class SoftmaxRows
{
    /// <summary>Adds a range of pixels of one image.</summary>
    /// <typeparam name="TLanes">The lanes, of which there are no more than classes.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="image">The logits of the image, (pixels, class).</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="totals">What each class adds up to, in scratch memory.</param>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    /// <exception cref="ArgumentException">There are more lanes than classes, or the pixels are not in the image.</exception>
    public static bool Add<TLanes, TLabel>(
        ReadOnlySpan<float> image, PixelLabels<TLabel> labels, int firstPixel, int endPixel, int numClasses, out ReadOnlySpan<RowTotals> totals)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        PixelRows.Check<TLanes>(image.Length, labels.Labels.Length, firstPixel, endPixel, numClasses);
        return typeof(TLanes) == typeof(Lanes512) && PixelRows.IsShortForWidest(numClasses)
            ? Add<TLanes, Lanes256, TLabel>(image, labels, firstPixel, endPixel, numClasses, out totals)
            : Add<TLanes, TLanes, TLabel>(image, labels, firstPixel, endPixel, numClasses, out totals);
    }

    /// <summary>Writes the gradient of a range of pixels of one image, whose labels are right.</summary>
    /// <typeparam name="TLanes">The lanes, of which there are no more than classes.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="owns">The slope of each class's probability where the label is this class.</param>
    /// <param name="others">The slope of each class's probability elsewhere.</param>
    /// <param name="image">The logits of the image, (pixels, class).</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="gradient">The gradient of the image, (pixels, class), pinned.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <param name="bypassCache">Whether the gradient is too large for the cache to be of use.</param>
    /// <exception cref="ArgumentException">There are more lanes than classes, or the pixels are not in the image.</exception>
    public static void Write<TLanes, TLabel>(
        ReadOnlySpan<float> owns,
        ReadOnlySpan<float> others,
        ReadOnlySpan<float> image,
        PixelLabels<TLabel> labels,
        Span<float> gradient,
        int firstPixel,
        int endPixel,
        bool bypassCache)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        int numClasses = owns.Length;
        PixelRows.Check<TLanes>(Math.Min(image.Length, gradient.Length), labels.Labels.Length, firstPixel, endPixel, numClasses);
        others = others[..numClasses];
        if (typeof(TLanes) == typeof(Lanes512) && PixelRows.IsShortForWidest(numClasses))
        {
            Write<TLanes, Lanes256, TLabel>(owns, others, image, labels, gradient, firstPixel, endPixel, bypassCache);
        }
        else
        {
            Write<TLanes, TLanes, TLabel>(owns, others, image, labels, gradient, firstPixel, endPixel, bypassCache);
        }
    }

    private static bool Add<TWide, TLanes, TLabel>(
        ReadOnlySpan<float> image, PixelLabels<TLabel> labels, int firstPixel, int endPixel, int numClasses, out ReadOnlySpan<RowTotals> totals)
        where TWide : struct, ILanes<TWide>
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        SoftmaxBlock<TWide, TLanes> block = new(numClasses);
        RowSums<TLanes> sums = new(numClasses);
        int chain = PixelRows.RowsPerChain(image.Length / numClasses);
        bool areRight = true;
        for (int pixel = firstPixel; pixel < endPixel; pixel += block.Pixels)
        {
            int count = Math.Min(block.Pixels, endPixel - pixel);
            block.Compute(image, pixel, count);
            areRight &= block.TakeOwn(labels, pixel, count, sums.Owns(ref block.NumbersOf(PixelNumber.Factor)));
            for (int first = 0; first < count; first += chain)
            {
                ref float factors = ref Unsafe.Add(ref block.NumbersOf(PixelNumber.Factor), first);
                sums.Add(ref Unsafe.Add(ref block.Rows, first * numClasses), ref factors, Math.Min(chain, count - first));
            }
        }

        totals = sums.Totals();
        return areRight;
    }

    private static void Write<TWide, TLanes, TLabel>(
        ReadOnlySpan<float> owns,
        ReadOnlySpan<float> others,
        ReadOnlySpan<float> image,
        PixelLabels<TLabel> labels,
        Span<float> gradient,
        int firstPixel,
        int endPixel,
        bool bypassCache)
        where TWide : struct, ILanes<TWide>
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        int numClasses = owns.Length;
        LineWriter lines = new(gradient[(firstPixel * numClasses)..(endPixel * numClasses)], bypassCache);
        SoftmaxBlock<TWide, TLanes> block = new(numClasses, others);
        SoftmaxBlockGradient<TWide, TLanes> slopes = new(in block, owns, others);
        for (int pixel = firstPixel; pixel < endPixel; pixel += block.Pixels)
        {
            int count = Math.Min(block.Pixels, endPixel - pixel);
            block.Compute(image, pixel, count);
            block.TakeOwn(labels, pixel, count, slopes.Owns(in block));
            if (lines.BypassesCache)
            {
                slopes.Write(in block, count, ref Unsafe.Add(ref block.LineBefore, lines.Offset));
                lines.Write(ref block.LineBefore, count * numClasses);
            }
            else
            {
                slopes.Write(in block, count, ref gradient[pixel * numClasses]);
            }
        }
    }
}
