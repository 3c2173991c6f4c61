using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>Eight lanes: AVX2. Elsewhere the same results from two registers of 128 bits.</summary>
public readonly struct Lanes256 : ILanes<Lanes256>
{
    private readonly Vector256<float> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes256(Vector256<float> bits) => this.bits = bits;

    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref readonly float source, nuint offset) => new(Vector256.LoadUnsafe(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes256 Class0, Lanes256 Class1) LoadTwoClasses(ref readonly float source, nuint offset)
    {
        (Vector256<float> class0, Vector256<float> class1) = TwoClasses.Split(
            Vector256.LoadUnsafe(in source, offset),
            Vector256.LoadUnsafe(in source, offset + (nuint)Count));
        return (new(class0), new(class1));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes256 Class0, Lanes256 Class1, Lanes256 Class2) LoadThreeClasses(ref readonly float source, nuint offset)
    {
        (Vector256<float> class0, Vector256<float> class1, Vector256<float> class2) = ThreeClasses.Split(
            Vector256.LoadUnsafe(in source, offset),
            Vector256.LoadUnsafe(in source, offset + (nuint)Count),
            Vector256.LoadUnsafe(in source, offset + (2 * (nuint)Count)));
        return (new(class0), new(class1), new(class2));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes256 Class0, Lanes256 Class1, Lanes256 Class2, Lanes256 Class3) LoadFourClasses(ref readonly float source, nuint offset)
    {
        (Vector256<float> class0, Vector256<float> class1, Vector256<float> class2, Vector256<float> class3) = FourClasses.Split(
            Vector256.LoadUnsafe(in source, offset),
            Vector256.LoadUnsafe(in source, offset + (nuint)Count),
            Vector256.LoadUnsafe(in source, offset + (2 * (nuint)Count)),
            Vector256.LoadUnsafe(in source, offset + (3 * (nuint)Count)));
        return (new(class0), new(class1), new(class2), new(class3));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes256 Class0, Lanes256 Class1) TakeApart(Lanes256 first, Lanes256 second)
    {
        (Vector256<float> class0, Vector256<float> class1) = TwoClasses.Split(first.bits, second.bits);
        return (new(class0), new(class1));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes256 Class0, Lanes256 Class1, Lanes256 Class2) TakeApart(Lanes256 first, Lanes256 second, Lanes256 third)
    {
        (Vector256<float> class0, Vector256<float> class1, Vector256<float> class2) = ThreeClasses.Split(first.bits, second.bits, third.bits);
        return (new(class0), new(class1), new(class2));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes256 Class0, Lanes256 Class1, Lanes256 Class2, Lanes256 Class3) TakeApart(Lanes256 first, Lanes256 second, Lanes256 third, Lanes256 fourth)
    {
        (Vector256<float> class0, Vector256<float> class1, Vector256<float> class2, Vector256<float> class3) =
            FourClasses.Split(first.bits, second.bits, third.bits, fourth.bits);
        return (new(class0), new(class1), new(class2), new(class3));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 LoadLabels<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged =>
        new(LabelLoads.Load256(in source, offset).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 LoadLabels<TLabel>(ref readonly TLabel source, nuint offset, long ignored)
        where TLabel : unmanaged =>
        new(IgnoringLoads.Load256(in source, offset, ignored).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Masked(Lanes256 labels, ref readonly bool mask, nuint offset)
    {
        Vector256<int> isFalse = Vector256.Equals(LabelLoads.Load256(in LabelLoads.Bytes(in mask), offset), Vector256<int>.Zero);
        return new(Vector256.ConditionalSelect(isFalse, Vector256.Create(IgnoredPixels.Label), labels.bits.AsInt32()).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 LoadTargets<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged =>
        new(LabelLoads.LoadTargets256(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 values, ref float destination, nuint offset) => values.bits.StoreUnsafe(ref destination, offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Lanes256 values, ref float destination, nuint offset, bool bypassCache)
    {
        // The memory is pinned by the library, for as long as the call takes.
        float* target = (float*)Unsafe.AsPointer(ref destination) + offset;
        if (bypassCache && (nuint)target % (nuint)sizeof(Vector256<float>) == 0)
        {
            values.bits.StoreAlignedNonTemporal(target);
            return;
        }

        values.bits.Store(target);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTwoClasses(Lanes256 class0, Lanes256 class1, ref float destination, nuint offset, bool bypassCache)
    {
        (Vector256<float> v0, Vector256<float> v1) = TwoClasses.Join(class0.bits, class1.bits);
        Store(new(v0), ref destination, offset, bypassCache);
        Store(new(v1), ref destination, offset + (nuint)Count, bypassCache);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreThreeClasses(Lanes256 class0, Lanes256 class1, Lanes256 class2, ref float destination, nuint offset, bool bypassCache)
    {
        (Vector256<float> v0, Vector256<float> v1, Vector256<float> v2) = ThreeClasses.Join(class0.bits, class1.bits, class2.bits);
        Store(new(v0), ref destination, offset, bypassCache);
        Store(new(v1), ref destination, offset + (nuint)Count, bypassCache);
        Store(new(v2), ref destination, offset + (2 * (nuint)Count), bypassCache);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFourClasses(Lanes256 class0, Lanes256 class1, Lanes256 class2, Lanes256 class3, ref float destination, nuint offset, bool bypassCache)
    {
        (Vector256<float> v0, Vector256<float> v1, Vector256<float> v2, Vector256<float> v3) = FourClasses.Join(class0.bits, class1.bits, class2.bits, class3.bits);
        Store(new(v0), ref destination, offset, bypassCache);
        Store(new(v1), ref destination, offset + (nuint)Count, bypassCache);
        Store(new(v2), ref destination, offset + (2 * (nuint)Count), bypassCache);
        Store(new(v3), ref destination, offset + (3 * (nuint)Count), bypassCache);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(float value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(ref readonly float source, nuint offset) =>
        new(Vector256.Create(Unsafe.Add(ref Unsafe.AsRef(in source), offset)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 RelativeTo(Lanes256 labels, int firstClass) =>
        new((labels.bits.AsInt32() - Vector256.Create(firstClass)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left.bits + right.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left.bits - right.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left.bits * right.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator /(Lanes256 left, Lanes256 right) => new(left.bits / right.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyAdd(Lanes256 left, Lanes256 right, Lanes256 addend) =>
        new(Vector256.MultiplyAddEstimate(left.bits, right.bits, addend.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AtLeast(Lanes256 value, Lanes256 bound) => new(Vector256.MaxNative(bound.bits, value.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 WithinPowers(Lanes256 values, float least, float most) =>
        new(Vector256.MinNative(Vector256.Create(most), Vector256.MaxNative(Vector256.Create(least), values.bits)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 NegativeMagnitude(Lanes256 values) => new(values.bits | Vector256.Create(-0f));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SelectBySign(Lanes256 signs, Lanes256 negative, Lanes256 positive) =>
        new(Vector256.ConditionalSelect((signs.bits.AsInt32() >> 31).AsSingle(), negative.bits, positive.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 TimesPowerOfTwo(Lanes256 values, Lanes256 powers, Lanes256 biased)
    {
        Vector256<float> tooLarge = (biased.bits.AsInt32() << PowerOfTwo.FractionBits).AsSingle();
        return new(values.bits * tooLarge * Vector256.Create(PowerOfTwo.PutRight));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 EighthPowers(Lanes256 biased) => new(Avx2.IsSupported
        ? Avx2.PermuteVar8x32(Eighths.Eight, biased.bits.AsInt32())
        : Vector256.Shuffle(Eighths.Eight, biased.bits.AsInt32() & Vector256.Create(7)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 TimesWholePower(Lanes256 values, Lanes256 powers, Lanes256 biased)
    {
        Vector256<float> tooLarge = ((biased.bits.AsInt32() << (PowerOfTwo.FractionBits - PowerOfTwo.EighthBits)) & Vector256.Create(PowerOfTwo.ExponentMask)).AsSingle();
        return new(values.bits * tooLarge * Vector256.Create(PowerOfTwo.PutRight));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Exponents(Lanes256 values) => new(Vector256.ConvertToSingle(
        (values.bits.AsInt32() - Vector256.Create(PowerOfTwo.ThreeQuarters)) >> PowerOfTwo.FractionBits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SelectWhere(Lanes256 labels, int classIndex, Lanes256 own, Lanes256 other) =>
        new(Vector256.ConditionalSelect(IsClass(labels, classIndex).AsSingle(), own.bits, other.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SelectWhereLarger(Lanes256 left, Lanes256 right, Lanes256 larger, Lanes256 other) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(left.bits, right.bits), larger.bits, other.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 LargerBits(Lanes256 left, Lanes256 right) =>
        new(Vector256.Max(left.bits.AsUInt32(), right.bits.AsUInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreBitsAtMost(Lanes256 values, float bound) =>
        Vector256.LessThanOrEqualAll(values.bits.AsUInt32(), Vector256.Create(bound).AsUInt32());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreWithin(Lanes256 values, float tooSmall, float most)
    {
        // Floats of one sign are in the order of their bits; those of the other and NaN wrap around to beyond.
        Vector256<uint> lowest = Vector256.Create(tooSmall).AsUInt32() + Vector256<uint>.One;
        return Vector256.LessThanOrEqualAll(values.bits.AsUInt32() - lowest, Vector256.Create(most).AsUInt32() - lowest);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AddWhere(Lanes256 sum, Lanes256 values, Lanes256 labels, int classIndex) =>
        new(sum.bits + (IsClass(labels, classIndex).AsSingle() & values.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 BroadcastLabel(int label) => new(Vector256.Create(label).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AddUnless(Lanes256 sum, Lanes256 values, Lanes256 labels, Lanes256 classes) =>
        new(Avx512F.VL.IsSupported
            ? Vector256.ConditionalSelect(
                Avx512F.VL.CompareNotEqual(labels.bits.AsInt32(), classes.bits.AsInt32()).AsSingle(), sum.bits + values.bits, sum.bits)
            : sum.bits + Vector256.AndNot(values.bits, IsClass(labels, classes).AsSingle()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AddUnless(Lanes256 sum, Lanes256 values, Lanes256 labels, int label) =>
        new(sum.bits + Vector256.AndNot(values.bits, IsClass(labels, label).AsSingle()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Miss(Lanes256 values, Lanes256 labels, int classIndex)
    {
        Vector256<float> isClass = IsClass(labels, classIndex).AsSingle();
        Vector256<float> shortfall = Vector256.Create(1f) - values.bits;

        // By name, as the JIT takes three instructions for a selection by a mask that others use too.
        return new(Avx.IsSupported
            ? Avx.BlendVariable(values.bits, shortfall, isClass)
            : Vector256.ConditionalSelect(isClass, shortfall, values.bits));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ClearWhere(Lanes256 values, Lanes256 labels, int label) =>
        new(Vector256.AndNot(values.bits, IsClass(labels, label).AsSingle()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 CountWhere(Lanes256 counts, Lanes256 labels, int classIndex) =>
        new((counts.bits.AsInt32() - IsClass(labels, classIndex)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SelectWhere(Lanes256 labels, Lanes256 classes, Lanes256 own, Lanes256 other) =>
        new(Vector256.ConditionalSelect(IsClass(labels, classes).AsSingle(), own.bits, other.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AddWhere(Lanes256 sum, Lanes256 values, Lanes256 labels, Lanes256 classes) =>
        new(sum.bits + (IsClass(labels, classes).AsSingle() & values.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Miss(Lanes256 values, Lanes256 labels, Lanes256 classes)
    {
        Vector256<float> isClass = IsClass(labels, classes).AsSingle();
        Vector256<float> shortfall = Vector256.Create(1f) - values.bits;

        // By name, as the JIT takes three instructions for a selection by a mask that others use too.
        return new(Avx.IsSupported
            ? Avx.BlendVariable(values.bits, shortfall, isClass)
            : Vector256.ConditionalSelect(isClass, shortfall, values.bits));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 CountWhere(Lanes256 counts, Lanes256 labels, Lanes256 classes) =>
        new((counts.bits.AsInt32() - IsClass(labels, classes)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 PixelsOfLanes(int numClasses, int vector)
    {
        // A division by a multiplication, exact for so few.
        Vector256<int> elements = Vector256<int>.Indices + Vector256.Create(vector * Count);
        return new(((elements * Vector256.Create((1 << 16) / numClasses + 1)) >> 16).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ClassesOfLanes(int numClasses, int vector)
    {
        Vector256<int> elements = Vector256<int>.Indices + Vector256.Create(vector * Count);
        return new((elements - PixelsOfLanes(numClasses, vector).bits.AsInt32() * Vector256.Create(numClasses)).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Spread(Lanes256 labels, Lanes256 pixels) => new(Avx2.IsSupported
        ? Avx2.PermuteVar8x32(labels.bits, pixels.bits.AsInt32())
        : Vector256.Shuffle(labels.bits.AsInt32(), pixels.bits.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NumberUnless(Lanes256 labels, int label) =>
        Count - BitOperations.PopCount(IsClass(labels, label).ExtractMostSignificantBits());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LanesWhere(Lanes256 labels, int label) =>
        IsClass(labels, label).ExtractMostSignificantBits();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDouble(Lanes256 values) =>
        Vector256.WidenLower(values.bits) + Vector256.WidenUpper(values.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Total(Lanes256 counts)
    {
        (Vector256<long> lower, Vector256<long> upper) = Vector256.Widen(counts.bits.AsInt32());
        return Vector256.Sum(lower + upper);
    }

    // All bits of a lane set, which is -1, or none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> IsClass(Lanes256 labels, int classIndex) =>
        Vector256.Equals(labels.bits.AsInt32(), Vector256.Create(classIndex));

    // Not by way of one another: the JIT has a budget for what it inlines into one another, and large loops come near it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> IsClass(Lanes256 labels, Lanes256 classes) => Vector256.Equals(labels.bits.AsInt32(), classes.bits.AsInt32());
}
