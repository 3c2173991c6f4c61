using System;
using System.Runtime.CompilerServices;

namespace SoftDice.Kernels;

/// <summary>A softmax of many classes that lie side by side, taken as they lie: a row of all classes for each pixel.</summary>
/// <remarks>
/// Turned into planes and back, an image takes three turns beside its loops. Here nothing is turned: exponentials are of single elements,
/// sums over the classes are made row by row, and so is the gradient, in which the label's class has a slope of its own and all others have the same in every row.
/// Where a call asks for both, the exponentials of the forward pass are in the gradient's place already when it is the gradient's turn.
/// </remarks>
public static class SoftmaxRows
{
    /// <summary>Adds a range of pixels of one image.</summary>
    /// <typeparam name="TLanes">The lanes, of which there are no more than classes.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <typeparam name="TProbabilities"><see cref="KeptProbabilities"/> or <see cref="ComputedProbabilities"/>.</typeparam>
    /// <param name="image">The logits of the image, (pixels, class).</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="kept">Where the exponentials of the image are left, if they are kept: not in the place of the logits.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="totals">What each class adds up to, in scratch memory.</param>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    /// <exception cref="ArgumentException">There are more lanes than classes, or the pixels are not in the image.</exception>
    public static bool Add<TLanes, TLabel, TProbabilities>(
        ReadOnlySpan<float> image,
        PixelLabels<TLabel> labels,
        Span<float> kept,
        int firstPixel,
        int endPixel,
        int numClasses,
        out ReadOnlySpan<RowTotals> totals)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
        where TProbabilities : struct
    {
        int elements = typeof(TProbabilities) == typeof(KeptProbabilities) ? Math.Min(image.Length, kept.Length) : image.Length;
        PixelRows.Check<TLanes>(elements, labels.Labels.Length, firstPixel, endPixel, numClasses);
        return typeof(TLanes) == typeof(Lanes512) && PixelRows.IsShortForWidest(numClasses)
            ? Add<TLanes, Lanes256, TLabel, TProbabilities>(image, labels, kept, firstPixel, endPixel, numClasses, out totals)
            : Add<TLanes, TLanes, TLabel, TProbabilities>(image, labels, kept, firstPixel, endPixel, numClasses, out totals);
    }

    /// <summary>Writes the gradient of a range of pixels of one image, whose labels are right.</summary>
    /// <typeparam name="TLanes">The lanes, of which there are no more than classes.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <typeparam name="TProbabilities"><see cref="KeptProbabilities"/> or <see cref="ComputedProbabilities"/>.</typeparam>
    /// <param name="owns">The slope of each class's probability where the label is this class.</param>
    /// <param name="others">The slope of each class's probability elsewhere.</param>
    /// <param name="image">The logits of the image, (pixels, class).</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="gradient">The gradient of the image, (pixels, class), pinned; if exponentials are kept, they are in it.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <param name="bypassCache">Whether the gradient is too large for the cache to be of use.</param>
    /// <exception cref="ArgumentException">There are more lanes than classes, or the pixels are not in the image.</exception>
    public static void Write<TLanes, TLabel, TProbabilities>(
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
        where TProbabilities : struct
    {
        int numClasses = owns.Length;
        PixelRows.Check<TLanes>(Math.Min(image.Length, gradient.Length), labels.Labels.Length, firstPixel, endPixel, numClasses);
        others = others[..numClasses];
        if (typeof(TLanes) == typeof(Lanes512) && PixelRows.IsShortForWidest(numClasses))
        {
            Write<TLanes, Lanes256, TLabel, TProbabilities>(owns, others, image, labels, gradient, firstPixel, endPixel, bypassCache);
        }
        else
        {
            Write<TLanes, TLanes, TLabel, TProbabilities>(owns, others, image, labels, gradient, firstPixel, endPixel, bypassCache);
        }
    }

    private static bool Add<TWide, TLanes, TLabel, TProbabilities>(
        ReadOnlySpan<float> image,
        PixelLabels<TLabel> labels,
        Span<float> kept,
        int firstPixel,
        int endPixel,
        int numClasses,
        out ReadOnlySpan<RowTotals> totals)
        where TWide : struct, ILanes<TWide>
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
        where TProbabilities : struct
    {
        SoftmaxBlock<TWide, TLanes> block = new(numClasses);
        RowSums<TLanes> sums = new(numClasses);
        int chain = PixelRows.RowsPerChain(image.Length / numClasses);
        bool areRight = true;
        for (int pixel = firstPixel; pixel < endPixel; pixel += block.Pixels)
        {
            int count = Math.Min(block.Pixels, endPixel - pixel);
            RowSums<TLanes>.FactoredOwns owns = sums.Owns(ref block.NumbersOf(PixelNumber.Factor));
            if (typeof(TProbabilities) == typeof(KeptProbabilities))
            {
                block.MoveTo(kept, pixel, count);
                block.Compute<TProbabilities>(image, pixel, count);
                areRight &= block.TakeOwn(labels, pixel, count, block.Keeping(owns));
            }
            else
            {
                block.Compute<TProbabilities>(image, pixel, count);
                areRight &= block.TakeOwn(labels, pixel, count, owns);
            }

            for (int first = 0; first < count; first += chain)
            {
                ref float factors = ref Unsafe.Add(ref block.NumbersOf(PixelNumber.Factor), first);
                sums.Add(ref Unsafe.Add(ref block.Rows, first * numClasses), ref factors, Math.Min(chain, count - first));
            }

            if (typeof(TProbabilities) == typeof(KeptProbabilities))
            {
                block.Keep(kept, pixel, count);
            }
        }

        totals = sums.Totals();
        return areRight;
    }

    private static void Write<TWide, TLanes, TLabel, TProbabilities>(
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
        where TProbabilities : struct
    {
        int numClasses = owns.Length;
        LineWriter lines = new(gradient[(firstPixel * numClasses)..(endPixel * numClasses)], bypassCache);
        SoftmaxBlock<TWide, TLanes> block = new(numClasses, others);
        SoftmaxBlockGradient<TWide, TLanes> slopes = new(in block, owns, others);
        for (int pixel = firstPixel; pixel < endPixel; pixel += block.Pixels)
        {
            int count = Math.Min(block.Pixels, endPixel - pixel);
            if (typeof(TProbabilities) == typeof(KeptProbabilities))
            {
                block.Take(gradient, pixel, count);
            }
            else
            {
                block.Compute<TProbabilities>(image, pixel, count);
            }

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
