using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>Four pieces, with AVX-512.</summary>
internal readonly struct Pieces512(Vector512<float> bits) : IPieces<Pieces512>
{
    private readonly Vector512<float> bits = bits;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pieces512 Load(ref readonly float first) => new(Vector512.LoadUnsafe(in first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pieces512 Gather(ref readonly float first, nint step)
    {
        Vector256<float> low = Vector256.Create(Vector128.LoadUnsafe(in first), Vector128.LoadUnsafe(in first, (nuint)step));
        Vector256<float> high = Vector256.Create(Vector128.LoadUnsafe(in first, (nuint)(2 * step)), Vector128.LoadUnsafe(in first, (nuint)(3 * step)));

        // Not by Create, which makes the lower half an insertion too, into whatever the register had.
        return new(low.ToVector512Unsafe().WithUpper(high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Pieces512 pieces, ref float first) => pieces.bits.StoreUnsafe(ref first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(Pieces512 p0, Pieces512 p1, Pieces512 p2, Pieces512 p3, ref float first, nint step)
    {
        Pieces256.Scatter(new(p0.bits.GetLower()), new(p1.bits.GetLower()), new(p2.bits.GetLower()), new(p3.bits.GetLower()), ref first, step);
        first = ref Unsafe.Add(ref first, 8 * step);
        Pieces256.Scatter(new(p0.bits.GetUpper()), new(p1.bits.GetUpper()), new(p2.bits.GetUpper()), new(p3.bits.GetUpper()), ref first, step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pieces512 ZipLow(Pieces512 left, Pieces512 right) => new(Avx512F.UnpackLow(left.bits, right.bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pieces512 ZipHigh(Pieces512 left, Pieces512 right) => new(Avx512F.UnpackHigh(left.bits, right.bits));
}
