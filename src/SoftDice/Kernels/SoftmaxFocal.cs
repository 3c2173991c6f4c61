using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>The focal term of pixels labelled with a class: (1 - p) to the power of γ times -ln p, with p the softmax of the label's logit.</summary>
/// <remarks>
/// 1 - p is the sum of the other classes' probabilities, which is exact however near p is to 1, and -ln p is ln(1 + (1 - p) / p). Where p is too
/// small for that, its pixels are done again one by one, as in <see cref="SoftmaxCrossEntropy"/>.
/// </remarks>
public static class SoftmaxFocal
{
    // 2⁻¹²⁵: what is missing is at least that where its logarithm is taken; the cost of less is below the normal floats.
    private const float LeastMissing = 2.3509887e-38f;

    /// <summary>(1 - p) to the power of γ.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="own">The probability of the label.</param>
    /// <param name="others">The sum of the others.</param>
    /// <param name="gamma">γ, 0 to 100.</param>
    /// <returns>Float lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Power<TLanes>(TLanes own, TLanes others, float gamma)
        where TLanes : struct, ILanes<TLanes> => FocalPower.IsWhole(gamma)
            ? FocalPower.Whole(others, gamma)
            : FocalPower.OfNegativeLog(Logarithm.OfOnePlus(own / TLanes.AtLeast(others, TLanes.Broadcast(LeastMissing))), gamma);

    /// <summary>What the slopes of a cross-entropy are multiplied by: (1 - p) to the power of γ times (1 + γ·p·(-ln p) / (1 - p)).</summary>
    /// <remarks>Near p = 1 that is (1 + γ) times the power, for every γ.</remarks>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="own">The probability of the label, which may be too small for a float.</param>
    /// <param name="others">The sum of the others.</param>
    /// <param name="gamma">γ, 0 to 100.</param>
    /// <returns>Float lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Slope<TLanes>(TLanes own, TLanes others, float gamma)
        where TLanes : struct, ILanes<TLanes>
    {
        if (gamma == 0)
        {
            return TLanes.Broadcast(1);
        }

        TLanes negativeLog = Logarithm.OfOnePlus(others / TLanes.AtLeast(own, TLanes.Broadcast(SoftmaxCrossEntropy.TooSmall)));
        TLanes bend = TLanes.Broadcast(gamma) * own * negativeLog;
        return FocalPower.IsWhole(gamma)
            ? FocalPower.Whole(others, gamma - 1) * (others + bend)
            : Power(own, others, gamma) * (TLanes.Broadcast(1) + (bend / TLanes.AtLeast(others, TLanes.Broadcast(LeastMissing))));
    }

    /// <summary>The same by a call, which is little beside a loop over many classes, and leaves it what the JIT inlines into one method.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="own">The probability of the label, which may be too small for a float.</param>
    /// <param name="others">The sum of the others.</param>
    /// <param name="gamma">γ, 0 to 100.</param>
    /// <returns>Float lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static TLanes SlopeApart<TLanes>(TLanes own, TLanes others, float gamma)
        where TLanes : struct, ILanes<TLanes> => Slope(own, others, gamma);

    /// <summary>The sum over chains of pixels that were added up as they are, unless a probability was too small for that.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="kept">Of each chain the smallest of the labels' probabilities, lane by lane, then what belongs to others if there is any, and at last the sum.</param>
    /// <param name="vectors">How many vectors of a chain these are.</param>
    /// <param name="image">The logits of the image, (class, pixels) unless <paramref name="layout"/> says otherwise.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="firstPixel">The first pixel of the first chain.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <param name="chain">Pixels of a chain, the last one excepted.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="gamma">γ, 0 to 100.</param>
    /// <param name="weights">What a pixel is multiplied by, for each class; none for 1.</param>
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
        float gamma,
        ReadOnlySpan<float> weights,
        SoftDiceLayout layout = SoftDiceLayout.ChannelsFirst)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        ref float first = ref MemoryMarshal.GetReference(kept);
        nuint end = (nuint)endPixel;
        nuint at = 0;
        nuint step = (nuint)(vectors * TLanes.Count);
        Vector256<double> sum = default;
        for (nuint pixel = (nuint)firstPixel; pixel < end; pixel += chain, at += step)
        {
            sum += TLanes.AreWithin(TLanes.Load(in first, at), SoftmaxCrossEntropy.TooSmall, SoftmaxCrossEntropy.Most)
                ? TLanes.ToDouble(TLanes.Load(in first, at + step - (nuint)TLanes.Count))
                : OfPixels<TLanes, TLabel>(image, labels, pixel, nuint.Min(pixel + chain, end), numClasses, gamma, weights, layout);
        }

        return sum;
    }

    /// <summary>The sum over a tile, from the rows that the loops over its classes have left.</summary>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="rows">The labels' probabilities, and a stride further on what these miss to 1.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="image">The logits of the image, (class, pixels).</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="gamma">γ, 0 to 100.</param>
    /// <param name="weights">What a pixel is multiplied by, for each class; none for 1.</param>
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
        float gamma,
        ReadOnlySpan<float> weights)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        ref float ofLabels = ref MemoryMarshal.GetReference(rows);
        ref float ofOthers = ref Unsafe.Add(ref ofLabels, stride);
        Vector256<double> sum = default;
        for (nuint ofTile = 0; ofTile < (nuint)count; ofTile += (nuint)TLanes.Count)
        {
            nuint pixel = (nuint)start + ofTile;
            TLanes own = SoftmaxCrossEntropy.OneWhereIgnored(TLanes.Load(in ofLabels, ofTile), labels, pixel);
            if (!TLanes.AreWithin(own, SoftmaxCrossEntropy.TooSmall, SoftmaxCrossEntropy.Most))
            {
                sum += OfPixels<TLanes, TLabel>(image, labels, pixel, pixel + (nuint)TLanes.Count, numClasses, gamma, weights);
                continue;
            }

            // Pixels that take no part miss nothing, and cost nothing.
            TLanes others = TLanes.Load(in ofOthers, ofTile);
            TLanes weight = SoftmaxCrossEntropy.Weight(labels.Load<TLanes>(pixel), weights);
            sum += TLanes.ToDouble(weight * Power(own, others, gamma) * Logarithm.OfOnePlus(others / own));
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
        float gamma,
        ReadOnlySpan<float> weights,
        SoftDiceLayout layout = SoftDiceLayout.ChannelsFirst)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        Vector256<double> sum = default;
        for (nuint pixel = firstPixel; pixel < endPixel; pixel += (nuint)TLanes.Count)
        {
            TLanes label = labels.Load<TLanes>(pixel);
            ref float firstLogit = ref PixelLogits.Planes<TLanes>(image, pixel, numClasses, layout, out nuint step);
            TLanes negativeLog = SoftmaxCrossEntropy.OfPixel(
                ref firstLogit, step, label, numClasses, out _, out TLanes own, out TLanes others);
            TLanes all = own + others;
            TLanes cost = SoftmaxCrossEntropy.Weight(label, weights) * Power(own / all, others / all, gamma) * negativeLog;
            sum += TLanes.ToDouble(labels.IgnoresPixels ? TLanes.ClearWhere(cost, label, IgnoredPixels.Label) : cost);
        }

        return sum;
    }
}
