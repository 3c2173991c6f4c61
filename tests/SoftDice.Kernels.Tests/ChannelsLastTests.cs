using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The classes of a pixel side by side: the same losses as with a plane a class, bit for bit where an image is turned at once.</summary>
public sealed class ChannelsLastTests
{
    private static readonly Dictionary<string, LayoutPair> Pairs = new LayoutPair[][]
    {
        Widths<Planes2, Planes2.Sums, Last2, Last2.Sums>(),
        Widths<Planes3, Planes3.Sums, Last3, Last3.Sums>(),
        Widths<PlanesCrossEntropy4, PlanesCrossEntropy4.Sums, LastCrossEntropy4, LastCrossEntropy4.Sums>(),
        Widths<PlanesIgnore3, PlanesIgnore3.Sums, LastIgnore3, LastIgnore3.Sums>(),
        Widths<PlanesTargets5, PlanesTargets5.Sums, LastTargets5, LastTargets5.Sums>(),
        Widths<PlanesSquaredSoftmax19, PlanesSquaredSoftmax19.Sums, LastSquaredSoftmax19, LastSquaredSoftmax19.Sums>(),
        Widths<PlanesSquared3, PlanesSquared3.Sums, LastSquared3, LastSquared3.Sums>(),
        Widths<PlanesSigmoid2, PlanesSigmoid2.Sums, LastSigmoid2, LastSigmoid2.Sums>(),
        Widths<PlanesSmoothed3, PlanesSmoothed3.Sums, LastSmoothed3, LastSmoothed3.Sums>(),
        Widths<PlanesFocal2, PlanesFocal2.Sums, LastFocal2, LastFocal2.Sums>(),
        Widths<PlanesTverskyIgnore4, PlanesTverskyIgnore4.Sums, LastTverskyIgnore4, LastTverskyIgnore4.Sums>(),
        Widths<PlanesPlainIgnore3, PlanesPlainIgnore3.Sums, LastPlainIgnore3, LastPlainIgnore3.Sums>(),
        Widths<PlanesIgnoreClass4, PlanesIgnoreClass4.Sums, LastIgnoreClass4, LastIgnoreClass4.Sums>(),
        Widths<PlanesSquaredIgnore2, PlanesSquaredIgnore2.Sums, LastSquaredIgnore2, LastSquaredIgnore2.Sums>(),
        Widths<PlanesDistances3, PlanesDistances3.Sums, LastDistances3, LastDistances3.Sums>(),
        Widths<PlanesSoftmaxDistances4, PlanesSoftmaxDistances4.Sums, LastSoftmaxDistances4, LastSoftmaxDistances4.Sums>(),
        Widths<PlanesBinary, PlanesBinary.Sums, LastBinary, LastBinary.Sums>(),
    }.SelectMany(pairs => pairs).ToDictionary(pair => pair.Name);

    // Added row by row: not the bits of planes.
    private static readonly Dictionary<string, LayoutPair> Rows = new LayoutPair[][]
    {
        Widths<PlanesRows19, PlanesRows19.Sums, LastRows19, LastRows19.Sums>(),
        Widths<PlanesRowsTversky24, PlanesRowsTversky24.Sums, LastRowsTversky24, LastRowsTversky24.Sums>(),
        Widths<PlanesRows16, PlanesRows16.Sums, LastRows16, LastRows16.Sums>(),
        Widths<PlanesRows150, PlanesRows150.Sums, LastRows150, LastRows150.Sums>(),
        Widths<PlanesSoftmax19, PlanesSoftmax19.Sums, LastSoftmax19, LastSoftmax19.Sums>(),
        Widths<PlanesSoftmaxTversky24, PlanesSoftmaxTversky24.Sums, LastSoftmaxTversky24, LastSoftmaxTversky24.Sums>(),
        Widths<PlanesSoftmax150, PlanesSoftmax150.Sums, LastSoftmax150, LastSoftmax150.Sums>(),
    }.SelectMany(pairs => pairs).ToDictionary(pair => pair.Name);

    private static readonly LayoutPair PerSample =
        new LayoutPair<PlanesPerSample6, PlanesPerSample6.Sums, LastPerSample6, LastPerSample6.Sums, Lanes256>();

    public static TheoryData<string> All => [.. Pairs.Keys];

    public static TheoryData<string> OfOneWidth => [.. Pairs.Keys.Where(name => name.EndsWith(nameof(Lanes256), StringComparison.Ordinal))];

    public static TheoryData<string> InRows => [.. Rows.Keys];

    public static TheoryData<string> InRowsOfOneWidth => [.. Rows.Keys.Where(name => name.EndsWith(nameof(Lanes256), StringComparison.Ordinal))];

    public static TheoryData<string> TakenApart => [.. Pairs.Where(pair => pair.Value.IsTakenApart).Select(pair => pair.Key)];

