using System;
using System.Linq;

using SoftDice.Kernels;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Labels that are bytes, counted apart from the lanes.</summary>
public static class LabelCountsTests
{
    // One label, whole vectors of any width and some more, as many as bytes can count at a time, and a part of an image.
    public static TheoryData<int> Lengths => [0, 1, 31, 32, 63, 64, 65, 127, 128, 129, 2 * 255 * 16, (2 * 255 * 32) + 1, 2 * 255 * 64, 65_536, 70_001];

    [Theory]
    [MemberData(nameof(Lengths))]
    public static void Labels_are_counted_from_the_first_pixel_to_the_last(int length)
    {
        // More around them, all of one class.
        byte[] labels = [2, 2, 2, .. Enumerable.Range(0, length).Select(i => (byte)(i * 7 % 5 % 4)), 2, 2];
        for (int c = 0; c < 4; c++)
        {
            int expected = labels.AsSpan(3, length).ToArray().Count(label => label == c);
            Assert.Equal(expected, LabelCounts.Total(default(ScalarLane), new ReadOnlySpan<byte>(labels), c, 3, 3 + length));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public static void A_class_that_all_pixels_have_does_not_overflow(int length)
    {
        sbyte[] labels = [.. Enumerable.Repeat((sbyte)3, length)];
        Assert.Equal(length, LabelCounts.Total(default(ScalarLane), new ReadOnlySpan<sbyte>(labels), 3, 0, length));
    }

    // As a byte it would be a label below 0.
    [Fact]
    public static void A_class_beyond_a_signed_byte_is_refused() =>
        Assert.Throws<OverflowException>(() => LabelCounts.Total(default(ScalarLane), new ReadOnlySpan<byte>([128]), 128, 0, 1));

    [Fact]
    public static void What_is_no_byte_is_counted_in_the_lanes()
    {
        int two = 2;
        ScalarLane label = ScalarLane.LoadLabels(in two, 0), classes = ScalarLane.ClassesOfLanes(3, 2);
        ScalarLane counts = LabelCounts.Where<ScalarLane, int>(default, label, classes);
        Assert.Equal(1, LabelCounts.Total(counts, new ReadOnlySpan<int>([0, 0]), 2, 0, 2));
        Assert.Equal(0, ScalarLane.Total(LabelCounts.Where<ScalarLane, byte>(default, label, classes)));
        Assert.Equal(0, ScalarLane.Total(LabelCounts.Where<ScalarLane, sbyte>(default, label, classes)));
    }
}
