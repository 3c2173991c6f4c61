using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Benchmarks.Limits;

/// <summary>
/// Ways of reading a block of memory on one thread. Which is the fastest depends on the cache that the block is in, and on the
/// machine; the limit is the fastest of them, so that it is not one that is easily reached.
/// </summary>
/// <remarks>Each adds up 64-bit integers in eight independent sums, so that nothing but the reads takes time.</remarks>
internal static class ReadLimit
{
    /// <summary>Bytes of a line of the cache.</summary>
    public const nuint Line = 64;

    // How far ahead: for one stream, where half or twice as far made no difference beyond the noise, and for each of four, of which the nearer one is the faster on a Zen 4, and the farther what the losses have on a Zen 5.
    private const nuint AheadOfOne = 8192;
    private const nuint NearAhead = 256;
    private const nuint FarAhead = 2048;

    /// <summary>Reads a block and returns something that depends on all of it.</summary>
    public delegate long Reader(ref byte first, nuint length);

    /// <summary>The ways that this machine has instructions for.</summary>
    public static ImmutableArray<(string Name, Reader Read)> Ways { get; } =
    [
        ("256 bits", OneStream),
        ("256 bits, 4 streams", FourStreams),
        .. Vector512.IsHardwareAccelerated
            ? ImmutableArray.Create<(string, Reader)>(
                ("512 bits, 4 streams", FourWideStreams),
                ("512 bits, prefetched", PrefetchedStream),
                ("512 bits, 4 streams, prefetched", (ref byte first, nuint length) => PrefetchedWideStreams(ref first, length, NearAhead)),
                ("512 bits, 4 streams, prefetched far ahead", (ref byte first, nuint length) => PrefetchedWideStreams(ref first, length, FarAhead)))
            : [],
    ];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long OneStream(ref byte first, nuint length)
    {
        Vector256<long> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        nuint i = 0;
        for (; i + 256 <= length; i += 256)
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

        return Vector256.Sum(a + b + c + d + e + f + g + h) + Rest(ref first, i, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long PrefetchedStream(ref byte first, nuint length)
    {
        Vector512<long> a = default, b = default, c = default, d = default;
        nuint i = 0;
        for (; i + 256 <= length; i += 256)
        {
            Prefetch(ref first, i + AheadOfOne);
            Prefetch(ref first, i + AheadOfOne + Line);
            Prefetch(ref first, i + AheadOfOne + (2 * Line));
            Prefetch(ref first, i + AheadOfOne + (3 * Line));
            a += Vector512.LoadUnsafe(ref first, i).AsInt64();
            b += Vector512.LoadUnsafe(ref first, i + 64).AsInt64();
            c += Vector512.LoadUnsafe(ref first, i + 128).AsInt64();
            d += Vector512.LoadUnsafe(ref first, i + 192).AsInt64();
        }

        return Vector512.Sum(a + b + c + d) + Rest(ref first, i, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long FourStreams(ref byte first, nuint length)
    {
        nuint quarter = length / 4 / Line * Line;
        Vector256<long> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (nuint i = 0; i < quarter; i += Line)
        {
            a += Vector256.LoadUnsafe(ref first, i).AsInt64();
            b += Vector256.LoadUnsafe(ref first, i + 32).AsInt64();
            c += Vector256.LoadUnsafe(ref first, quarter + i).AsInt64();
            d += Vector256.LoadUnsafe(ref first, quarter + i + 32).AsInt64();
            e += Vector256.LoadUnsafe(ref first, (2 * quarter) + i).AsInt64();
            f += Vector256.LoadUnsafe(ref first, (2 * quarter) + i + 32).AsInt64();
            g += Vector256.LoadUnsafe(ref first, (3 * quarter) + i).AsInt64();
            h += Vector256.LoadUnsafe(ref first, (3 * quarter) + i + 32).AsInt64();
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h) + Rest(ref first, 4 * quarter, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long FourWideStreams(ref byte first, nuint length)
    {
        nuint quarter = length / 4 / (2 * Line) * 2 * Line;
        Vector512<long> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (nuint i = 0; i < quarter; i += 2 * Line)
        {
            a += Vector512.LoadUnsafe(ref first, i).AsInt64();
            b += Vector512.LoadUnsafe(ref first, i + Line).AsInt64();
            c += Vector512.LoadUnsafe(ref first, quarter + i).AsInt64();
            d += Vector512.LoadUnsafe(ref first, quarter + i + Line).AsInt64();
            e += Vector512.LoadUnsafe(ref first, (2 * quarter) + i).AsInt64();
            f += Vector512.LoadUnsafe(ref first, (2 * quarter) + i + Line).AsInt64();
            g += Vector512.LoadUnsafe(ref first, (3 * quarter) + i).AsInt64();
            h += Vector512.LoadUnsafe(ref first, (3 * quarter) + i + Line).AsInt64();
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h) + Rest(ref first, 4 * quarter, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long PrefetchedWideStreams(ref byte first, nuint length, nuint ahead)
    {
        nuint quarter = length / 4 / Line * Line;
        Vector512<long> a = default, b = default, c = default, d = default;
        for (nuint i = 0; i < quarter; i += Line)
        {
            Prefetch(ref first, i + ahead);
            Prefetch(ref first, quarter + i + ahead);
            Prefetch(ref first, (2 * quarter) + i + ahead);
            Prefetch(ref first, (3 * quarter) + i + ahead);
            a += Vector512.LoadUnsafe(ref first, i).AsInt64();
            b += Vector512.LoadUnsafe(ref first, quarter + i).AsInt64();
            c += Vector512.LoadUnsafe(ref first, (2 * quarter) + i).AsInt64();
            d += Vector512.LoadUnsafe(ref first, (3 * quarter) + i).AsInt64();
        }

        return Vector512.Sum(a + b + c + d) + Rest(ref first, 4 * quarter, length);
    }

    // A prefetch beyond the end is no access: it may hit nothing, and does not fault.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(ref byte first, nuint offset)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, offset)));
        }
    }

    private static long Rest(ref byte first, nuint start, nuint length)
    {
        long sum = 0;
        foreach (byte value in MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref first, start), (int)(length - start)))
        {
            sum += value;
        }

        return sum;
    }
}
