using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>Pixels of three classes that lie side by side: registers of them taken apart into one a class, and put together again.</summary>
/// <remarks>
/// Of n lanes, element e of the 3·n is of class e mod 3, and in lane e mod n. As 3 and n have no common factor, a class has each lane once, in one
/// of the three registers: so a class is two selections by lane, and one permutation. Back it is the same the other way round. A register that the processor
/// does not have is done in halves, which are pixels of their own.
/// </remarks>
internal static class ThreeClasses
{
    /// <summary>From pixels to classes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> Class0, Vector512<float> Class1, Vector512<float> Class2) Split(Vector512<float> v0, Vector512<float> v1, Vector512<float> v2)
    {
        if (Avx512F.IsSupported)
        {
            return (
                Avx512F.PermuteVar16x32(Chosen(v0, v2, v1), Vector512.Create(0, 3, 6, 9, 12, 15, 2, 5, 8, 11, 14, 1, 4, 7, 10, 13)),
                Avx512F.PermuteVar16x32(Chosen(v1, v0, v2), Vector512.Create(1, 4, 7, 10, 13, 0, 3, 6, 9, 12, 15, 2, 5, 8, 11, 14)),
                Avx512F.PermuteVar16x32(Chosen(v2, v1, v0), Vector512.Create(2, 5, 8, 11, 14, 1, 4, 7, 10, 13, 0, 3, 6, 9, 12, 15)));
        }

        (Vector256<float> low0, Vector256<float> low1, Vector256<float> low2) = Split(v0.GetLower(), v0.GetUpper(), v1.GetLower());
        (Vector256<float> high0, Vector256<float> high1, Vector256<float> high2) = Split(v1.GetUpper(), v2.GetLower(), v2.GetUpper());
        return (Vector512.Create(low0, high0), Vector512.Create(low1, high1), Vector512.Create(low2, high2));
    }

    /// <inheritdoc cref="Split(Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> Class0, Vector256<float> Class1, Vector256<float> Class2) Split(Vector256<float> v0, Vector256<float> v1, Vector256<float> v2)
    {
        if (Avx2.IsSupported)
        {
            return (
                Avx2.PermuteVar8x32(Chosen(v0, v1, v2), Vector256.Create(0, 3, 6, 1, 4, 7, 2, 5)),
                Avx2.PermuteVar8x32(Chosen(v2, v0, v1), Vector256.Create(1, 4, 7, 2, 5, 0, 3, 6)),
                Avx2.PermuteVar8x32(Chosen(v1, v2, v0), Vector256.Create(2, 5, 0, 3, 6, 1, 4, 7)));
        }

        (Vector128<float> low0, Vector128<float> low1, Vector128<float> low2) = Split(v0.GetLower(), v0.GetUpper(), v1.GetLower());
        (Vector128<float> high0, Vector128<float> high1, Vector128<float> high2) = Split(v1.GetUpper(), v2.GetLower(), v2.GetUpper());
        return (Vector256.Create(low0, high0), Vector256.Create(low1, high1), Vector256.Create(low2, high2));
    }

    /// <inheritdoc cref="Split(Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<float> Class0, Vector128<float> Class1, Vector128<float> Class2) Split(Vector128<float> v0, Vector128<float> v1, Vector128<float> v2)
    {
        return (
            Vector128.Shuffle(Chosen(v0, v2, v1), Vector128.Create(0, 3, 2, 1)),
            Vector128.Shuffle(Chosen(v1, v0, v2), Vector128.Create(1, 0, 3, 2)),
            Vector128.Shuffle(Chosen(v2, v1, v0), Vector128.Create(2, 1, 0, 3)));
    }

