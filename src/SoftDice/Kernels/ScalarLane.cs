using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>One lane, without vector instructions: the tail of every kernel, and all of it where there is no vector hardware.</summary>
public readonly struct ScalarLane : ILanes<ScalarLane>
{
    private readonly uint bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ScalarLane(uint bits) => this.bits = bits;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Load(ref readonly float source, nuint offset) =>
        FromFloat(Unsafe.Add(ref Unsafe.AsRef(in source), offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ScalarLane Class0, ScalarLane Class1) TakeApart(ScalarLane first, ScalarLane second) => (first, second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ScalarLane Class0, ScalarLane Class1, ScalarLane Class2) TakeApart(ScalarLane first, ScalarLane second, ScalarLane third) =>
        (first, second, third);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ScalarLane Class0, ScalarLane Class1, ScalarLane Class2, ScalarLane Class3) TakeApart(
        ScalarLane first, ScalarLane second, ScalarLane third, ScalarLane fourth) => (first, second, third, fourth);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ScalarLane Class0, ScalarLane Class1) LoadTwoClasses(ref readonly float source, nuint offset) =>
        (Load(in source, offset), Load(in source, offset + 1));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ScalarLane Class0, ScalarLane Class1, ScalarLane Class2) LoadThreeClasses(ref readonly float source, nuint offset) =>
        (Load(in source, offset), Load(in source, offset + 1), Load(in source, offset + 2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ScalarLane Class0, ScalarLane Class1, ScalarLane Class2, ScalarLane Class3) LoadFourClasses(ref readonly float source, nuint offset) =>
        (Load(in source, offset), Load(in source, offset + 1), Load(in source, offset + 2), Load(in source, offset + 3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane LoadLabels<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged =>
        new((uint)LabelLoads.LoadOne(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane LoadLabels<TLabel>(ref readonly TLabel source, nuint offset, long ignored)
        where TLabel : unmanaged =>
        new((uint)IgnoringLoads.LoadOne(in source, offset, ignored));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Masked(ScalarLane labels, ref readonly bool mask, nuint offset) =>
        LabelLoads.LoadOne(in LabelLoads.Bytes(in mask), offset) == 0 ? new(unchecked((uint)IgnoredPixels.Label)) : labels;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane LoadTargets<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged =>
        FromFloat(LabelLoads.LoadTarget(in source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ScalarLane values, ref float destination, nuint offset) =>
        Unsafe.Add(ref destination, offset) = values.ToFloat();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ScalarLane values, ref float destination, nuint offset, bool bypassCache) => Store(values, ref destination, offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTwoClasses(ScalarLane class0, ScalarLane class1, ref float destination, nuint offset, bool bypassCache)
    {
        Store(class0, ref destination, offset);
        Store(class1, ref destination, offset + 1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreThreeClasses(ScalarLane class0, ScalarLane class1, ScalarLane class2, ref float destination, nuint offset, bool bypassCache)
    {
        Store(class0, ref destination, offset);
        Store(class1, ref destination, offset + 1);
        Store(class2, ref destination, offset + 2);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFourClasses(ScalarLane class0, ScalarLane class1, ScalarLane class2, ScalarLane class3, ref float destination, nuint offset, bool bypassCache)
    {
        Store(class0, ref destination, offset);
        Store(class1, ref destination, offset + 1);
        Store(class2, ref destination, offset + 2);
        Store(class3, ref destination, offset + 3);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Broadcast(float value) => FromFloat(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Broadcast(ref readonly float source, nuint offset) => Load(in source, offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane RelativeTo(ScalarLane labels, int firstClass) => new(unchecked(labels.bits - (uint)firstClass));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator +(ScalarLane left, ScalarLane right) => FromFloat(left.ToFloat() + right.ToFloat());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator -(ScalarLane left, ScalarLane right) => FromFloat(left.ToFloat() - right.ToFloat());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator *(ScalarLane left, ScalarLane right) => FromFloat(left.ToFloat() * right.ToFloat());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator /(ScalarLane left, ScalarLane right) => FromFloat(left.ToFloat() / right.ToFloat());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane MultiplyAdd(ScalarLane left, ScalarLane right, ScalarLane addend) =>
        FromFloat(float.MultiplyAddEstimate(left.ToFloat(), right.ToFloat(), addend.ToFloat()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane AtLeast(ScalarLane value, ScalarLane bound) => value.ToFloat() < bound.ToFloat() ? bound : value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane WithinPowers(ScalarLane values, float least, float most)
    {
        float value = values.ToFloat();
        return value < least ? FromFloat(least) : value > most ? FromFloat(most) : values;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane NegativeMagnitude(ScalarLane values) => new(values.bits | 0x80000000);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane SelectBySign(ScalarLane signs, ScalarLane negative, ScalarLane positive) => (int)signs.bits < 0 ? negative : positive;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane TimesPowerOfTwo(ScalarLane values, ScalarLane powers, ScalarLane biased)
    {
        float tooLarge = BitConverter.UInt32BitsToSingle(biased.bits << PowerOfTwo.FractionBits);
        return FromFloat(values.ToFloat() * tooLarge * PowerOfTwo.PutRight);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane EighthPowers(ScalarLane biased) => FromFloat(Eighths.All[(int)(biased.bits & 7)]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane TimesWholePower(ScalarLane values, ScalarLane powers, ScalarLane biased)
    {
        uint exponent = (biased.bits << (PowerOfTwo.FractionBits - PowerOfTwo.EighthBits)) & unchecked((uint)PowerOfTwo.ExponentMask);
        return FromFloat(values.ToFloat() * BitConverter.UInt32BitsToSingle(exponent) * PowerOfTwo.PutRight);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Exponents(ScalarLane values) => FromFloat((int)(values.bits - PowerOfTwo.ThreeQuarters) >> PowerOfTwo.FractionBits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane SelectWhere(ScalarLane labels, int classIndex, ScalarLane own, ScalarLane other) =>
        labels.bits == (uint)classIndex ? own : other;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane SelectWhereLarger(ScalarLane left, ScalarLane right, ScalarLane larger, ScalarLane other) =>
        left.ToFloat() > right.ToFloat() ? larger : other;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane LargerBits(ScalarLane left, ScalarLane right) => left.bits < right.bits ? right : left;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreBitsAtMost(ScalarLane values, float bound) => values.bits <= BitConverter.SingleToUInt32Bits(bound);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreWithin(ScalarLane values, float tooSmall, float most) => values.ToFloat() > tooSmall && values.ToFloat() <= most;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane AddWhere(ScalarLane sum, ScalarLane values, ScalarLane labels, int classIndex) =>
        labels.bits == (uint)classIndex ? sum + values : sum;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane BroadcastLabel(int label) => new((uint)label);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane AddUnless(ScalarLane sum, ScalarLane values, ScalarLane labels, ScalarLane classes) =>
        labels.bits == classes.bits ? sum : sum + values;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane AddUnless(ScalarLane sum, ScalarLane values, ScalarLane labels, int label) =>
        labels.bits == (uint)label ? sum : sum + values;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Miss(ScalarLane values, ScalarLane labels, int classIndex) =>
        labels.bits == (uint)classIndex ? FromFloat(1 - values.ToFloat()) : values;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane ClearWhere(ScalarLane values, ScalarLane labels, int label) =>
        labels.bits == (uint)label ? default : values;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane CountWhere(ScalarLane counts, ScalarLane labels, int classIndex) =>
        new(labels.bits == (uint)classIndex ? counts.bits + 1 : counts.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane SelectWhere(ScalarLane labels, ScalarLane classes, ScalarLane own, ScalarLane other) =>
        SelectWhere(labels, (int)classes.bits, own, other);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane AddWhere(ScalarLane sum, ScalarLane values, ScalarLane labels, ScalarLane classes) =>
        AddWhere(sum, values, labels, (int)classes.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Miss(ScalarLane values, ScalarLane labels, ScalarLane classes) => Miss(values, labels, (int)classes.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane CountWhere(ScalarLane counts, ScalarLane labels, ScalarLane classes) => CountWhere(counts, labels, (int)classes.bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane PixelsOfLanes(int numClasses, int vector) => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane ClassesOfLanes(int numClasses, int vector) => new((uint)vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Spread(ScalarLane labels, ScalarLane pixels) => labels;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int NumberUnless(ScalarLane labels, int label) => labels.bits == (uint)label ? 0 : 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LanesWhere(ScalarLane labels, int label) => labels.bits == (uint)label ? 1u : 0u;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDouble(ScalarLane values) => Vector256.CreateScalar((double)values.ToFloat());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Total(ScalarLane counts) => counts.bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ScalarLane FromFloat(float value) => new(BitConverter.SingleToUInt32Bits(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float ToFloat() => BitConverter.UInt32BitsToSingle(bits);
}
