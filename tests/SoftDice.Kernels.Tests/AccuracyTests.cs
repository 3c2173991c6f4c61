using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Every kernel against the definition, at lengths around every edge.</summary>
public sealed class AccuracyTests
{
    private const int ChainTurns = 16;
    private const int TilePixels = 65536;

    public static TheoryData<string> AllKernels => KernelTable.Names(_ => true);

    public static TheoryData<string> TiledKernels =>
        KernelTable.Names(kernel => kernel.NumClasses is 5 or 9 && kernel.Lanes != CheckingLanes.Count);

    [Theory]
    [MemberData(nameof(AllKernels))]
    public void Sums_and_loss_are_those_of_the_definition_around_every_vector_and_chain_edge(string name)
    {
        KernelUnderTest kernel = KernelTable.Find(name);
        int lanes = kernel.Lanes;
        int chain = ChainTurns * lanes;
        int[] edges = [0, lanes, 2 * lanes, 3 * lanes, chain, chain + lanes, 2 * chain, (3 * chain) + (2 * lanes)];

        // A few thousand classes make each pixel long; the edges are the same.
        int[] batchSizes = kernel.NumClasses > 1000 ? [1, 2] : [1, 2, 3, 4, 5];
        int longest = kernel.NumClasses > 1000 ? 3 * lanes : int.MaxValue;
        foreach (int pixels in edges.SelectMany(edge => new[] { edge - 1, edge, edge + 1 }).Where(n => n >= 0 && n <= longest).Distinct())
        {
            foreach (int batchSize in batchSizes)
            {
                (float[] predictions, int[] labels) = TestData.Uniform(pixels + batchSize, kernel.NumClasses, batchSize, pixels);
                Check(kernel, predictions, labels, batchSize, "uniform predictions", $"{name}, batch {batchSize}, {pixels} pixels");
            }
        }
    }

    [Theory]
    [MemberData(nameof(TiledKernels))]
    public void Sums_and_loss_are_those_of_the_definition_around_tile_edges(string name)
    {
        KernelUnderTest kernel = KernelTable.Find(name);
        int[] offsets = [-kernel.Lanes, -1, 0, 1, kernel.Lanes];
        foreach (int pixels in new[] { TilePixels, 2 * TilePixels }.SelectMany(edge => offsets.Select(offset => edge + offset)))
        {
            (float[] predictions, int[] labels) = TestData.Uniform(pixels, kernel.NumClasses, 1, pixels);
            Check(kernel, predictions, labels, 1, "uniform predictions of tile size", $"{name}, {pixels} pixels");
        }
    }

    [Theory]
    [MemberData(nameof(AllKernels))]
    public void Predictions_of_every_magnitude_stay_within_the_bound(string name)
    {
        KernelUnderTest kernel = KernelTable.Find(name);
        int pixels = (2 * ChainTurns * kernel.Lanes / Math.Max(1, kernel.NumClasses / 64)) + 3;
        Random random = new(7);
        float[] magnitudes = [float.Epsilon, 1e-45f, 1.1754942e-38f, 1.1754944e-38f, 1e-20f, 1, 16777215, 1e20f, 2e37f];
        foreach (float magnitude in magnitudes)
        {
            (float[] predictions, int[] labels) = TestData.Uniform(3, kernel.NumClasses, 1, pixels);
            Check(kernel, [.. predictions.Select(p => p * magnitude)], labels, 1, "uniform predictions times 1e-45 to 2e37", $"{name}, magnitude {magnitude}");
        }

        // Small and large together, so that the small ones are lost where an addition is careless.
        (float[] mixed, int[] mixedLabels) = TestData.Uniform(4, kernel.NumClasses, 1, pixels);
        for (int i = 0; i < mixed.Length; i++)
        {
            mixed[i] *= MathF.Pow(10, random.Next(-30, 5));
        }

        Check(kernel, mixed, mixedLabels, 1, "predictions of mixed magnitudes", $"{name}, mixed magnitudes");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(19)]
    public void The_one_pass_definition_of_these_tests_is_the_reference(int numClasses)
    {
        SoftDiceOptions options = new(numClasses) { Epsilon = 0.25 };
        (float[] predictions, int[] labels) = TestData.Uniform(1, numClasses, 3, 257);
        ClassSums defined = ClassSums.Define(options, predictions, labels, 3);
        for (int c = 0; c < numClasses; c++)
        {
            Assert.Equal(
                SoftDiceReference.Sums(options, predictions, labels, 3, c),
                (defined.Intersection[c], defined.PredictionSum[c], defined.TargetSum[c]));
            Assert.Equal(SoftDiceReference.Dice(options, predictions, labels, 3, c), defined.Dice[c]);
        }

        Assert.Equal(SoftDiceReference.Loss(options, predictions, labels, 3), defined.Loss);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.33333334f)]
    [InlineData(0.999f)]
    public void Equal_predictions_whose_rounding_errors_all_add_up_stay_within_the_bound(float value)
    {
        foreach (string row in KernelTable.Names(kernel => kernel.NumClasses == 3))
        {
            KernelUnderTest kernel = KernelTable.Find(row);
            int[] labels = TestData.Uniform(1, 3, 1, 5000).Labels;
            float[] predictions = new float[15000];
            Array.Fill(predictions, value);
            Check(kernel, predictions, labels, 1, "equal predictions", $"{row}, all {value}");
        }
    }

    [Theory]
    [InlineData(0.8f)]
    [InlineData(0.99f)]
    [InlineData(0.999f)]
    [InlineData(0.9999f)]
    public void Confident_predictions_stay_within_the_bound(float confidence)
    {
        foreach (string row in KernelTable.Names(kernel => kernel.NumClasses is 2 or 3 or 19 && kernel.Lanes != CheckingLanes.Count))
        {
            KernelUnderTest kernel = KernelTable.Find(row);
            foreach (int pixels in new[] { 1000, 224 * 224 })
            {
                (float[] predictions, int[] labels) = Confident(pixels, kernel.NumClasses, pixels, confidence);
                Check(kernel, predictions, labels, 1, $"confident predictions of {confidence}", $"{row}, {pixels} pixels");
            }
        }
    }

    // Probabilities of a trained network: nearly all on the label, so that the loss is small and its ULP smaller still.
    private static (float[] Predictions, int[] Labels) Confident(int seed, int numClasses, int pixels, float confidence)
    {
        (float[] predictions, int[] labels) = TestData.Uniform(seed, numClasses, 1, pixels);
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            float rest = 0;
            for (int c = 0; c < numClasses; c++)
            {
                predictions[(c * pixels) + pixel] *= 2 * (1 - confidence) / numClasses;
                rest += c == labels[pixel] ? 0 : predictions[(c * pixels) + pixel];
            }

            predictions[(labels[pixel] * pixels) + pixel] = 1 - rest;
        }

        return (predictions, labels);
    }

    private static void Check(KernelUnderTest kernel, float[] predictions, int[] labels, int batchSize, string kind, string name)
    {
        ClassSums expected = ClassSums.Define(kernel.Options, predictions, labels, batchSize);
        ClassSums actual = kernel.Accumulate<int>(predictions, labels, batchSize);
        Accuracy.AssertWithinBounds(expected, actual, kernel.Options, labels.Length, kind, name);
    }
}
