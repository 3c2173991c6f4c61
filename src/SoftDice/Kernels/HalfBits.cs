using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>Halfs as floats and floats as the nearest Half, ties to even, as a cast gives them; of NaN only that it is one, and its sign.</summary>
/// <remarks>
/// There is no instruction for it within reach, and a cast takes one element at a time. A Half has 5 bits of exponent with a bias of 15 and 10 of fraction, a float 8 with one
/// of 127 and 23: 13 bits to the left, its bits are those of a float that is 2¹¹² times too small.
/// </remarks>
internal static class HalfBits
{
    private const int Shift = 13;
    private const uint HalfSign = 0x8000;
    private const uint HalfInfinity = 0x7C00;
    private const uint HalfNaN = 0x7E00;
    private const uint FloatInfinity = 0x7F800000;

    // By so much the biases differ.
    private const int MorePowers = 127 - 15;

    // The float that is the first to be rounded to infinity, halfway between the largest Half, 65504, and 65536.
    private const uint FirstInfinite = 0x477FF000;

    // The least normal Half, 2⁻¹⁴, as a float.
    private const uint LeastNormal = (127 - 14) << 23;

    /// <summary>Halfs as floats.</summary>
    public static void ToFloats(ReadOnlySpan<Half> halfs, Span<float> floats)
    {
        ref ushort from = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<Half, ushort>(halfs));
        ref float to = ref MemoryMarshal.GetReference(floats);
        int i = 0;
        for (; i <= halfs.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(Vector256.LoadUnsafe(ref from, (nuint)i));
            ToFloat(low).StoreUnsafe(ref to, (nuint)i);
            ToFloat(high).StoreUnsafe(ref to, (nuint)(i + Vector256<float>.Count));
        }

        for (; i < halfs.Length; i++)
        {
            floats[i] = (float)halfs[i];
        }
    }

    /// <summary>Floats as the nearest Half.</summary>
    public static void FromFloats(ReadOnlySpan<float> floats, Span<Half> halfs)
    {
        ref float from = ref MemoryMarshal.GetReference(floats);
        ref ushort to = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<Half, ushort>(halfs));
        int i = 0;
        for (; i <= floats.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            Vector256<uint> low = ToHalf(Vector256.LoadUnsafe(ref from, (nuint)i));
            Vector256<uint> high = ToHalf(Vector256.LoadUnsafe(ref from, (nuint)(i + Vector256<float>.Count)));
            Vector256.Narrow(low, high).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < floats.Length; i++)
        {
            halfs[i] = (Half)floats[i];
        }
    }

    // The multiplication makes normal floats of the least Halfs too. Of infinity and NaN it would make 65536 and more.
    private static Vector256<float> ToFloat(Vector256<uint> halfs)
    {
        Vector256<uint> magnitude = halfs & Vector256.Create(~HalfSign);
        Vector256<float> scaled = (magnitude << Shift).AsSingle() * Vector256.Create(BitConverter.UInt32BitsToSingle((127 + MorePowers) << 23));
        Vector256<uint> special = Vector256.GreaterThanOrEqual(magnitude, Vector256.Create(HalfInfinity)) & Vector256.Create(FloatInfinity);
        return (scaled.AsUInt32() | special | ((halfs & Vector256.Create(HalfSign)) << 16)).AsSingle();
    }

    // Of normal numbers the bits are rounded as an integer, whose carry goes into the exponent where it belongs. One of the least Halfs
    // is rounded by an addition: a float from 1/2 to 1 has the same last place as they have.
    private static Vector256<uint> ToHalf(Vector256<float> floats)
    {
        Vector256<uint> bits = floats.AsUInt32();
        Vector256<uint> magnitude = bits & Vector256.Create(~0x80000000);
        Vector256<uint> odd = (magnitude >>> Shift) & Vector256<uint>.One;
        Vector256<uint> normal = ((magnitude + Vector256.Create((1u << (Shift - 1)) - 1) + odd) >>> Shift) - Vector256.Create((uint)MorePowers << 10);
        Vector256<uint> least = (magnitude.AsSingle() + Vector256.Create(0.5f)).AsUInt32() - Vector256.Create(BitConverter.SingleToUInt32Bits(0.5f));
        Vector256<uint> finite = Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(LeastNormal)), least, normal);
        Vector256<uint> special = Vector256.ConditionalSelect(
            Vector256.GreaterThan(magnitude, Vector256.Create(FloatInfinity)), Vector256.Create(HalfNaN), Vector256.Create(HalfInfinity));
        Vector256<uint> half = Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(FirstInfinite)), finite, special);
        return half | ((bits >>> 16) & Vector256.Create(HalfSign));
    }
}
