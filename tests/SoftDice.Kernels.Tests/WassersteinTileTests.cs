using System;
using System.Linq;
using System.Runtime.Intrinsics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>How far a tile is from its labels, and the slopes of that, of numbers so short that every one is as expected, to the last bit.</summary>
public sealed class WassersteinTileTests
{
    private const int Start = ShortTile.Start, Stride = ShortTile.Stride;

    [Theory]
    [MemberData(nameof(TileSizes.All), MemberType = typeof(TileSizes))]
    public void Classes_have_the_distances_of_their_pixels(int numClasses, int run, int count, Ignoring ignoring)
    {
        ShortTile tile = new(numClasses, run, count, ignoring, withWrongLabels: true);
        float[] distances = Distances(numClasses);
        ClassTotals<Lanes256>[] totals = new ClassTotals<Lanes256>[numClasses];
        WassersteinTile.Add<Lanes256, byte>(totals, tile.Rows, Stride, tile.PixelLabels, Start, count, distances);
        for (int c = 0; c < numClasses; c++)
        {
            double[] own =
            [
                .. tile.Pixels.Where(pixel => tile.Label(pixel) == c)
                    .Select(pixel => Enumerable.Range(0, numClasses).Sum(k => tile.P(k, pixel) * distances[(c * numClasses) + k])),
            ];
            Assert.Equal(own.Sum(), Vector256.Sum(totals[c].Miss));
            Assert.Equal(own.Sum(distance => 1 - distance), Vector256.Sum(totals[c].Intersection));
            Assert.Equal(own.Length, Lanes256.Total(totals[c].Labelled));
        }
    }

    // The slope of logit k is s·p·(m - Σ p·m), where the likely class's distance, if there is one, is taken from each m.
    [Theory]
    [MemberData(nameof(TileSizes.All), MemberType = typeof(TileSizes))]
    public void Slopes_of_logits_are_those_of_each_pixel(int numClasses, int run, int count, Ignoring ignoring)
    {
        ShortTile tile = new(numClasses, run, count, ignoring, withWrongLabels: false);
        float[] distances = Distances(numClasses), rows = [.. tile.Rows];
        WassersteinTile.TurnIntoSlopes<Lanes256, byte>(rows, Stride, tile.PixelLabels, Start, count, distances, tile.Slopes);
        foreach (int pixel in tile.Pixels)
        {
            float[] ofLabel = tile.TakesPart(pixel) ? distances.AsSpan(tile.Label(pixel) * numClasses, numClasses).ToArray() : new float[numClasses];
            float slope = tile.TakesPart(pixel) ? tile.Slopes[tile.Label(pixel)].Own : 0;
            float likely = Enumerable.Range(0, numClasses).Where(k => tile.E(k, pixel) > tile.Half(pixel)).Sum(k => ofLabel[k]);
            double mean = Enumerable.Range(0, numClasses).Sum(k => tile.P(k, pixel) * (ofLabel[k] - likely));
            for (int k = 0; k < numClasses; k++)
            {
                Assert.Equal(tile.TakesPart(pixel) ? tile.P(k, pixel) * (ofLabel[k] - likely - mean) * slope : 0, rows[(k * Stride) + pixel]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(TileSizes.All), MemberType = typeof(TileSizes))]
    public void Slopes_of_probabilities_are_distances(int numClasses, int run, int count, Ignoring ignoring)
    {
        ShortTile tile = new(numClasses, run, count, ignoring, withWrongLabels: true);
        float[] distances = Distances(numClasses);
        int pixels = Start + count;
        float[] gradient = GC.AllocateArray<float>(numClasses * pixels, pinned: true);
        Array.Fill(gradient, 9);
        TileGradient written = new(gradient, numClasses, Stride, Start, bypassCache: false);
        WassersteinTile.FillSlopes<Lanes256, byte>(ref written, Stride, tile.PixelLabels, Start, count - 8, distances, tile.Slopes);
        WassersteinTile.FillSlopes<Lanes256, byte>(ref written, Stride, tile.PixelLabels, Start + count - 8, 8, distances, tile.Slopes);
        written.Finish();
        Assert.Equal(
            Enumerable.Range(0, gradient.Length).Select(i =>
            {
                (int k, int pixel) = (i / pixels, (i % pixels) - Start);
                int label = pixel < 0 ? -1 : tile.Label(pixel);
                return pixel < 0 ? 9 : label < 0 ? 0 : tile.Slopes[label].Own * distances[(label * numClasses) + k];
            }),
            gradient);
    }

    [Fact]
    public void Probabilities_are_taken_as_they_are()
    {
        float[] image = [.. Enumerable.Range(0, 60).Select(i => (float)i)];
        float[] rows = new float[5 * 9];
        Array.Fill(rows, -1);
        WassersteinTile.Copy(image, 4, 8, rows, 9, 3);
        Assert.Equal(
            Enumerable.Range(0, rows.Length).Select(i => (i / 9, i % 9) switch
            {
                ( < 3, < 8) at => (20f * at.Item1) + 4 + at.Item2,
                (3, < 8) => 1,
                _ => -1,
            }),
            rows);
        Assert.Throws<ArgumentException>(() => WassersteinTile.Copy(image, 13, 8, rows, 9, 3));
    }

    private static float[] Distances(int numClasses) => [.. Enumerable.Range(0, numClasses * numClasses).Select(i => i * 3 % 9 / 8f)];
}
