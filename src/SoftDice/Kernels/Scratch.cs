using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>Memory for work: fourteen blocks a thread, kept from call to call and never moved.</summary>
/// <remarks>It is not on the stack because a large stack frame is set to zero at every call.</remarks>
public static unsafe class Scratch
{
    // A line of the cache; the widest vector is as long, and is read fastest where it does not straddle two.
    private const int Alignment = 64;

    [ThreadStatic]
    private static byte[]? tile;

    [ThreadStatic]
    private static byte[]? totals;

    [ThreadStatic]
    private static byte[]? slopes;

    [ThreadStatic]
    private static byte[]? sums;

    [ThreadStatic]
    private static byte[]? images;

    [ThreadStatic]
    private static byte[]? planes;

    [ThreadStatic]
    private static byte[]? rows;

    [ThreadStatic]
    private static byte[]? owns;

    [ThreadStatic]
    private static byte[]? classes;

    [ThreadStatic]
    private static byte[]? doubles;

    [ThreadStatic]
    private static byte[]? lanes;

    [ThreadStatic]
    private static byte[]? converted;

    [ThreadStatic]
    private static byte[]? targets;

    [ThreadStatic]
    private static byte[]? exponentials;

    /// <summary>The most bytes of a block.</summary>
    internal static int MostBytes => Array.MaxLength - Alignment;

    /// <summary>This thread's block for the tile at work, with whatever was last in it. A second call takes it away from the first.</summary>
    /// <param name="count">Number of floats.</param>
    /// <returns>The floats, the first at the beginning of a line of the cache.</returns>
    public static Span<float> Floats(int count) => new(Block(ref tile, (nint)count * sizeof(float)), count);

    /// <summary>This thread's block for what the classes add up to over tiles, all zero. A second call takes it away from the first.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="count">Number of classes.</param>
    /// <returns>A total for each class.</returns>
    public static Span<ClassTotals<TLanes>> Totals<TLanes>(int count)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<ClassTotals<TLanes>> all = new(Block(ref totals, (nint)count * Unsafe.SizeOf<ClassTotals<TLanes>>()), count);
        all.Clear();
        return all;
    }

    /// <summary>This thread's block for the slopes of the classes, with whatever was last in it. A second call takes it away from the first.</summary>
    /// <param name="count">Number of classes.</param>
    /// <returns>The slopes of each class.</returns>
    public static Span<ClassSlopes> Slopes(int count) => new(Block(ref slopes, (nint)count * sizeof(ClassSlopes)), count);

    /// <summary>This thread's block for what classes add up to row by row, with whatever was last in it. A second call takes it away from the first.</summary>
    /// <param name="count">Number of totals.</param>
    /// <returns>The totals.</returns>
    internal static Span<RowTotals> Rows(int count) => new(Block(ref rows, (nint)count * sizeof(RowTotals)), count);

    /// <summary>This thread's block for what classes have of the pixels labelled with them, with whatever was last in it. A second call takes it away from the first.</summary>
    /// <param name="count">Number of pairs.</param>
    /// <returns>The pairs.</returns>
    internal static Span<Vector128<double>> Owns(int count) => new(Block(ref owns, (nint)count * sizeof(Vector128<double>)), count);

    /// <summary>This thread's block for numbers of classes, with whatever was last in it. A second call takes it away from the first.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The numbers.</returns>
    internal static Span<int> Classes(int count) => new(Block(ref classes, (nint)count * sizeof(int)), count);

    /// <summary>This thread's block for lanes that loops read again, with whatever was last in it. A second call takes it away from the first.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="count">How many.</param>
    /// <returns>The lanes.</returns>
    internal static Span<TLanes> Lanes<TLanes>(int count)
        where TLanes : struct, ILanes<TLanes> => new(Block(ref lanes, (nint)count * Unsafe.SizeOf<TLanes>()), count);

    /// <summary>This thread's block for sums in double, with whatever was last in it. A second call takes it away from the first.</summary>
    /// <param name="count">Number of sums.</param>
    /// <returns>The sums.</returns>
    internal static Span<double> Doubles(int count) => new(Block(ref doubles, (nint)count * sizeof(double)), count);

    /// <summary>This thread's block for pixels made into planes, with whatever was last in it. A second call takes it away from the first.</summary>
    /// <param name="count">Number of floats.</param>
    /// <returns>The floats.</returns>
    internal static Span<float> Planes(int count) => new(Block(ref planes, (nint)count * sizeof(float)), count);

    /// <summary>This thread's block for pixels on their way between another type and planes, with whatever was last in it. A second call takes it away from the first.</summary>
    /// <param name="count">Number of floats.</param>
    /// <returns>The floats.</returns>
    internal static Span<float> Converted(int count) => new(Block(ref converted, (nint)count * sizeof(float)), count);

    /// <summary>This thread's block for targets made into planes, with whatever was last in it. A second call takes it away from the first.</summary>
    /// <typeparam name="TLabel">The type of the targets.</typeparam>
    /// <param name="count">Number of targets.</param>
    /// <returns>The targets.</returns>
    internal static Span<TLabel> Targets<TLabel>(int count)
        where TLabel : unmanaged => new(Block(ref targets, (nint)count * sizeof(TLabel)), count);

    /// <summary>This thread's block for the softmax of some rows, with whatever was last in it. A second call takes it away from the first.</summary>
    /// <param name="count">Number of floats.</param>
    /// <returns>The floats.</returns>
    internal static Span<float> Exponentials(int count) => new(Block(ref exponentials, (nint)count * sizeof(float)), count);

    /// <summary>Takes this thread's block for sums that wait to be added, so that a call from within a wait has another.</summary>
    /// <param name="count">Number of bytes.</param>
    /// <param name="first">The first byte.</param>
    /// <returns>The block, to be given back.</returns>
    internal static byte[] TakeSums(nint count, out void* first)
    {
        byte[]? block = sums;
        sums = null;
        first = Block(ref block, count);
        return block!;
    }

    /// <summary>Keeps a block for the next call.</summary>
    /// <param name="block">What was taken.</param>
    internal static void GiveBackSums(byte[] block) => sums = block;

    /// <summary>Takes this thread's block for the sums of images, so that a call from within a wait has another.</summary>
    /// <param name="count">Number of bytes.</param>
    /// <param name="first">The first byte.</param>
    /// <returns>The block, to be given back.</returns>
    internal static byte[] TakeImages(nint count, out void* first)
    {
        byte[]? block = images;
        images = null;
        first = Block(ref block, count);
        return block!;
    }

    /// <summary>Keeps a block for the next call.</summary>
    /// <param name="block">What was taken.</param>
    internal static void GiveBackImages(byte[] block) => images = block;

    private static void* Block(ref byte[]? block, nint count)
    {
        if (block is null || block.Length < count + Alignment)
        {
            block = GC.AllocateUninitializedArray<byte>(checked((int)(count + Alignment)), pinned: true);
        }

        nuint first = (nuint)Unsafe.AsPointer(ref block[0]);
        return (void*)((first + Alignment - 1) & ~(nuint)(Alignment - 1));
    }
}
