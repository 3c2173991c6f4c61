using System.Runtime.CompilerServices;

namespace SoftDice.Kernels;

// The exponentials of up to four rows, while the gradient that the rows have is written.
public static partial class SoftmaxTile
{
    // References that go along, and to every second row only: an index and a reference to each row were more than there are registers. For them too there
    // are two loops, of which one writes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddRows<TLanes, TRows>(
        int firstClass,
        ref float plane,
        nint pixels,
        ref float row,
        nint stride,
        ref float block,
        int count,
        nint ahead,
        scoped ref TileGradient gradient)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct, IRowCount
    {
        ref float plane2 = ref Unsafe.Add(ref plane, 2 * pixels);
        ref float row2 = ref Unsafe.Add(ref row, 2 * stride);
        ref float asked = ref Unsafe.Add(ref plane, ahead);
        ref float asked2 = ref Unsafe.Add(ref plane2, ahead);
        ref float end = ref Unsafe.Add(ref block, count);
        if (gradient.CanWriteAlong(count))
        {
            ref float to = ref gradient.PlaceOf(firstClass);
            ref float to2 = ref Unsafe.Add(ref to, 2 * pixels);
            while (Unsafe.IsAddressLessThan(ref block, ref end))
            {
                WriteVectors<TLanes, TRows>(ref row, ref row2, stride, ref to, ref to2, pixels);
                AddVectors<TLanes, TRows>(ref plane, ref plane2, pixels, ref row, ref row2, stride, ref block, ref asked, ref asked2);
                plane = ref Unsafe.Add(ref plane, TLanes.Count);
                plane2 = ref Unsafe.Add(ref plane2, TLanes.Count);
                asked = ref Unsafe.Add(ref asked, TLanes.Count);
                asked2 = ref Unsafe.Add(ref asked2, TLanes.Count);
                row = ref Unsafe.Add(ref row, TLanes.Count);
                row2 = ref Unsafe.Add(ref row2, TLanes.Count);
                to = ref Unsafe.Add(ref to, TLanes.Count);
                to2 = ref Unsafe.Add(ref to2, TLanes.Count);
                block = ref Unsafe.Add(ref block, TLanes.Count);
            }

            return;
        }

        gradient.WriteRows(firstClass, TRows.Count);
        while (Unsafe.IsAddressLessThan(ref block, ref end))
        {
            AddVectors<TLanes, TRows>(ref plane, ref plane2, pixels, ref row, ref row2, stride, ref block, ref asked, ref asked2);
            plane = ref Unsafe.Add(ref plane, TLanes.Count);
            plane2 = ref Unsafe.Add(ref plane2, TLanes.Count);
            asked = ref Unsafe.Add(ref asked, TLanes.Count);
            asked2 = ref Unsafe.Add(ref asked2, TLanes.Count);
            row = ref Unsafe.Add(ref row, TLanes.Count);
            row2 = ref Unsafe.Add(ref row2, TLanes.Count);
            block = ref Unsafe.Add(ref block, TLanes.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddVectors<TLanes, TRows>(
        ref float plane,
        ref float plane2,
        nint pixels,
        ref float row,
        ref float row2,
        nint stride,
        ref float block,
        ref float asked,
        ref float asked2)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct, IRowCount
    {
        Ask<TRows>(ref asked, ref asked2, (nuint)pixels);
        TLanes e0 = Activations.ExpOfLogit(TLanes.Load(in plane, 0));
        TLanes e1 = TRows.Count > 1 ? Activations.ExpOfLogit(TLanes.Load(in plane, (nuint)pixels)) : default;
        TLanes e2 = TRows.Count > 2 ? Activations.ExpOfLogit(TLanes.Load(in plane2, 0)) : default;
        TLanes e3 = TRows.Count > 3 ? Activations.ExpOfLogit(TLanes.Load(in plane2, (nuint)pixels)) : default;
        TLanes sum = e0;
        TLanes.Store(e0, ref row, 0);
        if (TRows.Count > 1)
        {
            TLanes.Store(e1, ref row, (nuint)stride);
            sum += e1;
        }

        if (TRows.Count > 2)
        {
            TLanes.Store(e2, ref row2, 0);
            sum += TRows.Count > 3 ? e2 + e3 : e2;
        }

        if (TRows.Count > 3)
        {
            TLanes.Store(e3, ref row2, (nuint)stride);
        }

        TLanes.Store(TLanes.Load(in block, 0) + sum, ref block, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ask<TRows>(ref float plane, ref float plane2, nuint pixels)
        where TRows : struct, IRowCount
    {
        Prefetch.IntoSecondLevel(in plane, 0);
        if (TRows.Count > 1)
        {
            Prefetch.IntoSecondLevel(in plane, pixels);
        }

        if (TRows.Count > 2)
        {
            Prefetch.IntoSecondLevel(in plane2, 0);
        }

        if (TRows.Count > 3)
        {
            Prefetch.IntoSecondLevel(in plane2, pixels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteVectors<TLanes, TRows>(ref float row, ref float row2, nint stride, ref float to, ref float to2, nint pixels)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct, IRowCount
    {
        TLanes.Store(TLanes.Load(in row, 0), ref to, 0, bypassCache: true);
        if (TRows.Count > 1)
        {
            TLanes.Store(TLanes.Load(in row, (nuint)stride), ref to, (nuint)pixels, bypassCache: true);
        }

        if (TRows.Count > 2)
        {
            TLanes.Store(TLanes.Load(in row2, 0), ref to2, 0, bypassCache: true);
        }

        if (TRows.Count > 3)
        {
            TLanes.Store(TLanes.Load(in row2, (nuint)stride), ref to2, (nuint)pixels, bypassCache: true);
        }
    }
}
