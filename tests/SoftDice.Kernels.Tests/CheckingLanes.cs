using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels.Tests;

/// <summary>
/// Five lanes (a number that no kernel can be tuned for) that know what they hold, and refuse an operation that mistakes
/// labels for floats or counts for labels. A kernel takes them like any others.
/// </summary>
internal readonly struct CheckingLanes : ILanes<CheckingLanes>
{
    private readonly Bits bits;
    private readonly Kind kind;

    private CheckingLanes(Kind kind, Func<int, uint> lane)
    {
        this.kind = kind;
        for (int i = 0; i < Count; i++)
        {
            bits[i] = lane(i);
        }
    }

    private enum Kind
    {
        /// <summary>All bits zero: floats or counts, as the kernel goes on to use it.</summary>
        Zero,
        Floats,
        Labels,
        Counts,
    }

    public static int Count => 5;

    public static CheckingLanes Load(ref readonly float source, nuint offset)
    {
        float[] floats = MemoryLanes(in source, offset);
        return new CheckingLanes(Kind.Floats, i => BitConverter.SingleToUInt32Bits(floats[i]));
    }

    public static (CheckingLanes Class0, CheckingLanes Class1) LoadTwoClasses(ref readonly float source, nuint offset)
    {
        ref float first = ref Unsafe.Add(ref Unsafe.AsRef(in source), offset);
        return (OfClass(in first, 0, 2), OfClass(in first, 1, 2));
    }

    public static void StoreTwoClasses(CheckingLanes class0, CheckingLanes class1, ref float destination, nuint offset, bool bypassCache)
    {
        CheckingLanes[] classes = [class0, class1];
        for (int i = 0; i < Count * 2; i++)
        {
            Unsafe.Add(ref destination, offset + (nuint)i) = classes[i % 2].Float(i / 2);
        }
    }

    public static (CheckingLanes Class0, CheckingLanes Class1, CheckingLanes Class2) LoadThreeClasses(ref readonly float source, nuint offset)
    {
        ref float first = ref Unsafe.Add(ref Unsafe.AsRef(in source), offset);
        return (OfClass(in first, 0, 3), OfClass(in first, 1, 3), OfClass(in first, 2, 3));
    }

    public static void StoreThreeClasses(CheckingLanes class0, CheckingLanes class1, CheckingLanes class2, ref float destination, nuint offset, bool bypassCache)
    {
        CheckingLanes[] classes = [class0, class1, class2];
        for (int i = 0; i < Count * 3; i++)
        {
            Unsafe.Add(ref destination, offset + (nuint)i) = classes[i % 3].Float(i / 3);
        }
    }

    public static (CheckingLanes Class0, CheckingLanes Class1, CheckingLanes Class2, CheckingLanes Class3) LoadFourClasses(ref readonly float source, nuint offset)
    {
        ref float first = ref Unsafe.Add(ref Unsafe.AsRef(in source), offset);
        return (OfClass(in first, 0, 4), OfClass(in first, 1, 4), OfClass(in first, 2, 4), OfClass(in first, 3, 4));
    }

    public static void StoreFourClasses(CheckingLanes class0, CheckingLanes class1, CheckingLanes class2, CheckingLanes class3, ref float destination, nuint offset, bool bypassCache)
    {
        CheckingLanes[] classes = [class0, class1, class2, class3];
        for (int i = 0; i < Count * 4; i++)
        {
            Unsafe.Add(ref destination, offset + (nuint)i) = classes[i % 4].Float(i / 4);
        }
    }

    private static CheckingLanes OfClass(ref readonly float first, int c, int numClasses)
    {
        float[] floats = new float[Count];
        for (int i = 0; i < Count; i++)
        {
            floats[i] = Unsafe.Add(ref Unsafe.AsRef(in first), (i * numClasses) + c);
        }

        return new CheckingLanes(Kind.Floats, i => BitConverter.SingleToUInt32Bits(floats[i]));
    }

    public static CheckingLanes LoadLabels<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged
    {
        TLabel[] labels = MemoryLanes(in source, offset);
        return new CheckingLanes(Kind.Labels, i => (uint)ToClass(labels[i]));
    }

    public static CheckingLanes LoadLabels<TLabel>(ref readonly TLabel source, nuint offset, long ignored)
        where TLabel : unmanaged
    {
        // None is outside the integers that a label can be.
        TLabel[] labels = MemoryLanes(in source, offset);
        return new CheckingLanes(Kind.Labels, i => ignored >= int.MinValue && IsNumber(labels[i], ignored)
            ? unchecked((uint)IgnoredPixels.Label)
            : (uint)ToClass(labels[i]));
    }

    public static CheckingLanes Masked(CheckingLanes labels, ref readonly bool mask, nuint offset)
    {
        byte[] bytes = MemoryLanes(in Unsafe.As<bool, byte>(ref Unsafe.AsRef(in mask)), offset);
        return new CheckingLanes(Kind.Labels, i => bytes[i] == 0 ? unchecked((uint)IgnoredPixels.Label) : labels.Expect(Kind.Labels, i));
    }

    public static CheckingLanes RelativeTo(CheckingLanes labels, int firstClass) =>
        new(Kind.Labels, i => unchecked(labels.Expect(Kind.Labels, i) - (uint)firstClass));

    public static void Store(CheckingLanes values, ref float destination, nuint offset, bool bypassCache) =>
        Store(values, ref destination, offset);

    public static void Store(CheckingLanes values, ref float destination, nuint offset)
    {
        for (int i = 0; i < Count; i++)
        {
            Unsafe.Add(ref destination, offset + (nuint)i) = values.Float(i);
        }
    }

    public static CheckingLanes Broadcast(float value) => Floats(_ => value);

    public static CheckingLanes Broadcast(ref readonly float source, nuint offset) =>
        Broadcast(Unsafe.Add(ref Unsafe.AsRef(in source), offset));

    public static CheckingLanes operator -(CheckingLanes left, CheckingLanes right) => Floats(i => left.Float(i) - right.Float(i));

    public static CheckingLanes operator *(CheckingLanes left, CheckingLanes right) => Floats(i => left.Float(i) * right.Float(i));

    public static CheckingLanes operator /(CheckingLanes left, CheckingLanes right) => Floats(i => left.Float(i) / right.Float(i));

    public static CheckingLanes MultiplyAdd(CheckingLanes left, CheckingLanes right, CheckingLanes addend) =>
        Floats(i => float.MultiplyAddEstimate(left.Float(i), right.Float(i), addend.Float(i)));

    public static CheckingLanes AtLeast(CheckingLanes value, CheckingLanes bound) =>
        Floats(i => value.Float(i) < bound.Float(i) ? bound.Float(i) : value.Float(i));

    public static CheckingLanes WithinPowers(CheckingLanes values, float least, float most) =>
        Floats(i => float.IsNaN(values.Float(i)) ? float.NaN : Math.Clamp(values.Float(i), least, most));

    public static bool AreWithin(CheckingLanes values, float tooSmall, float most) =>
        Enumerable.Range(0, Count).All(i => values.Float(i) > tooSmall && values.Float(i) <= most);

    public static CheckingLanes NegativeMagnitude(CheckingLanes values) => Floats(i => -MathF.Abs(values.Float(i)));

    public static CheckingLanes SelectBySign(CheckingLanes signs, CheckingLanes negative, CheckingLanes positive) =>
        Floats(i => float.IsNegative(signs.Float(i)) ? negative.Float(i) : positive.Float(i));

    public static CheckingLanes LoadTargets<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged
    {
        TLabel[] targets = MemoryLanes(in source, offset);
        return Floats(i => Convert.ToSingle(targets[i], System.Globalization.CultureInfo.InvariantCulture));
    }

    public static CheckingLanes TimesPowerOfTwo(CheckingLanes values, CheckingLanes powers, CheckingLanes biased) =>
        Floats(i => (float)(values.Float(i) * Math.ScaleB(1.0, (int)powers.Float(i))));

    public static CheckingLanes EighthPowers(CheckingLanes biased) => Floats(i =>
    {
        ScalarLane eighth = ScalarLane.EighthPowers(ScalarLane.Broadcast(biased.Float(i)));
        float power = 0;
        ScalarLane.Store(eighth, ref power, 0);
        return power;
    });

    public static CheckingLanes TimesWholePower(CheckingLanes values, CheckingLanes powers, CheckingLanes biased) =>
        Floats(i => (float)(values.Float(i) * Math.ScaleB(1.0, (int)MathF.Floor(powers.Float(i)))));

    public static CheckingLanes Exponents(CheckingLanes values) =>
        Floats(i => float.IsFinite(values.Float(i)) && values.Float(i) > 0 ? MathF.Floor(MathF.ILogB(values.Float(i) / 0.75f)) : 128);

    public static CheckingLanes SelectWhereLarger(CheckingLanes left, CheckingLanes right, CheckingLanes larger, CheckingLanes other) =>
        Floats(i => left.Float(i) > right.Float(i) ? larger.Float(i) : other.Float(i));

    public static CheckingLanes LargerBits(CheckingLanes left, CheckingLanes right) => Floats(i => BitConverter.UInt32BitsToSingle(
        Math.Max(BitConverter.SingleToUInt32Bits(left.Float(i)), BitConverter.SingleToUInt32Bits(right.Float(i)))));

    public static bool AreBitsAtMost(CheckingLanes values, float bound) => Enumerable.Range(0, Count)
        .All(i => BitConverter.SingleToUInt32Bits(values.Float(i)) <= BitConverter.SingleToUInt32Bits(bound));

    public static CheckingLanes SelectWhere(CheckingLanes labels, int classIndex, CheckingLanes own, CheckingLanes other) =>
        Floats(i => labels.Expect(Kind.Labels, i) == (uint)classIndex ? own.Float(i) : other.Float(i));

    public static CheckingLanes operator +(CheckingLanes left, CheckingLanes right) =>
        new(Kind.Floats, i => BitConverter.SingleToUInt32Bits(left.Float(i) + right.Float(i)));

    public static CheckingLanes AddWhere(CheckingLanes sum, CheckingLanes values, CheckingLanes labels, int classIndex) =>
        new(Kind.Floats, i => BitConverter.SingleToUInt32Bits(
            labels.Expect(Kind.Labels, i) == (uint)classIndex ? sum.Float(i) + values.Float(i) : sum.Float(i)));

    public static CheckingLanes BroadcastLabel(int label) => new(Kind.Labels, _ => (uint)label);

    public static CheckingLanes AddUnless(CheckingLanes sum, CheckingLanes values, CheckingLanes labels, CheckingLanes classes) =>
        Floats(i => IsClass(labels, classes, i) ? sum.Float(i) : sum.Float(i) + values.Float(i));

    public static CheckingLanes AddUnless(CheckingLanes sum, CheckingLanes values, CheckingLanes labels, int label) =>
        Floats(i => labels.Expect(Kind.Labels, i) == (uint)label ? sum.Float(i) : sum.Float(i) + values.Float(i));

    public static CheckingLanes Miss(CheckingLanes values, CheckingLanes labels, int classIndex) =>
        Floats(i => labels.Expect(Kind.Labels, i) == (uint)classIndex ? 1 - values.Float(i) : values.Float(i));

    public static CheckingLanes ClearWhere(CheckingLanes values, CheckingLanes labels, int label) =>
        Floats(i => labels.Expect(Kind.Labels, i) == (uint)label ? 0 : values.Float(i));

    public static CheckingLanes SelectWhere(CheckingLanes labels, CheckingLanes classes, CheckingLanes own, CheckingLanes other) =>
        Floats(i => IsClass(labels, classes, i) ? own.Float(i) : other.Float(i));

    public static CheckingLanes AddWhere(CheckingLanes sum, CheckingLanes values, CheckingLanes labels, CheckingLanes classes) =>
        Floats(i => IsClass(labels, classes, i) ? sum.Float(i) + values.Float(i) : sum.Float(i));

    public static CheckingLanes Miss(CheckingLanes values, CheckingLanes labels, CheckingLanes classes) =>
        Floats(i => IsClass(labels, classes, i) ? 1 - values.Float(i) : values.Float(i));

    public static CheckingLanes CountWhere(CheckingLanes counts, CheckingLanes labels, CheckingLanes classes) =>
        new(Kind.Counts, i => counts.Expect(Kind.Counts, i) + (IsClass(labels, classes, i) ? 1u : 0u));

    public static CheckingLanes PixelsOfLanes(int numClasses, int vector) =>
        new(Kind.Labels, i => (uint)(((vector * Count) + i) / numClasses));

    public static CheckingLanes ClassesOfLanes(int numClasses, int vector) =>
        new(Kind.Labels, i => (uint)(((vector * Count) + i) % numClasses));

    public static CheckingLanes Spread(CheckingLanes labels, CheckingLanes pixels) =>
        new(Kind.Labels, i => labels.Expect(Kind.Labels, (int)pixels.Expect(Kind.Labels, i)));

    public static (CheckingLanes Class0, CheckingLanes Class1) TakeApart(CheckingLanes first, CheckingLanes second) =>
        (OfClass(0, first, second), OfClass(1, first, second));

    public static (CheckingLanes Class0, CheckingLanes Class1, CheckingLanes Class2) TakeApart(
        CheckingLanes first, CheckingLanes second, CheckingLanes third) =>
        (OfClass(0, first, second, third), OfClass(1, first, second, third), OfClass(2, first, second, third));

    public static (CheckingLanes Class0, CheckingLanes Class1, CheckingLanes Class2, CheckingLanes Class3) TakeApart(
        CheckingLanes first, CheckingLanes second, CheckingLanes third, CheckingLanes fourth) =>
        (OfClass(0, first, second, third, fourth), OfClass(1, first, second, third, fourth),
            OfClass(2, first, second, third, fourth), OfClass(3, first, second, third, fourth));

    public static int NumberUnless(CheckingLanes labels, int label) =>
        Enumerable.Range(0, Count).Count(i => labels.Expect(Kind.Labels, i) != (uint)label);

    public static uint LanesWhere(CheckingLanes labels, int label) => Enumerable.Range(0, Count)
        .Aggregate(0u, (bits, i) => bits | (labels.Expect(Kind.Labels, i) == (uint)label ? 1u << i : 0u));

    public static CheckingLanes CountWhere(CheckingLanes counts, CheckingLanes labels, int classIndex) =>
        new(Kind.Counts, i => counts.Expect(Kind.Counts, i) + (labels.Expect(Kind.Labels, i) == (uint)classIndex ? 1u : 0u));

    public static Vector256<double> ToDouble(CheckingLanes values) =>
        Vector256.CreateScalar(Enumerable.Range(0, Count).Sum(i => (double)values.Float(i)));

    public static long Total(CheckingLanes counts) => Enumerable.Range(0, Count).Sum(i => (long)counts.Expect(Kind.Counts, i));

    private static bool IsClass(CheckingLanes labels, CheckingLanes classes, int lane) =>
        labels.Expect(Kind.Labels, lane) == classes.Expect(Kind.Labels, lane);

    private static CheckingLanes OfClass(int c, params CheckingLanes[] vectors)
    {
        Kind kind = vectors[0].kind;
        return new(kind, i => vectors[((i * vectors.Length) + c) / Count].Expect(kind, ((i * vectors.Length) + c) % Count));
    }

    private static CheckingLanes Floats(Func<int, float> lane) => new(Kind.Floats, i => BitConverter.SingleToUInt32Bits(lane(i)));

    private static T[] MemoryLanes<T>(ref readonly T source, nuint offset)
    {
        T[] lanes = new T[Count];
        for (int i = 0; i < Count; i++)
        {
            lanes[i] = Unsafe.Add(ref Unsafe.AsRef(in source), offset + (nuint)i);
        }

        return lanes;
    }

    private static int ToClass(object label)
    {
        double number = Convert.ToDouble(label, System.Globalization.CultureInfo.InvariantCulture);
        return number == Math.Floor(number) && number is >= 0 and <= int.MaxValue ? (int)number : -1;
    }

    private static bool IsNumber(object label, long number) => label is float single
        ? (double)single == number
        : Convert.ToInt64(label, System.Globalization.CultureInfo.InvariantCulture) == number;

    private float Float(int lane) => BitConverter.UInt32BitsToSingle(Expect(Kind.Floats, lane));

    private uint Expect(Kind expected, int lane) => kind == expected || (kind == Kind.Zero && expected is Kind.Floats or Kind.Counts or Kind.Labels)
        ? bits[lane]
        : throw new InvalidOperationException($"The kernel takes {kind} for {expected}.");

    [InlineArray(5)]
    private struct Bits
    {
        private uint first;
    }
}
