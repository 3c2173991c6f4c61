using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

// The gradient: the label's exponential of each pixel is taken out with its slope, the others become slopes, and the label's is put back.
public static partial class LabelledTile
{
    // Classes whose products are added up before their sum goes to that of all: a long chain of float additions loses digits.
    private const int BlockClasses = 16;

    // Slopes take nothing from memory, which could bring the next tile meanwhile: of 19 classes that gains a tenth. Of 150, each in a page of its own, it costs
    // more than that.
    private const int MostClassesAskedFor = 32;

    /// <summary>The gradient through a softmax, in the place of the exponentials; of pixels that take no part, 0.</summary>
    /// <remarks>
    /// The slope of logit k is p_k·(s_k - Σ p·s), with s the slopes of the probabilities. Where one class r is nearly certain, s_r and the sum would cancel. A
    /// constant in all s changes nothing, so s_r is taken from each: then r's own term is 0, and the sum is over the small probabilities alone. r is
    /// the class that is likelier than all others together, if there is one.
    /// </remarks>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="image">The logits of the image, (class, pixels), of which the next tile is asked for.</param>
    /// <param name="rows">Exponentials, a row a class, the factors and the halves of the pixels.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="labels">The labels of the image, which are right.</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="slopes">d loss by d probability of each class.</param>
    /// <exception cref="ArgumentException">The tile is not in the image, in the rows or in the labels, or not in whole vectors.</exception>
    public static void TurnIntoSlopes<TLanes, TLabel>(
        ReadOnlySpan<float> image, Span<float> rows, int stride, PixelLabels<TLabel> labels, int start, int count, ReadOnlySpan<ClassSlopes> slopes)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged =>
        TurnIntoSlopes<TLanes, TLabel, NoTerm>(image, rows, stride, labels, start, count, slopes, terms: default);

