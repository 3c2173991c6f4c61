using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>Pixels whose classes lie side by side, turned into a plane a class in scratch memory, and back.</summary>
/// <remarks>
/// Squares of four pixels and four classes are turned in registers. Where classes are no multiple of four, the last square reaches into the
/// next pixel: what it reads there is dropped, and what it writes there is written again, as pixels follow one another and other classes
/// come after it. The last pixels of all are done one by one, since what is behind them may belong to another thread.
/// </remarks>
internal static class Turning
{
    private const int Side = 4;

    /// <summary>From (pixels, class) to (class, pixels).</summary>
    public static void ToPlanes<T>(ReadOnlySpan<T> pixels, Span<T> planes, int numClasses)
        where T : unmanaged
    {
        int count = pixels.Length / numClasses;
        int done = 0;
        if (Unsafe.SizeOf<T>() == sizeof(float) && Vector128.IsHardwareAccelerated)
        {
            done = SquaresToPlanes(MemoryMarshal.Cast<T, float>(pixels), MemoryMarshal.Cast<T, float>(planes), numClasses, count);
        }

        for (int pixel = done; pixel < count; pixel++)
        {
            for (int c = 0; c < numClasses; c++)
            {
                planes[(c * count) + pixel] = pixels[(pixel * numClasses) + c];
            }
        }
    }

    /// <summary>From (class, pixels) to (pixels, class).</summary>
    public static void ToPixels(ReadOnlySpan<float> planes, Span<float> pixels, int numClasses)
    {
        int count = pixels.Length / numClasses;
        int done = Vector128.IsHardwareAccelerated ? SquaresToPixels(planes, pixels, numClasses, count) : 0;
        for (int pixel = done; pixel < count; pixel++)
        {
            for (int c = 0; c < numClasses; c++)
            {
                pixels[(pixel * numClasses) + c] = planes[(c * count) + pixel];
            }
        }
    }

    // Whole squares of pixels, without the last one.
    private static int Squared(int count) => Math.Max(count - 1, 0) / Side * Side;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SquaresToPlanes(ReadOnlySpan<float> pixels, Span<float> planes, int numClasses, int count)
    {
        int end = Squared(count);
        ref float from = ref MemoryMarshal.GetReference(pixels);
        ref float to = ref MemoryMarshal.GetReference(planes);
        for (int pixel = 0; pixel < end; pixel += Side)
        {
            ref float row = ref Unsafe.Add(ref from, (nint)pixel * numClasses);
            ref float plane = ref Unsafe.Add(ref to, pixel);
            int c = 0;
            for (; c <= numClasses - Side; c += Side)
            {
                (Vector128<float> p0, Vector128<float> p1, Vector128<float> p2, Vector128<float> p3) = Turned(ref row, numClasses, c);
                p0.StoreUnsafe(ref plane);
                p1.StoreUnsafe(ref plane, (nuint)count);
                p2.StoreUnsafe(ref plane, (nuint)count * 2);
                p3.StoreUnsafe(ref plane, (nuint)count * 3);
                plane = ref Unsafe.Add(ref plane, (nint)count * Side);
            }

            if (c < numClasses)
            {
                (Vector128<float> p0, Vector128<float> p1, Vector128<float> p2, _) = Turned(ref row, numClasses, c);
                p0.StoreUnsafe(ref plane);
                if (numClasses - c > 1)
                {
                    p1.StoreUnsafe(ref plane, (nuint)count);
                }

                if (numClasses - c > 2)
                {
                    p2.StoreUnsafe(ref plane, (nuint)count * 2);
                }
            }
        }

        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SquaresToPixels(ReadOnlySpan<float> planes, Span<float> pixels, int numClasses, int count)
    {
        int end = Squared(count);
        ref float from = ref MemoryMarshal.GetReference(planes);
        ref float to = ref MemoryMarshal.GetReference(pixels);
        int whole = numClasses / Side * Side;
        for (int pixel = 0; pixel < end; pixel += Side)
        {
            ref float row = ref Unsafe.Add(ref to, (nint)pixel * numClasses);
            ref float plane = ref Unsafe.Add(ref from, pixel);
            if (whole < numClasses)
            {
                // First, as it writes over the next pixel's first classes.
                ref float first = ref Unsafe.Add(ref plane, (nint)whole * count);
                int left = numClasses - whole;
                Vector128<float> p0 = Vector128.LoadUnsafe(ref first);
                Vector128<float> p1 = left > 1 ? Vector128.LoadUnsafe(ref first, (nuint)count) : default;
                Vector128<float> p2 = left > 2 ? Vector128.LoadUnsafe(ref first, (nuint)count * 2) : default;
                Store(Turned(p0, p1, p2, default), ref row, numClasses, whole);
            }

            for (int c = 0; c < whole; c += Side)
            {
                Store(
                    Turned(
                        Vector128.LoadUnsafe(ref plane),
                        Vector128.LoadUnsafe(ref plane, (nuint)count),
                        Vector128.LoadUnsafe(ref plane, (nuint)count * 2),
                        Vector128.LoadUnsafe(ref plane, (nuint)count * 3)),
                    ref row,
                    numClasses,
                    c);
                plane = ref Unsafe.Add(ref plane, (nint)count * Side);
            }
        }

        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        (Vector128<float> P0, Vector128<float> P1, Vector128<float> P2, Vector128<float> P3) square, ref float row, int numClasses, int c)
    {
        square.P0.StoreUnsafe(ref row, (nuint)c);
        square.P1.StoreUnsafe(ref row, (nuint)(c + numClasses));
        square.P2.StoreUnsafe(ref row, (nuint)(c + (2 * numClasses)));
        square.P3.StoreUnsafe(ref row, (nuint)(c + (3 * numClasses)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> P0, Vector128<float> P1, Vector128<float> P2, Vector128<float> P3) Turned(
        ref float row, int numClasses, int c) => Turned(
            Vector128.LoadUnsafe(ref row, (nuint)c),
            Vector128.LoadUnsafe(ref row, (nuint)(c + numClasses)),
            Vector128.LoadUnsafe(ref row, (nuint)(c + (2 * numClasses))),
            Vector128.LoadUnsafe(ref row, (nuint)(c + (3 * numClasses))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> P0, Vector128<float> P1, Vector128<float> P2, Vector128<float> P3) Turned(
        Vector128<float> row0, Vector128<float> row1, Vector128<float> row2, Vector128<float> row3)
    {
        Vector128<float> low02 = Zip.Low(row0, row2);
        Vector128<float> high02 = Zip.High(row0, row2);
        Vector128<float> low13 = Zip.Low(row1, row3);
        Vector128<float> high13 = Zip.High(row1, row3);
        return (Zip.Low(low02, low13), Zip.High(low02, low13), Zip.Low(high02, high13), Zip.High(high02, high13));
    }
}
