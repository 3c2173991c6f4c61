using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Memory for some floats from any place of a line of the cache on, with more around them that nobody is to write to.</summary>
internal sealed unsafe class PinnedFloats
{
    public const float Untouched = 9;

    private const int Line = 16, Around = 4 * Line;

    private readonly float[] memory;
    private readonly int first;
    private readonly int count;

    public PinnedFloats(int count)
    {
        this.count = count;
        memory = GC.AllocateArray<float>(count + (2 * Around) + (2 * Line), pinned: true);
        first = Around + (int)((Line - ((nuint)Unsafe.AsPointer(ref memory[0]) / sizeof(float) % Line)) % Line);
    }

    /// <summary>The floats, with a number that tells whether they have been written.</summary>
    /// <param name="start">Floats from the beginning of a line to the first one.</param>
    public Span<float> From(int start)
    {
        memory.AsSpan().Fill(Untouched);
        return memory.AsSpan(first + start, count);
    }

    /// <summary>The floats, from an address on that is in the middle of one.</summary>
    public Span<float> WithinElements()
    {
        Span<float> within = MemoryMarshal.Cast<byte, float>(MemoryMarshal.AsBytes(memory.AsSpan())[((first * sizeof(float)) + 2)..])[..count];
        within.Fill(Untouched);
        return within;
    }

    public void AssertUntouchedAround(int start)
    {
        Assert.Equal(-1, memory.AsSpan(0, first + start).IndexOfAnyExcept(Untouched));
        Assert.Equal(-1, memory.AsSpan(first + start + count).IndexOfAnyExcept(Untouched));
    }
}
