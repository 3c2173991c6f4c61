using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

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
    public static (Lanes128 Class0, Lanes128 Class1) LoadTwoClasses(ref readonly float source, nuint offset)
    {
        (Vector128<float> class0, Vector128<float> class1) = TwoClasses.Split(
            Vector128.LoadUnsafe(in source, offset),
            Vector128.LoadUnsafe(in source, offset + (nuint)Count));
        return (new(class0), new(class1));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes128 Class0, Lanes128 Class1, Lanes128 Class2) LoadThreeClasses(ref readonly float source, nuint offset)
    {
        (Vector128<float> class0, Vector128<float> class1, Vector128<float> class2) = ThreeClasses.Split(
            Vector128.LoadUnsafe(in source, offset),
            Vector128.LoadUnsafe(in source, offset + (nuint)Count),
            Vector128.LoadUnsafe(in source, offset + (2 * (nuint)Count)));
        return (new(class0), new(class1), new(class2));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes128 Class0, Lanes128 Class1, Lanes128 Class2, Lanes128 Class3) LoadFourClasses(ref readonly float source, nuint offset)
    {
        (Vector128<float> class0, Vector128<float> class1, Vector128<float> class2, Vector128<float> class3) = FourClasses.Split(
            Vector128.LoadUnsafe(in source, offset),
            Vector128.LoadUnsafe(in source, offset + (nuint)Count),
            Vector128.LoadUnsafe(in source, offset + (2 * (nuint)Count)),
            Vector128.LoadUnsafe(in source, offset + (3 * (nuint)Count)));
        return (new(class0), new(class1), new(class2), new(class3));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes128 Class0, Lanes128 Class1) TakeApart(Lanes128 first, Lanes128 second)
    {
        (Vector128<float> class0, Vector128<float> class1) = TwoClasses.Split(first.bits, second.bits);
        return (new(class0), new(class1));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes128 Class0, Lanes128 Class1, Lanes128 Class2) TakeApart(Lanes128 first, Lanes128 second, Lanes128 third)
    {
        (Vector128<float> class0, Vector128<float> class1, Vector128<float> class2) = ThreeClasses.Split(first.bits, second.bits, third.bits);
        return (new(class0), new(class1), new(class2));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes128 Class0, Lanes128 Class1, Lanes128 Class2, Lanes128 Class3) TakeApart(Lanes128 first, Lanes128 second, Lanes128 third, Lanes128 fourth)
    {
        (Vector128<float> class0, Vector128<float> class1, Vector128<float> class2, Vector128<float> class3) =
            FourClasses.Split(first.bits, second.bits, third.bits, fourth.bits);
        return (new(class0), new(class1), new(class2), new(class3));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 LoadLabels<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged =>
        new(LabelLoads.Load128(in source, offset).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 LoadLabels<TLabel>(ref readonly TLabel source, nuint offset, long ignored)
        where TLabel : unmanaged =>
        new(IgnoringLoads.Load128(in source, offset, ignored).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Masked(Lanes128 labels, ref readonly bool mask, nuint offset)
    {
        Vector128<int> isFalse = Vector128.Equals(LabelLoads.Load128(in LabelLoads.Bytes(in mask), offset), Vector128<int>.Zero);
        return new(Vector128.ConditionalSelect(isFalse, Vector128.Create(IgnoredPixels.Label), labels.bits.AsInt32()).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 LoadTargets<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged =>
        new(LabelLoads.LoadTargets128(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128 values, ref float destination, nuint offset) => values.bits.StoreUnsafe(ref destination, offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Lanes128 values, ref float destination, nuint offset, bool bypassCache)
    {
        // The memory is pinned by the library, for as long as the call takes.
        float* target = (float*)Unsafe.AsPointer(ref destination) + offset;
        if (bypassCache && (nuint)target % (nuint)sizeof(Vector128<float>) == 0)
        {
            values.bits.StoreAlignedNonTemporal(target);
            return;
        }

        values.bits.Store(target);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTwoClasses(Lanes128 class0, Lanes128 class1, ref float destination, nuint offset, bool bypassCache)
    {
        (Vector128<float> v0, Vector128<float> v1) = TwoClasses.Join(class0.bits, class1.bits);
        Store(new(v0), ref destination, offset, bypassCache);
        Store(new(v1), ref destination, offset + (nuint)Count, bypassCache);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreThreeClasses(Lanes128 class0, Lanes128 class1, Lanes128 class2, ref float destination, nuint offset, bool bypassCache)
    {
        (Vector128<float> v0, Vector128<float> v1, Vector128<float> v2) = ThreeClasses.Join(class0.bits, class1.bits, class2.bits);
        Store(new(v0), ref destination, offset, bypassCache);
        Store(new(v1), ref destination, offset + (nuint)Count, bypassCache);
        Store(new(v2), ref destination, offset + (2 * (nuint)Count), bypassCache);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFourClasses(Lanes128 class0, Lanes128 class1, Lanes128 class2, Lanes128 class3, ref float destination, nuint offset, bool bypassCache)
    {
        (Vector128<float> v0, Vector128<float> v1, Vector128<float> v2, Vector128<float> v3) = FourClasses.Join(class0.bits, class1.bits, class2.bits, class3.bits);
        Store(new(v0), ref destination, offset, bypassCache);
        Store(new(v1), ref destination, offset + (nuint)Count, bypassCache);
        Store(new(v2), ref destination, offset + (2 * (nuint)Count), bypassCache);
        Store(new(v3), ref destination, offset + (3 * (nuint)Count), bypassCache);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Broadcast(float value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Broadcast(ref readonly float source, nuint offset) =>
        new(Vector128.Create(Unsafe.Add(ref Unsafe.AsRef(in source), offset)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 RelativeTo(Lanes128 labels, int firstClass) =>
        new((labels.bits.AsInt32() - Vector128.Create(firstClass)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left.bits + right.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left.bits - right.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left.bits * right.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator /(Lanes128 left, Lanes128 right) => new(left.bits / right.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MultiplyAdd(Lanes128 left, Lanes128 right, Lanes128 addend) =>
        new(Vector128.MultiplyAddEstimate(left.bits, right.bits, addend.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AtLeast(Lanes128 value, Lanes128 bound) => new(Vector128.MaxNative(bound.bits, value.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 WithinPowers(Lanes128 values, float least, float most) =>
        new(Vector128.MinNative(Vector128.Create(most), Vector128.MaxNative(Vector128.Create(least), values.bits)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 NegativeMagnitude(Lanes128 values) => new(values.bits | Vector128.Create(-0f));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SelectBySign(Lanes128 signs, Lanes128 negative, Lanes128 positive) =>
        new(Vector128.ConditionalSelect((signs.bits.AsInt32() >> 31).AsSingle(), negative.bits, positive.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 TimesPowerOfTwo(Lanes128 values, Lanes128 powers, Lanes128 biased)
    {
        Vector128<float> tooLarge = (biased.bits.AsInt32() << PowerOfTwo.FractionBits).AsSingle();
        return new(values.bits * tooLarge * Vector128.Create(PowerOfTwo.PutRight));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 EighthPowers(Lanes128 biased)
    {
        // Four of them are in a register.
        Vector128<int> eighth = biased.bits.AsInt32();
        if (Avx.IsSupported)
        {
            Vector128<float> isInSecond = (eighth << 29).AsSingle();
            return new(Sse41.BlendVariable(Avx.PermuteVar(Eighths.FirstFour, eighth), Avx.PermuteVar(Eighths.LastFour, eighth), isInSecond));
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            // By bytes: four times the number, and 0 to 3 more.
            Vector128<byte> place = (((eighth & Vector128.Create(7)) * 0x04040404) + Vector128.Create(0x03020100)).AsByte();
            return new(AdvSimd.Arm64.VectorTableLookup((Eighths.FirstFour.AsByte(), Eighths.LastFour.AsByte()), place).AsSingle());
        }

        Vector128<int> ofFour = eighth & Vector128.Create(3);
        Vector128<float> isInFirst = Vector128.Equals(eighth & Vector128.Create(4), Vector128<int>.Zero).AsSingle();
        return new(Vector128.ConditionalSelect(
            isInFirst, Vector128.Shuffle(Eighths.FirstFour, ofFour), Vector128.Shuffle(Eighths.LastFour, ofFour)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 TimesWholePower(Lanes128 values, Lanes128 powers, Lanes128 biased)
    {
        Vector128<float> tooLarge = ((biased.bits.AsInt32() << (PowerOfTwo.FractionBits - PowerOfTwo.EighthBits)) & Vector128.Create(PowerOfTwo.ExponentMask)).AsSingle();
        return new(values.bits * tooLarge * Vector128.Create(PowerOfTwo.PutRight));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Exponents(Lanes128 values) => new(Vector128.ConvertToSingle(
        (values.bits.AsInt32() - Vector128.Create(PowerOfTwo.ThreeQuarters)) >> PowerOfTwo.FractionBits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SelectWhere(Lanes128 labels, int classIndex, Lanes128 own, Lanes128 other) =>
        new(Vector128.ConditionalSelect(IsClass(labels, classIndex).AsSingle(), own.bits, other.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SelectWhereLarger(Lanes128 left, Lanes128 right, Lanes128 larger, Lanes128 other) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(left.bits, right.bits), larger.bits, other.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 LargerBits(Lanes128 left, Lanes128 right) =>
        new(Vector128.Max(left.bits.AsUInt32(), right.bits.AsUInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreBitsAtMost(Lanes128 values, float bound) =>
        Vector128.LessThanOrEqualAll(values.bits.AsUInt32(), Vector128.Create(bound).AsUInt32());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreWithin(Lanes128 values, float tooSmall, float most)
    {
        // Floats of one sign are in the order of their bits; those of the other and NaN wrap around to beyond.
        Vector128<uint> lowest = Vector128.Create(tooSmall).AsUInt32() + Vector128<uint>.One;
        return Vector128.LessThanOrEqualAll(values.bits.AsUInt32() - lowest, Vector128.Create(most).AsUInt32() - lowest);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AddWhere(Lanes128 sum, Lanes128 values, Lanes128 labels, int classIndex) =>
        new(sum.bits + (IsClass(labels, classIndex).AsSingle() & values.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 BroadcastLabel(int label) => new(Vector128.Create(label).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AddUnless(Lanes128 sum, Lanes128 values, Lanes128 labels, Lanes128 classes) =>
        new(sum.bits + Vector128.AndNot(values.bits, IsClass(labels, classes).AsSingle()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AddUnless(Lanes128 sum, Lanes128 values, Lanes128 labels, int label) =>
        new(sum.bits + Vector128.AndNot(values.bits, IsClass(labels, label).AsSingle()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Miss(Lanes128 values, Lanes128 labels, int classIndex)
    {
        Vector128<float> isClass = IsClass(labels, classIndex).AsSingle();
        Vector128<float> shortfall = Vector128.Create(1f) - values.bits;

        // By name, as the JIT takes three instructions for a selection by a mask that others use too.
        return new(Sse41.IsSupported
            ? Sse41.BlendVariable(values.bits, shortfall, isClass)
            : Vector128.ConditionalSelect(isClass, shortfall, values.bits));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ClearWhere(Lanes128 values, Lanes128 labels, int label) =>
        new(Vector128.AndNot(values.bits, IsClass(labels, label).AsSingle()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 CountWhere(Lanes128 counts, Lanes128 labels, int classIndex) =>
        new((counts.bits.AsInt32() - IsClass(labels, classIndex)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SelectWhere(Lanes128 labels, Lanes128 classes, Lanes128 own, Lanes128 other) =>
        new(Vector128.ConditionalSelect(IsClass(labels, classes).AsSingle(), own.bits, other.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AddWhere(Lanes128 sum, Lanes128 values, Lanes128 labels, Lanes128 classes) =>
        new(sum.bits + (IsClass(labels, classes).AsSingle() & values.bits));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Miss(Lanes128 values, Lanes128 labels, Lanes128 classes)
    {
        Vector128<float> isClass = IsClass(labels, classes).AsSingle();
        Vector128<float> shortfall = Vector128.Create(1f) - values.bits;

        // By name, as the JIT takes three instructions for a selection by a mask that others use too.
        return new(Sse41.IsSupported
            ? Sse41.BlendVariable(values.bits, shortfall, isClass)
            : Vector128.ConditionalSelect(isClass, shortfall, values.bits));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 CountWhere(Lanes128 counts, Lanes128 labels, Lanes128 classes) =>
        new((counts.bits.AsInt32() - IsClass(labels, classes)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 PixelsOfLanes(int numClasses, int vector)
    {
        // A division by a multiplication, exact for so few.
        Vector128<int> elements = Vector128<int>.Indices + Vector128.Create(vector * Count);
        return new(((elements * Vector128.Create((1 << 16) / numClasses + 1)) >> 16).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ClassesOfLanes(int numClasses, int vector)
    {
        Vector128<int> elements = Vector128<int>.Indices + Vector128.Create(vector * Count);
        return new((elements - PixelsOfLanes(numClasses, vector).bits.AsInt32() * Vector128.Create(numClasses)).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Spread(Lanes128 labels, Lanes128 pixels) => new(Vector128.Shuffle(labels.bits.AsInt32(), pixels.bits.AsInt32()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NumberUnless(Lanes128 labels, int label) =>
        Count - BitOperations.PopCount(IsClass(labels, label).ExtractMostSignificantBits());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LanesWhere(Lanes128 labels, int label) =>
        IsClass(labels, label).ExtractMostSignificantBits();

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

    // Not by way of one another: the JIT has a budget for what it inlines into one another, and large loops come near it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> IsClass(Lanes128 labels, Lanes128 classes) => Vector128.Equals(labels.bits.AsInt32(), classes.bits.AsInt32());
}
