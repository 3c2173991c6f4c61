using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>
/// The gradient of some pixels of all classes on its way from scratch memory to that of an image: a tile is written while the next one is
/// computed, row by row, just before something else takes its place.
/// </summary>
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

    /// <summary>Begins with no pixel, in scratch memory of this thread.</summary>
    /// <param name="gradient">The gradient of an image, (class, pixels), pinned.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="firstPixel">The first pixel of the first tile; the others follow.</param>
    /// <param name="bypassCache">
    /// Whether the gradient is too large for the cache to be of use. It is then written past it if the first tile begins with a line in all planes.
    /// </param>
    public TileGradient(Span<float> gradient, int numClasses, int stride, int firstPixel, bool bypassCache)
    {
        this.gradient = gradient;
        this.numClasses = numClasses;
        this.stride = stride;
        pixels = gradient.Length / numClasses;
        start = firstPixel;
        Rows = Scratch.Floats((numClasses + SoftmaxTile.MoreRows) * stride);

        // A line of which only a part is written must be read first, and everything that the processor writes after it waits for that.
        this.bypassCache = bypassCache && pixels % Line == 0 && Tiles.ToLine((nuint)Unsafe.AsPointer(ref gradient[firstPixel])) == 0;
    }

    /// <summary>A row a class, and the rows that a softmax needs beside them.</summary>
    public Span<float> Rows { get; }

    /// <summary>Writes what is left.</summary>
    public void Finish()
    {
        WriteRows(0, numClasses);
        held = 0;
    }

    /// <summary>Whether as many pixels, all that the rows hold, can be written past the cache while others take their place.</summary>
    internal readonly bool CanWriteAlong(int count) => bypassCache && held == count;

    /// <summary>Where the first element of a row goes.</summary>
    internal readonly ref float PlaceOf(int classIndex) => ref gradient[(classIndex * pixels) + start];

    /// <summary>Writes some rows, for something else to take their place.</summary>
    internal readonly void WriteRows(int firstClass, int count)
    {
        int lines = bypassCache ? held - (held % Line) : 0;
        for (int c = firstClass; c < firstClass + count && held > 0; c++)
        {
            Span<float> row = Rows.Slice(c * stride, held);
            Span<float> place = gradient.Slice((c * pixels) + start, held);
            Tiles.Stream(ref MemoryMarshal.GetReference(row), ref MemoryMarshal.GetReference(place), lines);
            row[lines..].CopyTo(place[lines..]);
        }
    }

    /// <summary>All rows have been written, and hold the next pixels.</summary>
    internal void Hold(int count)
    {
        start += held;
        held = count;
    }
}
