using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>Sixteen lanes: AVX-512. Elsewhere the same results from two registers of 256 bits.</summary>
public readonly struct Lanes512 : ILanes<Lanes512>
{
    private readonly Vector512<float> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes512(Vector512<float> bits) => this.bits = bits;

    /// <inheritdoc/>
    public static int Count => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref readonly float source, nuint offset) => new(Vector512.LoadUnsafe(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 LoadLabels<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged =>
        new(LabelLoads.Load512(in source, offset).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 RelativeTo(Lanes512 labels, int firstClass) =>
        new((labels.bits.AsInt32() - Vector512.Create(firstClass)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left.bits + right.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AddWhere(Lanes512 sum, Lanes512 values, Lanes512 labels, int classIndex) =>
        new(Vector512.ConditionalSelect(IsClass(labels, classIndex).AsSingle(), sum.bits + values.bits, sum.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 CountWhere(Lanes512 counts, Lanes512 labels, int classIndex)
    {
        Vector512<int> integers = counts.bits.AsInt32();
        return new(Vector512.ConditionalSelect(IsClass(labels, classIndex), integers + Vector512<int>.One, integers).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDouble(Lanes512 values)
    {
        Vector512<double> eight = Vector512.WidenLower(values.bits) + Vector512.WidenUpper(values.bits);
        return eight.GetLower() + eight.GetUpper();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Total(Lanes512 counts)
    {
        (Vector512<long> lower, Vector512<long> upper) = Vector512.Widen(counts.bits.AsInt32());
        return Vector512.Sum(lower + upper);
    }

    // All bits of a lane set, which is -1, or none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> IsClass(Lanes512 labels, int classIndex) =>
        Vector512.Equals(labels.bits.AsInt32(), Vector512.Create(classIndex));
}
