using System;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>What loops over references do not check is refused before them.</summary>
public sealed class LabelledTileTests
{
    private const int Classes = 16, Stride = 80, Pixels = 64;
    private const int Rows = (Classes + SoftmaxTile.MoreRows) * Stride;

    [Theory]
    [InlineData("rows", Rows - 1, Pixels, 0, 0, Pixels, "is not in 1439 floats")]
    [InlineData("labels", Rows, Pixels - 1, 0, 0, Pixels, "not in 63 labels")]
    [InlineData("labels from a later pixel on", Rows, Pixels, 0, 8, Pixels, "64 pixels from 8 on")]
    [InlineData("a first pixel below 0", Rows, Pixels, 0, -8, 8, "8 pixels from -8 on")]
    [InlineData("a count below 0", Rows, Pixels, 0, 0, -8, "-8 pixels from 0 on")]
    [InlineData("a count longer than a row", Rows, 88, 0, 0, 88, "rows of 80")]
    [InlineData("no whole vectors", Rows, Pixels, 0, 0, 60, "60 pixels from 0 on, 8 at a time")]
    [InlineData("a mask", Rows, Pixels, Pixels - 1, 0, Pixels, "a mask of 63")]
    public void A_tile_that_is_not_there_is_refused(string what, int floats, int numLabels, int numMask, int start, int count, string said)
    {
        string ofSums = Assert.Throws<ArgumentException>(() => Add(floats, numLabels, numMask, start, count, chain: 16)).Message;
        Assert.True(ofSums.Contains(said, StringComparison.Ordinal), $"{what}: {ofSums}");
        Assert.Throws<ArgumentException>(() => TurnIntoSlopes(floats, numLabels, numMask, start, count, imagePixels: 128));
    }

    [Fact]
    public void A_chain_of_no_pixels_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Add(Rows, Pixels, 0, 0, Pixels, chain: 0));

    /// <summary>One of the two rows ends where the labels' probabilities do not, the other where what they miss does not.</summary>
    [Theory]
    [InlineData(Pixels - 1)]
    [InlineData(Stride + Pixels - 1)]
    public void Rows_of_labels_that_are_too_short_are_refused(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Add(Rows, Pixels, 0, 0, Pixels, chain: 16, length));

    [Theory]
    [InlineData(Classes - 1, 0, 0, nameof(TileTerms.OwnWeights))]
    [InlineData(Classes, Classes - 1, 0, nameof(TileTerms.Smoothings))]
    [InlineData(0, Classes, Classes + 1, nameof(TileTerms.FocalWeights))]
    public void A_table_of_another_number_of_classes_is_refused(int ownWeights, int smoothings, int focalWeights, string named)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() =>
            LabelledTile.TurnIntoSlopes<Lanes256, byte>(
                new float[Classes * Pixels],
                new float[Rows],
                Stride,
                new PixelLabels<byte>(new byte[Pixels], new bool[Pixels]),
                0,
                Pixels,
                new ClassSlopes[Classes],
                new TileTerms
                {
                    CrossEntropySlope = 1, OwnWeights = new float[ownWeights], Smoothings = new float[smoothings], FocalWeights = new float[focalWeights],
                }));
        Assert.StartsWith(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tile_beyond_its_image_is_refused() =>
        Assert.Throws<ArgumentException>(() => TurnIntoSlopes(Rows, Pixels, 0, 0, Pixels, imagePixels: Pixels - 1));

    /// <summary>The longest chain that there is, and a mask of as many pixels as there are labels.</summary>
    [Fact]
    public void A_tile_that_is_there_is_added()
    {
        Assert.Equal(Pixels, Add(Rows, Pixels, 0, 0, Pixels, nuint.MaxValue));
        Assert.Equal(Pixels, Add(Rows, Pixels, 0, 0, Pixels, chain: 16, Stride + Pixels));
        Assert.Equal(0, Add(Rows, Pixels, Pixels, 0, Pixels, chain: 16));
        Assert.Equal(0, Add(Rows, Pixels, 0, Pixels, 0, chain: 16));
        TurnIntoSlopes(Rows, Pixels, Pixels, 0, Pixels, Pixels);
    }

    // Pixels of class 0, of whose logits nothing is known; a mask takes none of them in.
    private static long Add(int floats, int numLabels, int numMask, int start, int count, nuint chain, int ofLabels = 0)
    {
        ClassTotals<Lanes256>[] totals = new ClassTotals<Lanes256>[Classes];
        PixelLabels<byte> labels = new(new byte[numLabels], new bool[numMask]);
        LabelledTile.Add(totals, new float[floats], Stride, labels, start, count, chain, new float[ofLabels]);
        return totals[0].Pixels;
    }

    private static void TurnIntoSlopes(int floats, int numLabels, int numMask, int start, int count, int imagePixels) =>
        LabelledTile.TurnIntoSlopes<Lanes256, byte>(
            new float[Classes * imagePixels],
            new float[floats],
            Stride,
            new PixelLabels<byte>(new byte[numLabels], new bool[numMask]),
            start,
            count,
            new ClassSlopes[Classes]);
}
