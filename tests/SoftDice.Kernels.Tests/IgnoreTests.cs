using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Pixels with the ignored label are as if they were not there.</summary>
public sealed class IgnoreTests
{
    public static TheoryData<string> All => IgnoreTable.Names(_ => true);

    /// <summary>The reference has no lanes.</summary>
    public static TheoryData<string> Once => IgnoreTable.Names(kernel => kernel.Lanes == 1);

    [Theory]
    [MemberData(nameof(All))]
    public void Loss_and_gradient_are_those_of_the_definition(string name)
    {
        const double Scale = -0.5;
        TrainingKernel kernel = IgnoreTable.Find(name);
        foreach (PartialBatch batch in Batches(kernel))
        {
            float[] predictions = batch.WithGarbage();
            float[] gradient = new float[predictions.Length];
            double loss = kernel.ForwardBackward<int>(predictions, batch.Labels, gradient, batch.BatchSize, Scale);
            (float[] keptPredictions, int[] keptLabels, float[] targets, int[] places) = batch.Compacted();
            LossBounds bounds = new(
                kernel, keptPredictions, keptLabels, targets, 1, Scale, addedIn: (batch.BatchSize, batch.Labels.Length / batch.BatchSize));
            bool isOfSoftmax = kernel.Options.Activation == SoftDiceActivation.Softmax && kernel.Options is not { CrossEntropy: 0, Focal: 0 };
            double ofDefinition = !isOfSoftmax ? 0 : Math.Abs(Scale) * CrossEntropyTests.RoundingOfTheDefinition(
                kernel.Options with { IgnoreIndex = null }, keptPredictions, keptLabels, 1);

            string where = $"{name}, batch {batch.BatchSize}, {batch.Labels.Length} pixels";
            double expectedLoss = SoftDiceReference.Loss<int>(kernel.Options, predictions, batch.Labels, batch.BatchSize);
            AssertWithin(expectedLoss, loss, bounds.LossError, $"{where}: loss");
            double[] expected = SoftDiceReference.Gradient<int>(kernel.Options, predictions, batch.Labels, batch.BatchSize);
            for (int i = 0; i < places.Length; i++)
            {
                AssertWithin(Scale * expected[places[i]], gradient[places[i]], bounds.GradientError[i] + ofDefinition, $"{where}: element {places[i]}");
            }

            AssertZeroWhereIgnored(batch, gradient);
        }
    }

