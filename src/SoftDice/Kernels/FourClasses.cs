using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>Pixels of four classes that lie side by side: registers of them taken apart into one a class, and put together again.</summary>
/// <remarks>A register that the processor does not have is done in halves, which are pixels of their own.</remarks>
internal static class FourClasses
{
    private const byte LowerHalves = 0b01_00_01_00;
    private const byte UpperHalves = 0b11_10_11_10;

    /// <summary>From pixels to classes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> Class0, Vector512<float> Class1, Vector512<float> Class2, Vector512<float> Class3) Split(
        Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        if (Avx512F.IsSupported)
        {
            // Two classes of eight pixels, and then one class of sixteen.
            Vector512<int> first = Vector512.Create(0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29);
            Vector512<int> last = Vector512.Create(2, 6, 10, 14, 18, 22, 26, 30, 3, 7, 11, 15, 19, 23, 27, 31);
            Vector512<float> first0 = Avx512F.PermuteVar16x32x2(v0, first, v1), last0 = Avx512F.PermuteVar16x32x2(v0, last, v1);
            Vector512<float> first1 = Avx512F.PermuteVar16x32x2(v2, first, v3), last1 = Avx512F.PermuteVar16x32x2(v2, last, v3);
            return (
                Avx512F.Shuffle4x128(first0, first1, LowerHalves),
                Avx512F.Shuffle4x128(first0, first1, UpperHalves),
                Avx512F.Shuffle4x128(last0, last1, LowerHalves),
                Avx512F.Shuffle4x128(last0, last1, UpperHalves));
        }

