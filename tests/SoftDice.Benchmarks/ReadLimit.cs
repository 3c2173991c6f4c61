using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Benchmarks;

/// <summary>The limits that a kernel is measured against: reading and writing the same bytes.</summary>
internal static class ReadLimit
{
    /// <summary>Writes every element, as fast as one thread can.</summary>
    public static void Write(Span<float> destination) => destination.Fill(1);

    /// <summary>Adds up all bytes as 64-bit integers in eight independent sums, so that nothing but the reads takes time on one thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Read<T>(ReadOnlySpan<T> source)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(source);
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        Vector256<long> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        nuint i = 0;
        for (; i + 256 <= (nuint)bytes.Length; i += 256)
        {
            a += Vector256.LoadUnsafe(ref first, i).AsInt64();
            b += Vector256.LoadUnsafe(ref first, i + 32).AsInt64();
            c += Vector256.LoadUnsafe(ref first, i + 64).AsInt64();
            d += Vector256.LoadUnsafe(ref first, i + 96).AsInt64();
            e += Vector256.LoadUnsafe(ref first, i + 128).AsInt64();
            f += Vector256.LoadUnsafe(ref first, i + 160).AsInt64();
            g += Vector256.LoadUnsafe(ref first, i + 192).AsInt64();
            h += Vector256.LoadUnsafe(ref first, i + 224).AsInt64();
        }

        long sum = Vector256.Sum(a + b + c + d + e + f + g + h);
        for (; i < (nuint)bytes.Length; i++)
        {
            sum += Unsafe.Add(ref first, i);
        }

        return sum;
    }
}
