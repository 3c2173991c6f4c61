using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>Asks for memory before it is read. Any address will do, one that is not there included.</summary>
public static unsafe class Prefetch
{
    // Four lines of floats. Half and twice as far were slower by some percent, in planes of 150 classes on a Zen 4.
    private const uint NearAhead = 64;

    // 2 KB of floats, for four planes at a time. Seven at a time were slower so far ahead than near by: presumably, as what is asked for has to stay in the first level until it is read.
    private const uint FarAhead = 512;

    // Batches of 14 MB took a tenth less time near by, of 20 MB some percent less from afar, and of 27 MB a fifth less: on a Zen 5 whose third level is shared with others. Where a
    // third level holds more, batches in between lose that tenth.
    private const long LeastBytesBeyondCache = 1 << 24;

    private const int FamilyOfZen5 = 0x1A;

    private static readonly bool GoesFar = X86Base.IsSupported && NeedsFar(X86Base.CpuId(0, 0), X86Base.CpuId(1, 0).Eax);

    /// <summary>Asks for what a plane has further on. Nothing is asked for without SSE.</summary>
    /// <typeparam name="TMemory"><see cref="FarMemory"/> or <see cref="NearMemory"/>.</typeparam>
    /// <typeparam name="T">The elements of the plane.</typeparam>
    /// <param name="plane">The plane.</param>
    /// <param name="pixel">The pixel that is read now.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ahead<TMemory, T>(ref readonly T plane, nuint pixel)
        where TMemory : struct
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((T*)Unsafe.AsPointer(ref Unsafe.AsRef(in plane)) + pixel + (typeof(TMemory) == typeof(FarMemory) ? FarAhead : NearAhead));
        }
    }

    /// <summary>Whether a batch is asked for far ahead: it is taken to come from memory, and this processor to gain by it.</summary>
    /// <param name="bytes">Bytes of the predictions and the labels of all images.</param>
    public static bool IsFar(long bytes) => bytes >= LeastBytesBeyondCache && GoesFar;

    /// <summary>
    /// Whether a processor gains by asking far ahead. A Zen 5 took up to a quarter less time for what comes from memory, and an Intel Xeon, whose hardware stops at the end of a page of 4 KB,
    /// for 150 classes, before groups had a second size; a Zen 4 took longer, seven planes at a time. Others were not measured.
    /// </summary>
    /// <param name="vendor">What the instruction CPUID answers to 0.</param>
    /// <param name="signature">What it answers to 1, in EAX.</param>
    public static bool NeedsFar((int Eax, int Ebx, int Ecx, int Edx) vendor, int signature) => vendor switch
    {
        // "GenuineIntel" and "AuthenticAMD", spelt EBX, EDX, ECX; the tuple has ECX before EDX.
        (_, 0x756E6547, 0x6C65746E, 0x49656E69) => true,
        (_, 0x68747541, 0x444D4163, 0x69746E65) => Family(signature) >= FamilyOfZen5,
        _ => false,
    };

    /// <summary>Asks for a line of memory. Nothing is asked for without SSE.</summary>
    /// <param name="source">An element.</param>
    /// <param name="offset">Elements from there to the one that is asked for.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void At(ref readonly float source, nuint offset)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0((float*)Unsafe.AsPointer(ref Unsafe.AsRef(in source)) + offset);
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

    // Families beyond 15 are 15 and the rest.
    private static int Family(int signature)
    {
        int family = (signature >> 8) & 0xF;
        return family == 0xF ? family + ((signature >> 20) & 0xFF) : family;
    }
}