    /// <summary>The same of a loss with terms of the label's probability beside the overlap.</summary>
    /// <remarks>
    /// A cross-entropy adds p_k to the slope of logit k, less 1 at the label: there it is minus what the others have, as exact near 0. For all others that is
    /// one number a pixel less in Σ p·s. The slopes of a focal term are those of a cross-entropy where each pixel counts less the likelier its label is.
    /// </remarks>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="image">The logits of the image, (class, pixels), of which the next tile is asked for.</param>
    /// <param name="rows">Exponentials, a row a class, the factors and the halves of the pixels.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="labels">The labels of the image, which are right.</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="slopes">d loss by d probability of each class, of the overlap.</param>
    /// <param name="terms">The terms beside it.</param>
    /// <exception cref="ArgumentException">
    /// The tile is not in the image, in the rows or in the labels, or not in whole vectors, or a table of the terms has another number of classes.
    /// </exception>
    public static void TurnIntoSlopes<TLanes, TLabel>(
        ReadOnlySpan<float> image,
        Span<float> rows,
        int stride,
        PixelLabels<TLabel> labels,
        int start,
        int count,
        ReadOnlySpan<ClassSlopes> slopes,
        scoped in TileTerms terms)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        if (terms.FocalSlope == 0)
        {
            TurnIntoSlopes<TLanes, TLabel, CrossEntropyTerm>(image, rows, stride, labels, start, count, slopes, in terms);
        }
        else
        {
            TurnIntoSlopes<TLanes, TLabel, FocalTerm>(image, rows, stride, labels, start, count, slopes, in terms);
        }
    }

    private static void TurnIntoSlopes<TLanes, TLabel, TTerms>(
        ReadOnlySpan<float> image,
        Span<float> rows,
        int stride,
        PixelLabels<TLabel> labels,
        int start,
        int count,
        ReadOnlySpan<ClassSlopes> slopes,
        scoped in TileTerms terms)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
        where TTerms : struct
    {
        Tiles.Check(image, start, count, rows, stride, slopes.Length, SoftmaxTile.MoreRows);
        Check<TLanes, TLabel>(rows, stride, labels, start, count, slopes.Length);
        CheckTable(terms.OwnWeights, nameof(TileTerms.OwnWeights), slopes.Length);
        CheckTable(terms.Smoothings, nameof(TileTerms.Smoothings), slopes.Length);
        CheckTable(terms.FocalWeights, nameof(TileTerms.FocalWeights), slopes.Length);
        Span<float> ofLabels = Scratch.Exponentials(4 * count);
        TakeOut<TLanes, TLabel>(ofLabels[..count], ofLabels.Slice(count, count), rows, stride, labels, start, slopes);
        if (typeof(TTerms) != typeof(NoTerm))
        {
            FillByLabel<TLanes, TLabel>(ofLabels.Slice(2 * count, count), terms.CrossEntropySlope, terms.OwnWeights, labels, start);
        }

        if (typeof(TTerms) == typeof(FocalTerm))
        {
            FillByLabel<TLanes, TLabel>(ofLabels[(3 * count)..], terms.FocalSlope, terms.FocalWeights, labels, start);
        }

        if (slopes.Length <= MostClassesAskedFor)
        {
            ref float nextTile = ref Unsafe.Add(ref MemoryMarshal.GetReference(image), start + count);
            TurnIntoSlopes<TLanes, TTerms>(ofLabels, count, rows, stride, slopes, in terms, in nextTile, image.Length / slopes.Length);
        }
        else
        {
            // What it asks for is there.
            TurnIntoSlopes<TLanes, TTerms>(ofLabels, count, rows, stride, slopes, in terms, in MemoryMarshal.GetReference(rows), stride);
        }

        PutBack<TLanes, TLabel>(ofLabels[..count], rows, stride, labels, start, slopes.Length);
    }

    private static void CheckTable(ReadOnlySpan<float> table, string name, int numClasses)
    {
        if (table.Length != 0 && table.Length != numClasses)
        {
            throw new ArgumentException($"{name} has {table.Length} numbers, and there are {numClasses} classes; give one for each class, or none.", nameof(table));
        }
    }

    // Two vectors of pixels at a time, as the additions of one would wait for each other; at an odd end both are the last one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TurnIntoSlopes<TLanes, TTerms>(
        Span<float> ofLabels,
        int count,
        Span<float> rows,
        int stride,
        ReadOnlySpan<ClassSlopes> slopes,
        scoped in TileTerms terms,
        ref readonly float asked,
        int askedStride)
        where TLanes : struct, ILanes<TLanes>
        where TTerms : struct
    {
        int numClasses = slopes.Length;
        ReadOnlySpan<float> smoothings = typeof(TTerms) == typeof(NoTerm) ? default : terms.Smoothings;
        float allSmoothings = 0;
        foreach (float smoothing in smoothings)
        {
            allSmoothings += smoothing;
        }

        ref float firstSmoothing = ref MemoryMarshal.GetReference(smoothings);
        ref ClassSlopes firstSlopes = ref MemoryMarshal.GetReference(slopes);
        ref float firstRow = ref MemoryMarshal.GetReference(rows);
        ref float factors = ref Unsafe.Add(ref firstRow, numClasses * stride);
        ref float halves = ref Unsafe.Add(ref factors, stride);
        ref float firstOwn = ref MemoryMarshal.GetReference(ofLabels);
        ref float firstOwnSlope = ref Unsafe.Add(ref firstOwn, count);
        ref float firstTerm = ref Unsafe.Add(ref firstOwnSlope, count);
        ref float firstFocal = ref Unsafe.Add(ref firstTerm, count);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += 2 * (nuint)TLanes.Count)
        {
            nuint apart = nuint.Min((nuint)TLanes.Count, (nuint)(count - TLanes.Count) - pixel);
            TLanes own0 = TLanes.Load(in firstOwn, pixel), own1 = TLanes.Load(in firstOwn, pixel + apart);
            TLanes ofOwn0 = TLanes.Load(in firstOwnSlope, pixel), ofOwn1 = TLanes.Load(in firstOwnSlope, pixel + apart);
            TLanes half0 = TLanes.Load(in halves, pixel);
            TLanes half1 = TLanes.Load(in halves, pixel + apart);
            TLanes ofLikely0 = TLanes.SelectWhereLarger(own0, half0, ofOwn0, default);
            TLanes ofLikely1 = TLanes.SelectWhereLarger(own1, half1, ofOwn1, default);
            TLanes sum0 = TLanes.SelectWhereLarger(own0, half0, default, own0);
            TLanes sum1 = TLanes.SelectWhereLarger(own1, half1, default, own1);
            TLanes mean0 = sum0 * ofOwn0, mean1 = sum1 * ofOwn1;
            nuint at = pixel, askedAt = pixel;
            for (int end = 0; end < numClasses;)
            {
                int c = end;
                end = Math.Min(c + BlockClasses, numClasses);
                TLanes blockSum0 = default, blockMean0 = default;
                TLanes blockSum1 = default, blockMean1 = default;
                for (; c < end; c++, at += (nuint)stride, askedAt += (nuint)askedStride)
                {
                    Prefetch.IntoSecondLevel(in asked, askedAt);
                    Prefetch.IntoSecondLevel(in asked, askedAt + apart);
                    TLanes slope = TLanes.Broadcast(Unsafe.Add(ref firstSlopes, c).Other);
                    TLanes e0 = TLanes.Load(in firstRow, at);
                    TLanes e1 = TLanes.Load(in firstRow, at + apart);
                    ofLikely0 = TLanes.SelectWhereLarger(e0, half0, slope, ofLikely0);
                    ofLikely1 = TLanes.SelectWhereLarger(e1, half1, slope, ofLikely1);
                    e0 = TLanes.SelectWhereLarger(e0, half0, default, e0);
                    e1 = TLanes.SelectWhereLarger(e1, half1, default, e1);
                    blockMean0 = TLanes.MultiplyAdd(e0, slope, blockMean0);
                    blockMean1 = TLanes.MultiplyAdd(e1, slope, blockMean1);
                    blockSum0 += e0;
                    blockSum1 += e1;
                }

                mean0 += blockMean0;
                mean1 += blockMean1;
                sum0 += blockSum0;
                sum1 += blockSum1;
            }

            TLanes factor0 = TLanes.Load(in factors, pixel);
            TLanes factor1 = TLanes.Load(in factors, pixel + apart);
            mean0 = factor0 * (mean0 - sum0 * ofLikely0);
            mean1 = factor1 * (mean1 - sum1 * ofLikely1);
            TLanes ofLabel0 = own0 * factor0 * (ofOwn0 - ofLikely0 - mean0);
            TLanes ofLabel1 = own1 * factor1 * (ofOwn1 - ofLikely1 - mean1);
            if (typeof(TTerms) != typeof(NoTerm))
            {
                // Where the label is likely, the sum is of the others alone; elsewhere they are at least as much as it is.
                TLanes others0 = factor0 * TLanes.SelectWhereLarger(own0, half0, sum0, half0 + half0 - own0);
                TLanes others1 = factor1 * TLanes.SelectWhereLarger(own1, half1, sum1, half1 + half1 - own1);
                TLanes term0 = TLanes.Load(in firstTerm, pixel);
                TLanes term1 = TLanes.Load(in firstTerm, pixel + apart);
                if (typeof(TTerms) == typeof(FocalTerm))
                {
                    term0 += TLanes.Load(in firstFocal, pixel) * SoftmaxFocal.SlopeApart(own0 * factor0, others0, terms.Gamma);
                    term1 += TLanes.Load(in firstFocal, pixel + apart) * SoftmaxFocal.SlopeApart(own1 * factor1, others1, terms.Gamma);
                }

                TLanes smoothing = TLanes.Broadcast(terms.CrossEntropySlope * allSmoothings);
                ofLabel0 += smoothing - (term0 * others0);
                ofLabel1 += smoothing - (term1 * others1);
                mean0 -= term0;
                mean1 -= term1;
            }

            TLanes.Store(ofLabel0, ref firstOwn, pixel);
            TLanes.Store(ofLabel1, ref firstOwn, pixel + apart);
            at = pixel;
            for (int c = 0; c < numClasses; c++, at += (nuint)stride)
            {
                TLanes slope = TLanes.Broadcast(Unsafe.Add(ref firstSlopes, c).Other);
                TLanes p0 = TLanes.Load(in firstRow, at) * factor0;
                TLanes p1 = TLanes.Load(in firstRow, at + apart) * factor1;
                TLanes slope0 = p0 * (slope - ofLikely0 - mean0);
                TLanes slope1 = p1 * (slope - ofLikely1 - mean1);
                if (typeof(TTerms) != typeof(NoTerm) && !smoothings.IsEmpty)
                {
                    TLanes smoothing = TLanes.Broadcast(terms.CrossEntropySlope * Unsafe.Add(ref firstSmoothing, c));
                    slope0 -= smoothing;
                    slope1 -= smoothing;
                }

                TLanes.Store(slope0, ref firstRow, at);
                TLanes.Store(slope1, ref firstRow, at + apart);
            }
        }
    }

    // Which terms there are beside the overlap: what others need is no part of a loop.
    private struct NoTerm;

    private struct CrossEntropyTerm;

    private struct FocalTerm;
}
