using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>Memory that is written past the cache from beginning to end, some elements at a time: in whole lines, but for its two ends.</summary>
/// <remarks>
/// What is to be written lies in scratch memory, as far from the beginning of a line as it will in the end. What it has of its last line is carried over to the front,
/// where it and the next elements are a line; so the number of elements is one of whole lines, but at the end.
/// </remarks>
internal unsafe ref struct LineWriter
{
    private const int Line = Tiles.LineFloats;

    private readonly Span<float> memory;
    private int written;

    /// <summary>Begins at the beginning.</summary>
    /// <param name="memory">The memory, pinned.</param>
    /// <param name="bypassesCache">Whether it is to be written past the cache, if it begins with an element.</param>
    public LineWriter(Span<float> memory, bool bypassesCache)
    {
        int toLine = Tiles.ToLine((nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(memory)));
        this.memory = memory;
        BypassesCache = bypassesCache && toLine >= 0;
        Offset = BypassesCache ? (Line - toLine) % Line : 0;
    }

    public bool BypassesCache { get; }

    /// <summary>Floats from the beginning of a line to the first element.</summary>
    public int Offset { get; }

    /// <summary>Writes elements that follow those before.</summary>
    /// <param name="line">The line of scratch memory in which they begin, <see cref="Offset"/> floats from its beginning.</param>
    /// <param name="count">Their number: whole lines, or the last ones.</param>
    public void Write(ref float line, int count)
    {
        int end = Offset + count;
        int whole = written > 0 ? 0 : Math.Min((Offset + Line - 1) / Line * Line, end);
        int rest = Math.Max(end - (end % Line), whole);
        if (written == 0)
        {
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref line, Offset), whole - Offset).CopyTo(memory);
        }

        if (whole < rest)
        {
            ref float to = ref Unsafe.Add(ref MemoryMarshal.GetReference(memory), written + whole - Offset);
            Tiles.Stream(ref Unsafe.Add(ref line, whole), ref to, rest - whole);
        }

        ReadOnlySpan<float> ragged = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref line, rest), end - rest);
        written += count;
        ragged.CopyTo(written < memory.Length ? MemoryMarshal.CreateSpan(ref line, Line) : memory[^ragged.Length..]);
    }
}
