using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>Squares of four pixels and four classes, turned in registers that hold one, two or four of them.</summary>
/// <remarks>
/// Where classes are no multiple of four, the last square reaches into the next pixel: what it reads there is dropped, and what it writes there is
/// written again, as pixels follow one another and other classes come after it. The last pixels of all are left, since what is behind
/// them may belong to another thread.
/// </remarks>
internal static class Squares<TPieces>
    where TPieces : struct, IPieces<TPieces>
{
    private const int Side = 4;

    // 1 KB.
    private const int FloatsAhead = 256;

    private static int Pixels => Side * TPieces.Count;

    /// <summary>From (pixels, class) to (class, pixels).</summary>
    /// <returns>How many pixels are done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int ToPlanes(ReadOnlySpan<float> pixels, Span<float> planes, int numClasses)
    {
        int count = pixels.Length / numClasses;
        int end = End(count);
        ref float from = ref MemoryMarshal.GetReference(pixels);
        ref float to = ref MemoryMarshal.GetReference(planes);
        for (int pixel = 0; pixel < end; pixel += Pixels)
        {
            ref float row = ref Unsafe.Add(ref from, (nint)pixel * numClasses);
            ref float plane = ref Unsafe.Add(ref to, pixel);
            int c = 0;
            for (; c <= numClasses - Side; c += Side)
            {
                (TPieces p0, TPieces p1, TPieces p2, TPieces p3) = Load(ref Unsafe.Add(ref row, c), numClasses);
                TPieces.Store(p0, ref plane);
                TPieces.Store(p1, ref Unsafe.Add(ref plane, count));
                TPieces.Store(p2, ref Unsafe.Add(ref plane, (nint)count * 2));
                TPieces.Store(p3, ref Unsafe.Add(ref plane, (nint)count * 3));
                plane = ref Unsafe.Add(ref plane, (nint)count * Side);
            }

            if (c < numClasses)
            {
                (TPieces p0, TPieces p1, TPieces p2, _) = Load(ref Unsafe.Add(ref row, c), numClasses);
                TPieces.Store(p0, ref plane);
                if (numClasses - c > 1)
                {
                    TPieces.Store(p1, ref Unsafe.Add(ref plane, count));
                }

                if (numClasses - c > 2)
                {
                    TPieces.Store(p2, ref Unsafe.Add(ref plane, (nint)count * 2));
                }
            }
        }

        return end;
    }

    /// <summary>From (class, pixels) to (pixels, class).</summary>
    /// <returns>How many pixels are done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int ToPixels(ReadOnlySpan<float> planes, Span<float> pixels, int numClasses)
    {
        int count = pixels.Length / numClasses;
        int end = End(count);
        ref float from = ref MemoryMarshal.GetReference(planes);
        ref float to = ref MemoryMarshal.GetReference(pixels);
        int whole = numClasses / Side * Side;
        int left = numClasses - whole;
        for (int pixel = 0; pixel < end; pixel += Pixels)
        {
            ref float row = ref Unsafe.Add(ref to, (nint)pixel * numClasses);
            ref float plane = ref Unsafe.Add(ref from, pixel);
            for (int floats = 0; floats < Pixels * numClasses; floats += Tiles.LineFloats)
            {
                // Writes that overlap do not fetch the lines of the next ones.
                Prefetch.At(in row, (nuint)(FloatsAhead + floats));
            }

            if (left > 0)
            {
                // First, as it writes over the next pixel's first classes.
                ref float first = ref Unsafe.Add(ref plane, (nint)whole * count);
                TPieces p0 = TPieces.Load(in first);
                TPieces p1 = left > 1 ? TPieces.Load(in Unsafe.Add(ref first, count)) : default;
                TPieces p2 = left > 2 ? TPieces.Load(in Unsafe.Add(ref first, (nint)count * 2)) : default;
                (p0, p1, p2, TPieces p3) = Turned(p0, p1, p2, default);
                TPieces.Scatter(p0, p1, p2, p3, ref Unsafe.Add(ref row, whole), numClasses);
            }

            for (int c = 0; c < whole; c += Side)
            {
                TPieces p0 = TPieces.Load(in plane);
                TPieces p1 = TPieces.Load(in Unsafe.Add(ref plane, count));
                TPieces p2 = TPieces.Load(in Unsafe.Add(ref plane, (nint)count * 2));
                TPieces p3 = TPieces.Load(in Unsafe.Add(ref plane, (nint)count * 3));
                (p0, p1, p2, p3) = Turned(p0, p1, p2, p3);
                TPieces.Scatter(p0, p1, p2, p3, ref Unsafe.Add(ref row, c), numClasses);
                plane = ref Unsafe.Add(ref plane, (nint)count * Side);
            }
        }

        return end;
    }

    // Whole squares of pixels, without the last one.
    private static int End(int count) => Math.Max(count - 1, 0) / Pixels * Pixels;

    // Pixels four apart are pieces of one register: then a plane's pieces follow one another.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TPieces P0, TPieces P1, TPieces P2, TPieces P3) Load(ref float row, int numClasses)
    {
        nint step = (nint)numClasses * Side;
        TPieces row0 = TPieces.Gather(in row, step);
        TPieces row1 = TPieces.Gather(in Unsafe.Add(ref row, numClasses), step);
        TPieces row2 = TPieces.Gather(in Unsafe.Add(ref row, (nint)numClasses * 2), step);
        TPieces row3 = TPieces.Gather(in Unsafe.Add(ref row, (nint)numClasses * 3), step);
        return Turned(row0, row1, row2, row3);
    }

    /// <summary>Four pixels of four classes, or the other way round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TPieces P0, TPieces P1, TPieces P2, TPieces P3) Turned(TPieces row0, TPieces row1, TPieces row2, TPieces row3)
    {
        TPieces low02 = TPieces.ZipLow(row0, row2);
        TPieces high02 = TPieces.ZipHigh(row0, row2);
        TPieces low13 = TPieces.ZipLow(row1, row3);
        TPieces high13 = TPieces.ZipHigh(row1, row3);
        return (TPieces.ZipLow(low02, low13), TPieces.ZipHigh(low02, low13), TPieces.ZipLow(high02, high13), TPieces.ZipHigh(high02, high13));
    }
}
