using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>Two pieces, with AVX.</summary>
internal readonly struct Pieces256(Vector256<float> bits) : IPieces<Pieces256>
{
    private readonly Vector256<float> bits = bits;

    public static implicit operator Pieces256(Vector256<float> bits) => new(bits);

    public static implicit operator Vector256<float>(Pieces256 pieces) => pieces.bits;

    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pieces256 Load(ref readonly float first) => new(Vector256.LoadUnsafe(in first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pieces256 Gather(ref readonly float first, nint step) => new(
        Vector256.Create(Vector128.LoadUnsafe(in first), Vector128.LoadUnsafe(in first, (nuint)step)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Pieces256 pieces, ref float first) => pieces.bits.StoreUnsafe(ref first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(Pieces256 p0, Pieces256 p1, Pieces256 p2, Pieces256 p3, ref float first, nint step)
    {
        Pieces128.Scatter(new(p0.bits.GetLower()), new(p1.bits.GetLower()), new(p2.bits.GetLower()), new(p3.bits.GetLower()), ref first, step);
        first = ref Unsafe.Add(ref first, 4 * step);
        Pieces128.Scatter(new(p0.bits.GetUpper()), new(p1.bits.GetUpper()), new(p2.bits.GetUpper()), new(p3.bits.GetUpper()), ref first, step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pieces256 ZipLow(Pieces256 left, Pieces256 right) => new(Avx.UnpackLow(left.bits, right.bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pieces256 ZipHigh(Pieces256 left, Pieces256 right) => new(Avx.UnpackHigh(left.bits, right.bits));
}
