using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>One piece.</summary>
internal readonly struct Pieces128(Vector128<float> bits) : IPieces<Pieces128>
{
    private readonly Vector128<float> bits = bits;

    public static implicit operator Pieces128(Vector128<float> bits) => new(bits);

    public static implicit operator Vector128<float>(Pieces128 pieces) => pieces.bits;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pieces128 Load(ref readonly float first) => new(Vector128.LoadUnsafe(in first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pieces128 Gather(ref readonly float first, nint step) => Load(in first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Pieces128 pieces, ref float first) => pieces.bits.StoreUnsafe(ref first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scatter(Pieces128 p0, Pieces128 p1, Pieces128 p2, Pieces128 p3, ref float first, nint step)
    {
        p0.bits.StoreUnsafe(ref first);
        p1.bits.StoreUnsafe(ref first, (nuint)step);
        p2.bits.StoreUnsafe(ref first, (nuint)(2 * step));
        p3.bits.StoreUnsafe(ref first, (nuint)(3 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pieces128 ZipLow(Pieces128 left, Pieces128 right) => new(
        Sse.IsSupported ? Sse.UnpackLow(left.bits, right.bits)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left.bits, right.bits)
        : Vector128.Create(left.bits[0], right.bits[0], left.bits[1], right.bits[1]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pieces128 ZipHigh(Pieces128 left, Pieces128 right) => new(
        Sse.IsSupported ? Sse.UnpackHigh(left.bits, right.bits)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left.bits, right.bits)
        : Vector128.Create(left.bits[2], right.bits[2], left.bits[3], right.bits[3]));
}
