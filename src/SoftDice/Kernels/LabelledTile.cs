using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>The sums and the gradient of a softmax of many classes, in tiles: the label's class of each pixel by itself, then all others alike.</summary>
/// <remarks>
/// One class of a pixel is its label's. Asking each class of each vector of pixels whether it is that costs more than the sums themselves; but a vector of
/// pixels mostly has one label, or a few that lie in runs. So the label's exponential is taken out of its row, where 0 is left: what rows then add up to are
/// false positives, a multiplication and addition an element, and in the gradient all they have is one slope a class. In the worst case, noise, each pixel
/// is a load and a store of its own.
/// </remarks>
public static partial class LabelledTile
{
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
    /// <param name="ofLabels">
    /// Receives the labels' probabilities, and a stride further on the sums of the others, which other terms are made of; empty where there are none.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The tile is not in the rows or in the labels, or not in whole vectors, or the chain is 0, or there are rows of the labels that are shorter than the tile.
    /// </exception>
    public static void Add<TLanes, TLabel>(
        Span<ClassTotals<TLanes>> totals,
        Span<float> rows,
        int stride,
        PixelLabels<TLabel> labels,
        int start,
        int count,
        nuint chain,
        Span<float> ofLabels = default)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        Check<TLanes, TLabel>(rows, stride, labels, start, count, totals.Length);
        ArgumentOutOfRangeException.ThrowIfZero(chain);
        Span<float> owns = ofLabels.IsEmpty ? default : ofLabels[..count];
        Span<float> others = ofLabels.IsEmpty ? default : ofLabels.Slice(stride, count);
        others.Clear();
        AddLabelled(totals, rows, stride, labels, start, count, owns);
        ReadOnlySpan<float> factors = rows.Slice(totals.Length * stride, count);
        int c = 0;
        for (; c <= totals.Length - 4; c += 4)
        {
            AddRows<TLanes, FourRows>(totals[c..], rows[(c * stride)..], factors, stride, chain, others);
        }

        switch (totals.Length - c)
        {
            case 1:
                AddRows<TLanes, OneRow>(totals[c..], rows[(c * stride)..], factors, stride, chain, others);
                break;
            case 2:
                AddRows<TLanes, TwoRows>(totals[c..], rows[(c * stride)..], factors, stride, chain, others);
                break;
            case 3:
                AddRows<TLanes, ThreeRows>(totals[c..], rows[(c * stride)..], factors, stride, chain, others);
                break;
        }
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

    // Up to four rows at a time, as the additions of one would wait for each other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddRows<TLanes, TRows>(
        Span<ClassTotals<TLanes>> totals, ReadOnlySpan<float> rows, ReadOnlySpan<float> factors, int stride, nuint chain, Span<float> others)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct, IRowCount
    {
        ref float row0 = ref MemoryMarshal.GetReference(rows);
        ref float row1 = ref Unsafe.Add(ref row0, stride);
        ref float row2 = ref Unsafe.Add(ref row1, stride);
        ref float row3 = ref Unsafe.Add(ref row2, stride);
        ref float firstFactor = ref MemoryMarshal.GetReference(factors);
        ref float firstOther = ref MemoryMarshal.GetReference(others);
        nuint count = (nuint)factors.Length;
        for (nuint pixel = 0; pixel < count;)
        {
            nuint end = pixel + nuint.Min(chain, count - pixel);
            TLanes sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (; !others.IsEmpty && pixel < end; pixel += (nuint)TLanes.Count)
            {
                TLanes factor = TLanes.Load(in firstFactor, pixel);
                TLanes e0 = TLanes.Load(in row0, pixel);
                TLanes e1 = TRows.Count > 1 ? TLanes.Load(in row1, pixel) : default;
                TLanes e2 = TRows.Count > 2 ? TLanes.Load(in row2, pixel) : default;
                TLanes e3 = TRows.Count > 3 ? TLanes.Load(in row3, pixel) : default;
                sum0 = TLanes.MultiplyAdd(factor, e0, sum0);
                sum1 = TRows.Count > 1 ? TLanes.MultiplyAdd(factor, e1, sum1) : default;
                sum2 = TRows.Count > 2 ? TLanes.MultiplyAdd(factor, e2, sum2) : default;
                sum3 = TRows.Count > 3 ? TLanes.MultiplyAdd(factor, e3, sum3) : default;
                TLanes all = TRows.Count > 2 ? e0 + e1 + (TRows.Count > 3 ? e2 + e3 : e2) : TRows.Count > 1 ? e0 + e1 : e0;
                TLanes.Store(TLanes.MultiplyAdd(factor, all, TLanes.Load(in firstOther, pixel)), ref firstOther, pixel);
            }

            for (; pixel < end; pixel += (nuint)TLanes.Count)
            {
                TLanes factor = TLanes.Load(in firstFactor, pixel);
                sum0 = TLanes.MultiplyAdd(factor, TLanes.Load(in row0, pixel), sum0);
                sum1 = TRows.Count > 1 ? TLanes.MultiplyAdd(factor, TLanes.Load(in row1, pixel), sum1) : default;
                sum2 = TRows.Count > 2 ? TLanes.MultiplyAdd(factor, TLanes.Load(in row2, pixel), sum2) : default;
                sum3 = TRows.Count > 3 ? TLanes.MultiplyAdd(factor, TLanes.Load(in row3, pixel), sum3) : default;
            }

            totals[0].FalsePositives += TLanes.ToDouble(sum0);
            if (TRows.Count > 1)
            {
                totals[1].FalsePositives += TLanes.ToDouble(sum1);
            }

            if (TRows.Count > 2)
            {
                totals[2].FalsePositives += TLanes.ToDouble(sum2);
            }

            if (TRows.Count > 3)
            {
                totals[3].FalsePositives += TLanes.ToDouble(sum3);
            }
        }
    }
}
