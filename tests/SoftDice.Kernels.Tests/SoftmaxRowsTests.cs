using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>
/// Sums and gradients of a softmax over rows of all classes, of logits so far apart that a class has nothing of a pixel or as much as some others,
/// and that 1, 2, 4, 8 or 16 classes have it all: floats add, and multiply, such probabilities as they are.
/// </summary>
/// <typeparam name="TLanes">The lanes.</typeparam>
public abstract class SoftmaxRowsTests<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    [Theory]
    [MemberData(nameof(SoftmaxImage.All), MemberType = typeof(SoftmaxImage))]
    public void Every_class_has_what_its_pixels_have(int numClasses, int pixels)
    {
        SoftmaxImage image = new(numClasses, pixels);
        AssertTotals<ushort>(image, (ReadOnlySpan<ushort>)image.Labels, _ => true);
        AssertTotals(image, new PixelLabels<ushort>(image.Labels, image.Mask), pixel => image.Mask[pixel]);
        image.SetLabels(pixel => pixel % 4 == 1, SoftmaxImage.Ignored);
        AssertTotals(image, new PixelLabels<ushort>(image.Labels, SoftmaxImage.Ignored), _ => true);
        int[] labels = [.. image.Labels.Select(label => label == SoftmaxImage.Ignored ? -1 : (int)label)];
        AssertTotals(image, new PixelLabels<int>(labels, ignored: -1), _ => true);
    }

    // As many as make chains of seven rows, four of which are added side by side, and a last block of more rows than one.
    [Fact]
    public void Rows_of_a_large_image_are_added_in_chains()
    {
        SoftmaxImage image = new(19, 3156);
        AssertTotals<ushort>(image, (ReadOnlySpan<ushort>)image.Labels, _ => true);
    }

    [Theory]
    [MemberData(nameof(SoftmaxImage.All), MemberType = typeof(SoftmaxImage))]
    public void A_pixel_whose_label_is_no_class_is_found_and_left_out(int numClasses, int pixels)
    {
        for (int wrong = SoftmaxImage.First; wrong < SoftmaxImage.First + pixels; wrong += 1 + (pixels / 5))
        {
            SoftmaxImage image = new(numClasses, pixels);
            image.SetLabels(pixel => pixel == wrong || pixel == wrong + 1, SoftmaxImage.NoClass);
            AssertTotals<ushort>(image, (ReadOnlySpan<ushort>)image.Labels, _ => true, areRight: false);
            AssertTotals(image, new PixelLabels<ushort>(image.Labels, [.. image.Mask.Select(_ => true)]), _ => true, areRight: false);
            int[] labels = [.. image.Labels.Select(label => label == SoftmaxImage.NoClass ? numClasses : (int)label)];
            AssertTotals<int>(image, (ReadOnlySpan<int>)labels, _ => true, areRight: false);
            AssertTotals(image, new PixelLabels<int>(labels, ignored: -1), _ => true, areRight: false);
        }
    }

    [Theory]
    [MemberData(nameof(SoftmaxImage.All), MemberType = typeof(SoftmaxImage))]
    public void Every_row_of_the_gradient_is_written_and_no_other(int numClasses, int pixels)
    {
        SoftmaxImage image = new(numClasses, pixels);
        AssertGradient(image, (ReadOnlySpan<ushort>)image.Labels, _ => true);
        AssertGradient(image, new PixelLabels<ushort>(image.Labels, image.Mask), pixel => image.Mask[pixel]);
        image.SetLabels(pixel => pixel % 4 == 1, SoftmaxImage.Ignored);
        AssertGradient(image, new PixelLabels<ushort>(image.Labels, SoftmaxImage.Ignored), _ => true);
    }

    // What is left of the slopes where they cancel is of the size of the others' probabilities, and has all its digits: of the label, of a class of the
    // first vector, and of the only one that the last vector alone has.
    [Theory]
    [InlineData(5)]
    [InlineData(1)]
    [InlineData(32)]
    public void Where_a_class_is_all_but_certain_the_gradient_is_exact(int certain)
    {
        const int NumClasses = 33, Label = 5, Pixels = 7;
        const float Least = 1.1f, Unused = -3.7f;

        // A base, a mean and a factor, which are sums of so many terms, and as many roundings once more for an exponential and some products.
        const double Bound = 4.0 * NumClasses / (1 << 24);
        float[] slopes = [.. Enumerable.Range(0, NumClasses).Select(c => c == certain ? Least : 1.3f + (0.7f * (c * 5 % 17) / 17))];
        float[] owns = [.. slopes.Select((slope, c) => c == Label ? slope : Unused)];
        float[] others = [.. slopes.Select((slope, c) => c == Label ? Unused : slope)];
        float[] logits = [.. Enumerable.Range(0, Pixels * NumClasses).Select(i => i % NumClasses == certain ? 0 : -12f)];
        byte[] labels = [.. Enumerable.Repeat((byte)Label, Pixels)];
        float[] gradient = new float[logits.Length];
        SoftmaxRows.Write<TLanes, byte, ComputedProbabilities>(owns, others, logits, (ReadOnlySpan<byte>)labels, gradient, 0, Pixels, bypassCache: false);

        double small = Math.Exp(-12), sum = 1 + ((NumClasses - 1) * small);
        double mean = slopes.Sum(slope => small / sum * ((double)slope - Least));
        for (int i = 0; i < gradient.Length; i++)
        {
            int c = i % NumClasses;
            double expected = (c == certain ? 1 : small) / sum * ((double)slopes[c] - Least - mean);
            Assert.Equal(expected, gradient[i], Bound * Math.Abs(expected));
        }
    }

    [Fact]
    public void Nothing_of_a_call_before_is_kept_of_pixels_that_take_no_part()
    {
        const int NumClasses = 33, Pixels = 9;
        float[] high = [.. Enumerable.Repeat(50f, NumClasses * Pixels)], low = new float[high.Length], kept = new float[high.Length];
        byte[] labels = new byte[Pixels];
        Assert.True(SoftmaxRows.Add<TLanes, byte, KeptProbabilities>(high, (ReadOnlySpan<byte>)labels, kept, 0, Pixels, NumClasses, out _));
        Assert.DoesNotContain(0, kept);

        Array.Fill(labels, (byte)255);
        Assert.True(SoftmaxRows.Add<TLanes, byte, KeptProbabilities>(low, new PixelLabels<byte>(labels, 255), kept, 0, Pixels, NumClasses, out _));
        Assert.All(kept, e => Assert.Equal(0, e));

        SoftmaxRows.Add<TLanes, byte, KeptProbabilities>(high, (ReadOnlySpan<byte>)new byte[Pixels], kept, 0, Pixels, NumClasses, out _);
        Assert.False(SoftmaxRows.Add<TLanes, byte, KeptProbabilities>(low, (ReadOnlySpan<byte>)labels, kept, 0, Pixels, NumClasses, out _));
        Assert.All(kept, e => Assert.Equal(0, e));
    }

    [Theory]
    [InlineData(-1, 4, 4, 5, 5)]
    [InlineData(0, 5, 4, 5, 5)]
    [InlineData(0, 5, 5, 4, 5)]
    [InlineData(0, 5, 5, 5, 4)]
    public void Pixels_that_are_not_there_are_refused(int first, int end, int numLabels, int ofImage, int ofGradient)
    {
        byte[] labels = new byte[numLabels];
        float[] image = new float[20 * ofImage];
        Assert.Throws<ArgumentException>(() => SoftmaxRows.Write<TLanes, byte, ComputedProbabilities>(
            new float[20], new float[20], image, (ReadOnlySpan<byte>)labels, new float[20 * ofGradient], first, end, bypassCache: false));
        if (ofGradient == 5)
        {
            Assert.Throws<ArgumentException>(
                () => SoftmaxRows.Add<TLanes, byte, ComputedProbabilities>(image, (ReadOnlySpan<byte>)labels, default, first, end, 20, out _));
        }

        Assert.Throws<ArgumentException>(() => SoftmaxRows.Add<TLanes, byte, KeptProbabilities>(
            image, (ReadOnlySpan<byte>)labels, new float[20 * ofGradient], first, end, 20, out _));
    }

    [Fact]
    public void Slopes_of_fewer_classes_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxRows.Write<TLanes, byte, ComputedProbabilities>(
        new float[20], new float[19], new float[20], (ReadOnlySpan<byte>)new byte[1], new float[20], 0, 1, bypassCache: false));

    // Blocks of whole fours of rows and others, at the end of memory that can be touched and at its beginning. Of the logits of the first pixels some are so large, so
    // small or so wrong that they are taken less the largest, and some take no part.
    [Theory]
    [InlineData(16)]
    [InlineData(19)]
    [InlineData(40)]
    [InlineData(300)]
    public void Exponentials_that_are_kept_have_the_bits_of_those_that_are_computed(int numClasses)
    {
        foreach (int pixels in new[] { 1, 2, 3, 4, 5, 7, 8, 16, 19, 31, 32, 35, 36, 70 })
        {
            Random random = new(pixels);
            float[] logits = [.. Enumerable.Range(0, pixels * numClasses).Select(_ => 8 * (random.NextSingle() - 0.5f))];
            short[] labels = [.. Enumerable.Range(0, pixels).Select(pixel => (short)(pixel % 9 == 5 ? -1 : random.Next(numClasses)))];
            float[] wrong = [100, -100, float.NaN, float.PositiveInfinity, float.NegativeInfinity];
            for (int i = 0; i < wrong.Length; i++)
            {
                // The last pixel, one in the middle of a block, and all of a pixel.
                int pixel = Math.Max(0, pixels - 1 - (3 * i));
                logits.AsSpan(pixel * numClasses, i == 1 ? numClasses : 1 + i).Fill(wrong[i]);
            }

            float[] owns = [.. Enumerable.Range(0, numClasses).Select(_ => random.NextSingle())];
            float[] others = [.. Enumerable.Range(0, numClasses).Select(_ => random.NextSingle())];
            PixelLabels<short> ignoring = new(labels, ignored: -1);
            SoftmaxRows.Add<TLanes, short, ComputedProbabilities>(logits, ignoring, default, 0, pixels, numClasses, out ReadOnlySpan<RowTotals> totals);
            RowTotals[] expectedTotals = totals.ToArray();
            float[] expected = new float[logits.Length];
            SoftmaxRows.Write<TLanes, short, ComputedProbabilities>(owns, others, logits, ignoring, expected, 0, pixels, bypassCache: false);

            // The second time there are no logits.
            float[] none = [.. Enumerable.Repeat(float.NaN, logits.Length)];
            using GuardedMemory memory = new((nuint)(logits.Length * sizeof(float)));
            foreach (bool isAtEnd in new[] { true, false })
            {
                Span<float> gradient = isAtEnd ? memory.AtEnd<float>(logits.Length) : memory.AtStart<float>(logits.Length);
                SoftmaxRows.Add<TLanes, short, KeptProbabilities>(logits, ignoring, gradient, 0, pixels, numClasses, out totals);
                Assert.Equal(expectedTotals, totals.ToArray());
                SoftmaxRows.Write<TLanes, short, KeptProbabilities>(owns, others, none, ignoring, gradient, 0, pixels, bypassCache: false);
                Assert.Equal(expected, gradient);
            }
        }
    }

    // Where exponentials are kept, they and nothing else are written, and sums are the same.
    private static void AssertTotals<TLabel>(SoftmaxImage image, PixelLabels<TLabel> labels, Func<int, bool> isTaken, bool areRight = true)
        where TLabel : unmanaged
    {
        int first = SoftmaxImage.First, end = image.Labels.Length - 1, numClasses = image.NumClasses;
        Assert.Equal(
            areRight, SoftmaxRows.Add<TLanes, TLabel, ComputedProbabilities>(image.Logits, labels, default, first, end, numClasses, out ReadOnlySpan<RowTotals> totals));
        AssertTotals(image, isTaken, totals);

        PinnedFloats memory = new(image.Logits.Length);
        Span<float> kept = memory.From(start: 5);
        Assert.Equal(areRight, SoftmaxRows.Add<TLanes, TLabel, KeptProbabilities>(image.Logits, labels, kept, first, end, numClasses, out totals));
        AssertTotals(image, isTaken, totals);
        memory.AssertUntouchedAround(start: 5);
        Assert.Equal(-1, kept[..(first * numClasses)].IndexOfAnyExcept(PinnedFloats.Untouched));
        Assert.Equal(-1, kept[(end * numClasses)..].IndexOfAnyExcept(PinnedFloats.Untouched));
    }

    private static void AssertTotals(SoftmaxImage image, Func<int, bool> isTaken, ReadOnlySpan<RowTotals> totals)
    {
        int end = image.Labels.Length - 1, numClasses = image.NumClasses;
        Assert.Equal(numClasses, totals.Length);
        double[] own = new double[numClasses], other = new double[numClasses];
        long[] labelled = new long[numClasses];
        for (int pixel = SoftmaxImage.First; pixel < end; pixel++)
        {
            int label = image.Labels[pixel];
            if (label < numClasses && isTaken(pixel))
            {
                labelled[label]++;
                for (int c = 0; c < numClasses; c++)
                {
                    (c == label ? own : other)[c] += image.Probability(pixel, c);
                }
            }
        }

        for (int c = 0; c < numClasses; c++)
        {
            Assert.Equal(
                (own[c], labelled[c] - own[c], other[c], labelled[c]),
                (totals[c].Intersection, totals[c].FalseNegatives, totals[c].FalsePositives, totals[c].Labelled));
        }
    }

    // Of n probabilities that are not 0 each is 1/n. A factor, a base and a mean are sums of as many terms: 3n + 12 roundings, with those of some products, of an n-th part of the
    // largest slope, 2, are most where n is 1. Slopes are quarters, so that a wrong one is further off.
    private const float Bound = 2f * 15 / (1 << 24);

    // At several places of a line of the cache, within an element, and in the place of the logits; and where exponentials have been kept.
    private static void AssertGradient(SoftmaxImage image, PixelLabels<ushort> labels, Func<int, bool> isTaken)
    {
        float[] owns = [.. Enumerable.Range(0, image.NumClasses).Select(c => ((c * 5 % 17) - 8) / 4f)];
        float[] others = [.. Enumerable.Range(0, image.NumClasses).Select(c => ((c * 3 % 13) - 6) / 4f), 1e30f];
        int end = image.Labels.Length - 1;
        float[] exact = image.Gradient(owns, others, isTaken, untouched: PinnedFloats.Untouched);
        PinnedFloats memory = new(exact.Length);
        float[] expected = [.. memory.From(0)];
        SoftmaxRows.Write<TLanes, ushort, ComputedProbabilities>(owns, others, image.Logits, labels, expected, SoftmaxImage.First, end, bypassCache: false);
        for (int i = 0; i < exact.Length; i++)
        {
            Assert.Equal(exact[i], expected[i], Bound);
        }

        foreach ((int start, bool bypassesCache) in new[] { (0, false), (0, true), (1, true), (6, true), (15, true), (2, false) })
        {
            Span<float> gradient = memory.From(start);
            SoftmaxRows.Write<TLanes, ushort, ComputedProbabilities>(owns, others, image.Logits, labels, gradient, SoftmaxImage.First, end, bypassesCache);
            Assert.Equal(expected, gradient);
            memory.AssertUntouchedAround(start);
        }

        Span<float> within = memory.WithinElements();
        SoftmaxRows.Write<TLanes, ushort, ComputedProbabilities>(owns, others, image.Logits, labels, within, SoftmaxImage.First, end, bypassCache: true);
        Assert.Equal(expected, within);

        float[] none = [.. Enumerable.Repeat(float.NaN, expected.Length)];
        foreach (int start in new[] { 0, 6, 15 })
        {
            Span<float> gradient = memory.From(start);
            SoftmaxRows.Add<TLanes, ushort, KeptProbabilities>(image.Logits, labels, gradient, SoftmaxImage.First, end, image.NumClasses, out _);
            SoftmaxRows.Write<TLanes, ushort, KeptProbabilities>(owns, others, none, labels, gradient, SoftmaxImage.First, end, bypassCache: false);
            Assert.Equal(expected, gradient);
            memory.AssertUntouchedAround(start);
        }

        within = memory.WithinElements();
        SoftmaxRows.Add<TLanes, ushort, KeptProbabilities>(image.Logits, labels, within, SoftmaxImage.First, end, image.NumClasses, out _);
        SoftmaxRows.Write<TLanes, ushort, KeptProbabilities>(owns, others, none, labels, within, SoftmaxImage.First, end, bypassCache: false);
        Assert.Equal(expected, within);

        float[] inPlace = [.. image.Logits];
        SoftmaxRows.Write<TLanes, ushort, ComputedProbabilities>(owns, others, inPlace, labels, inPlace, SoftmaxImage.First, end, bypassCache: false);
        Range written = (SoftmaxImage.First * image.NumClasses)..(end * image.NumClasses);
        Assert.Equal(expected[written], inPlace[written]);
        Assert.Equal(image.Logits[..written.Start], inPlace[..written.Start]);
        Assert.Equal(image.Logits[written.End..], inPlace[written.End..]);
    }
}

/// <summary>Sixteen classes at once, or eight where sixteen would be too many for the last.</summary>
public sealed class Lanes512SoftmaxRowsTests : SoftmaxRowsTests<Lanes512>;

/// <summary>Eight classes at once.</summary>
public sealed class Lanes256SoftmaxRowsTests : SoftmaxRowsTests<Lanes256>;

/// <summary>Four classes at once.</summary>
public sealed class Lanes128SoftmaxRowsTests : SoftmaxRowsTests<Lanes128>;

/// <summary>One class after the other, whose sums need no lanes to be added up.</summary>
public sealed class ScalarLaneSoftmaxRowsTests : SoftmaxRowsTests<ScalarLane>;
