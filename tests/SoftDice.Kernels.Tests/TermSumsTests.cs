using System;
using System.Linq;
using System.Runtime.Intrinsics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>
/// Cross-entropies and focal terms of a tile and of chains of pixels: from the probabilities that loops have left, which here are not those of the logits, and
/// from the logits where a label's probability is too small.
/// </summary>
public sealed class TermSumsTests
{
    private const int Classes = 5, Start = 3, Count = 48, Stride = 64, Far = 36;

    // Of 2⁻²⁴ of the terms: from logits the others' share is off by 11 roundings, its fourth power by 4 times that, and logarithm, weight and sum by 20 more.
    private const double Bound = 64.0 / (1 << 24);

    private static readonly float[] Weights = [0.5f, 2, 1.25f, 1, 3], Smoothings = [0.125f, 0.25f, 0, 0.5f, 0.0625f];

    public static TheoryData<Ignoring> All => [Ignoring.None, Ignoring.Label, Ignoring.Mask];

    [Theory]
    [MemberData(nameof(All))]
    public void A_tile_costs_what_its_pixels_do(Ignoring ignoring)
    {
        Case pixels = new(ignoring, SoftDiceLayout.ChannelsFirst);
        int lanes = Lanes256.Count;

        // Four vectors share a logarithm, and are done again together.
        AssertNear(
            pixels.Sum(i => i < 4 * lanes ? pixels.RowCost(i) : pixels.Cost(i)),
            SoftmaxCrossEntropy.OfTile<Lanes256, byte>(pixels.Rows, Stride, pixels.Image, pixels.Labels, Start, Count, Classes));
        bool FromLogits(int i) => i / lanes == Far / lanes;
        double Weighted(int i) => Weights[pixels.Label(i)] * (FromLogits(i) ? pixels.Cost(i) : pixels.RowCost(i));
        AssertNear(
            pixels.Sum(Weighted),
            SoftmaxCrossEntropy.OfTile<Lanes256, byte>(pixels.Rows, Stride, pixels.Image, pixels.Labels, Start, Count, Classes, Weights, default));
        AssertNear(
            (pixels.Sum(i => Weighted(i) + pixels.Smoothed(i)), pixels.Sum(i => Weighted(i) + pixels.SmoothedTerms(i))),
            SoftmaxCrossEntropy.OfTile<Lanes256, byte>(pixels.Rows, Stride, pixels.Image, pixels.Labels, Start, Count, Classes, Weights, Smoothings));
        foreach (int gamma in new[] { 0, 1, 2, 3, 4 })
        {
            AssertNear(
                pixels.Sum(i => Weighted(i) * Math.Pow(1 - Math.Exp(FromLogits(i) ? -pixels.Cost(i) : -pixels.RowCost(i)), gamma)),
                SoftmaxFocal.OfTile<Lanes256, byte>(pixels.Rows, Stride, pixels.Image, pixels.Labels, Start, Count, Classes, gamma, Weights));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_chain_costs_what_is_kept_of_it_or_what_its_pixels_do(Ignoring ignoring)
    {
        const int Chain = 16;
        int lanes = Lanes256.Count;
        foreach (SoftDiceLayout layout in new[] { SoftDiceLayout.ChannelsFirst, SoftDiceLayout.ChannelsLast })
        {
            Case pixels = new(ignoring, layout);

            // The last chain has a probability of 0, and nothing else that is kept of it is a number.
            float[] Kept(int vectors, params float[] ofVectors) =>
                [.. Enumerable.Range(0, 3 * vectors * lanes).Select(i => i / (vectors * lanes) < 2 ? ofVectors[i / lanes % vectors] * (1 + (i / (vectors * lanes))) : i / lanes % vectors == 0 ? 0 : float.NaN)];

            double OfLast(Func<int, double> cost) => pixels.Sum(i => i < 2 * Chain ? 0 : cost(i));
            AssertNear(
                (lanes * (Math.Log(1 + (0.75 / 0.5)) + Math.Log(1 + (1.5 / 1.0)))) + OfLast(pixels.Cost),
                SoftmaxCrossEntropy.OfChains<Lanes256, byte>(Kept(2, 0.5f, 0.75f), pixels.Image, pixels.Labels, Start, Start + Count, Chain, Classes, layout));
            double OfWeights(int i) => Weights[pixels.Label(i)] * pixels.Cost(i);
            double kept = lanes * (6 + 12);
            AssertNear(
                (kept + OfLast(i => OfWeights(i) + pixels.Smoothed(i)), kept + OfLast(i => OfWeights(i) + pixels.SmoothedTerms(i))),
                SoftmaxCrossEntropy.OfChains<Lanes256, byte>(
                    Kept(3, 0.5f, 6, 100), 3, pixels.Image, pixels.Labels, Start, Start + Count, Chain, Classes, Weights, Smoothings, layout));
            AssertNear(
                kept + OfLast(i => OfWeights(i) * Math.Pow(1 - Math.Exp(-pixels.Cost(i)), 2)),
                SoftmaxFocal.OfChains<Lanes256, byte>(
                    Kept(3, 0.5f, 100, 6), 3, pixels.Image, pixels.Labels, Start, Start + Count, Chain, Classes, 2, Weights, layout));
        }
    }

    [Fact]
    public void A_tile_that_has_no_room_for_targets_is_refused()
    {
        float[] image = new float[Classes * 64], rows = new float[(Classes + SoftmaxTile.MoreRows + TargetCrossEntropy.MoreRows) * Stride];
        TargetCrossEntropy.OfTile<Lanes256, float>(rows, Stride, image, image, 0, 64, Classes, 1, 0, default);
        Assert.Throws<ArgumentException>(() =>
            TargetCrossEntropy.OfTile<Lanes256, float>(rows.AsSpan(1), Stride, image, image, 0, 64, Classes, 1, 0, default));
        ArgumentException thrown = Assert.Throws<ArgumentException>(() =>
            TargetCrossEntropy.OfTile<Lanes256, float>(rows, Stride, image, image.AsSpan(1), 0, 64, Classes, 1, 0, default));
        Assert.StartsWith("targets has 319 elements; there is one for each of 320 logits.", thrown.Message, StringComparison.Ordinal);
    }

    /// <summary>Made of an exponential, which is taken as it is: two roundings, of a slope five.</summary>
    [Fact]
    public void A_sigmoid_and_its_slope_are_those_of_the_exponential()
    {
        for (float x = -20; x <= 20; x += 0.37f)
        {
            ScalarLane of = ScalarLane.Broadcast(x);
            double e = Value(Activations.ExpOfNegativeMagnitude(of));
            double sigmoid = (x < 0 ? e : 1) / (1 + e), slope = e / (1 + e) / (1 + e);
            Assert.Equal(sigmoid, Value(Activations.Sigmoid(of)), 2 * sigmoid / (1 << 24));
            Assert.Equal(sigmoid, Value(Activations.Sigmoid(of, Activations.ExpOfNegativeMagnitude(of))), 2 * sigmoid / (1 << 24));
            Assert.Equal(slope, Value(Activations.SigmoidSlope(of)), 5 * slope / (1 << 24));
        }

        static double Value(ScalarLane lane)
        {
            float value = 0;
            ScalarLane.Store(lane, ref value, 0);
            return value;
        }
    }

    private static void AssertNear((double Sum, double Terms) expected, Vector256<double> actual) =>
        Assert.Equal(expected.Sum, Vector256.Sum(actual), Bound * expected.Terms);

    private static void AssertNear(double expected, Vector256<double> actual) => AssertNear((expected, expected), actual);

    private sealed class Case
    {
        private const byte Ignored = 255;

        private readonly byte[] labels;
        private readonly bool[] mask;
        private readonly Ignoring ignoring;
        private readonly SoftDiceLayout layout;

        public Case(Ignoring ignoring, SoftDiceLayout layout)
        {
            const int Pixels = Start + Count;
            (this.ignoring, this.layout) = (ignoring, layout);
            labels = [.. Enumerable.Range(0, Pixels).Select(pixel => ignoring == Ignoring.Label && pixel % 6 == 4 ? Ignored : (byte)(pixel * 3 % Classes))];
            mask = ignoring == Ignoring.Mask ? [.. labels.Select((_, pixel) => pixel % 6 != 5)] : [];
            Image = new float[Classes * Pixels];
            Rows = new float[SoftmaxCrossEntropy.MoreRows * Stride];
            for (int i = 0; i < Count; i++)
            {
                for (int c = 0; c < Classes; c++)
                {
                    Image[PlaceOf(i, c)] = !TakesPart(i) ? float.NaN : i == Far && c == Label(i) ? -100 : (i * 7 * (c + 1) % 5) - 2;
                }

                float p = TakesPart(i) ? (1 + (i % 8)) / 8f : 0;
                (Rows[i], Rows[Stride + i]) = !TakesPart(i) ? (0, 0) : i == Far ? (0, 1) : (p, 1 - p);
            }
        }

        public float[] Image { get; }

        public float[] Rows { get; }

        public PixelLabels<byte> Labels => ignoring switch
        {
            Ignoring.Mask => new(labels, mask),
            Ignoring.Label => new(labels, Ignored),
            _ => new(labels, IgnoredPixels.None),
        };

        public int Label(int i) => labels[Start + i];

        public double RowCost(int i) => -Math.Log(Rows[i]);

        public double Cost(int i) => Math.Log(Enumerable.Range(0, Classes).Sum(c => Math.Exp(Image[PlaceOf(i, c)]))) - Image[PlaceOf(i, Label(i))];

        // What the other classes cost more than the label's.
        public double Smoothed(int i) => Enumerable.Range(0, Classes).Sum(c => Smoothings[c] * More(i, c));

        public double SmoothedTerms(int i) => Enumerable.Range(0, Classes).Sum(c => Smoothings[c] * Math.Abs(More(i, c)));

        public double Sum(Func<int, double> ofPixel) => Enumerable.Range(0, Count).Where(TakesPart).Sum(ofPixel);

        private double More(int i, int c) => Image[PlaceOf(i, Label(i))] - Image[PlaceOf(i, c)];

        private bool TakesPart(int i) => ignoring switch
        {
            Ignoring.Mask => mask[Start + i],
            Ignoring.Label => labels[Start + i] != Ignored,
            _ => true,
        };

        private int PlaceOf(int i, int c) => layout == SoftDiceLayout.ChannelsFirst ? (c * (Start + Count)) + Start + i : ((Start + i) * Classes) + c;
    }
}
