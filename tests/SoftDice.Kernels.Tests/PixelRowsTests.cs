using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Sums over rows of all classes, and their gradient, of numbers so short that float adds them as they are.</summary>
/// <typeparam name="TLanes">The lanes.</typeparam>
public abstract class PixelRowsTests<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private const int First = 2;
    private const byte Ignored = 255;

    [Theory]
    [MemberData(nameof(RowImages.All), MemberType = typeof(RowImages))]
    public void Every_class_has_what_its_pixels_have(int numClasses, int pixels)
    {
        (float[] image, byte[] labels) = Image(numClasses, pixels);
        bool[] mask = [.. labels.Select((_, i) => i % 3 != 1)];
        AssertTotals(numClasses, image, labels, mask: [], ignored: IgnoredPixels.None);
        AssertTotals(numClasses, image, labels, mask, ignored: IgnoredPixels.None);
        labels = [.. labels.Select((label, i) => i % 4 == 3 ? Ignored : label)];
        AssertTotals(numClasses, image, labels, mask: [], Ignored);
    }

    [Theory]
    [MemberData(nameof(RowImages.All), MemberType = typeof(RowImages))]
    public void A_label_that_is_no_class_is_found(int numClasses, int pixels)
    {
        (float[] image, byte[] labels) = Image(numClasses, pixels);
        bool[] all = [.. labels.Select(_ => true)];
        for (int wrong = First; wrong < First + pixels; wrong += 1 + (pixels / 9))
        {
            foreach (byte no in new[] { (byte)numClasses, (byte)200 })
            {
                byte kept = labels[wrong];
                labels[wrong] = no;
                Assert.False(Add((ReadOnlySpan<byte>)labels), $"{wrong} of {pixels}");
                Assert.False(Add(new PixelLabels<byte>(labels, Ignored)), $"{wrong} of {pixels}, with a label that is ignored");
                Assert.False(Add(new PixelLabels<byte>(labels, all)), $"{wrong} of {pixels}, with a mask");
                labels[wrong] = kept;
            }
        }

        bool Add(PixelLabels<byte> some) => PixelRows.Add<TLanes, byte>(image, some, First, First + pixels, numClasses, out _);
    }

    [Theory]
    [MemberData(nameof(RowImages.All), MemberType = typeof(RowImages))]
    public void Every_row_of_the_gradient_is_written_and_no_other(int numClasses, int pixels)
    {
        (_, byte[] labels) = Image(numClasses, pixels);
        (labels[First + (pixels / 2)], labels[First + pixels - 1]) = (Ignored, (byte)numClasses);
        float[] owns = [.. Enumerable.Range(0, numClasses).Select(c => c + 0.5f)], others = [.. owns.Select(own => -own), 3];
        float[] gradient = new float[labels.Length * numClasses];
        Array.Fill(gradient, 9);
        PixelRows.Write<TLanes, byte>(owns, others, new PixelLabels<byte>(labels, Ignored), gradient, First, First + pixels);
        Assert.Equal(
            Enumerable.Range(0, gradient.Length).Select(i =>
            {
                (int pixel, int c) = Math.DivRem(i, numClasses);
                return pixel < First || pixel >= First + pixels ? 9 : labels[pixel] >= numClasses ? 0 : labels[pixel] == c ? owns[c] : others[c];
            }),
            gradient);
    }

    [Theory]
    [InlineData(-1, 4, 4, 20)]
    [InlineData(0, 5, 4, 20)]
    [InlineData(0, 5, 5, 20 * 4)]
    [InlineData(0, 5, 5, TooFew)]
    public void Pixels_that_are_not_there_are_refused(int first, int end, int numLabels, int numClasses)
    {
        float[] image = new float[numClasses == 80 ? (5 * 80) - 1 : 5 * numClasses];
        ArgumentException thrown = Assert.Throws<ArgumentException>(() =>
            PixelRows.Add<TLanes, byte>(image, (ReadOnlySpan<byte>)new byte[numLabels], first, end, numClasses, out _));
        Assert.StartsWith($"Pixels {first} to {end} of {numClasses} classes, ", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() =>
            PixelRows.Write<TLanes, byte>(new float[numClasses], new float[numClasses], (ReadOnlySpan<byte>)new byte[numLabels], image, first, end));
    }

    // All pixels that there are, from the first to the last.
    [Fact]
    public void A_whole_image_is_taken()
    {
        (float[] image, byte[] labels) = Image(20, 9);
        Assert.True(PixelRows.Add<TLanes, byte>(image, (ReadOnlySpan<byte>)labels, 0, labels.Length, 20, out ReadOnlySpan<RowTotals> totals));
        long labelled = 0;
        foreach (RowTotals total in totals)
        {
            labelled += total.Labelled;
        }

        Assert.Equal(labels.Length, labelled);
    }

    // One less than a vector has.
    private const int TooFew = 3;

    private static (float[] Image, byte[] Labels) Image(int numClasses, int pixels)
    {
        Random random = new(pixels);
        byte[] labels = [.. Enumerable.Range(0, pixels + First + 1).Select(i => (byte)(i % 5 == 0 ? random.Next(numClasses) : i / 3 % numClasses))];
        return ([.. Enumerable.Range(0, labels.Length * numClasses).Select(_ => random.Next(0, 257) / 256f)], labels);
    }

    private static void AssertTotals(int numClasses, float[] image, byte[] labels, bool[] mask, long ignored)
    {
        int end = labels.Length - 1;
        PixelLabels<byte> all = mask.Length > 0 ? new(labels, mask) : new(labels, ignored);
        Assert.True(PixelRows.Add<TLanes, byte>(image, all, First, end, numClasses, out ReadOnlySpan<RowTotals> totals));
        int[] taking = [.. Enumerable.Range(First, end - First).Where(i => labels[i] != ignored && (mask.Length == 0 || mask[i]))];
        Assert.Equal(numClasses, totals.Length);
        for (int c = 0; c < numClasses; c++)
        {
            double[] own = [.. taking.Where(pixel => labels[pixel] == c).Select(pixel => (double)image[(pixel * numClasses) + c])];
            double[] other = [.. taking.Where(pixel => labels[pixel] != c).Select(pixel => (double)image[(pixel * numClasses) + c])];
            Assert.Equal((own.Sum(), own.Length - own.Sum(), other.Sum(), own.Length),
                (totals[c].Intersection, totals[c].FalseNegatives, totals[c].FalsePositives, totals[c].Labelled));
        }
    }
}

/// <summary>Sixteen classes at once.</summary>
public sealed class Lanes512PixelRowsTests : PixelRowsTests<Lanes512>;

/// <summary>Eight classes at once.</summary>
public sealed class Lanes256PixelRowsTests : PixelRowsTests<Lanes256>;

/// <summary>Four classes at once.</summary>
public sealed class Lanes128PixelRowsTests : PixelRowsTests<Lanes128>;

/// <summary>Numbers of classes and of pixels.</summary>
public static class RowImages
{
    // Fewer rows than runs, runs of one row and of several chains, and more rows than the labels of a run.
    public static TheoryData<int, int> All => new()
    {
        { 16, 1 }, { 16, 3 }, { 17, 4 }, { 19, 7 }, { 24, 150 }, { 33, 531 }, { 40, 1201 },
    };
}
