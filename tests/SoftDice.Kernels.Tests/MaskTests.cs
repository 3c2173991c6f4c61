using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Pixels for which a mask is false are as if they were not there.</summary>
public sealed class MaskTests
{
    public static TheoryData<string> All => MaskTable.Names(_ => true);

    /// <summary>The reference has no lanes.</summary>
    public static TheoryData<string> Once => MaskTable.Names(kernel => kernel.Lanes == 1);

    [Theory]
    [MemberData(nameof(All))]
    public void Loss_and_gradient_are_those_of_the_definition(string name)
    {
        const double Scale = -0.5;
        TrainingKernel kernel = MaskTable.Find(name);
        foreach (MaskedBatch batch in Batches(kernel))
        {
            float[] predictions = batch.PredictionsWithGarbage();
            float[] labels = batch.LabelsWithGarbage();
            float[] gradient = new float[predictions.Length];
            double loss = kernel.WithMask(batch.Mask).ForwardBackward<float>(predictions, labels, gradient, batch.BatchSize, Scale);

            (float[] keptPredictions, int[] keptLabels, float[] targets, int[] places) = batch.Compacted();
            LossBounds bounds = new(
                kernel, keptPredictions, keptLabels, targets, 1, Scale, addedIn: (batch.BatchSize, batch.Mask.Length / batch.BatchSize));
            double ofDefinition = kernel.Options is not { CrossEntropy: > 0, Activation: SoftDiceActivation.Softmax } ? 0
                : Math.Abs(Scale) * CrossEntropyTests.RoundingOfTheDefinition(
                    kernel.Options with { IgnoreIndex = null }, keptPredictions, keptLabels, 1);

            string where = $"{name}, batch {batch.BatchSize}, {batch.Mask.Length} pixels";
            SoftDiceOptions options = kernel.Options with { Mask = batch.Mask };
            AssertWithin(SoftDiceReference.Loss<float>(options, predictions, labels, batch.BatchSize), loss, bounds.LossError, $"{where}: loss");
            double[] expected = SoftDiceReference.Gradient<float>(options, predictions, labels, batch.BatchSize);
            for (int i = 0; i < places.Length; i++)
            {
                AssertWithin(Scale * expected[places[i]], gradient[places[i]], bounds.GradientError[i] + ofDefinition, $"{where}: element {places[i]}");
            }

            int[] bits = Bits(gradient);
            Assert.All(Enumerable.Range(0, bits.Length), i => Assert.True(bits[i] == 0 || batch.Counts(batch.PixelOf(i))));
        }
    }

    [Theory]
    [MemberData(nameof(Once))]
    public void The_definition_without_these_pixels_is_the_same(string name)
    {
        TrainingKernel kernel = MaskTable.Find(name);
        foreach (MaskedBatch batch in Batches(kernel))
        {
            float[] predictions = batch.PredictionsWithGarbage();
            float[] labels = batch.LabelsWithGarbage();
            (float[] keptPredictions, int[] keptLabels, float[] targets, int[] places) = batch.Compacted();
            float[] kept = kernel.Options.Labels == SoftDiceLabels.OneHot ? targets : [.. keptLabels.Select(label => (float)label)];
            SoftDiceOptions plain = kernel.Options with { IgnoreIndex = null };
            SoftDiceOptions masked = kernel.Options with { Mask = batch.Mask };
            double expected = SoftDiceReference.Loss<float>(plain, keptPredictions, kept, 1);
            Assert.Equal(expected, SoftDiceReference.Loss<float>(masked, predictions, labels, batch.BatchSize), 1e-12);
            double[] ofKept = SoftDiceReference.Gradient<float>(plain, keptPredictions, kept, 1);
            double[] ofAll = SoftDiceReference.Gradient<float>(masked, predictions, labels, batch.BatchSize);
            Assert.All(places, (place, i) => Assert.Equal(ofKept[i], ofAll[place], 1e-12 * (1 + Math.Abs(ofKept[i]))));
            Assert.Equal(0, ofAll.Where((_, i) => !batch.Counts(batch.PixelOf(i))).Sum(Math.Abs));
        }
    }

