using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>The cross-entropy of pixels labelled with a class: the sum of -ln p, with p the softmax of the label's logit.</summary>
/// <remarks>
/// The sum of logarithms is one of the product D of the p. -ln D has no digits where all are nearly 1; so what D misses to 1 is made
/// along with it, of what each p misses, which is the sum of the other classes' probabilities: N' = N + (1 - p)·D and D' = D·p. Then
/// -ln D = ln(1 + N / D), with an error of a few units in the last place of each of its terms. That is one logarithm for a chain of pixels
/// instead of one for each. Where a product is too small to be exact, the pixels of its chain are done again one by one.
/// </remarks>
public static class SoftmaxCrossEntropy
{
    /// <summary>Rows of scratch memory for the labels' probabilities and for what these miss to 1.</summary>
    public const int MoreRows = 2;

    // 2⁻⁹⁶: a probability that is larger is made of normal floats. Nor is N / D beyond the range of the logarithm.
    internal const float TooSmall = 1.26217745e-29f;

    // A rounding or two above 1.
    internal const float Most = 2;

    // 2⁶⁴: where the others have that many times the label's probability, its own adds nothing to the sum over the classes.
    private const float Far = 18446744073709551616f;

    // Vectors of a tile that share a logarithm: labels of a probability of e⁻¹⁶ still fit.
    private const int TurnsOfTile = 4;

    // Classes whose exponentials are added up before the sum goes to that of all: a float sum of thousands would lose digits.
    private const int BlockClasses = 64;

