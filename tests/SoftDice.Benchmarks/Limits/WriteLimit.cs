using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Benchmarks.Limits;

/// <summary>Ways of writing a block of memory on one thread, of which the fastest is the limit.</summary>
/// <remarks>
/// <c>Span.Clear</c> is not among them. The processor has an instruction for writing one byte over and over, which is faster than
/// anything, and no gradient can be written with it.
/// </remarks>
internal static class WriteLimit
{
    private const nuint Line = 64;

    /// <summary>Writes a block of floats.</summary>
    public delegate void Writer(ref float first, nuint length);

    public static ImmutableArray<(string Name, Writer Write)> Ways { get; } =
    [
        ("fill", Fill),
        ("aligned stores", AlignedStores),
        ("non-temporal stores", NonTemporalStores),
    ];

    private static void Fill(ref float first, nuint length) => MemoryMarshal.CreateSpan(ref first, (int)length).Fill(1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AlignedStores(ref float first, nuint length)
    {
        fixed (float* start = &first)
        {
            (nuint line, nuint end) = WholeLines(start, length);
            Vector512<float> value = Vector512.Create(1f);
            for (; line < end; line += Line)
            {
                value.Store((float*)line);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void NonTemporalStores(ref float first, nuint length)
    {
        fixed (float* start = &first)
        {
            (nuint line, nuint end) = WholeLines(start, length);
            Vector512<float> value = Vector512.Create(1f);
            for (; line < end; line += Line)
            {
                value.StoreAlignedNonTemporal((float*)line);
            }
        }
    }

    // The parts of a line at both ends are left out: 64 bytes of at least a million.
    private static unsafe (nuint Line, nuint End) WholeLines(float* start, nuint length) =>
        (((nuint)start + Line - 1) / Line * Line, (nuint)(start + length) / Line * Line);
}
