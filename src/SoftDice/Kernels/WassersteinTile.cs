using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>How far the predictions of many classes are from their labels, in tiles.</summary>
/// <remarks>
/// Of all pairs of a label and a class, a vector of pixels needs the rows of the labels that it has, which in an image is mostly one: each label is
/// looked for, and its row of distances multiplied where there is one. In the worst case, noise, that is a row a lane.
/// </remarks>
public static class WassersteinTile
{
    // Classes whose products are added up before their sum goes to that of all: a long chain of float additions loses digits.
    private const int BlockClasses = 16;

    /// <summary>Takes probabilities as they are to the rows that a softmax would fill.</summary>
    /// <param name="image">The predictions of an image, (class, pixels).</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="rows">Receives the probabilities, a row a class, and their factors, which are 1.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <exception cref="ArgumentException">A tile of this size is not in the image, or does not fit the rows.</exception>
    public static void Copy(ReadOnlySpan<float> image, int start, int count, Span<float> rows, int stride, int numClasses)
    {
        Tiles.Check(image, start, count, rows, stride, numClasses, SoftmaxTile.MoreRows);
        int pixels = image.Length / numClasses;
        for (int c = 0; c < numClasses; c++)
        {
            image.Slice((c * pixels) + start, count).CopyTo(rows[(c * stride)..]);
        }

        rows.Slice(numClasses * stride, count).Fill(1);
    }

