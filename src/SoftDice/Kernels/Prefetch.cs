using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>Asks for memory before it is read. Any address will do, one that is not there included.</summary>
public static unsafe class Prefetch
{
    // 2 KB of floats; from 1 to 4 KB no difference was measured, with 150 classes.
    private const uint FarAhead = 512;

    // Four lines of floats, of up to seven planes; half and twice as far are slower by some percent, and 2 KB is slower than not asking. Measured on a Zen 4.
    private const uint NearAhead = 64;

    /// <summary>
    /// How many elements ahead a loop through several planes asks. Intel's hardware stops at the end of a page of 4 KB, and such a loop asks for what is beyond it.
    /// AMD's goes on, and there the loop asks for what it reads next: whatever is to be done with a line presumably waits where the loads of the next lines
    /// would have to be, while nothing waits for a line that is asked for.
    /// </summary>
    /// <remarks>To be taken before sums and references are there: they would be spilled around the check whether this class is initialised, and stay so in the loops.</remarks>
    public static nuint Distance { get; } = OnIntel() ? FarAhead : NearAhead;

    /// <summary>Asks for a line of a plane. Nothing is asked for without SSE.</summary>
    /// <typeparam name="T">The elements of the plane.</typeparam>
    /// <param name="plane">The plane.</param>
    /// <param name="pixel">The pixel, which may lie behind the end.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void At<T>(ref readonly T plane, nuint pixel)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((T*)Unsafe.AsPointer(ref Unsafe.AsRef(in plane)) + pixel);
        }
    }

    /// <summary>Asks for a line of memory, but not yet in the first level of the cache. Nothing is asked for without SSE.</summary>
    /// <param name="source">An element.</param>
    /// <param name="offset">Elements from there to the one that is asked for.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void IntoSecondLevel(ref readonly float source, nuint offset)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1((float*)Unsafe.AsPointer(ref Unsafe.AsRef(in source)) + offset);
        }
    }

    // "GenuineIntel" is spelt EBX, EDX, ECX; the tuple has ECX before EDX.
    private static bool OnIntel() => X86Base.IsSupported && X86Base.CpuId(0, 0) is (_, 0x756E6547, 0x6C65746E, 0x49656E69);
}