    /// <summary>From classes to pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> V0, Vector512<float> V1, Vector512<float> V2) Join(Vector512<float> class0, Vector512<float> class1, Vector512<float> class2)
    {
        if (Avx512F.IsSupported)
        {
            class0 = Avx512F.PermuteVar16x32(class0, Vector512.Create(0, 11, 6, 1, 12, 7, 2, 13, 8, 3, 14, 9, 4, 15, 10, 5));
            class1 = Avx512F.PermuteVar16x32(class1, Vector512.Create(5, 0, 11, 6, 1, 12, 7, 2, 13, 8, 3, 14, 9, 4, 15, 10));
            class2 = Avx512F.PermuteVar16x32(class2, Vector512.Create(10, 5, 0, 11, 6, 1, 12, 7, 2, 13, 8, 3, 14, 9, 4, 15));
            return (Chosen(class0, class1, class2), Chosen(class1, class2, class0), Chosen(class2, class0, class1));
        }

        (Vector256<float> v0, Vector256<float> v1, Vector256<float> v2) = Join(class0.GetLower(), class1.GetLower(), class2.GetLower());
        (Vector256<float> v3, Vector256<float> v4, Vector256<float> v5) = Join(class0.GetUpper(), class1.GetUpper(), class2.GetUpper());
        return (Vector512.Create(v0, v1), Vector512.Create(v2, v3), Vector512.Create(v4, v5));
    }

    /// <inheritdoc cref="Join(Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> V0, Vector256<float> V1, Vector256<float> V2) Join(Vector256<float> class0, Vector256<float> class1, Vector256<float> class2)
    {
        if (Avx2.IsSupported)
        {
            class0 = Avx2.PermuteVar8x32(class0, Vector256.Create(0, 3, 6, 1, 4, 7, 2, 5));
            class1 = Avx2.PermuteVar8x32(class1, Vector256.Create(5, 0, 3, 6, 1, 4, 7, 2));
            class2 = Avx2.PermuteVar8x32(class2, Vector256.Create(2, 5, 0, 3, 6, 1, 4, 7));
            return (Chosen(class0, class1, class2), Chosen(class2, class0, class1), Chosen(class1, class2, class0));
        }

        (Vector128<float> v0, Vector128<float> v1, Vector128<float> v2) = Join(class0.GetLower(), class1.GetLower(), class2.GetLower());
        (Vector128<float> v3, Vector128<float> v4, Vector128<float> v5) = Join(class0.GetUpper(), class1.GetUpper(), class2.GetUpper());
        return (Vector256.Create(v0, v1), Vector256.Create(v2, v3), Vector256.Create(v4, v5));
    }

    /// <inheritdoc cref="Join(Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<float> V0, Vector128<float> V1, Vector128<float> V2) Join(Vector128<float> class0, Vector128<float> class1, Vector128<float> class2)
    {
        class0 = Vector128.Shuffle(class0, Vector128.Create(0, 3, 2, 1));
        class1 = Vector128.Shuffle(class1, Vector128.Create(1, 0, 3, 2));
        class2 = Vector128.Shuffle(class2, Vector128.Create(2, 1, 0, 3));
        return (Chosen(class0, class1, class2), Chosen(class1, class2, class0), Chosen(class2, class0, class1));
    }

    // From the first in lanes 0, 3, 6 and so on, from the second in 1, 4, 7, from the last in 2, 5, 8.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Chosen(Vector512<float> first, Vector512<float> second, Vector512<float> third) => Vector512.ConditionalSelect(
        Vector512.Create(-1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1).AsSingle(),
        first,
        Vector512.ConditionalSelect(Vector512.Create(0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0).AsSingle(), second, third));

    // By constants in the instructions, where the JIT would otherwise make a selection of three.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Chosen(Vector256<float> first, Vector256<float> second, Vector256<float> third) =>
        Avx.Blend(Avx.Blend(third, second, 0b10010010), first, 0b01001001);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Chosen(Vector128<float> first, Vector128<float> second, Vector128<float> third) => Sse41.IsSupported
        ? Sse41.Blend(Sse41.Blend(third, second, 0b0010), first, 0b1001)
        : Vector128.ConditionalSelect(
            Vector128.Create(-1, 0, 0, -1).AsSingle(), first, Vector128.ConditionalSelect(Vector128.Create(0, -1, 0, 0).AsSingle(), second, third));
}
