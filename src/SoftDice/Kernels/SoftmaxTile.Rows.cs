using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

// The exponentials of up to four rows, while the gradient that the rows have is written.
public static partial class SoftmaxTile
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRows<TLanes, TRows>(
        int firstClass, ref float plane, nint pixels, ref float row, nint stride, ref float block, int count, nint ahead, scoped ref TileGradient gradient)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct, IRowCount
    {
        if (gradient.CanWriteAlong(count))
        {
            ref float to = ref gradient.PlaceOf(firstClass);
            AddRows<TLanes, TRows, GradientRows>(ref plane, (nuint)pixels, ref row, (nuint)stride, ref block, (nuint)count, (nuint)ahead, ref to);
        }
        else
        {
            gradient.WriteRows(firstClass, TRows.Count);
            AddRows<TLanes, TRows, OtherRows>(ref plane, (nuint)pixels, ref row, (nuint)stride, ref block, (nuint)count, (nuint)ahead, ref block);
        }
    }

    // Without a call, so that constants stay in registers; and with references to every second plane and row only, as one to each were more than there are registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddRows<TLanes, TRows, TContent>(
        ref float plane, nuint pixels, ref float row, nuint stride, ref float block, nuint count, nuint ahead, ref float to)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct, IRowCount
        where TContent : struct
    {
        ref float plane2 = ref Unsafe.Add(ref plane, 2 * pixels);
        ref float row2 = ref Unsafe.Add(ref row, 2 * stride);
        ref float to2 = ref typeof(TContent) == typeof(GradientRows) ? ref Unsafe.Add(ref to, 2 * pixels) : ref to;
        nuint last = count - (nuint)TLanes.Count;
        LineLoads<TLanes> lines = default;
        TLanes before0 = default, before1 = default, before2 = default, before3 = default;
        if (typeof(TLanes) == typeof(Lanes512) && Avx512F.IsSupported)
        {
            lines = new(in plane, (nint)pixels);
            before0 = lines.End(in plane, 0);
            before1 = TRows.Count > 1 ? lines.End(in plane, pixels) : default;
            before2 = TRows.Count > 2 ? lines.End(in plane2, 0) : default;
            before3 = TRows.Count > 3 ? lines.End(in plane2, pixels) : default;
            ahead += lines.ToLine;
        }

        LogitExponential<TLanes> exponential = new();
        for (nuint pixel = 0; pixel < count; pixel += (nuint)TLanes.Count)
        {
            Ask<TRows>(ref plane, ref plane2, pixels, pixel + ahead);
            TLanes x0 = default, x1 = default, x2 = default, x3 = default;
            if (typeof(TLanes) == typeof(Lanes512) && Avx512F.IsSupported)
            {
                TLanes next0, next1 = default, next2 = default, next3 = default;
                if (pixel < last)
                {
                    next0 = lines.Next(in plane, pixel);
                    next1 = TRows.Count > 1 ? lines.Next(in plane, pixel + pixels) : default;
                    next2 = TRows.Count > 2 ? lines.Next(in plane2, pixel) : default;
                    next3 = TRows.Count > 3 ? lines.Next(in plane2, pixel + pixels) : default;
                }
                else
                {
                    next0 = lines.End(in plane, pixel);
                    next1 = TRows.Count > 1 ? lines.End(in plane, pixel + pixels) : default;
                    next2 = TRows.Count > 2 ? lines.End(in plane2, pixel) : default;
                    next3 = TRows.Count > 3 ? lines.End(in plane2, pixel + pixels) : default;
                }

                x0 = lines.Vector(before0, next0);
                x1 = TRows.Count > 1 ? lines.Vector(before1, next1) : default;
                x2 = TRows.Count > 2 ? lines.Vector(before2, next2) : default;
                x3 = TRows.Count > 3 ? lines.Vector(before3, next3) : default;
                before0 = next0;
                before1 = next1;
                before2 = next2;
                before3 = next3;
            }

            if (typeof(TContent) == typeof(GradientRows))
            {
                Write<TLanes, TRows>(ref row, ref row2, stride, ref to, ref to2, pixels, pixel);
            }

            // Where there are few registers, a logit is loaded when it is its turn.
            bool areThere = typeof(TLanes) == typeof(Lanes512) && Avx512F.IsSupported;
            TLanes e0 = exponential.Of(areThere ? x0 : TLanes.Load(in plane, pixel));
            TLanes e1 = TRows.Count > 1 ? exponential.Of(areThere ? x1 : TLanes.Load(in plane, pixel + pixels)) : default;
            TLanes e2 = TRows.Count > 2 ? exponential.Of(areThere ? x2 : TLanes.Load(in plane2, pixel)) : default;
            TLanes e3 = TRows.Count > 3 ? exponential.Of(areThere ? x3 : TLanes.Load(in plane2, pixel + pixels)) : default;
            TLanes sum = e0;
            TLanes.Store(e0, ref row, pixel);
            if (TRows.Count > 1)
            {
                TLanes.Store(e1, ref row, pixel + stride);
                sum += e1;
            }

            if (TRows.Count > 2)
            {
                TLanes.Store(e2, ref row2, pixel);
                sum += TRows.Count > 3 ? e2 + e3 : e2;
            }

            if (TRows.Count > 3)
            {
                TLanes.Store(e3, ref row2, pixel + stride);
            }

            TLanes.Store(TLanes.Load(in block, pixel) + sum, ref block, pixel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ask<TRows>(ref float plane, ref float plane2, nuint pixels, nuint pixel)
        where TRows : struct, IRowCount
    {
        Prefetch.IntoSecondLevel(in plane, pixel);
        if (TRows.Count > 1)
        {
            Prefetch.IntoSecondLevel(in plane, pixel + pixels);
        }

        if (TRows.Count > 2)
        {
            Prefetch.IntoSecondLevel(in plane2, pixel);
        }

        if (TRows.Count > 3)
        {
            Prefetch.IntoSecondLevel(in plane2, pixel + pixels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TLanes, TRows>(ref float row, ref float row2, nuint stride, ref float to, ref float to2, nuint pixels, nuint pixel)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct, IRowCount
    {
        TLanes.Store(TLanes.Load(in row, pixel), ref to, pixel, bypassCache: true);
        if (TRows.Count > 1)
        {
            TLanes.Store(TLanes.Load(in row, pixel + stride), ref to, pixel + pixels, bypassCache: true);
        }

        if (TRows.Count > 2)
        {
            TLanes.Store(TLanes.Load(in row2, pixel), ref to2, pixel, bypassCache: true);
        }

        if (TRows.Count > 3)
        {
            TLanes.Store(TLanes.Load(in row2, pixel + stride), ref to2, pixel + pixels, bypassCache: true);
        }
    }

    // What the rows have: a gradient that is to be written past the cache, or nothing that is still needed.
    private struct GradientRows;

    private struct OtherRows;
}
