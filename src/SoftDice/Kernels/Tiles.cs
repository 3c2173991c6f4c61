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
        ReadOnlySpan<float> rows, int stride, Span<float> image, int start, int count, int numClasses, bool bypassCache) =>
        StoreRows(rows, stride, image, start, count, firstClass: 0, numClasses, numClasses, bypassCache);

    /// <summary>The same for some of the classes, or for no pixel.</summary>
    internal static void StoreRows(
        ReadOnlySpan<float> rows,
        int stride,
        Span<float> image,
        int start,
        int count,
        int firstClass,
        int classes,
        int numClasses,
        bool bypassCache)
    {
        if (count == 0)
        {
            return;
        }

        int pixels = image.Length / numClasses;

        // Memory may begin within an element, behind an odd header for instance; such lines cannot be written whole.
        bool isAligned = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(image)) % sizeof(float) == 0;
        bool streams = bypassCache && isAligned && Vector256.IsHardwareAccelerated && count >= 4 * LineFloats;
        for (int c = firstClass; c < firstClass + classes; c++)
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
