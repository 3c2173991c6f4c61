using System;
using System.Runtime.CompilerServices;

namespace SoftDice.Kernels;

/// <summary>Memory for work: two blocks a thread, kept from call to call and never moved.</summary>
/// <remarks>It is not on the stack because a large stack frame is set to zero at every call.</remarks>
public static unsafe class Scratch
{
    // A line of the cache; the widest vector is as long, and is read fastest where it does not straddle two.
    private const int Alignment = 64;

    [ThreadStatic]
    private static byte[]? tile;

    [ThreadStatic]
    private static byte[]? sums;

    /// <summary>This thread's block for the tile at work, with whatever was last in it. A second call takes it away from the first.</summary>
    /// <param name="count">Number of floats.</param>
    /// <returns>The floats, the first at the beginning of a line of the cache.</returns>
    public static Span<float> Floats(int count) => new(Block(ref tile, (nint)count * sizeof(float)), count);

    /// <summary>This thread's block for sums that wait to be added.</summary>
    /// <param name="count">Number of bytes.</param>
    /// <returns>The first byte.</returns>
    internal static void* Bytes(nint count) => Block(ref sums, count);

    private static void* Block(ref byte[]? block, nint count)
    {
        if (block is null || block.Length < count + Alignment)
        {
            block = GC.AllocateUninitializedArray<byte>(checked((int)(count + Alignment)), pinned: true);
        }

        nuint first = (nuint)Unsafe.AsPointer(ref block[0]);
        return (void*)((first + Alignment - 1) & ~(nuint)(Alignment - 1));
    }
}