    [Theory]
    [MemberData(nameof(All))]
    public void An_image_that_is_turned_at_once_has_the_same_bits(string name)
    {
        foreach (int pixels in new[] { 0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 33, 75, 531, 1000 })
        {
            Pairs[name].AssertSameBits(batchSize: 2, pixels);
        }
    }

    [Theory]
    [MemberData(nameof(TakenApart))]
    public void What_is_taken_apart_in_the_registers_has_the_same_bits_in_any_size(string name)
    {
        Pairs[name].AssertSameBits(batchSize: 1, pixels: 4097);

        // In parts, and with logits that the library looks at pixel by pixel.
        int pixels = name.EndsWith(nameof(CheckingLanes), StringComparison.Ordinal) ? 4099 : 70_003;
        Pairs[name].AssertSameBits(batchSize: 2, pixels, spread: 400);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_gradient_that_is_written_past_the_cache_has_the_same_bits(int floatsBefore)
    {
        // Longer than 16 MB, and beginning at several places of a line: an array begins at a multiple of 8 bytes, so that one of two and of four classes has a pixel
        // at the beginning of a line here in at least one of them.
        Pairs["Last3 Lanes512"].AssertSameBits(batchSize: 1, pixels: 1_400_003, floatsBefore: floatsBefore);
        Pairs["Last2 Lanes256"].AssertSameBits(batchSize: 1, pixels: 2_100_001, floatsBefore: floatsBefore);
        Pairs["LastCrossEntropy4 Lanes512"].AssertSameBits(batchSize: 1, pixels: 1_050_001, floatsBefore: floatsBefore);
    }

    [Theory]
    [MemberData(nameof(OfOneWidth))]
    public void A_larger_image_has_the_same_loss_on_any_number_of_threads(string name)
    {
        Pairs[name].AssertIsDefined(2, 4097, 1, 2, 5);
        Pairs[name].AssertIsDefined(1, 70_003, 2, 3);
    }

    [Theory]
    [MemberData(nameof(InRows))]
    public void Rows_are_the_same_at_any_width(string name)
    {
        foreach (int pixels in new[] { 0, 1, 2, 15, 16, 17, 531, 5000 })
        {
            Rows[name].AssertIsThatOfScalars(batchSize: 2, pixels);
        }
    }

    [Theory]
    [MemberData(nameof(InRowsOfOneWidth))]
    public void Rows_are_the_definition_on_any_number_of_threads(string name)
    {
        Rows[name].AssertIsDefined(2, 1, 2);
        Rows[name].AssertIsDefined(2, 4097, 1, 2, 5);
        Rows[name].AssertIsDefined(1, 70_003, 2, 3);
        Rows[name].AssertNamesWrongLabel();
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(8, 0)]
    [InlineData(10, 0)]
    [InlineData(12, 0)]
    [InlineData(3, 1)]
    [InlineData(8, 1)]
    [InlineData(10, 1)]
    public void Rows_have_a_gradient_where_a_class_is_certain(float certainty, int classesAfterLabel)
    {
        foreach (LayoutPair pair in Rows.Values.Where(pair => pair.Name.Contains("Softmax", StringComparison.Ordinal)))
        {
            pair.AssertIsDefinedWhereCertain(certainty, classesAfterLabel);
        }
    }

    [Fact]
    public void Rows_miss_little_where_predictions_are_nearly_right()
    {
        // What is missed is 2⁻²⁴ at some pixels of 40,000, and nothing elsewhere: kept to the last digit, however many there are.
        const int Pixels = 40_000;
        float[] predictions = new float[Pixels * 16];
        byte[] labels = new byte[Pixels];
        for (int pixel = 0; pixel < Pixels; pixel++)
        {
            labels[pixel] = (byte)(pixel % 16);
            predictions[(pixel * 16) + labels[pixel]] = pixel % 1000 == 0 ? MathF.BitDecrement(1) : 1;
        }

        LastRows16.Sums sums = default;
        LastRows16.Accumulate<byte>(ref sums, predictions, labels, 1);

        // Every thousandth pixel from 0 on is of class 0 or 8.
        Assert.Equal(20 * Math.ScaleB(1, -24), sums.Miss(0));
        Assert.Equal(20 * Math.ScaleB(1, -24), sums.Miss(8));
        Assert.Equal(0, sums.Miss(3));
    }

    [Fact]
    public void Rows_that_are_not_in_the_image_are_refused()
    {
        float[] image = new float[16 * 4];
        Assert.Throws<ArgumentException>(() => PixelRows.Add<Lanes512, byte>(image, new PixelLabels<byte>(new byte[4], IgnoredPixels.None), 0, 5, 16, out _));
        Assert.Throws<ArgumentException>(() => PixelRows.Add<Lanes512, byte>(image, new PixelLabels<byte>(new byte[4], IgnoredPixels.None), 0, 4, 15, out _));
        Assert.Throws<ArgumentException>(() => PixelRows.Write<Lanes512, byte>(new float[16], new float[16], new PixelLabels<byte>(new byte[4], IgnoredPixels.None), image, -1, 4));
        Assert.Throws<ArgumentException>(() => SoftmaxRows.Add<Lanes512, byte, ComputedProbabilities>(
            image, new PixelLabels<byte>(new byte[5], IgnoredPixels.None), default, 0, 5, 16, out _));
        Assert.Throws<ArgumentException>(() => SoftmaxRows.Write<Lanes512, byte, ComputedProbabilities>(
            new float[16], new float[16], image, new PixelLabels<byte>(new byte[4], IgnoredPixels.None), new float[63], 0, 4, bypassCache: true));
    }

    [Fact]
    public void Sums_of_each_image()
    {
        PerSample.AssertIsDefined(5, 77, 1, 2);
        PerSample.AssertIsDefined(2, 9001, 2);
    }

    [Theory]
    [MemberData(nameof(OfOneWidth))]
    public void A_wrong_label_is_named_with_its_place(string name) => Pairs[name].AssertNamesWrongLabel();

    [Fact]
    public void The_definition_takes_the_classes_of_a_pixel_side_by_side()
    {
        // Two pixels of two classes; labels 0 and 1. Class 0: I 0.75, P 1, T 1; class 1: I 0.75, P 1, T 1.
        SoftDiceOptions options = new(2) { Layout = SoftDiceLayout.ChannelsLast, Epsilon = 0, Form = SoftDiceForm.OneMinus };
        float[] predictions = [0.75f, 0.25f, 0.25f, 0.75f];
        byte[] labels = [0, 1];
        Assert.Equal((0.75, 1, 1), SoftDiceReference.Sums<byte>(options, predictions, labels, 1, 0));
        Assert.Equal(0.25, SoftDiceReference.Loss<byte>(options, predictions, labels, 1), 1e-15);

        // d = 2 I / (P + T): by p of the own class -(2 (P + T) - 2 I) / (P + T)² = -2.5 / 4 for a class, half of it for the mean.
        Assert.Equal(
            [-0.3125, 0.1875, 0.1875, -0.3125], SoftDiceReference.Gradient<byte>(options, predictions, labels, 1).Select(one => Math.Round(one, 12)));
    }

    [Fact]
    public void The_loss_is_that_of_the_definition()
    {
        Random random = new(5);
        float[] predictions = [.. Enumerable.Range(0, 2 * 37 * 3).Select(_ => random.NextSingle())];
        byte[] labels = [.. Enumerable.Range(0, 2 * 37).Select(_ => (byte)random.Next(3))];
        SoftDiceOptions options = AttributeOptions.Of<Last3>();
        float[] gradient = new float[predictions.Length];
        double loss = Last3.ForwardBackward<byte>(predictions, labels, gradient, 2);
        Assert.Equal(SoftDiceReference.Loss<byte>(options, predictions, labels, 2), loss, 1.9e-6 * loss);
        double[] expected = SoftDiceReference.Gradient<byte>(options, predictions, labels, 2);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], gradient[i], 1.9e-6 * Math.Abs(expected[i]));
        }
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_call()
    {
        float[] predictions = new float[2 * 5000 * 5];
        byte[] labels = new byte[2 * 5000 * 5];
        labels.AsSpan().Fill(1);
        float[] gradient = new float[predictions.Length];
        long least = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long start = GC.GetAllocatedBytesForCurrentThread();
            LastTargets5.ForwardBackward<byte>(predictions, labels, gradient, 2);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - start);
        }

        Assert.Equal(0, least);
    }

    private static LayoutPair[] Widths<TPlanes, TPlanesSums, TLast, TLastSums>()
        where TPlanes : ISoftDiceLoss<TPlanesSums>
        where TPlanesSums : struct, ISoftDiceSums<TPlanesSums>
        where TLast : ISoftDiceLoss<TLastSums>
        where TLastSums : struct, ISoftDiceSums<TLastSums> =>
    [
        new LayoutPair<TPlanes, TPlanesSums, TLast, TLastSums, Lanes512>(),
        new LayoutPair<TPlanes, TPlanesSums, TLast, TLastSums, Lanes256>(),
        new LayoutPair<TPlanes, TPlanesSums, TLast, TLastSums, Lanes128>(),
        new LayoutPair<TPlanes, TPlanesSums, TLast, TLastSums, ScalarLane>(),
        new LayoutPair<TPlanes, TPlanesSums, TLast, TLastSums, CheckingLanes>(),
    ];
}