        (Vector256<float> low0, Vector256<float> low1, Vector256<float> low2, Vector256<float> low3) =
            Split(v0.GetLower(), v0.GetUpper(), v1.GetLower(), v1.GetUpper());
        (Vector256<float> high0, Vector256<float> high1, Vector256<float> high2, Vector256<float> high3) =
            Split(v2.GetLower(), v2.GetUpper(), v3.GetLower(), v3.GetUpper());
        return (Vector512.Create(low0, high0), Vector512.Create(low1, high1), Vector512.Create(low2, high2), Vector512.Create(low3, high3));
    }

    /// <inheritdoc cref="Split(Vector512{float}, Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> Class0, Vector256<float> Class1, Vector256<float> Class2, Vector256<float> Class3) Split(
        Vector256<float> v0, Vector256<float> v1, Vector256<float> v2, Vector256<float> v3)
    {
        if (Avx.IsSupported)
        {
            // Pixels four apart in one register, and then squares of four pixels and four classes in each half.
            return Turned(
                Avx.Permute2x128(v0, v2, 0x20), Avx.Permute2x128(v0, v2, 0x31), Avx.Permute2x128(v1, v3, 0x20), Avx.Permute2x128(v1, v3, 0x31));
        }

        (Vector128<float> low0, Vector128<float> low1, Vector128<float> low2, Vector128<float> low3) =
            Split(v0.GetLower(), v0.GetUpper(), v1.GetLower(), v1.GetUpper());
        (Vector128<float> high0, Vector128<float> high1, Vector128<float> high2, Vector128<float> high3) =
            Split(v2.GetLower(), v2.GetUpper(), v3.GetLower(), v3.GetUpper());
        return (Vector256.Create(low0, high0), Vector256.Create(low1, high1), Vector256.Create(low2, high2), Vector256.Create(low3, high3));
    }

    /// <inheritdoc cref="Split(Vector512{float}, Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<float> Class0, Vector128<float> Class1, Vector128<float> Class2, Vector128<float> Class3) Split(
        Vector128<float> v0, Vector128<float> v1, Vector128<float> v2, Vector128<float> v3)
    {
        (Pieces128 p0, Pieces128 p1, Pieces128 p2, Pieces128 p3) = Squares<Pieces128>.Turned(v0, v1, v2, v3);
        return (p0, p1, p2, p3);
    }

    /// <summary>From classes to pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> V0, Vector512<float> V1, Vector512<float> V2, Vector512<float> V3) Join(
        Vector512<float> class0, Vector512<float> class1, Vector512<float> class2, Vector512<float> class3)
    {
        if (Avx512F.IsSupported)
        {
            Vector512<float> first0 = Avx512F.Shuffle4x128(class0, class1, LowerHalves), last0 = Avx512F.Shuffle4x128(class2, class3, LowerHalves);
            Vector512<float> first1 = Avx512F.Shuffle4x128(class0, class1, UpperHalves), last1 = Avx512F.Shuffle4x128(class2, class3, UpperHalves);
            Vector512<int> low = Vector512.Create(0, 8, 16, 24, 1, 9, 17, 25, 2, 10, 18, 26, 3, 11, 19, 27);
            Vector512<int> high = Vector512.Create(4, 12, 20, 28, 5, 13, 21, 29, 6, 14, 22, 30, 7, 15, 23, 31);
            return (
                Avx512F.PermuteVar16x32x2(first0, low, last0),
                Avx512F.PermuteVar16x32x2(first0, high, last0),
                Avx512F.PermuteVar16x32x2(first1, low, last1),
                Avx512F.PermuteVar16x32x2(first1, high, last1));
        }

        (Vector256<float> v0, Vector256<float> v1, Vector256<float> v2, Vector256<float> v3) =
            Join(class0.GetLower(), class1.GetLower(), class2.GetLower(), class3.GetLower());
        (Vector256<float> v4, Vector256<float> v5, Vector256<float> v6, Vector256<float> v7) =
            Join(class0.GetUpper(), class1.GetUpper(), class2.GetUpper(), class3.GetUpper());
        return (Vector512.Create(v0, v1), Vector512.Create(v2, v3), Vector512.Create(v4, v5), Vector512.Create(v6, v7));
    }

    /// <inheritdoc cref="Join(Vector512{float}, Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> V0, Vector256<float> V1, Vector256<float> V2, Vector256<float> V3) Join(
        Vector256<float> class0, Vector256<float> class1, Vector256<float> class2, Vector256<float> class3)
    {
        if (Avx.IsSupported)
        {
            (Vector256<float> p0, Vector256<float> p1, Vector256<float> p2, Vector256<float> p3) = Turned(class0, class1, class2, class3);
            return (Avx.Permute2x128(p0, p1, 0x20), Avx.Permute2x128(p2, p3, 0x20), Avx.Permute2x128(p0, p1, 0x31), Avx.Permute2x128(p2, p3, 0x31));
        }

        (Vector128<float> v0, Vector128<float> v1, Vector128<float> v2, Vector128<float> v3) =
            Join(class0.GetLower(), class1.GetLower(), class2.GetLower(), class3.GetLower());
        (Vector128<float> v4, Vector128<float> v5, Vector128<float> v6, Vector128<float> v7) =
            Join(class0.GetUpper(), class1.GetUpper(), class2.GetUpper(), class3.GetUpper());
        return (Vector256.Create(v0, v1), Vector256.Create(v2, v3), Vector256.Create(v4, v5), Vector256.Create(v6, v7));
    }

    /// <inheritdoc cref="Join(Vector512{float}, Vector512{float}, Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<float> V0, Vector128<float> V1, Vector128<float> V2, Vector128<float> V3) Join(
        Vector128<float> class0, Vector128<float> class1, Vector128<float> class2, Vector128<float> class3) => Split(class0, class1, class2, class3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> P0, Vector256<float> P1, Vector256<float> P2, Vector256<float> P3) Turned(
        Vector256<float> v0, Vector256<float> v1, Vector256<float> v2, Vector256<float> v3)
    {
        (Pieces256 p0, Pieces256 p1, Pieces256 p2, Pieces256 p3) = Squares<Pieces256>.Turned(v0, v1, v2, v3);
        return (p0, p1, p2, p3);
    }
}