    [Theory]
    [MemberData(nameof(Once))]
    public void The_definition_without_the_ignored_pixels_is_the_same(string name)
    {
        TrainingKernel kernel = IgnoreTable.Find(name);
        foreach (PartialBatch batch in Batches(kernel))
        {
            float[] predictions = batch.WithGarbage();
            (float[] keptPredictions, int[] keptLabels, _, int[] places) = batch.Compacted();
            SoftDiceOptions plain = kernel.Options with { IgnoreIndex = null };
            double expected = SoftDiceReference.Loss<int>(plain, keptPredictions, keptLabels, 1);
            Assert.Equal(expected, SoftDiceReference.Loss<int>(kernel.Options, predictions, batch.Labels, batch.BatchSize), 1e-12);
            double[] ofKept = SoftDiceReference.Gradient<int>(plain, keptPredictions, keptLabels, 1);
            double[] ofAll = SoftDiceReference.Gradient<int>(kernel.Options, predictions, batch.Labels, batch.BatchSize);
            Assert.All(places, (place, i) => Assert.Equal(ofKept[i], ofAll[place], 1e-12 * (1 + Math.Abs(ofKept[i]))));
            Assert.Equal(0, ofAll.Where((_, i) => !batch.IsCounted(i)).Sum(Math.Abs));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_predicted_at_ignored_pixels_changes_no_bit(string name)
    {
        TrainingKernel kernel = IgnoreTable.Find(name);
        foreach (PartialBatch batch in Batches(kernel))
        {
            float[] expected = new float[batch.Predictions.Length];
            double loss = kernel.ForwardBackward<int>(batch.Predictions, batch.Labels, expected, batch.BatchSize);
            float[] inPlace = batch.WithGarbage();
            Assert.Equal(loss, kernel.ForwardBackward<int>(inPlace, batch.Labels, inPlace, batch.BatchSize));
            Assert.Equal(Bits(expected), Bits(inPlace));
        }
    }

    [Fact]
    public void Without_ignored_pixels_all_bits_are_those_of_the_plain_loss()
    {
        foreach (int pixels in new[] { 1, 100, 5000 })
        {
            AssertSame<Loss3, Loss3.Sums, Ignore3, Ignore3.Sums>(pixels);
            AssertSame<Loss19, Loss19.Sums, Ignore19, Ignore19.Sums>(pixels);
            AssertSame<Softmax3, Softmax3.Sums, IgnoreSoftmax3, IgnoreSoftmax3.Sums>(pixels);
            AssertSame<Softmax19, Softmax19.Sums, IgnoreSoftmax19, IgnoreSoftmax19.Sums>(pixels);
            AssertSame<Sigmoid3, Sigmoid3.Sums, IgnoreSigmoid3, IgnoreSigmoid3.Sums>(pixels);
            AssertSame<CrossEntropy3, CrossEntropy3.Sums, IgnoreCrossEntropy3, IgnoreCrossEntropy3.Sums>(pixels);
            AssertSame<CrossEntropy19, CrossEntropy19.Sums, IgnoreCrossEntropy19, IgnoreCrossEntropy19.Sums>(pixels);
            AssertSame<BinaryEntropy3, BinaryEntropy3.Sums, IgnoreBinaryEntropy3, IgnoreBinaryEntropy3.Sums>(pixels);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Of_nothing_but_ignored_pixels_the_loss_is_that_of_an_empty_batch(string name)
    {
        TrainingKernel kernel = IgnoreTable.Find(name);
        double ofNothing = kernel.Forward<int>([], [], 1);
        Assert.Equal(ofNothing, SoftDiceReference.Loss<int>(kernel.Options, [], [], 1));
        int[] labels = [.. Enumerable.Repeat(kernel.Options.IgnoreIndex!.Value, 2 * ((3 * kernel.Lanes) + 1))];
        float[] gradient = new float[labels.Length * kernel.NumClasses];
        Array.Fill(gradient, float.NaN);
        Assert.Equal(ofNothing, kernel.ForwardBackward<int>(gradient, labels, gradient, 2));
        Assert.All(Bits(gradient), bits => Assert.Equal(0, bits));
        Assert.Equal(ofNothing, SoftDiceReference.Loss<int>(kernel.Options, gradient, labels, 2));
    }

    private static IEnumerable<PartialBatch> Batches(TrainingKernel kernel)
    {
        int lanes = kernel.Lanes;
        int[] ofTile = lanes is 8 or 16 && kernel.NumClasses is 5 or 19 ? [kernel.ScratchPixels + lanes + 1] : [];
        int seed = 1;
        foreach (int pixels in new[] { 1, lanes, (2 * lanes) + 1, 75, 80 }.Concat(ofTile).Distinct())
        {
            yield return new PartialBatch(kernel, seed++, 1, pixels);
            yield return new PartialBatch(kernel, seed++, 3, pixels);
        }
    }

    private static void AssertSame<TPlain, TPlainSums, TLoss, TSums>(int pixels)
        where TPlain : ISoftDiceLoss<TPlainSums>
        where TPlainSums : struct, ISoftDiceSums<TPlainSums>
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums>
    {
        (float[] predictions, int[] labels) = TestData.Uniform(pixels, TSums.ClassCount, 2, pixels);
        float[] expected = new float[predictions.Length];
        float[] actual = new float[predictions.Length];
        Assert.Equal(
            TPlain.ForwardBackward<int>(predictions, labels, expected, 2), TLoss.ForwardBackward<int>(predictions, labels, actual, 2));
        Assert.Equal(Bits(expected), Bits(actual));
    }

    private static void AssertZeroWhereIgnored(PartialBatch batch, float[] gradient)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            if (!batch.IsCounted(i))
            {
                Assert.Equal(0, BitConverter.SingleToInt32Bits(gradient[i]));
            }
        }
    }

    private static void AssertWithin(double expected, double actual, double bound, string what) =>
        Assert.True(
            expected.Equals(actual) || Math.Abs(expected - actual) <= bound, $"{what} is {actual:R} instead of {expected:R}, bound {bound:E2}");

    private static int[] Bits(float[] values) => MemoryMarshal.Cast<float, int>(values).ToArray();
}
