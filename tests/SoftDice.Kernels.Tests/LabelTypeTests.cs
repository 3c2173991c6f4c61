using System;
using System.Linq;
using System.Numerics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Labels of each type give the same bits, and no value of any type passes for a class that it is not.</summary>
public sealed class LabelTypeTests
{
    public static TheoryData<string> Kernels => KernelTable.Names(kernel => kernel.NumClasses is 1 or 3 or 8 or 19 or 4096);

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_label_type_gives_the_same_bits(string name)
    {
        KernelUnderTest kernel = KernelTable.Find(name);
        foreach (int pixels in new[] { 1, kernel.Lanes, (2 * kernel.Lanes) + 1, (3 * kernel.Lanes) - 1 })
        {
            (float[] predictions, int[] labels) = TestData.Uniform(pixels, kernel.NumClasses, 2, pixels);
            ClassSums expected = kernel.Accumulate<int>(predictions, labels, 2);
            AssertSame<uint>(kernel, expected, predictions, labels);
            AssertSame<long>(kernel, expected, predictions, labels);
            AssertSame<short>(kernel, expected, predictions, labels);
            AssertSame<ushort>(kernel, expected, predictions, labels);
            AssertSame<float>(kernel, expected, predictions, labels);
            if (kernel.NumClasses <= 127)
            {
                AssertSame<byte>(kernel, expected, predictions, labels);
                AssertSame<sbyte>(kernel, expected, predictions, labels);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_label_that_is_no_class_is_found_at_every_position(string name)
    {
        KernelUnderTest kernel = KernelTable.Find(name);
        int pixels = kernel.NumClasses > 1000 ? kernel.Lanes + 1 : (2 * kernel.Lanes) + 3;
        for (int bad = 0; bad < 2 * pixels; bad++)
        {
            AssertFound(kernel, pixels, bad, kernel.NumClasses);
        }

        int position = pixels + 1;
        foreach (int value in new[] { -1, int.MinValue, int.MaxValue, kernel.NumClasses, 65536, 16777216 })
        {
            AssertFound(kernel, pixels, position, value);
            AssertFound(kernel, pixels, position, (long)value);
        }

        // Low halves of these are classes.
        foreach (long value in new[] { 1L << 32, -(1L << 32), long.MinValue, 1L << 63 >> 1, 0x1_0000_0001, -0xFFFFFFFF })
        {
            AssertFound(kernel, pixels, position, value);
        }

        foreach (float value in new[] { 0.5f, -0.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e-45f, 4294967296f, -2147483648f, 2147483648f, 0.99999994f })
        {
            AssertFound(kernel, pixels, position, value);
        }

        AssertFound(kernel, pixels, position, uint.MaxValue);
        AssertFound(kernel, pixels, position, 0x80000000u);
        AssertFound(kernel, pixels, position, (short)-1);
        AssertFound(kernel, pixels, position, ushort.MaxValue);
        AssertFound(kernel, pixels, position, (sbyte)-128);
        if (kernel.NumClasses < 255)
        {
            AssertFound(kernel, pixels, position, (byte)255);
        }
    }

    [Fact]
    public void Minus_zero_is_label_0()
    {
        foreach (string name in KernelTable.Names(kernel => kernel.NumClasses == 3))
        {
            KernelUnderTest kernel = KernelTable.Find(name);
            float[] labels = new float[kernel.Lanes + 1];
            Array.Fill(labels, -0f);
            Assert.Equal([labels.Length, 0, 0], kernel.Accumulate<float>(new float[3 * labels.Length], labels, 1).TargetSum);
        }
    }

    private static void AssertSame<TLabel>(KernelUnderTest kernel, ClassSums expected, float[] predictions, int[] labels)
        where TLabel : unmanaged, INumber<TLabel>
    {
        ClassSums actual = kernel.Accumulate<TLabel>(predictions, TestData.As<TLabel>(labels), 2);
        Assert.Equal(expected.Intersection, actual.Intersection);
        Assert.Equal(expected.Miss, actual.Miss);
        Assert.Equal(expected.TargetSum, actual.TargetSum);
    }

    private static void AssertFound<TLabel>(KernelUnderTest kernel, int pixels, int position, TLabel value)
        where TLabel : unmanaged
    {
        TLabel[] labels = new TLabel[2 * pixels];
        labels[position] = value;
        (byte[] before, byte[] after) = kernel.AccumulateExpecting(
            new float[2 * pixels * kernel.NumClasses], labels, 2, out ArgumentOutOfRangeException thrown);
        Assert.Equal("labels", thrown.ParamName);
        Assert.Equal(value, Assert.IsType<TLabel>(thrown.ActualValue));
        string shown = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}");
        Assert.StartsWith(
            $"labels[{position}] is {shown} (image {position / pixels}, pixel {position % pixels}); " +
            $"here a label is 0 to {kernel.NumClasses - 1}.",
            thrown.Message,
            StringComparison.Ordinal);
        Assert.Equal(before, after);
    }
}