    /// <summary>The sum of -ln p over chains of pixels, from the products of their probabilities.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="kept">Of each chain the product of the labels' probabilities, lane by lane, and what that misses to 1.</param>
    /// <param name="image">The logits of the image, (class, pixels) unless <paramref name="layout"/> says otherwise.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="firstPixel">The first pixel of the first chain.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <param name="chain">Pixels of a chain, the last one excepted.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="layout">How the image lies in memory.</param>
    /// <returns>Four numbers that add up to the sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Vector256<double> OfChains<TLanes, TLabel>(
        ReadOnlySpan<float> kept,
        ReadOnlySpan<float> image,
        PixelLabels<TLabel> labels,
        int firstPixel,
        int endPixel,
        nuint chain,
        int numClasses,
        SoftDiceLayout layout = SoftDiceLayout.ChannelsFirst)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        ref float first = ref MemoryMarshal.GetReference(kept);
        nuint end = (nuint)endPixel;
        nuint at = 0;
        Vector256<double> sum = default;
        for (nuint pixel = (nuint)firstPixel; pixel < end; pixel += chain, at += 2 * (nuint)TLanes.Count)
        {
            TLanes product = TLanes.Load(in first, at);
            sum += TLanes.AreWithin(product, TooSmall, Most)
                ? TLanes.ToDouble(Logarithm.OfOnePlus(TLanes.Load(in first, at + (nuint)TLanes.Count) / product))
                : OfPixels<TLanes, TLabel>(image, labels, pixel, nuint.Min(pixel + chain, end), numClasses, default, default, layout);
        }

        return sum;
    }

    /// <summary>The sum over chains of pixels that were added up as they are, unless a probability was too small for that.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="kept">Of each chain the smallest of the labels' probabilities, lane by lane, then the sum, then what belongs to others.</param>
    /// <param name="vectors">How many vectors of a chain these are.</param>
    /// <param name="image">The logits of the image, (class, pixels) unless <paramref name="layout"/> says otherwise.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="firstPixel">The first pixel of the first chain.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <param name="chain">Pixels of a chain, the last one excepted.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="ownWeights">What -ln of a label's probability is multiplied by, for each class; none for 1.</param>
    /// <param name="smoothings">How much each class has of a smoothed label, whatever the label; none for nothing.</param>
    /// <param name="layout">How the image lies in memory.</param>
    /// <returns>Four numbers that add up to the sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Vector256<double> OfChains<TLanes, TLabel>(
        ReadOnlySpan<float> kept,
        int vectors,
        ReadOnlySpan<float> image,
        PixelLabels<TLabel> labels,
        int firstPixel,
        int endPixel,
        nuint chain,
        int numClasses,
        ReadOnlySpan<float> ownWeights,
        ReadOnlySpan<float> smoothings,
        SoftDiceLayout layout = SoftDiceLayout.ChannelsFirst)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        ref float first = ref MemoryMarshal.GetReference(kept);
        nuint end = (nuint)endPixel;
        nuint at = 0;
        Vector256<double> sum = default;
        for (nuint pixel = (nuint)firstPixel; pixel < end; pixel += chain, at += (nuint)(vectors * TLanes.Count))
        {
            sum += TLanes.AreWithin(TLanes.Load(in first, at), TooSmall, Most)
                ? TLanes.ToDouble(TLanes.Load(in first, at + (nuint)TLanes.Count))
                : OfPixels<TLanes, TLabel>(image, labels, pixel, nuint.Min(pixel + chain, end), numClasses, ownWeights, smoothings, layout);
        }

        return sum;
    }

    /// <summary>The sum of -ln p over a tile, from the rows that the loops over its classes have left.</summary>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="rows">The labels' probabilities, and a stride further on what these miss to 1.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="image">The logits of the image, (class, pixels).</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <returns>Four numbers that add up to the sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Vector256<double> OfTile<TLanes, TLabel>(
        ReadOnlySpan<float> rows, int stride, ReadOnlySpan<float> image, PixelLabels<TLabel> labels, int start, int count, int numClasses)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        ref float own = ref MemoryMarshal.GetReference(rows);
        ref float others = ref Unsafe.Add(ref own, stride);
        nuint end = (nuint)count;
        Vector256<double> sum = default;
        for (nuint pixel = 0; pixel < end;)
        {
            nuint first = pixel;
            nuint chainEnd = nuint.Min(pixel + (nuint)(TurnsOfTile * TLanes.Count), end);
            TLanes product = TLanes.Broadcast(1), missed = default;
            for (; pixel < chainEnd; pixel += (nuint)TLanes.Count)
            {
                TLanes ofLabel = OneWhereIgnored(TLanes.Load(in own, pixel), labels, (nuint)start + pixel);
                missed = TLanes.MultiplyAdd(TLanes.Load(in others, pixel), product, missed);
                product *= ofLabel;
            }

            sum += TLanes.AreWithin(product, TooSmall, Most)
                ? TLanes.ToDouble(Logarithm.OfOnePlus(missed / product))
                : OfPixels<TLanes, TLabel>(image, labels, (nuint)start + first, (nuint)start + pixel, numClasses, default, default);
        }

        return sum;
    }

    /// <summary>The same of pixels that weigh differently, or of smoothed labels.</summary>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="rows">The labels' probabilities, and a stride further on what these miss to 1.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="image">The logits of the image, (class, pixels).</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="ownWeights">What -ln of a label's probability is multiplied by, for each class; none for 1.</param>
    /// <param name="smoothings">How much each class has of a smoothed label, whatever the label; none for nothing.</param>
    /// <returns>Four numbers that add up to the sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Vector256<double> OfTile<TLanes, TLabel>(
        ReadOnlySpan<float> rows,
        int stride,
        ReadOnlySpan<float> image,
        PixelLabels<TLabel> labels,
        int start,
        int count,
        int numClasses,
        ReadOnlySpan<float> ownWeights,
        ReadOnlySpan<float> smoothings)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        nuint pixels = (nuint)(image.Length / numClasses);
        ref float own = ref MemoryMarshal.GetReference(rows);
        ref float others = ref Unsafe.Add(ref own, stride);
        ref float firstLogit = ref MemoryMarshal.GetReference(image);
        Vector256<double> sum = default;
        for (nuint ofTile = 0; ofTile < (nuint)count; ofTile += (nuint)TLanes.Count)
        {
            nuint pixel = (nuint)start + ofTile;
            TLanes ofLabel = OneWhereIgnored(TLanes.Load(in own, ofTile), labels, pixel);
            if (!TLanes.AreWithin(ofLabel, TooSmall, Most))
            {
                sum += OfPixels<TLanes, TLabel>(image, labels, pixel, pixel + (nuint)TLanes.Count, numClasses, ownWeights, smoothings);
                continue;
            }

            TLanes label = labels.Load<TLanes>(pixel);
            TLanes weight = Weight(label, ownWeights);
            TLanes cost = weight * Logarithm.OfOnePlus(TLanes.Load(in others, ofTile) / ofLabel);
            if (!smoothings.IsEmpty)
            {
                TLanes logit = Logit(ref Unsafe.Add(ref firstLogit, pixel), pixels, label, numClasses);
                for (int c = 0; c < numClasses; c++)
                {
                    // -ln of another class's probability is more than that of the label's by what its logit is less.
                    TLanes less = logit - TLanes.Load(in firstLogit, pixel + ((nuint)c * pixels));
                    cost = TLanes.MultiplyAdd(TLanes.Broadcast(smoothings[c]), TLanes.SelectWhere(label, c, default, less), cost);
                }
            }

            sum += TLanes.ToDouble(labels.IgnoresPixels ? TLanes.ClearWhere(cost, label, IgnoredPixels.Label) : cost);
        }

        return sum;
    }

    // Pixel by pixel and from the logits: exact however small a label's probability is, and infinite only where its logit is.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Vector256<double> OfPixels<TLanes, TLabel>(
        ReadOnlySpan<float> image,
        PixelLabels<TLabel> labels,
        nuint firstPixel,
        nuint endPixel,
        int numClasses,
        ReadOnlySpan<float> ownWeights,
        ReadOnlySpan<float> smoothings,
        SoftDiceLayout layout = SoftDiceLayout.ChannelsFirst)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        Vector256<double> sum = default;
        for (nuint pixel = firstPixel; pixel < endPixel; pixel += (nuint)TLanes.Count)
        {
            TLanes label = labels.Load<TLanes>(pixel);
            ref float firstLogit = ref PixelLogits.Planes<TLanes>(image, pixel, numClasses, layout, out nuint step);
            TLanes cost = OfPixel(ref firstLogit, step, label, numClasses, out TLanes largest, out TLanes own, out TLanes others);
            TLanes ofLabel = cost;
            cost *= Weight(label, ownWeights);
            if (!smoothings.IsEmpty)
            {
                // Of the label in the same sum with the others, as what is infinite could not be taken off again.
                TLanes allSmoothings = default, spread = default;
                TLanes ofLargest = Logarithm.OfOnePlus(own + others - TLanes.Broadcast(1));
                for (int c = 0; c < numClasses; c++)
                {
                    TLanes smoothing = TLanes.Broadcast(smoothings[c]);
                    TLanes ofOther = largest - TLanes.Load(in firstLogit, (nuint)c * step) + ofLargest;
                    spread = TLanes.MultiplyAdd(smoothing, TLanes.SelectWhere(label, c, ofLabel, ofOther), spread);
                    allSmoothings += smoothing;
                }

                cost = TLanes.MultiplyAdd(Weight(label, ownWeights) - allSmoothings, ofLabel, spread);
            }

            sum += TLanes.ToDouble(labels.IgnoresPixels ? TLanes.ClearWhere(cost, label, IgnoredPixels.Label) : cost);
        }

        return sum;
    }

    /// <summary>-ln of a label's softmax, however small that is, from the logits.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="firstLogit">The first logit of the pixel of the first lane.</param>
    /// <param name="step">Elements from there to that of the next class.</param>
    /// <param name="label">The labels.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="largest">The largest logit of each pixel.</param>
    /// <param name="own">The exponential of the label's logit less the largest.</param>
    /// <param name="others">The sum of those of the other classes.</param>
    /// <returns>Float lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes OfPixel<TLanes>(
        ref float firstLogit, nuint step, TLanes label, int numClasses, out TLanes largest, out TLanes own, out TLanes others)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes logit = Logit(ref firstLogit, step, label, numClasses);
        largest = TLanes.Load(in firstLogit, 0);
        for (int c = 1; c < numClasses; c++)
        {
            largest = TLanes.AtLeast(largest, TLanes.Load(in firstLogit, (nuint)c * step));
        }

        own = default;
        others = default;
        TLanes block = default;
        for (int c = 0; c < numClasses; c++)
        {
            TLanes e = Activations.Exp(TLanes.Load(in firstLogit, (nuint)c * step) - largest);
            own = TLanes.SelectWhere(label, c, e, own);
            block += TLanes.SelectWhere(label, c, default, e);
            if (c % BlockClasses == BlockClasses - 1)
            {
                others += block;
                block = default;
            }
        }

        // The exponential of the largest is 1, so that the others are at least 1 where the label's is not the largest.
        others += block;
        TLanes ratio = others / own;
        TLanes far = largest - logit + Logarithm.OfOnePlus(others - TLanes.Broadcast(1));
        return TLanes.SelectWhereLarger(ratio, TLanes.Broadcast(Far), far, Logarithm.OfOnePlus(ratio));
    }

    // The probability of the label, and 1 at pixels that take no part: they cost nothing, as nothing is left for other classes either.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes OneWhereIgnored<TLanes, TLabel>(TLanes probabilities, PixelLabels<TLabel> labels, nuint pixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged => labels.IgnoresPixels
            ? TLanes.SelectWhere(labels.Load<TLanes>(pixel), IgnoredPixels.Label, TLanes.Broadcast(1), probabilities)
            : probabilities;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Logit<TLanes>(ref float firstLogit, nuint step, TLanes label, int numClasses)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes logit = default;
        for (int c = 0; c < numClasses; c++)
        {
            logit = TLanes.SelectWhere(label, c, TLanes.Load(in firstLogit, (nuint)c * step), logit);
        }

        return logit;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Weight<TLanes>(TLanes label, ReadOnlySpan<float> ownWeights)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes weight = TLanes.Broadcast(1);
        for (int c = 0; c < ownWeights.Length; c++)
        {
            weight = TLanes.SelectWhere(label, c, TLanes.Broadcast(ownWeights[c]), weight);
        }

        return weight;
    }
}
