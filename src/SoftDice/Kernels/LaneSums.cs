using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>Vectors added up over their lanes: four at once, so that as many sums fill a vector.</summary>
internal static class LaneSums
{
    /// <summary>Vectors, and sums, that are done at once.</summary>
    public const int Unit = 4;

    /// <summary>The sum of each of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of<TLanes>(TLanes v0, TLanes v1, TLanes v2, TLanes v3)
        where TLanes : struct, ILanes<TLanes>
    {
        if (typeof(TLanes) == typeof(Lanes128))
        {
            return Of(
                Unsafe.BitCast<TLanes, Vector128<float>>(v0),
                Unsafe.BitCast<TLanes, Vector128<float>>(v1),
                Unsafe.BitCast<TLanes, Vector128<float>>(v2),
                Unsafe.BitCast<TLanes, Vector128<float>>(v3));
        }

        if (typeof(TLanes) == typeof(Lanes256))
        {
            return Of(
                Unsafe.BitCast<TLanes, Vector256<float>>(v0),
                Unsafe.BitCast<TLanes, Vector256<float>>(v1),
                Unsafe.BitCast<TLanes, Vector256<float>>(v2),
                Unsafe.BitCast<TLanes, Vector256<float>>(v3));
        }

        return typeof(TLanes) == typeof(Lanes512) ? Of(Halved(v0), Halved(v1), Halved(v2), Halved(v3)) : ByMemory(v0, v1, v2, v3);
    }

    // Two pairs are interleaved and added, and so are their sums: each lane then has a part of one vector.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Of(Vector128<float> v0, Vector128<float> v1, Vector128<float> v2, Vector128<float> v3)
    {
        Vector128<float> of02 = (Vector128<float>)Pieces128.ZipLow(v0, v2) + Pieces128.ZipHigh(v0, v2);
        Vector128<float> of13 = (Vector128<float>)Pieces128.ZipLow(v1, v3) + Pieces128.ZipHigh(v1, v3);
        return (Vector128<float>)Pieces128.ZipLow(of02, of13) + Pieces128.ZipHigh(of02, of13);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Of(Vector256<float> v0, Vector256<float> v1, Vector256<float> v2, Vector256<float> v3)
    {
        if (!Avx.IsSupported)
        {
            return Of(v0.GetLower() + v0.GetUpper(), v1.GetLower() + v1.GetUpper(), v2.GetLower() + v2.GetUpper(), v3.GetLower() + v3.GetUpper());
        }

        Vector256<float> of02 = (Vector256<float>)Pieces256.ZipLow(v0, v2) + Pieces256.ZipHigh(v0, v2);
        Vector256<float> of13 = (Vector256<float>)Pieces256.ZipLow(v1, v3) + Pieces256.ZipHigh(v1, v3);
        Vector256<float> all = (Vector256<float>)Pieces256.ZipLow(of02, of13) + Pieces256.ZipHigh(of02, of13);
        return all.GetLower() + all.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halved<TLanes>(TLanes vector)
        where TLanes : struct
    {
        Vector512<float> all = Unsafe.BitCast<TLanes, Vector512<float>>(vector);
        return all.GetLower() + all.GetUpper();
    }

    // One lane, or lanes of somebody else.
    private static Vector128<float> ByMemory<TLanes>(TLanes v0, TLanes v1, TLanes v2, TLanes v3)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> lanes = stackalloc float[TLanes.Count];
        return Vector128.Create(Of(v0, lanes), Of(v1, lanes), Of(v2, lanes), Of(v3, lanes));
    }

    private static float Of<TLanes>(TLanes vector, Span<float> lanes)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes.Store(vector, ref MemoryMarshal.GetReference(lanes), 0);
        float sum = 0;
        foreach (float lane in lanes)
        {
            sum += lane;
        }

        return sum;
    }
}
