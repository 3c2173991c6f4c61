using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>Vectors that lie one after the other, each added up over its lanes: four at once, turned so that their lanes are.</summary>
internal static class LaneSums
{
    /// <summary>Vectors, and sums, that are done at once: so many must be there, whatever those behind the last one hold.</summary>
    public const int Unit = 4;

    /// <summary>The sum of each vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of<TLanes>(ref float vectors, int count, ref float sums)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint lanes = (nuint)TLanes.Count;
        if (TLanes.Count is not (4 or 8 or 16))
        {
            for (nuint vector = 0; vector < (nuint)count; vector++)
            {
                float sum = 0;
                for (nuint lane = 0; lane < lanes; lane++)
                {
                    sum += Unsafe.Add(ref vectors, (vector * lanes) + lane);
                }

                Unsafe.Add(ref sums, vector) = sum;
            }

            return;
        }

        for (nuint vector = 0; vector < (nuint)count; vector += Unit)
        {
            (Pieces128 p0, Pieces128 p1, Pieces128 p2, Pieces128 p3) = Squares<Pieces128>.Turned(
                FourOf<TLanes>(ref vectors, vector * lanes),
                FourOf<TLanes>(ref vectors, (vector + 1) * lanes),
                FourOf<TLanes>(ref vectors, (vector + 2) * lanes),
                FourOf<TLanes>(ref vectors, (vector + 3) * lanes));
            Vector128<float> four = (Vector128<float>)p0 + (Vector128<float>)p1 + ((Vector128<float>)p2 + (Vector128<float>)p3);
            four.StoreUnsafe(ref sums, vector);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Pieces128 FourOf<TLanes>(ref float vector, nuint offset)
        where TLanes : struct, ILanes<TLanes>
    {
        Vector128<float> four = Vector128.LoadUnsafe(ref vector, offset);
        if (TLanes.Count > 4)
        {
            four += Vector128.LoadUnsafe(ref vector, offset + 4);
        }

        if (TLanes.Count > 8)
        {
            four += Vector128.LoadUnsafe(ref vector, offset + 8) + Vector128.LoadUnsafe(ref vector, offset + 12);
        }

        return four;
    }
}
