using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>Pixels whose classes lie side by side, turned into a plane a class in scratch memory, and back.</summary>
/// <remarks>As many pixels as registers hold are turned at once, by <see cref="Squares{TPieces}"/> or, of three classes, as lanes take them apart, and the last ones one by one.</remarks>
internal static class Turning
{
    /// <summary>From (pixels, class) to (class, pixels).</summary>
    public static void ToPlanes<T>(ReadOnlySpan<T> pixels, Span<T> planes, int numClasses)
        where T : unmanaged
    {
        int count = pixels.Length / numClasses;
        int done = typeof(T) == typeof(float)
            ? SquaresToPlanes(MemoryMarshal.Cast<T, float>(pixels), MemoryMarshal.Cast<T, float>(planes), numClasses)
            : 0;
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
        for (int pixel = SquaresToPixels(planes, pixels, numClasses); pixel < count; pixel++)
        {
            for (int c = 0; c < numClasses; c++)
            {
                pixels[(pixel * numClasses) + c] = planes[(c * count) + pixel];
            }
        }
    }

    private static int SquaresToPlanes(ReadOnlySpan<float> pixels, Span<float> planes, int numClasses) =>
        numClasses == 3 && Avx512F.IsSupported ? ThreesToPlanes<Lanes512>(pixels, planes)
        : Avx512F.IsSupported ? Squares<Pieces512>.ToPlanes(pixels, planes, numClasses)
        : Avx.IsSupported ? Squares<Pieces256>.ToPlanes(pixels, planes, numClasses)
        : Vector128.IsHardwareAccelerated ? Squares<Pieces128>.ToPlanes(pixels, planes, numClasses)
        : 0;

    private static int SquaresToPixels(ReadOnlySpan<float> planes, Span<float> pixels, int numClasses) =>
        numClasses == 3 && Avx512F.IsSupported ? ThreesToPixels<Lanes512>(planes, pixels)
        : Avx512F.IsSupported ? Squares<Pieces512>.ToPixels(planes, pixels, numClasses)
        : Avx.IsSupported ? Squares<Pieces256>.ToPixels(planes, pixels, numClasses)
        : Vector128.IsHardwareAccelerated ? Squares<Pieces128>.ToPixels(planes, pixels, numClasses)
        : 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ThreesToPlanes<TLanes>(ReadOnlySpan<float> pixels, Span<float> planes)
        where TLanes : struct, ILanes<TLanes>
    {
        int count = pixels.Length / 3;
        int end = count - (count % TLanes.Count);
        ref float from = ref MemoryMarshal.GetReference(pixels);
        ref float to = ref MemoryMarshal.GetReference(planes);
        for (nuint pixel = 0; pixel < (nuint)end; pixel += (nuint)TLanes.Count)
        {
            (TLanes class0, TLanes class1, TLanes class2) = TLanes.LoadThreeClasses(in from, 3 * pixel);
            TLanes.Store(class0, ref to, pixel);
            TLanes.Store(class1, ref to, pixel + (nuint)count);
            TLanes.Store(class2, ref to, pixel + (2 * (nuint)count));
        }

        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ThreesToPixels<TLanes>(ReadOnlySpan<float> planes, Span<float> pixels)
        where TLanes : struct, ILanes<TLanes>
    {
        int count = pixels.Length / 3;
        int end = count - (count % TLanes.Count);
        ref float from = ref MemoryMarshal.GetReference(planes);
        ref float to = ref MemoryMarshal.GetReference(pixels);
        for (nuint pixel = 0; pixel < (nuint)end; pixel += (nuint)TLanes.Count)
        {
            TLanes.StoreThreeClasses(
                TLanes.Load(in from, pixel),
                TLanes.Load(in from, pixel + (nuint)count),
                TLanes.Load(in from, pixel + (2 * (nuint)count)),
                ref to,
                3 * pixel,
                bypassCache: false);
        }

        return end;
    }
}
