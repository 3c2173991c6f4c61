using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>The labels of each class, counted in the lanes, or apart from them where labels are bytes, of which a vector has many more.</summary>
/// <remarks>The comparisons of <c>typeof</c> are constants to the JIT, so that a loop has nothing of the way that it does not go.</remarks>
public static class LabelCounts
{
    // Vectors that are counted in bytes before one could overflow.
    private const int MostVectors = byte.MaxValue;

    /// <summary>One more where a lane's label is its class; counts as they are where labels are bytes.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <param name="counts">Integer lanes.</param>
    /// <param name="labels">Integer lanes.</param>
    /// <param name="classes">Integer lanes.</param>
    /// <returns>Integer lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Where<TLanes, TLabel>(TLanes counts, TLanes labels, TLanes classes)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged =>
        typeof(TLabel) == typeof(byte) || typeof(TLabel) == typeof(sbyte) ? counts : TLanes.CountWhere(counts, labels, classes);

    /// <summary>How many labels of a range are a class.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <param name="counts">What the lanes have counted over the range.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="classIndex">The class, at most 127, as bytes can be signed.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <returns>Their number.</returns>
    /// <exception cref="System.OverflowException">The labels are bytes, and the class is more than 127.</exception>
    public static long Total<TLanes, TLabel>(TLanes counts, ReadOnlySpan<TLabel> labels, int classIndex, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged =>
        typeof(TLabel) == typeof(byte) || typeof(TLabel) == typeof(sbyte)
            ? Count(MemoryMarshal.AsBytes(labels[firstPixel..endPixel]), (byte)checked((sbyte)classIndex))
            : TLanes.Total(counts);

    // Not the framework's, which a process may have as it was compiled ahead of time: three classes then cost more than in the lanes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static long Count(ReadOnlySpan<byte> labels, byte label)
    {
        ref byte first = ref MemoryMarshal.GetReference(labels);
        Vector<byte> wanted = new(label);
        nuint pair = 2 * (nuint)Vector<byte>.Count, pixel = 0, whole = (nuint)labels.Length / pair * pair;
        long count = 0;
        while (pixel < whole)
        {
            nuint end = nuint.Min(pixel + (MostVectors * pair), whole);
            Vector<byte> even = default, odd = default;
            for (; pixel < end; pixel += pair)
            {
                even -= Vector.Equals(Vector.LoadUnsafe(ref first, pixel), wanted);
                odd -= Vector.Equals(Vector.LoadUnsafe(ref first, pixel + (nuint)Vector<byte>.Count), wanted);
            }

            Vector.Widen(even, out Vector<ushort> even0, out Vector<ushort> even1);
            Vector.Widen(odd, out Vector<ushort> odd0, out Vector<ushort> odd1);
            count += Vector.Sum(even0 + even1 + (odd0 + odd1));
        }

        for (; pixel < (nuint)labels.Length; pixel++)
        {
            count += Unsafe.Add(ref first, pixel) == label ? 1 : 0;
        }

        return count;
    }
}
