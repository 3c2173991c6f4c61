using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>Some pixels of all classes on their way from an image to scratch memory, and back.</summary>
/// <remarks>
/// Images often have a power of two of pixels, and their planes then meet in one set of the cache: read at the same pixel of all of
/// them, each line would be gone before its second vector is. So planes are read and written along rows, a few at a time, and what
/// goes across the classes of a pixel does so in scratch memory, where rows lie an odd number of lines apart.
/// </remarks>
internal static class Tiles
{
    /// <summary>Elements of a line of the cache.</summary>
    public const int LineFloats = 16;

    /// <summary>Checks that a tile lies within its image and its rows, which loops over references do not.</summary>
    public static void Check(
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

    /// <summary>Elements from a place in memory to the beginning of a line; negative if no element begins with one.</summary>
    /// <remarks>Memory may begin within an element, behind an odd header for instance; such lines cannot be written whole.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToLine(nuint address) =>
        address % sizeof(float) == 0 ? (int)((LineFloats - (address / sizeof(float) % LineFloats)) % LineFloats) : -1;

    /// <summary>Writes lines past the cache.</summary>
    /// <param name="from">The first element.</param>
    /// <param name="to">Where it goes, at the beginning of a line.</param>
    /// <param name="count">Number of elements, in whole lines.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Stream(ref float from, ref float to, int count)
    {
        for (nuint i = 0; (nint)i < count; i += LineFloats)
        {
            if (Vector512.IsHardwareAccelerated)
            {
                Lanes512.Store(Lanes512.Load(in from, i), ref to, i, bypassCache: true);
            }
            else
            {
                Lanes256.Store(Lanes256.Load(in from, i), ref to, i, bypassCache: true);
                Lanes256.Store(Lanes256.Load(in from, i + 8), ref to, i + 8, bypassCache: true);
            }
        }
    }
}
