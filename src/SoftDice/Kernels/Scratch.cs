using System;

namespace SoftDice.Kernels;

/// <summary>Memory for the tile that a kernel is at work on: one block a thread, kept from call to call.</summary>
/// <remarks>It is not on the stack because a large stack frame is set to zero at every call.</remarks>
public static class Scratch
{
    [ThreadStatic]
    private static float[]? block;

    /// <summary>This thread's block, with whatever was last in it. A second call takes it away from the first.</summary>
    /// <param name="count">Number of floats.</param>
    /// <returns>The floats.</returns>
    public static Span<float> Floats(int count)
    {
        if (block is null || block.Length < count)
        {
            block = GC.AllocateUninitializedArray<float>(count);
        }

        return block.AsSpan(0, count);
    }
}