    /// <summary>Adds a tile to what the classes have: as their misses how far predictions are from the labels, as their intersections what is left of 1.</summary>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="totals">What the classes add up to.</param>
    /// <param name="rows">Probabilities or exponentials, a row a class, and the factors of the pixels.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="distances">How far each class is from each label, a row a label.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Add<TLanes, TLabel>(
        Span<ClassTotals<TLanes>> totals,
        ReadOnlySpan<float> rows,
        int stride,
        PixelLabels<TLabel> labels,
        int start,
        int count,
        ReadOnlySpan<float> distances)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        int numClasses = totals.Length;
        ref float firstRow = ref MemoryMarshal.GetReference(rows);
        ref float factors = ref Unsafe.Add(ref firstRow, numClasses * stride);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes label = labels.Load<TLanes>((nuint)start + pixel);
            TLanes factor = TLanes.Load(in factors, pixel);
            for (int c = 0; c < numClasses; c++)
            {
                if (!Has(label, c))
                {
                    continue;
                }

                TLanes distance = factor * Distance<TLanes>(ref Unsafe.Add(ref firstRow, pixel), stride, distances.Slice(c * numClasses, numClasses));
                ref ClassTotals<TLanes> total = ref totals[c];
                total.Intersection += TLanes.ToDouble(TLanes.SelectWhere(label, c, TLanes.Broadcast(1) - distance, default));
                total.Miss += TLanes.ToDouble(TLanes.SelectWhere(label, c, distance, default));
                total.Labelled = TLanes.CountWhere(total.Labelled, label, c);
            }
        }
    }

    /// <summary>The gradient through a softmax, in the place of the exponentials; of pixels that take no part, 0.</summary>
    /// <remarks>
    /// Of logit k it is s·p_k·(m_k - Σ p·m), with m the distances from the label and s its slope. Where one class is nearly certain, its distance and the
    /// sum would cancel, so that it is taken from each: see the generated gradient of few classes.
    /// </remarks>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="rows">Exponentials, a row a class, the factors and the halves of the pixels.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="distances">How far each class is from each label, a row a label.</param>
    /// <param name="slopes">d loss by d distance of a pixel, as <see cref="ClassSlopes.Own"/> of its label.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void TurnIntoSlopes<TLanes, TLabel>(
        Span<float> rows,
        int stride,
        PixelLabels<TLabel> labels,
        int start,
        int count,
        ReadOnlySpan<float> distances,
        ReadOnlySpan<ClassSlopes> slopes)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        int numClasses = slopes.Length;
        ref float firstRow = ref MemoryMarshal.GetReference(rows);
        ref float factors = ref Unsafe.Add(ref firstRow, numClasses * stride);
        ref float halves = ref Unsafe.Add(ref factors, stride);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes label = labels.Load<TLanes>((nuint)start + pixel);
            TLanes factor = TLanes.Load(in factors, pixel);
            TLanes half = TLanes.Load(in halves, pixel);
            ref float row = ref Unsafe.Add(ref firstRow, pixel);
            for (int c = 0; c < numClasses; c++)
            {
                if (!Has(label, c))
                {
                    continue;
                }

                // Lanes of this label become slopes; those of others are exponentials still, or slopes already.
                ReadOnlySpan<float> ofLabel = distances.Slice(c * numClasses, numClasses);
                TLanes ofLikely = OfLikely(ref row, stride, ofLabel, half);
                TLanes mean = factor * Farther(ref row, stride, ofLabel, ofLikely);
                TLanes slope = TLanes.Broadcast(slopes[c].Own);
                for (int k = 0; k < ofLabel.Length; k++)
                {
                    nuint at = (nuint)k * (nuint)stride;
                    TLanes e = TLanes.Load(in row, at);
                    TLanes ofLogit = e * factor * (TLanes.Broadcast(ofLabel[k]) - ofLikely - mean) * slope;
                    TLanes.Store(TLanes.SelectWhere(label, c, ofLogit, e), ref row, at);
                }
            }

            if (labels.IgnoresPixels && Has(label, IgnoredPixels.Label))
            {
                ClearIgnored(ref row, stride, label, numClasses);
            }
        }
    }

    /// <summary>The gradient of probabilities, in the rows of a gradient whose tile before is written first; of pixels that take no part, 0.</summary>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that class indices can have.</typeparam>
    /// <param name="gradient">The gradient.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="distances">How far each class is from each label, a row a label.</param>
    /// <param name="slopes">d loss by d distance of a pixel, as <see cref="ClassSlopes.Own"/> of its label.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void FillSlopes<TLanes, TLabel>(
        scoped ref TileGradient gradient,
        int stride,
        PixelLabels<TLabel> labels,
        int start,
        int count,
        ReadOnlySpan<float> distances,
        ReadOnlySpan<ClassSlopes> slopes)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        int numClasses = slopes.Length;
        gradient.WriteRows(0, numClasses);
        ref float firstRow = ref MemoryMarshal.GetReference(gradient.Rows);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes label = labels.Load<TLanes>((nuint)start + pixel);
            ref float row = ref Unsafe.Add(ref firstRow, pixel);
            for (int k = 0; k < numClasses; k++)
            {
                TLanes.Store(default, ref row, (nuint)k * (nuint)stride);
            }

            for (int c = 0; c < numClasses; c++)
            {
                if (!Has(label, c))
                {
                    continue;
                }

                ReadOnlySpan<float> ofLabel = distances.Slice(c * numClasses, numClasses);
                float slope = slopes[c].Own;
                for (int k = 0; k < ofLabel.Length; k++)
                {
                    nuint at = (nuint)k * (nuint)stride;
                    TLanes.Store(TLanes.SelectWhere(label, c, TLanes.Broadcast(slope * ofLabel[k]), TLanes.Load(in row, at)), ref row, at);
                }
            }
        }

        gradient.Hold(count);
    }

    // Whether a lane has the label.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Has<TLanes>(TLanes labels, int classIndex)
        where TLanes : struct, ILanes<TLanes> =>
        !TLanes.AreBitsAtMost(TLanes.SelectWhere(labels, classIndex, TLanes.Broadcast(1), default), 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Distance<TLanes>(ref float row, int stride, ReadOnlySpan<float> distances)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = default;
        for (int end = 0; end < distances.Length;)
        {
            int k = end;
            end = Math.Min(k + BlockClasses, distances.Length);
            TLanes block = default;
            for (; k < end; k++)
            {
                block = TLanes.MultiplyAdd(TLanes.Load(in row, (nuint)k * (nuint)stride), TLanes.Broadcast(distances[k]), block);
            }

            sum += block;
        }

        return sum;
    }

    // The distance of the class that is likelier than all others together, if there is one; otherwise 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes OfLikely<TLanes>(ref float row, int stride, ReadOnlySpan<float> distances, TLanes half)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes ofLikely = default;
        for (int k = 0; k < distances.Length; k++)
        {
            TLanes e = TLanes.Load(in row, (nuint)k * (nuint)stride);
            ofLikely = TLanes.SelectWhereLarger(e, half, TLanes.Broadcast(distances[k]), ofLikely);
        }

        return ofLikely;
    }

    // The sum of what classes are farther than that one, times their exponentials; of that class it is exactly 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Farther<TLanes>(ref float row, int stride, ReadOnlySpan<float> distances, TLanes ofLikely)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = default;
        for (int end = 0; end < distances.Length;)
        {
            int k = end;
            end = Math.Min(k + BlockClasses, distances.Length);
            TLanes block = default;
            for (; k < end; k++)
            {
                TLanes farther = TLanes.Broadcast(distances[k]) - ofLikely;
                block = TLanes.MultiplyAdd(TLanes.Load(in row, (nuint)k * (nuint)stride), farther, block);
            }

            sum += block;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ClearIgnored<TLanes>(ref float row, int stride, TLanes label, int numClasses)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int k = 0; k < numClasses; k++)
        {
            nuint at = (nuint)k * (nuint)stride;
            TLanes.Store(TLanes.SelectWhere(label, IgnoredPixels.Label, default, TLanes.Load(in row, at)), ref row, at);
        }
    }
}
