using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>Asks for memory before it is read, where the hardware cannot guess.</summary>
internal static unsafe class Prefetch
{
    /// <summary>Asks for a line of memory. Any address will do, one that is not there included; nothing is asked for without SSE.</summary>
    /// <param name="source">An element.</param>
    /// <param name="offset">Elements from there to the one that is asked for.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void IntoSecondLevel(ref readonly float source, nuint offset)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1((float*)Unsafe.AsPointer(ref Unsafe.AsRef(in source)) + offset);
        }
    }
}
