using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>The sums and the gradient of a softmax of many classes, in tiles: the label's class of each pixel by itself, then all others alike.</summary>
/// <remarks>
/// One class of a pixel is its label's. Asking each class of each vector of pixels whether it is that costs more than the sums themselves; but a vector of
/// pixels mostly has one label, or a few that lie in runs. So the label's exponential is taken out of its row, where 0 is left: what rows then add up to are
/// false positives, a multiplication and addition an element, and in the gradient all they have is one slope a class. In the worst case, noise, each pixel
/// is a load and a store of its own.
/// </remarks>
public static class LabelledTile
{
    // Classes whose products are added up before their sum goes to that of all: a long chain of float additions loses digits.
    private const int BlockClasses = 16;

    // Slopes take nothing from memory, which could bring the next tile meanwhile: of 19 classes that gains a tenth. Of 150, each in a page of its own, it costs
    // more than that.
    private const int MostClassesAskedFor = 32;

    /// <summary>
    /// Adds a tile to what the classes have: where the label is the class, the probabilities as their intersections and what these miss to 1 as their misses;
    /// elsewhere the probabilities as their false positives. Wrong labels are in no count.
    /// </summary>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="totals">What the classes add up to.</param>
    /// <param name="rows">Exponentials, a row a class, and the factors of the pixels; those of the labels become 0, and all of pixels that take no part.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="chain">Pixels after which float sums are carried over to double, at least 1.</param>
    /// <exception cref="ArgumentException">The tile is not in the rows or in the labels, or not in whole vectors, or the chain is 0.</exception>
    public static void Add<TLanes, TLabel>(
        Span<ClassTotals<TLanes>> totals, Span<float> rows, int stride, PixelLabels<TLabel> labels, int start, int count, nuint chain)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        Check<TLanes, TLabel>(rows, stride, labels, start, count, totals.Length);
        ArgumentOutOfRangeException.ThrowIfZero(chain);
        AddLabelled(totals, rows, stride, labels, start, count);
        int c = 0;
        for (; c <= totals.Length - 4; c += 4)
        {
            AddFour(totals.Slice(c, 4), rows[(c * stride)..], rows[(totals.Length * stride)..], stride, count, chain);
        }