    [Theory]
    [MemberData(nameof(Once))]
    public void The_gradient_of_the_definition_is_that_of_its_loss(string name)
    {
        TrainingKernel kernel = MaskTable.Find(name);
        MaskedBatch batch = new(kernel, seed: 5, batchSize: 2, pixels: 7);
        SoftDiceOptions options = kernel.Options with { Mask = batch.Mask };
        double[] gradient = SoftDiceReference.Gradient<float>(options, batch.Predictions, batch.Labels, 2);
        for (int i = 0; i < gradient.Length; i += 1 + (gradient.Length / 40))
        {
            const float Step = 1f / 1024;
            (double up, double down, float distance) = (Loss(Step, out float high), Loss(-Step, out float low), high - low);

            // Of the third order in the step, and the rounding of losses of some units.
            Assert.Equal((up - down) / distance, gradient[i], 2e-5);

            double Loss(float step, out float moved)
            {
                float[] predictions = [.. batch.Predictions];
                moved = predictions[i] += step;
                return SoftDiceReference.Loss<float>(options, predictions, batch.Labels, 2);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_predicted_or_labelled_there_changes_no_bit(string name)
    {
        TrainingKernel kernel = MaskTable.Find(name);
        foreach (MaskedBatch batch in Batches(kernel))
        {
            TrainingKernel masked = kernel.WithMask(batch.Mask);
            float[] expected = new float[batch.Predictions.Length];
            double loss = masked.ForwardBackward<float>(batch.Predictions, batch.Labels, expected, batch.BatchSize);
            float[] inPlace = batch.PredictionsWithGarbage();
            Assert.Equal(loss, masked.ForwardBackward<float>(inPlace, batch.LabelsWithGarbage(), inPlace, batch.BatchSize));
            Assert.Equal(Bits(expected), Bits(inPlace));
        }
    }

    [Fact]
    public void With_all_pixels_all_bits_are_those_of_the_plain_loss()
    {
        foreach (int pixels in new[] { 1, 100, 5000 })
        {
            AssertSame<Loss3, Loss3.Sums, Mask3, Mask3.Sums>(pixels);
            AssertSame<Softmax3, Softmax3.Sums, MaskSoftmax3, MaskSoftmax3.Sums>(pixels);
            AssertSame<Softmax19, Softmax19.Sums, MaskSoftmax19, MaskSoftmax19.Sums>(pixels);
            AssertSame<CrossEntropy3, CrossEntropy3.Sums, MaskCrossEntropy3, MaskCrossEntropy3.Sums>(pixels);
            AssertSame<CrossEntropy19, CrossEntropy19.Sums, MaskCrossEntropy19, MaskCrossEntropy19.Sums>(pixels);
            AssertSame<Ignore3, Ignore3.Sums, MaskIgnore3, MaskIgnore3.Sums>(pixels);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Of_a_mask_that_leaves_out_everything_the_loss_is_that_of_an_empty_batch(string name)
    {
        TrainingKernel kernel = MaskTable.Find(name);
        double ofNothing = kernel.Forward<float>([], [], 1);
        Assert.Equal(ofNothing, SoftDiceReference.Loss<float>(kernel.Options, [], [], 1));
        bool[] mask = new bool[2 * ((3 * kernel.Lanes) + 1)];
        float[] gradient = new float[mask.Length * kernel.NumClasses];
        float[] labels = new float[kernel.Options.Labels == SoftDiceLabels.OneHot ? gradient.Length : mask.Length];
        Array.Fill(gradient, float.NaN);
        Array.Fill(labels, float.NaN);
        Assert.Equal(ofNothing, kernel.WithMask(mask).ForwardBackward<float>(gradient, labels, gradient, 2));
        Assert.All(Bits(gradient), bits => Assert.Equal(0, bits));
        Assert.Equal(ofNothing, SoftDiceReference.Loss<float>(kernel.Options with { Mask = mask }, gradient, labels, 2));
    }

    private static IEnumerable<MaskedBatch> Batches(TrainingKernel kernel)
    {
        int lanes = kernel.Lanes;
        int[] ofTile = lanes is 8 or 16 && kernel.NumClasses is 5 or 19 ? [kernel.ScratchPixels + lanes + 1] : [];
        int seed = 1;
        foreach (int pixels in new[] { 1, lanes, (2 * lanes) + 1, 75, 80 }.Concat(ofTile).Distinct())
        {
            yield return new MaskedBatch(kernel, seed++, 1, pixels);
            yield return new MaskedBatch(kernel, seed++, 3, pixels);
        }
    }

    private static void AssertSame<TPlain, TPlainSums, TLoss, TSums>(int pixels)
        where TPlain : ISoftDiceLoss<TPlainSums>
        where TPlainSums : struct, ISoftDiceSums<TPlainSums>
        where TLoss : ISoftDiceMaskedLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums>
    {
        (float[] predictions, int[] labels) = TestData.Uniform(pixels, TSums.ClassCount, 2, pixels);
        bool[] mask = [.. labels.Select(_ => true)];
        float[] expected = new float[predictions.Length];
        float[] actual = new float[predictions.Length];
        double loss = TPlain.ForwardBackward<int>(predictions, labels, expected, 2);
        Assert.Equal(loss, TLoss.ForwardBackward<int>(predictions, labels, mask, actual, 2));
        Assert.Equal(loss, TLoss.Forward<int>(predictions, labels, mask, 2));
        Assert.Equal(Bits(expected), Bits(actual));
    }

    private static void AssertWithin(double expected, double actual, double bound, string what) =>
        Assert.True(
            expected.Equals(actual) || Math.Abs(expected - actual) <= bound, $"{what} is {actual:R} instead of {expected:R}, bound {bound:E2}");

    private static int[] Bits(float[] values) => MemoryMarshal.Cast<float, int>(values).ToArray();
}
