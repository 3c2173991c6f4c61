using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>Pixels of two classes that lie side by side: registers of them taken apart into one a class, and put together again.</summary>
/// <remarks>A register that the processor does not have is done in halves, which are pixels of their own.</remarks>
internal static class TwoClasses
{
    /// <summary>From pixels to classes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> Class0, Vector512<float> Class1) Split(Vector512<float> v0, Vector512<float> v1)
    {
        if (Avx512F.IsSupported)
        {
            return (
                Avx512F.PermuteVar16x32x2(v0, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), v1),
                Avx512F.PermuteVar16x32x2(v0, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), v1));
        }

        (Vector256<float> low0, Vector256<float> low1) = Split(v0.GetLower(), v0.GetUpper());
        (Vector256<float> high0, Vector256<float> high1) = Split(v1.GetLower(), v1.GetUpper());
        return (Vector512.Create(low0, high0), Vector512.Create(low1, high1));
    }

    /// <inheritdoc cref="Split(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> Class0, Vector256<float> Class1) Split(Vector256<float> v0, Vector256<float> v1)
    {
        if (Avx2.IsSupported)
        {
            // Within halves, and then the quarters of each into their order.
            Vector256<double> class0 = Avx.Shuffle(v0, v1, 0b10_00_10_00).AsDouble();
            Vector256<double> class1 = Avx.Shuffle(v0, v1, 0b11_01_11_01).AsDouble();
            return (Avx2.Permute4x64(class0, 0b11_01_10_00).AsSingle(), Avx2.Permute4x64(class1, 0b11_01_10_00).AsSingle());
        }

        (Vector128<float> low0, Vector128<float> low1) = Split(v0.GetLower(), v0.GetUpper());
        (Vector128<float> high0, Vector128<float> high1) = Split(v1.GetLower(), v1.GetUpper());
        return (Vector256.Create(low0, high0), Vector256.Create(low1, high1));
    }

    /// <inheritdoc cref="Split(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<float> Class0, Vector128<float> Class1) Split(Vector128<float> v0, Vector128<float> v1)
    {
        Pieces128 low = Pieces128.ZipLow(v0, v1), high = Pieces128.ZipHigh(v0, v1);
        return (Pieces128.ZipLow(low, high), Pieces128.ZipHigh(low, high));
    }

    /// <summary>From classes to pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> V0, Vector512<float> V1) Join(Vector512<float> class0, Vector512<float> class1)
    {
        if (Avx512F.IsSupported)
        {
            return (
                Avx512F.PermuteVar16x32x2(class0, Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), class1),
                Avx512F.PermuteVar16x32x2(class0, Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), class1));
        }

        (Vector256<float> v0, Vector256<float> v1) = Join(class0.GetLower(), class1.GetLower());
        (Vector256<float> v2, Vector256<float> v3) = Join(class0.GetUpper(), class1.GetUpper());
        return (Vector512.Create(v0, v1), Vector512.Create(v2, v3));
    }

    /// <inheritdoc cref="Join(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> V0, Vector256<float> V1) Join(Vector256<float> class0, Vector256<float> class1)
    {
        if (Avx.IsSupported)
        {
            Vector256<float> low = Avx.UnpackLow(class0, class1), high = Avx.UnpackHigh(class0, class1);
            return (Avx.Permute2x128(low, high, 0x20), Avx.Permute2x128(low, high, 0x31));
        }

        (Vector128<float> v0, Vector128<float> v1) = Join(class0.GetLower(), class1.GetLower());
        (Vector128<float> v2, Vector128<float> v3) = Join(class0.GetUpper(), class1.GetUpper());
        return (Vector256.Create(v0, v1), Vector256.Create(v2, v3));
    }

    /// <inheritdoc cref="Join(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<float> V0, Vector128<float> V1) Join(Vector128<float> class0, Vector128<float> class1) =>
        (Pieces128.ZipLow(class0, class1), Pieces128.ZipHigh(class0, class1));
}
