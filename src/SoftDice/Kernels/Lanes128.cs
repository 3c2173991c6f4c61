using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>Four lanes: SSE, Neon, and the vector baseline of WebAssembly.</summary>
public readonly struct Lanes128 : ILanes<Lanes128>
{
    private readonly Vector128<float> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes128(Vector128<float> bits) => this.bits = bits;

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(ref readonly float source, nuint offset) => new(Vector128.LoadUnsafe(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 LoadLabels<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged =>
        new(LabelLoads.Load128(in source, offset).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 RelativeTo(Lanes128 labels, int firstClass) =>
        new((labels.bits.AsInt32() - Vector128.Create(firstClass)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left.bits + right.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AddWhere(Lanes128 sum, Lanes128 values, Lanes128 labels, int classIndex) =>
        new(sum.bits + (IsClass(labels, classIndex).AsSingle() & values.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 CountWhere(Lanes128 counts, Lanes128 labels, int classIndex) =>
        new((counts.bits.AsInt32() - IsClass(labels, classIndex)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDouble(Lanes128 values) =>
        Vector256.Create(Vector128.WidenLower(values.bits), Vector128.WidenUpper(values.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Total(Lanes128 counts)
    {
        (Vector128<long> lower, Vector128<long> upper) = Vector128.Widen(counts.bits.AsInt32());
        return Vector128.Sum(lower + upper);
    }

    // All bits of a lane set, which is -1, or none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> IsClass(Lanes128 labels, int classIndex) =>
        Vector128.Equals(labels.bits.AsInt32(), Vector128.Create(classIndex));
}
