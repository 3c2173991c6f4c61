using System;
using System.Linq;
using System.Runtime.Intrinsics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>
/// What a tile adds to its classes, and the slopes that it turns into. All numbers have so few digits that float does with them what double does, in any
/// order: so every one is as expected, to the last bit.
/// </summary>
/// <typeparam name="TLanes">The lanes.</typeparam>
public abstract class LabelledTileSumsTests<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private const int Start = ShortTile.Start, Stride = ShortTile.Stride;

    [Theory]
    [MemberData(nameof(TileSizes.All), MemberType = typeof(TileSizes))]
    public void Sums_are_those_of_each_pixel(int numClasses, int run, int count, Ignoring ignoring)
    {
        ShortTile tile = new(numClasses, run, count, ignoring, withWrongLabels: true);
        foreach (bool keepsLabels in new[] { false, true })
        {
            float[] rows = [.. tile.Rows];
            ClassTotals<TLanes>[] totals = new ClassTotals<TLanes>[numClasses];
            float[] ofLabels = keepsLabels ? new float[Stride + count] : [];
            Array.Fill(ofLabels, 7);
            LabelledTile.Add<TLanes, byte>(totals, rows, Stride, tile.PixelLabels, Start, count, (nuint)(2 * TLanes.Count), ofLabels);
            for (int c = 0; c < numClasses; c++)
            {
                int[] own = [.. tile.Pixels.Where(pixel => tile.Label(pixel) == c)];
                Assert.Equal(own.Sum(pixel => tile.P(c, pixel)), Vector256.Sum(totals[c].Intersection));
                Assert.Equal(own.Sum(pixel => 1 - tile.P(c, pixel)), Vector256.Sum(totals[c].Miss));
                Assert.Equal(own.Length, totals[c].Pixels);
                Assert.Equal(tile.Pixels.Where(tile.TakesPart).Except(own).Sum(pixel => tile.P(c, pixel)), Vector256.Sum(totals[c].FalsePositives));
                Assert.All(tile.Pixels, pixel => Assert.Equal(
                    tile.TakesPart(pixel) && tile.Label(pixel) != c ? tile.E(c, pixel) : 0, rows[(c * Stride) + pixel]));
            }

            if (keepsLabels)
            {
                Assert.Equal(tile.Pixels.Select(tile.OwnP), ofLabels[..count].Select(p => (double)p));
                Assert.Equal(tile.Pixels.Select(tile.OtherP), ofLabels[Stride..].Select(p => (double)p));
            }
        }
    }

    [Theory]
    [MemberData(nameof(TileSizes.All), MemberType = typeof(TileSizes))]
    public void Slopes_are_those_of_each_pixel(int numClasses, int run, int count, Ignoring ignoring)
    {
        ShortTile tile = new(numClasses, run, count, ignoring, withWrongLabels: false);
        float[] rows = [.. tile.Rows];
        LabelledTile.TurnIntoSlopes<TLanes, byte>(tile.Image, rows, Stride, tile.PixelLabels, Start, count, tile.Slopes);
        AssertSlopes(tile, rows, new TileTerms());

        foreach (bool hasTables in new[] { false, true })
        {
            TileTerms terms = new()
            {
                CrossEntropySlope = 0.75f,
                OwnWeights = hasTables ? [.. Enumerable.Range(0, numClasses).Select(c => 0.25f + (c % 3))] : default,
                Smoothings = hasTables ? [.. Enumerable.Range(0, numClasses).Select(c => (1 + (c % 5)) / 16f)] : default,
            };
            rows = [.. tile.Rows];
            LabelledTile.TurnIntoSlopes<TLanes, byte>(tile.Image, rows, Stride, tile.PixelLabels, Start, count, tile.Slopes, in terms);
            AssertSlopes(tile, rows, in terms);
        }
    }

    /// <summary>A focal term of no power is a cross-entropy.</summary>
    [Theory]
    [MemberData(nameof(TileSizes.All), MemberType = typeof(TileSizes))]
    public void Slopes_of_two_terms_are_added(int numClasses, int run, int count, Ignoring ignoring)
    {
        ShortTile tile = new(numClasses, run, count, ignoring, withWrongLabels: false);
        float[] weights = [.. Enumerable.Range(0, numClasses).Select(c => 0.5f + (c % 2))];
        TileTerms both = new() { CrossEntropySlope = 0.5f, FocalSlope = 0.25f, FocalWeights = weights };
        float[] rows = [.. tile.Rows];
        LabelledTile.TurnIntoSlopes<TLanes, byte>(tile.Image, rows, Stride, tile.PixelLabels, Start, count, tile.Slopes, in both);
        AssertSlopes(tile, rows, new TileTerms { CrossEntropySlope = 0.25f, OwnWeights = [.. weights.Select(weight => 2 + weight)] });
    }

    /// <summary>Of a label that is not likely at all a focal term of power 1 has the slopes of a cross-entropy times what is missing.</summary>
    [Theory]
    [MemberData(nameof(TileSizes.All), MemberType = typeof(TileSizes))]
    public void Slopes_of_a_focal_term_are_those_of_each_pixel(int numClasses, int run, int count, Ignoring ignoring)
    {
        ShortTile tile = new(numClasses, run, count, ignoring, withWrongLabels: false);
        foreach (int pixel in tile.Pixels.Where(tile.TakesPart))
        {
            tile.Rows[(tile.Label(pixel) * Stride) + pixel] = 0;
            tile.Rows[((numClasses + 1) * Stride) + pixel] = Enumerable.Range(0, numClasses).Sum(c => tile.E(c, pixel)) / 2;
        }

        float[] rows = [.. tile.Rows];
        TileTerms terms = new() { FocalSlope = 0.25f, Gamma = 1 };
        LabelledTile.TurnIntoSlopes<TLanes, byte>(tile.Image, rows, Stride, tile.PixelLabels, Start, count, new ClassSlopes[numClasses], in terms);
        foreach (int pixel in tile.Pixels)
        {
            double others = tile.OtherP(pixel);
            for (int c = 0; c < numClasses; c++)
            {
                double expected = !tile.TakesPart(pixel) ? 0 : 0.25 * others * (c == tile.Label(pixel) ? -others : tile.P(c, pixel));
                Assert.Equal(expected, rows[(c * Stride) + pixel]);
            }
        }
    }

    // The slope of logit k is p·(s - Σ p·s), where the likely class's own slope, if there is one, is taken from each s and the class is left out of the sum.
    private static void AssertSlopes(ShortTile tile, float[] rows, in TileTerms terms)
    {
        for (int pixel = 0; pixel < tile.Count; pixel++)
        {
            int label = tile.Label(pixel);
            double likely = 0, mean = 0, others = 0;
            for (int c = 0; c < tile.NumClasses; c++)
            {
                double slope = c == label ? tile.Slopes[c].Own : tile.Slopes[c].Other;
                likely = tile.E(c, pixel) > tile.Half(pixel) ? slope : likely;
            }

            for (int c = 0; c < tile.NumClasses; c++)
            {
                double slope = c == label ? tile.Slopes[c].Own : tile.Slopes[c].Other;
                mean += tile.E(c, pixel) > tile.Half(pixel) ? 0 : tile.P(c, pixel) * (slope - likely);
                others += c == label ? 0 : tile.P(c, pixel);
            }

            double term = terms.CrossEntropySlope * (terms.OwnWeights.IsEmpty || label < 0 ? 1 : terms.OwnWeights[label]);
            double all = 0;
            foreach (float smoothing in terms.Smoothings)
            {
                all += terms.CrossEntropySlope * smoothing;
            }

            for (int c = 0; c < tile.NumClasses; c++)
            {
                double smoothing = terms.Smoothings.IsEmpty ? 0 : terms.CrossEntropySlope * terms.Smoothings[c];
                double expected = c == label
                    ? (tile.P(c, pixel) * (tile.Slopes[c].Own - likely - mean)) + all - smoothing - (term * others)
                    : (tile.P(c, pixel) * (tile.Slopes[c].Other - likely - mean + term)) - smoothing;
                Assert.Equal(tile.TakesPart(pixel) ? expected : 0, rows[(c * Stride) + pixel]);
            }
        }
    }
}

/// <summary>Sixteen pixels at once.</summary>
public sealed class Lanes512LabelledTileTests : LabelledTileSumsTests<Lanes512>;

/// <summary>Eight pixels at once.</summary>
public sealed class Lanes256LabelledTileTests : LabelledTileSumsTests<Lanes256>;