        for (; c < totals.Length; c++)
        {
            AddOne(ref totals[c], rows[(c * stride)..], rows[(totals.Length * stride)..], count, chain);
        }
    }

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
        where TLabel : unmanaged
    {
        Tiles.Check(image, start, count, rows, stride, slopes.Length, SoftmaxTile.MoreRows);
        Check<TLanes, TLabel>(rows, stride, labels, start, count, slopes.Length);
        Span<float> owns = Scratch.Exponentials(2 * count);
        Span<float> ownSlopes = owns[count..];
        owns = owns[..count];
        TakeOut<TLanes, TLabel>(owns, ownSlopes, rows, stride, labels, start, slopes);
        if (slopes.Length <= MostClassesAskedFor)
        {
            ref float nextTile = ref Unsafe.Add(ref MemoryMarshal.GetReference(image), start + count);
            TurnIntoSlopes<TLanes>(owns, ownSlopes, rows, stride, slopes, in nextTile, image.Length / slopes.Length);
        }
        else
        {
            // What it asks for is there.
            TurnIntoSlopes<TLanes>(owns, ownSlopes, rows, stride, slopes, in MemoryMarshal.GetReference(rows), stride);
        }

        PutBack<TLanes, TLabel>(owns, rows, stride, labels, start, slopes.Length);
    }

    // What loops over references do not check, once a tile.
    private static void Check<TLanes, TLabel>(ReadOnlySpan<float> rows, int stride, PixelLabels<TLabel> labels, int start, int count, int numClasses)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        bool areInRows = count >= 0 && count <= stride && count % TLanes.Count == 0 && (long)(numClasses + SoftmaxTile.MoreRows) * stride <= rows.Length;
        bool haveLabels = start >= 0 && count <= labels.Labels.Length - start && (labels.Mask.IsEmpty || labels.Mask.Length >= labels.Labels.Length);
        if (!areInRows || !haveLabels)
        {
            throw new ArgumentException(
                $"A tile of {count} pixels from {start} on, {TLanes.Count} at a time, in {numClasses} + {SoftmaxTile.MoreRows} rows of {stride}, is not in " +
                $"{rows.Length} floats or not in {labels.Labels.Length} labels and a mask of {labels.Mask.Length}.",
                nameof(rows));
        }
    }

    // Vector by vector, each class that it has a label of.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddLabelled<TLanes, TLabel>(
        Span<ClassTotals<TLanes>> totals, Span<float> rows, int stride, PixelLabels<TLabel> labels, int start, int count)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        ref float factors = ref MemoryMarshal.GetReference(rows[(totals.Length * stride)..]);
        LabelsOfVector<TLanes, TLabel> found = new(labels, totals.Length);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            ref float row = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), pixel);
            found.Begin((nuint)start + pixel);
            while (found.NextClass(out int c, out int pixels))
            {
                TLanes e = TLanes.Load(in row, (nuint)c * (nuint)stride);
                TLanes p = e * TLanes.Load(in factors, pixel);
                ref ClassTotals<TLanes> total = ref totals[c];
                total.Intersection += TLanes.ToDouble(TLanes.AddWhere(default, p, found.Labels, c));
                total.Miss += TLanes.ToDouble(TLanes.AddWhere(default, TLanes.Broadcast(1) - p, found.Labels, c));
                total.Pixels += pixels;
                TLanes.Store(TLanes.ClearWhere(e, found.Labels, c), ref row, (nuint)c * (nuint)stride);
            }

            while (found.NextLane(out int lane, out int c))
            {
                ref float e = ref Unsafe.Add(ref row, (c * stride) + lane);
                float p = e * Unsafe.Add(ref factors, pixel + (nuint)lane);
                ref ClassTotals<TLanes> total = ref totals[c];
                total.Intersection += Vector256.CreateScalar((double)p);
                total.Miss += Vector256.CreateScalar((double)(1 - p));
                total.Pixels++;
                e = 0;
            }

            if (labels.IgnoresPixels)
            {
                Clear(ref row, stride, found.Labels, totals.Length + 1);
            }
        }
    }

    // Four rows at a time, as the additions of one would wait for each other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddFour<TLanes>(
        Span<ClassTotals<TLanes>> totals, ReadOnlySpan<float> rows, ReadOnlySpan<float> factors, int stride, int count, nuint chain)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float row0 = ref MemoryMarshal.GetReference(rows);
        ref float row1 = ref Unsafe.Add(ref row0, stride);
        ref float row2 = ref Unsafe.Add(ref row1, stride);
        ref float row3 = ref Unsafe.Add(ref row2, stride);
        ref float firstFactor = ref MemoryMarshal.GetReference(factors);
        for (nuint pixel = 0; pixel < (nuint)count;)
        {
            nuint end = pixel + nuint.Min(chain, (nuint)count - pixel);
            TLanes sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (; pixel < end; pixel += (nuint)TLanes.Count)
            {
                TLanes factor = TLanes.Load(in firstFactor, pixel);
                sum0 = TLanes.MultiplyAdd(factor, TLanes.Load(in row0, pixel), sum0);
                sum1 = TLanes.MultiplyAdd(factor, TLanes.Load(in row1, pixel), sum1);
                sum2 = TLanes.MultiplyAdd(factor, TLanes.Load(in row2, pixel), sum2);
                sum3 = TLanes.MultiplyAdd(factor, TLanes.Load(in row3, pixel), sum3);
            }

            totals[0].FalsePositives += TLanes.ToDouble(sum0);
            totals[1].FalsePositives += TLanes.ToDouble(sum1);
            totals[2].FalsePositives += TLanes.ToDouble(sum2);
            totals[3].FalsePositives += TLanes.ToDouble(sum3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddOne<TLanes>(
        ref ClassTotals<TLanes> total, ReadOnlySpan<float> row, ReadOnlySpan<float> factors, int count, nuint chain)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float first = ref MemoryMarshal.GetReference(row);
        ref float firstFactor = ref MemoryMarshal.GetReference(factors);
        for (nuint pixel = 0; pixel < (nuint)count;)
        {
            nuint end = pixel + nuint.Min(chain, (nuint)count - pixel);
            TLanes sum = default;
            for (; pixel < end; pixel += (nuint)TLanes.Count)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(in first, pixel), TLanes.Load(in firstFactor, pixel), sum);
            }

            total.FalsePositives += TLanes.ToDouble(sum);
        }
    }

    // The label's exponential of each pixel, with its slope; in its row 0 is left, and in all rows where a pixel takes no part.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TakeOut<TLanes, TLabel>(
        Span<float> owns, Span<float> ownSlopes, Span<float> rows, int stride, PixelLabels<TLabel> labels, int start, ReadOnlySpan<ClassSlopes> slopes)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        LabelsOfVector<TLanes, TLabel> found = new(labels, slopes.Length);
        ref float firstOwn = ref MemoryMarshal.GetReference(owns);
        ref float firstSlope = ref MemoryMarshal.GetReference(ownSlopes);
        for (int pixel = 0; pixel < owns.Length; pixel += TLanes.Count)
        {
            ref float row = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), pixel);
            TLanes own = default, slope = default;
            found.Begin((nuint)(start + pixel));
            while (found.NextClass(out int c, out _))
            {
                TLanes e = TLanes.Load(in row, (nuint)c * (nuint)stride);
                own = TLanes.AddWhere(own, e, found.Labels, c);
                slope = TLanes.AddWhere(slope, TLanes.Broadcast(slopes[c].Own), found.Labels, c);
                TLanes.Store(TLanes.ClearWhere(e, found.Labels, c), ref row, (nuint)c * (nuint)stride);
            }

            TLanes.Store(own, ref firstOwn, (nuint)pixel);
            TLanes.Store(slope, ref firstSlope, (nuint)pixel);
            while (found.NextLane(out int lane, out int c))
            {
                ref float e = ref Unsafe.Add(ref row, (c * stride) + lane);
                Unsafe.Add(ref firstOwn, pixel + lane) = e;
                Unsafe.Add(ref firstSlope, pixel + lane) = slopes[c].Own;
                e = 0;
            }

            if (labels.IgnoresPixels)
            {
                Clear(ref row, stride, found.Labels, slopes.Length + 2);
            }
        }
    }

    // Two vectors of pixels at a time, as the additions of one would wait for each other; at an odd end both are the last one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TurnIntoSlopes<TLanes>(
        Span<float> owns,
        ReadOnlySpan<float> ownSlopes,
        Span<float> rows,
        int stride,
        ReadOnlySpan<ClassSlopes> slopes,
        ref readonly float asked,
        int askedStride)
        where TLanes : struct, ILanes<TLanes>
    {
        int numClasses = slopes.Length;
        ref ClassSlopes firstSlopes = ref MemoryMarshal.GetReference(slopes);
        ref float firstRow = ref MemoryMarshal.GetReference(rows);
        ref float factors = ref Unsafe.Add(ref firstRow, numClasses * stride);
        ref float halves = ref Unsafe.Add(ref factors, stride);
        ref float firstOwn = ref MemoryMarshal.GetReference(owns);
        ref float firstOwnSlope = ref MemoryMarshal.GetReference(ownSlopes);
        for (nuint pixel = 0; pixel < (nuint)owns.Length; pixel += 2 * (nuint)TLanes.Count)
        {
            nuint apart = nuint.Min((nuint)TLanes.Count, (nuint)(owns.Length - TLanes.Count) - pixel);
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
            TLanes.Store(own0 * factor0 * (ofOwn0 - ofLikely0 - mean0), ref firstOwn, pixel);
            TLanes.Store(own1 * factor1 * (ofOwn1 - ofLikely1 - mean1), ref firstOwn, pixel + apart);
            at = pixel;
            for (int c = 0; c < numClasses; c++, at += (nuint)stride)
            {
                TLanes slope = TLanes.Broadcast(Unsafe.Add(ref firstSlopes, c).Other);
                TLanes p0 = TLanes.Load(in firstRow, at) * factor0;
                TLanes p1 = TLanes.Load(in firstRow, at + apart) * factor1;
                TLanes.Store(p0 * (slope - ofLikely0 - mean0), ref firstRow, at);
                TLanes.Store(p1 * (slope - ofLikely1 - mean1), ref firstRow, at + apart);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void PutBack<TLanes, TLabel>(
        ReadOnlySpan<float> owns, Span<float> rows, int stride, PixelLabels<TLabel> labels, int start, int numClasses)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        LabelsOfVector<TLanes, TLabel> found = new(labels, numClasses);
        ref float firstOwn = ref MemoryMarshal.GetReference(owns);
        for (int pixel = 0; pixel < owns.Length; pixel += TLanes.Count)
        {
            ref float row = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), pixel);
            TLanes own = TLanes.Load(in firstOwn, (nuint)pixel);
            found.Begin((nuint)(start + pixel));
            while (found.NextClass(out int c, out _))
            {
                nuint at = (nuint)c * (nuint)stride;
                TLanes.Store(TLanes.SelectWhere(found.Labels, c, own, TLanes.Load(in row, at)), ref row, at);
            }

            while (found.NextLane(out int lane, out int c))
            {
                Unsafe.Add(ref row, (c * stride) + lane) = Unsafe.Add(ref firstOwn, pixel + lane);
            }

            if (labels.IgnoresPixels)
            {
                Clear(ref row, stride, found.Labels, numClasses);
            }
        }
    }

    // Nothing of a pixel that takes no part is left in the first rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear<TLanes>(ref float row, int stride, TLanes labels, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        if (TLanes.NumberUnless(labels, IgnoredPixels.Label) == TLanes.Count)
        {
            return;
        }

        for (nuint at = 0; at < (nuint)(count * stride); at += (nuint)stride)
        {
            TLanes.Store(TLanes.ClearWhere(TLanes.Load(in row, at), labels, IgnoredPixels.Label), ref row, at);
        }
    }
}
