using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

// Loops that find the label's class of each pixel.
public static partial class LabelledTile
{
    // Vector by vector, each class that it has a label of.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddLabelled<TLanes, TLabel>(
        Span<ClassTotals<TLanes>> totals, Span<float> rows, int stride, PixelLabels<TLabel> labels, int start, int count, Span<float> owns)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        ref float factors = ref MemoryMarshal.GetReference(rows[(totals.Length * stride)..]);
        ref float firstOwn = ref MemoryMarshal.GetReference(owns);
        bool keepsOwns = !owns.IsEmpty;
        LabelsOfVector<TLanes, TLabel> found = new(labels, totals.Length);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            ref float row = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), pixel);
            TLanes own = default;
            found.Begin((nuint)start + pixel);
            while (found.NextClass(out int c, out int pixels))
            {
                TLanes e = TLanes.Load(in row, (nuint)c * (nuint)stride);
                TLanes p = e * TLanes.Load(in factors, pixel);
                TLanes hit = TLanes.AddWhere(default, p, found.Labels, c);
                own += hit;
                ref ClassTotals<TLanes> total = ref totals[c];
                total.Intersection += TLanes.ToDouble(hit);
                total.Miss += TLanes.ToDouble(TLanes.AddWhere(default, TLanes.Broadcast(1) - p, found.Labels, c));
                total.Pixels += pixels;
                TLanes.Store(TLanes.ClearWhere(e, found.Labels, c), ref row, (nuint)c * (nuint)stride);
            }

            if (keepsOwns)
            {
                TLanes.Store(own, ref firstOwn, pixel);
            }

            while (found.NextLane(out int lane, out int c))
            {
                ref float e = ref Unsafe.Add(ref row, (c * stride) + lane);
                float p = e * Unsafe.Add(ref factors, pixel + (nuint)lane);
                if (keepsOwns)
                {
                    Unsafe.Add(ref firstOwn, pixel + (nuint)lane) = p;
                }

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

    // Of each pixel what its label's class has in a table, times a factor; the factor where there is no table.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void FillByLabel<TLanes, TLabel>(
        Span<float> row, float factor, ReadOnlySpan<float> table, PixelLabels<TLabel> labels, int start)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        if (table.IsEmpty)
        {
            row.Fill(factor);
            return;
        }

        LabelsOfVector<TLanes, TLabel> found = new(labels, table.Length);
        ref float first = ref MemoryMarshal.GetReference(row);
        for (int pixel = 0; pixel < row.Length; pixel += TLanes.Count)
        {
            TLanes ofLabel = default;
            found.Begin((nuint)(start + pixel));
            while (found.NextClass(out int c, out _))
            {
                ofLabel = TLanes.AddWhere(ofLabel, TLanes.Broadcast(factor * table[c]), found.Labels, c);
            }

            TLanes.Store(ofLabel, ref first, (nuint)pixel);
            while (found.NextLane(out int lane, out int c))
            {
                Unsafe.Add(ref first, pixel + lane) = factor * table[c];
            }
        }
    }

    // Added to what is there: 0, or what a smoothed label takes off.
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
                TLanes.Store(TLanes.AddWhere(TLanes.Load(in row, at), own, found.Labels, c), ref row, at);
            }

            while (found.NextLane(out int lane, out int c))
            {
                Unsafe.Add(ref row, (c * stride) + lane) += Unsafe.Add(ref firstOwn, pixel + lane);
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
