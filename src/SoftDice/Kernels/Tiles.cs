using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>Some pixels of all classes on their way from an image to scratch memory, and back.</summary>
/// <remarks>
/// Images often have a power of two of pixels, and their planes then meet in one set of the cache: read at the same pixel of all of
/// them, each line would be gone before its second vector is. So planes are read and written along rows, a few at a time, and what
/// goes across the classes of a pixel does so in scratch memory, where rows lie an odd number of lines apart.
/// </remarks>
public static unsafe class Tiles
{
    private const int LineFloats = 16;

    /// <summary>Copies the logits of a tile to where they lie close together, and finds the largest of each pixel.</summary>
    /// <remarks>
    /// Images often have a power of two of pixels, and their planes then meet in one set of the cache: read at the same pixel of all
    /// of them, each line would be gone before its second vector is. Rows here are read to their end one after the other.
    /// </remarks>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <param name="image">The logits of an image, (class, pixels).</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="rows">Receives the logits, a row a class, then the largest.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="numClasses">Number of classes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Load<TLanes>(ReadOnlySpan<float> image, int start, int count, Span<float> rows, int stride, int numClasses)
        where TLanes : struct, ILanes<TLanes>
    {
        int pixels = image.Length / numClasses;
        ref float largest = ref MemoryMarshal.GetReference(rows[(numClasses * stride)..]);
        ref float planes = ref MemoryMarshal.GetReference(image[start..]);
        ref float firstRow = ref MemoryMarshal.GetReference(rows);
        int c = 0;
        for (; c <= numClasses - 4; c += 4)
        {
            ref float plane0 = ref Unsafe.Add(ref planes, (nint)c * pixels);
            ref float plane1 = ref Unsafe.Add(ref plane0, pixels);
            ref float plane2 = ref Unsafe.Add(ref plane1, pixels);
            ref float plane3 = ref Unsafe.Add(ref plane2, pixels);
            ref float row0 = ref Unsafe.Add(ref firstRow, c * stride);
            ref float row1 = ref Unsafe.Add(ref row0, stride);
            ref float row2 = ref Unsafe.Add(ref row1, stride);
            ref float row3 = ref Unsafe.Add(ref row2, stride);
            for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
            {
                TLanes x0 = TLanes.Load(in plane0, pixel);
                TLanes x1 = TLanes.Load(in plane1, pixel);
                TLanes x2 = TLanes.Load(in plane2, pixel);
                TLanes x3 = TLanes.Load(in plane3, pixel);
                TLanes.Store(x0, ref row0, pixel);
                TLanes.Store(x1, ref row1, pixel);
                TLanes.Store(x2, ref row2, pixel);
                TLanes.Store(x3, ref row3, pixel);
                TLanes most = TLanes.AtLeast(TLanes.AtLeast(x0, x1), TLanes.AtLeast(x2, x3));
                TLanes.Store(c == 0 ? most : TLanes.AtLeast(TLanes.Load(in largest, pixel), most), ref largest, pixel);
            }
        }

        for (; c < numClasses; c++)
        {
            ref float plane = ref Unsafe.Add(ref planes, (nint)c * pixels);
            ref float row = ref Unsafe.Add(ref firstRow, c * stride);
            for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
            {
                TLanes x = TLanes.Load(in plane, pixel);
                TLanes.Store(x, ref row, pixel);
                TLanes.Store(c == 0 ? x : TLanes.AtLeast(TLanes.Load(in largest, pixel), x), ref largest, pixel);
            }
        }
    }

    /// <summary>Checks that a tile lies within its image and its rows, which loops over references do not.</summary>
    internal static void Check(
        ReadOnlySpan<float> image, int start, int count, ReadOnlySpan<float> rows, int stride, int numClasses, int moreRows)
    {
        bool isInImage = start >= 0 && count >= 0 && count <= (image.Length / numClasses) - start;
        if (!isInImage || count > stride || (long)(numClasses + moreRows) * stride > rows.Length)
        {
            throw new ArgumentException(
                $"A tile of {count} pixels from {start} on, in {numClasses} + {moreRows} rows of {stride}, is not in an image of " +
                $"{image.Length} logits or not in {rows.Length} floats.",
                nameof(rows));
        }
    }

    /// <summary>Copies rows to the planes of an image.</summary>
    /// <param name="rows">A row a class.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="image">The image, (class, pixels).</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="bypassCache">
    /// Whether the image is too large for the cache to be of use: then lines are written without being read first, which saves a third
    /// of the traffic, and are not there for the next reader.
    /// </param>
    public static void Store(
        ReadOnlySpan<float> rows, int stride, Span<float> image, int start, int count, int numClasses, bool bypassCache)
    {
        int pixels = image.Length / numClasses;

        // Memory may begin within an element, behind an odd header for instance; such lines cannot be written whole.
        bool isAligned = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(image)) % sizeof(float) == 0;
        bool streams = bypassCache && isAligned && Vector256.IsHardwareAccelerated && count >= 4 * LineFloats;
        for (int c = 0; c < numClasses; c++)
        {
            ReadOnlySpan<float> row = rows.Slice(c * stride, count);
            Span<float> plane = image.Slice((c * pixels) + start, count);
            if (streams)
            {
                Stream(row, plane);
            }
            else
            {
                row.CopyTo(plane);
            }
        }
    }

    // Whole lines only, so that each goes to memory as one.
    private static void Stream(ReadOnlySpan<float> row, Span<float> plane)
    {
        fixed (float* source = row, destination = plane)
        {
            nuint misaligned = (nuint)destination / sizeof(float) % LineFloats;
            int head = (int)((LineFloats - misaligned) % LineFloats);
            int end = head + ((row.Length - head) / LineFloats * LineFloats);
            row[..head].CopyTo(plane);
            for (int i = head; i < end; i += LineFloats)
            {
                Vector256.Load(source + i).StoreAlignedNonTemporal(destination + i);
                Vector256.Load(source + i + 8).StoreAlignedNonTemporal(destination + i + 8);
            }

            row[end..].CopyTo(plane[end..]);
        }
    }
}
