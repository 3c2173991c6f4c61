using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>
/// The gradient of some pixels of all classes on its way from scratch memory to that of an image: a tile is written while the next one is
/// computed, row by row, just before something else takes its place.
/// </summary>
/// <remarks>
/// Past the cache, all but the two ends goes to memory in whole lines. A line of which only a part is written must be read first, and
/// everything that the processor writes after it waits for that: so what a tile has of its last line is carried over to the next one, in
/// front of its row.
/// </remarks>
public unsafe ref struct TileGradient
{
    private const int Line = Tiles.LineFloats;

    private readonly Span<float> gradient;
    private readonly int pixels;
    private readonly int numClasses;
    private readonly int stride;
    private readonly bool bypassCache;

    // The pixel of the image that the rows begin with, and how many they hold: none before the first tile.
    private int start;
    private int held;

    // Pixels in front of the rows that are still to be written; if negative, at the very beginning, pixels to the first line.
    private int carried;

    /// <summary>Begins with no pixel, in scratch memory of this thread.</summary>
    /// <param name="gradient">The gradient of an image, (class, pixels), pinned.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="stride">Elements from one row to the next, at least a line more than a tile has pixels.</param>
    /// <param name="firstPixel">The first pixel of the first tile; the others follow.</param>
    /// <param name="bypassCache">Whether the gradient is too large for the cache to be of use.</param>
    public TileGradient(Span<float> gradient, int numClasses, int stride, int firstPixel, bool bypassCache)
    {
        this.gradient = gradient;
        this.numClasses = numClasses;
        this.stride = stride;
        pixels = gradient.Length / numClasses;
        start = firstPixel;
        Rows = Scratch.Floats(Line + ((numClasses + SoftmaxTile.MoreRows) * stride))[Line..];

        int toLine = Tiles.ToLine((nuint)Unsafe.AsPointer(ref gradient[firstPixel]));
        this.bypassCache = bypassCache && pixels % Line == 0 && toLine >= 0;
        carried = this.bypassCache ? -toLine : 0;
    }

    /// <summary>A row a class, and the rows that a softmax needs beside them.</summary>
    public Span<float> Rows { get; }

    // Where in a row its first whole line begins, how many there are, and where they end.
    private readonly int First => -carried;

    private readonly int Lines => Math.Max(held - First, 0) / Line;

    private readonly int End => First + (Line * Lines);

    /// <summary>Writes what is left.</summary>
    public void Finish()
    {
        WriteRows(0, numClasses);
        Hold(0);
        for (int c = 0; c < numClasses && carried > 0; c++)
        {
            CopyToPlane(c, -carried, 0);
        }
    }

    /// <summary>Whether rows can be written line by line while as many pixels are put into their place.</summary>
    internal readonly bool CanWriteAlong(int count, int lanes) => bypassCache && held == count && Line % lanes == 0 && Lines > 1;

    /// <summary>The first line, what is before it, and what is behind the last one, of four rows: what is left is to be written along.</summary>
    /// <param name="firstClass">The first of the four classes.</param>
    /// <param name="first">Where in the gradient the first row would begin.</param>
    /// <param name="from">Where in a row the next line begins.</param>
    /// <param name="end">How many pixels can be put into a row while lines are written.</param>
    internal readonly void BeginFour(int firstClass, out nint first, out nint from, out nint end)
    {
        for (int c = firstClass; c < firstClass + 4; c++)
        {
            CopyToPlane(c, 0, First);
            StreamToPlane(c, First, First + Line);
            Carry(c);
        }

        first = ((nint)firstClass * pixels) + start;
        from = First + Line;
        end = Line * (Lines - 1);
    }

    /// <summary>The gradient at an element, which <see cref="BeginFour"/> has told.</summary>
    internal readonly ref float At(nint element) => ref Unsafe.Add(ref MemoryMarshal.GetReference(gradient), element);

    /// <summary>Writes some rows, for something else to take their place.</summary>
    internal readonly void WriteRows(int firstClass, int count)
    {
        for (int c = firstClass; c < firstClass + count && held > 0; c++)
        {
            if (bypassCache)
            {
                CopyToPlane(c, 0, Math.Min(First, held));
                StreamToPlane(c, First, End);
                Carry(c);
            }
            else
            {
                CopyToPlane(c, 0, held);
            }
        }
    }

    /// <summary>All rows have been written, and hold the next pixels.</summary>
    internal void Hold(int count)
    {
        carried = bypassCache ? held - End : 0;
        start += held;
        held = count;
    }

    // In front of the row, which the next tile goes on with.
    private readonly void Carry(int c)
    {
        int rest = held - End;
        if (rest > 0)
        {
            FromRow(c, End, rest).CopyTo(FromRow(c, -rest, rest));
        }
    }

    private readonly void CopyToPlane(int c, int from, int end)
    {
        if (from < end)
        {
            FromRow(c, from, end - from).CopyTo(gradient.Slice((c * pixels) + start + from, end - from));
        }
    }

    private readonly void StreamToPlane(int c, int from, int end) =>
        Tiles.Stream(ref RowAt(c, from), ref At(((nint)c * pixels) + start + from), end - from);

    private readonly Span<float> FromRow(int c, int from, int count) => MemoryMarshal.CreateSpan(ref RowAt(c, from), count);

    // A line may be in front of a row.
    private readonly ref float RowAt(int c, int index) => ref Unsafe.Add(ref MemoryMarshal.GetReference(Rows), (c * stride) + index);
}
