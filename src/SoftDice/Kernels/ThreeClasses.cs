using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>Sixteen pixels of three classes, turned in three registers, with AVX-512.</summary>
/// <remarks>
/// Element e of the 48 is of class e mod 3, and in lane e mod 16. As 3 and 16 have no common factor, a class has each lane once, in one
/// of the three registers: so a plane is two selections by lane, and one permutation. Back it is the same the other way round.
/// </remarks>
internal static class ThreeClasses
{
    private const int Lanes = 16;

    // Lanes 0, 3, 6 and so on; 1, 4, 7; 2, 5, 8.
    private static readonly Vector512<float> Lanes0 = LanesFrom(0);
    private static readonly Vector512<float> Lanes1 = LanesFrom(1);

    private static readonly Vector512<int> ToPlane0 = ToPlane(0);
    private static readonly Vector512<int> ToPlane1 = ToPlane(1);
    private static readonly Vector512<int> ToPlane2 = ToPlane(2);

    private static readonly Vector512<int> FromPlane0 = FromPlane(0);
    private static readonly Vector512<int> FromPlane1 = FromPlane(1);
    private static readonly Vector512<int> FromPlane2 = FromPlane(2);

    /// <summary>From (pixels, class) to (class, pixels).</summary>
    /// <returns>How many pixels are done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int ToPlanes(ReadOnlySpan<float> pixels, Span<float> planes)
    {
        int count = pixels.Length / 3;
        int end = count / Lanes * Lanes;
        ref float from = ref MemoryMarshal.GetReference(pixels);
        ref float to = ref MemoryMarshal.GetReference(planes);
        Vector512<float> lanes0 = Lanes0;
        Vector512<float> lanes1 = Lanes1;
        Vector512<int> toPlane0 = ToPlane0;
        Vector512<int> toPlane1 = ToPlane1;
        Vector512<int> toPlane2 = ToPlane2;
        for (int pixel = 0; pixel < end; pixel += Lanes)
        {
            ref float row = ref Unsafe.Add(ref from, (nint)pixel * 3);
            Vector512<float> v0 = Vector512.LoadUnsafe(ref row);
            Vector512<float> v1 = Vector512.LoadUnsafe(ref row, Lanes);
            Vector512<float> v2 = Vector512.LoadUnsafe(ref row, 2 * Lanes);
            ref float plane = ref Unsafe.Add(ref to, pixel);
            Avx512F.PermuteVar16x32(Chosen(lanes0, lanes1, v0, v2, v1), toPlane0).StoreUnsafe(ref plane);
            Avx512F.PermuteVar16x32(Chosen(lanes0, lanes1, v1, v0, v2), toPlane1).StoreUnsafe(ref plane, (nuint)count);
            Avx512F.PermuteVar16x32(Chosen(lanes0, lanes1, v2, v1, v0), toPlane2).StoreUnsafe(ref plane, (nuint)count * 2);
        }

        return end;
    }

    /// <summary>From (class, pixels) to (pixels, class).</summary>
    /// <returns>How many pixels are done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int ToPixels(ReadOnlySpan<float> planes, Span<float> pixels)
    {
        int count = pixels.Length / 3;
        int end = count / Lanes * Lanes;
        ref float from = ref MemoryMarshal.GetReference(planes);
        ref float to = ref MemoryMarshal.GetReference(pixels);
        Vector512<float> lanes0 = Lanes0;
        Vector512<float> lanes1 = Lanes1;
        Vector512<int> fromPlane0 = FromPlane0;
        Vector512<int> fromPlane1 = FromPlane1;
        Vector512<int> fromPlane2 = FromPlane2;
        for (int pixel = 0; pixel < end; pixel += Lanes)
        {
            ref float plane = ref Unsafe.Add(ref from, pixel);
            Vector512<float> p0 = Avx512F.PermuteVar16x32(Vector512.LoadUnsafe(ref plane), fromPlane0);
            Vector512<float> p1 = Avx512F.PermuteVar16x32(Vector512.LoadUnsafe(ref plane, (nuint)count), fromPlane1);
            Vector512<float> p2 = Avx512F.PermuteVar16x32(Vector512.LoadUnsafe(ref plane, (nuint)count * 2), fromPlane2);
            ref float row = ref Unsafe.Add(ref to, (nint)pixel * 3);
            Chosen(lanes0, lanes1, p0, p1, p2).StoreUnsafe(ref row);
            Chosen(lanes0, lanes1, p1, p2, p0).StoreUnsafe(ref row, Lanes);
            Chosen(lanes0, lanes1, p2, p0, p1).StoreUnsafe(ref row, 2 * Lanes);
        }

        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Chosen(
        Vector512<float> lanes0, Vector512<float> lanes1, Vector512<float> in0, Vector512<float> in1, Vector512<float> in2) =>
        Vector512.ConditionalSelect(lanes0, in0, Vector512.ConditionalSelect(lanes1, in1, in2));

    private static Vector512<float> LanesFrom(int first) => Made(lane => lane % 3 == first ? -1 : 0).AsSingle();

    private static Vector512<int> ToPlane(int c) => Made(pixel => (c + (3 * pixel)) % Lanes);

    // Of the three registers, the element of a class in a lane is in that in which 16 times its number and the lane are so many more than a multiple of 3.
    private static Vector512<int> FromPlane(int c) => Made(lane => ((Lanes * ((c - lane + 18) % 3)) + lane) / 3);

    private static Vector512<int> Made(Func<int, int> ofLane)
    {
        Span<int> lanes = stackalloc int[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            lanes[lane] = ofLane(lane);
        }

        return Vector512.Create<int>(lanes);
    }
}
