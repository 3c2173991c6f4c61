using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Threading;

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
    public static (Lanes512 Class0, Lanes512 Class1) LoadTwoClasses(ref readonly float source, nuint offset)
    {
        (Vector512<float> class0, Vector512<float> class1) = TwoClasses.Split(
            Vector512.LoadUnsafe(in source, offset),
            Vector512.LoadUnsafe(in source, offset + (nuint)Count));
        return (new(class0), new(class1));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes512 Class0, Lanes512 Class1, Lanes512 Class2) LoadThreeClasses(ref readonly float source, nuint offset)
    {
        (Vector512<float> class0, Vector512<float> class1, Vector512<float> class2) = ThreeClasses.Split(
            Vector512.LoadUnsafe(in source, offset),
            Vector512.LoadUnsafe(in source, offset + (nuint)Count),
            Vector512.LoadUnsafe(in source, offset + (2 * (nuint)Count)));
        return (new(class0), new(class1), new(class2));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes512 Class0, Lanes512 Class1, Lanes512 Class2, Lanes512 Class3) LoadFourClasses(ref readonly float source, nuint offset)
    {
        (Vector512<float> class0, Vector512<float> class1, Vector512<float> class2, Vector512<float> class3) = FourClasses.Split(
            Vector512.LoadUnsafe(in source, offset),
            Vector512.LoadUnsafe(in source, offset + (nuint)Count),
            Vector512.LoadUnsafe(in source, offset + (2 * (nuint)Count)),
            Vector512.LoadUnsafe(in source, offset + (3 * (nuint)Count)));
        return (new(class0), new(class1), new(class2), new(class3));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes512 Class0, Lanes512 Class1) TakeApart(Lanes512 first, Lanes512 second)
    {
        (Vector512<float> class0, Vector512<float> class1) = TwoClasses.Split(first.bits, second.bits);
        return (new(class0), new(class1));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes512 Class0, Lanes512 Class1, Lanes512 Class2) TakeApart(Lanes512 first, Lanes512 second, Lanes512 third)
    {
        (Vector512<float> class0, Vector512<float> class1, Vector512<float> class2) = ThreeClasses.Split(first.bits, second.bits, third.bits);
        return (new(class0), new(class1), new(class2));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes512 Class0, Lanes512 Class1, Lanes512 Class2, Lanes512 Class3) TakeApart(Lanes512 first, Lanes512 second, Lanes512 third, Lanes512 fourth)
    {
        (Vector512<float> class0, Vector512<float> class1, Vector512<float> class2, Vector512<float> class3) =
            FourClasses.Split(first.bits, second.bits, third.bits, fourth.bits);
        return (new(class0), new(class1), new(class2), new(class3));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 LoadLabels<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged =>
        new(LabelLoads.Load512(in source, offset).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 LoadLabels<TLabel>(ref readonly TLabel source, nuint offset, long ignored)
        where TLabel : unmanaged =>
        new(IgnoringLoads.Load512(in source, offset, ignored).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Masked(Lanes512 labels, ref readonly bool mask, nuint offset)
    {
        Vector512<int> isFalse = Vector512.Equals(LabelLoads.Load512(in LabelLoads.Bytes(in mask), offset), Vector512<int>.Zero);
        return new(Vector512.ConditionalSelect(isFalse, Vector512.Create(IgnoredPixels.Label), labels.bits.AsInt32()).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 LoadTargets<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged =>
        new(LabelLoads.LoadTargets512(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 values, ref float destination, nuint offset) => values.bits.StoreUnsafe(ref destination, offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Lanes512 values, ref float destination, nuint offset, bool bypassCache)
    {
        // The memory is pinned by the library, for as long as the call takes.
        float* target = (float*)Unsafe.AsPointer(ref destination) + offset;
        if (bypassCache && (nuint)target % (nuint)sizeof(Vector512<float>) == 0)
        {
            values.bits.StoreAlignedNonTemporal(target);
            return;
        }

        values.bits.Store(target);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTwoClasses(Lanes512 class0, Lanes512 class1, ref float destination, nuint offset, bool bypassCache)
    {
        (Vector512<float> v0, Vector512<float> v1) = TwoClasses.Join(class0.bits, class1.bits);
        Store(new(v0), ref destination, offset, bypassCache);
        Store(new(v1), ref destination, offset + (nuint)Count, bypassCache);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreThreeClasses(Lanes512 class0, Lanes512 class1, Lanes512 class2, ref float destination, nuint offset, bool bypassCache)
    {
        (Vector512<float> v0, Vector512<float> v1, Vector512<float> v2) = ThreeClasses.Join(class0.bits, class1.bits, class2.bits);
        Store(new(v0), ref destination, offset, bypassCache);
        Store(new(v1), ref destination, offset + (nuint)Count, bypassCache);
        Store(new(v2), ref destination, offset + (2 * (nuint)Count), bypassCache);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFourClasses(Lanes512 class0, Lanes512 class1, Lanes512 class2, Lanes512 class3, ref float destination, nuint offset, bool bypassCache)
    {
        (Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3) = FourClasses.Join(class0.bits, class1.bits, class2.bits, class3.bits);
        Store(new(v0), ref destination, offset, bypassCache);
        Store(new(v1), ref destination, offset + (nuint)Count, bypassCache);
        Store(new(v2), ref destination, offset + (2 * (nuint)Count), bypassCache);
        Store(new(v3), ref destination, offset + (3 * (nuint)Count), bypassCache);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Broadcast(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Broadcast(ref readonly float source, nuint offset) =>
        new(Vector512.Create(Unsafe.Add(ref Unsafe.AsRef(in source), offset)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 RelativeTo(Lanes512 labels, int firstClass) =>
        new((labels.bits.AsInt32() - Vector512.Create(firstClass)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left.bits + right.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left.bits - right.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left.bits * right.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator /(Lanes512 left, Lanes512 right) => new(left.bits / right.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 left, Lanes512 right, Lanes512 addend) =>
        new(Vector512.MultiplyAddEstimate(left.bits, right.bits, addend.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AtLeast(Lanes512 value, Lanes512 bound) => new(Vector512.MaxNative(bound.bits, value.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 WithinPowers(Lanes512 values, float least, float most) =>
        Avx512F.IsSupported
            ? values
            : new(Vector512.MinNative(Vector512.Create(most), Vector512.MaxNative(Vector512.Create(least), values.bits)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 NegativeMagnitude(Lanes512 values) => new(values.bits | Vector512.Create(-0f));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 SelectBySign(Lanes512 signs, Lanes512 negative, Lanes512 positive) =>
        new(Vector512.ConditionalSelect((signs.bits.AsInt32() >> 31).AsSingle(), negative.bits, positive.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 TimesPowerOfTwo(Lanes512 values, Lanes512 powers, Lanes512 biased)
    {
        if (Avx512F.IsSupported)
        {
            return new(Avx512F.Scale(values.bits, powers.bits));
        }

        Vector512<float> tooLarge = (biased.bits.AsInt32() << PowerOfTwo.FractionBits).AsSingle();
        return new(values.bits * tooLarge * Vector512.Create(PowerOfTwo.PutRight));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 EighthPowers(Lanes512 biased) => new(Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32(Eighths.EightTwice, biased.bits.AsInt32())
        : Vector512.Shuffle(Eighths.EightTwice, biased.bits.AsInt32() & Vector512.Create(7)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 TimesWholePower(Lanes512 values, Lanes512 powers, Lanes512 biased)
    {
        if (Avx512F.IsSupported)
        {
            return new(Avx512F.Scale(values.bits, powers.bits));
        }

        Vector512<float> tooLarge = ((biased.bits.AsInt32() << (PowerOfTwo.FractionBits - PowerOfTwo.EighthBits)) & Vector512.Create(PowerOfTwo.ExponentMask)).AsSingle();
        return new(values.bits * tooLarge * Vector512.Create(PowerOfTwo.PutRight));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Exponents(Lanes512 values) => new(Vector512.ConvertToSingle(
        (values.bits.AsInt32() - Vector512.Create(PowerOfTwo.ThreeQuarters)) >> PowerOfTwo.FractionBits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 SelectWhere(Lanes512 labels, int classIndex, Lanes512 own, Lanes512 other) =>
        new(Vector512.ConditionalSelect(IsClass(labels, classIndex).AsSingle(), own.bits, other.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 SelectWhereLarger(Lanes512 left, Lanes512 right, Lanes512 larger, Lanes512 other) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(left.bits, right.bits), larger.bits, other.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 LargerBits(Lanes512 left, Lanes512 right) =>
        new(Vector512.Max(left.bits.AsUInt32(), right.bits.AsUInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreBitsAtMost(Lanes512 values, float bound) =>
        Vector512.LessThanOrEqualAll(values.bits.AsUInt32(), Vector512.Create(bound).AsUInt32());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreWithin(Lanes512 values, float tooSmall, float most)
    {
        // Floats of one sign are in the order of their bits; those of the other and NaN wrap around to beyond.
        Vector512<uint> lowest = Vector512.Create(tooSmall).AsUInt32() + Vector512<uint>.One;
        return Vector512.LessThanOrEqualAll(values.bits.AsUInt32() - lowest, Vector512.Create(most).AsUInt32() - lowest);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AddWhere(Lanes512 sum, Lanes512 values, Lanes512 labels, int classIndex) =>
        new(Vector512.ConditionalSelect(IsClass(labels, classIndex).AsSingle(), sum.bits + values.bits, sum.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 BroadcastLabel(int label) => new(Vector512.Create(label).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AddUnless(Lanes512 sum, Lanes512 values, Lanes512 labels, Lanes512 classes) =>
        new(Vector512.ConditionalSelect(
            Avx512F.IsSupported ? Avx512F.CompareNotEqual(labels.bits.AsInt32(), classes.bits.AsInt32()).AsSingle() : ~IsClass(labels, classes).AsSingle(),
            sum.bits + values.bits,
            sum.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AddUnless(Lanes512 sum, Lanes512 values, Lanes512 labels, int label) =>
        new(Vector512.ConditionalSelect(IsOther(labels, label).AsSingle(), sum.bits + values.bits, sum.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Miss(Lanes512 values, Lanes512 labels, int classIndex) =>
        new(Vector512.ConditionalSelect(IsClass(labels, classIndex).AsSingle(), Vector512.Create(1f) - values.bits, values.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ClearWhere(Lanes512 values, Lanes512 labels, int label) =>
        new(Vector512.ConditionalSelect(IsClass(labels, label).AsSingle(), Vector512<float>.Zero, values.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 CountWhere(Lanes512 counts, Lanes512 labels, int classIndex)
    {
        Vector512<int> integers = counts.bits.AsInt32();
        return new(Vector512.ConditionalSelect(IsClass(labels, classIndex), integers + Vector512<int>.One, integers).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 SelectWhere(Lanes512 labels, Lanes512 classes, Lanes512 own, Lanes512 other) =>
        new(Vector512.ConditionalSelect(IsClass(labels, classes).AsSingle(), own.bits, other.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AddWhere(Lanes512 sum, Lanes512 values, Lanes512 labels, Lanes512 classes) =>
        new(Vector512.ConditionalSelect(IsClass(labels, classes).AsSingle(), sum.bits + values.bits, sum.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Miss(Lanes512 values, Lanes512 labels, Lanes512 classes) =>
        new(Vector512.ConditionalSelect(IsClass(labels, classes).AsSingle(), Vector512.Create(1f) - values.bits, values.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 CountWhere(Lanes512 counts, Lanes512 labels, Lanes512 classes)
    {
        Vector512<int> integers = counts.bits.AsInt32();
        return new(Vector512.ConditionalSelect(IsClass(labels, classes), integers + Vector512<int>.One, integers).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 PixelsOfLanes(int numClasses, int vector)
    {
        // A division by a multiplication, exact for so few.
        Vector512<int> elements = Vector512<int>.Indices + Vector512.Create(vector * Count);
        return new(((elements * Vector512.Create((1 << 16) / numClasses + 1)) >> 16).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ClassesOfLanes(int numClasses, int vector)
    {
        Vector512<int> elements = Vector512<int>.Indices + Vector512.Create(vector * Count);
        return new((elements - PixelsOfLanes(numClasses, vector).bits.AsInt32() * Vector512.Create(numClasses)).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Spread(Lanes512 labels, Lanes512 pixels) => new(Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32(labels.bits, pixels.bits.AsInt32())
        : Vector512.Shuffle(labels.bits.AsInt32(), pixels.bits.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NumberUnless(Lanes512 labels, int label) =>
        BitOperations.PopCount(IsOther(labels, label).ExtractMostSignificantBits());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LanesWhere(Lanes512 labels, int label) =>
        (uint)Vector512.Equals(labels.bits.AsInt32(), Vector512.Create(label)).ExtractMostSignificantBits();

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

    /// <summary>
    /// One float in every lane, which the JIT is not to know for a constant: a register then has it through a loop, where otherwise each use would load it anew.
    /// </summary>
    /// <remarks>The read is of a copy on the stack. A JIT that sees through it makes loops slower, not wrong, and the tests of machine code fail.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes512 Held(float value) => new(Vector512.Create(Volatile.Read(ref value)));

    /// <summary>Which lanes <see cref="Join"/> takes: sixteen, from one on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes512 LanesFrom(int first) => new((Vector512<int>.Indices + Vector512.Create(first)).AsSingle());

    /// <summary>Sixteen lanes of two vectors, of which the second one's are counted on from those of the first, and those of the first from the second one's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes512 Join(Lanes512 first, Lanes512 second, Lanes512 lanes) =>
        new(Avx512F.PermuteVar16x32x2(first.bits, lanes.bits.AsInt32(), second.bits));

    // By name, as a mask that the JIT turns round is an instruction more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> IsOther(Lanes512 labels, int label) => Avx512F.IsSupported
        ? Avx512F.CompareNotEqual(labels.bits.AsInt32(), Vector512.Create(label))
        : ~IsClass(labels, label);

    // All bits of a lane set, which is -1, or none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> IsClass(Lanes512 labels, int classIndex) =>
        Vector512.Equals(labels.bits.AsInt32(), Vector512.Create(classIndex));

    // Not by way of one another: the JIT has a budget for what it inlines into one another, and large loops come near it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> IsClass(Lanes512 labels, Lanes512 classes) => Vector512.Equals(labels.bits.AsInt32(), classes.bits.AsInt32());
}
