using System;
using System.Linq;
using System.Numerics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>What lanes load of labels of each type: the classes, the label that is ignored, and of all else a negative number.</summary>
/// <typeparam name="TLanes">The lanes.</typeparam>
public abstract class LabelLoadTests<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private static readonly long[] Whole =
    [
        0, 1, 2, 3, 5, 77, 127, -1, -2, -7, -100, -128, 128, 200, 255, 256, 300, 32767, -32768, -32767, 32768, 65535, 65536, 16777216, 16777217, 33554432,
        int.MaxValue, int.MinValue, -int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, -(1L << 32), 0x1_0000_0001, -0xFFFFFFFF, long.MaxValue, long.MinValue, 4, 6, 8,
    ];

    private static readonly float[] Broken =
        [0.5f, -0.5f, -0f, 0.99999994f, 2.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, 4294967296f, 2147483648f, -2147483648f];

    /// <summary>Of these, no label of 8 bits is 300, no float is 16777217, and none but a float or a number of 64 bits is larger than 32 bits have.</summary>
    private static readonly long[] Ignorable = [IgnoredPixels.None, 0, 3, 255, -1, -7, -100, 300, 65535, -32768, 16777217, int.MaxValue, int.MinValue, 1L << 31, uint.MaxValue];

    [Fact]
    public void Labels_become_classes_or_negative()
    {
        AssertLoaded(OfType<byte>());
        AssertLoaded(OfType<sbyte>());
        AssertLoaded(OfType<short>());
        AssertLoaded(OfType<ushort>());
        AssertLoaded(OfType<int>());
        AssertLoaded(OfType<uint>());
        AssertLoaded(OfType<long>());
        AssertLoaded(OfType<float>());
    }

    [Fact]
    public void The_ignored_label_is_found_and_no_other()
    {
        AssertIgnored(OfType<byte>());
        AssertIgnored(OfType<sbyte>());
        AssertIgnored(OfType<short>());
        AssertIgnored(OfType<ushort>());
        AssertIgnored(OfType<int>());
        AssertIgnored(OfType<uint>());
        AssertIgnored(OfType<long>());
        AssertIgnored(OfType<float>());
    }

    [Fact]
    public void Ignored_pixels_are_counted()
    {
        AssertCounted(OfType<byte>());
        AssertCounted(OfType<sbyte>());
        AssertCounted(OfType<short>());
        AssertCounted(OfType<ushort>());
        AssertCounted(OfType<int>());
        AssertCounted(OfType<uint>());
        AssertCounted(OfType<long>());
        AssertCounted(OfType<float>());
    }

    [Fact]
    public void Targets_become_floats()
    {
        byte[] bytes = OfType<byte>();
        float[] floats = OfType<float>();
        ForEveryPlace(bytes, at => Assert.Equal(
            bytes.AsSpan(at, TLanes.Count).ToArray().Select(target => (float)target), ToFloats(TLanes.LoadTargets(in bytes[0], (nuint)at))));
        ForEveryPlace(floats, at => Assert.Equal(floats.AsSpan(at, TLanes.Count).ToArray(), ToFloats(TLanes.LoadTargets(in floats[0], (nuint)at))));
    }

    [Fact]
    public void Labels_of_another_type_are_refused()
    {
        double[] doubles = new double[TLanes.Count];
        NotSupportedException thrown = Assert.Throws<NotSupportedException>(() => TLanes.LoadLabels(in doubles[0], 0));
        Assert.Equal(
            "Labels of type System.Double are not supported. Use byte, sbyte, short, ushort, int, uint, long or float; byte is the fastest.", thrown.Message);
    }

    // Those numbers that the type has, then broken ones if it has them, and the first again so that there are several vectors.
    private static TLabel[] OfType<TLabel>()
        where TLabel : unmanaged, INumber<TLabel>
    {
        TLabel[] numbers = [.. Whole.Where(IsOfType<TLabel>).Select(TLabel.CreateTruncating)];
        TLabel[] broken = typeof(TLabel) == typeof(float) ? [.. Broken.Select(TLabel.CreateTruncating)] : [];
        return [.. numbers, .. broken, .. numbers, .. broken, .. numbers.Take(7)];
    }

    private static bool IsOfType<TLabel>(long number)
        where TLabel : unmanaged, INumber<TLabel> =>
        typeof(TLabel) == typeof(float)
            ? (decimal)(double)(float)number == number && number != long.MaxValue
            : long.CreateTruncating(TLabel.CreateTruncating(number)) == number;

    private static bool IsNumber<TLabel>(TLabel label, long number)
        where TLabel : unmanaged, INumber<TLabel> =>
        typeof(TLabel) == typeof(float) ? double.CreateChecked(label) == number && IsOfType<float>(number) : IsOfType<TLabel>(number) && TLabel.CreateTruncating(number) == label;

    // A class, or less than 0.
    private static int ToClass<TLabel>(TLabel label)
        where TLabel : unmanaged, INumber<TLabel>
    {
        double number = double.CreateChecked(label);
        return number == Math.Floor(number) && number is >= 0 and <= int.MaxValue ? (int)number : -1;
    }

    private static void AssertLoaded<TLabel>(TLabel[] labels)
        where TLabel : unmanaged, INumber<TLabel> => ForEveryPlace(labels, at => Assert.Equal(
            labels.AsSpan(at, TLanes.Count).ToArray().Select(ToClass),
            ToIntegers(TLanes.LoadLabels(in labels[0], (nuint)at)).Select(loaded => Math.Max(loaded, -1))));

    private static void AssertIgnored<TLabel>(TLabel[] labels)
        where TLabel : unmanaged, INumber<TLabel>
    {
        foreach (long ignored in Ignorable)
        {
            bool isOne = ignored == (int)ignored;
            ForEveryPlace(labels, at => Assert.Equal(
                labels.AsSpan(at, TLanes.Count).ToArray().Select(label => isOne && IsNumber(label, ignored) ? IgnoredPixels.Label : ToClass(label)),
                ToIntegers(TLanes.LoadLabels(in labels[0], (nuint)at, ignored)).Select(loaded => loaded == IgnoredPixels.Label ? loaded : Math.Max(loaded, -1))));
        }
    }

    private static void AssertCounted<TLabel>(TLabel[] labels)
        where TLabel : unmanaged, INumber<TLabel>
    {
        bool[] mask = [.. labels.Select((_, i) => i % 3 != 1)];
        int end = 1 + (labels.Length - 1 - ((labels.Length - 1) % TLanes.Count));
        foreach (long ignored in Ignorable.Where(ignored => ignored == (int)ignored))
        {
            long expected = Enumerable.Range(1, end - 1).Count(i => IsNumber(labels[i], ignored));
            Assert.Equal(expected, IgnoredPixels.Count<TLanes, TLabel>(labels, ignored, 1, end));
            Assert.Equal(expected, IgnoredPixels.Count<TLanes, TLabel>(new PixelLabels<TLabel>(labels, ignored), 1, end));
        }

        Assert.Equal(mask[1..end].Count(takesPart => !takesPart), IgnoredPixels.Count<TLanes, TLabel>(new PixelLabels<TLabel>(labels, mask), 1, end));
    }

    private static void ForEveryPlace<TLabel>(TLabel[] labels, Action<int> check)
    {
        Assert.InRange(labels.Length, 2 * TLanes.Count, int.MaxValue);
        for (int at = 0; at + TLanes.Count <= labels.Length; at++)
        {
            check(at);
        }
    }

    private static float[] ToFloats(TLanes lanes)
    {
        float[] floats = new float[TLanes.Count];
        TLanes.Store(lanes, ref floats[0], 0);
        return floats;
    }

    private static int[] ToIntegers(TLanes lanes) => [.. ToFloats(lanes).Select(BitConverter.SingleToInt32Bits)];
}

/// <summary>Sixteen labels at once.</summary>
public sealed class Lanes512LabelLoadTests : LabelLoadTests<Lanes512>;

/// <summary>Eight labels at once.</summary>
public sealed class Lanes256LabelLoadTests : LabelLoadTests<Lanes256>;

/// <summary>Four labels at once.</summary>
public sealed class Lanes128LabelLoadTests : LabelLoadTests<Lanes128>;

/// <summary>One label at a time.</summary>
public sealed class ScalarLaneLabelLoadTests : LabelLoadTests<ScalarLane>;
