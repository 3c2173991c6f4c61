using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.Intrinsics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Losses and gradients with targets of the predictions' shape, hard and soft, against the definition.</summary>
public sealed class OneHotTests
{
    public static TheoryData<string> All => TrainingTable.OneHotNames(_ => true);

    /// <summary>The reference has no lanes.</summary>
    public static TheoryData<string> SmallOnce => TrainingTable.OneHotNames(kernel => kernel.NumClasses <= 5 && kernel.Lanes == 4);

    public static TheoryData<string> SoftmaxKernels =>
        TrainingTable.OneHotNames(kernel => kernel.Options.Activation == SoftDiceActivation.Softmax);

    [Theory]
    [MemberData(nameof(All))]
    public void Loss_and_gradient_of_soft_targets_are_those_of_the_definition(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        foreach (int pixels in Lengths(kernel))
        {
            foreach (int batchSize in kernel.NumClasses > 100 ? new[] { 1 } : [1, 3])
            {
                (float[] predictions, float[] targets) = OneHotData.Soft(kernel, pixels + batchSize, batchSize, pixels);
                Check(kernel, predictions, targets, batchSize, -0.5, "soft targets", $"{name}, batch {batchSize}, {pixels} pixels");
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Hard_targets_as_bytes_and_as_floats_give_the_same_bits_and_those_are_the_definitions(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        foreach (int pixels in new[] { 1, kernel.Lanes, (2 * kernel.Lanes) + 1 })
        {
            (float[] predictions, _, byte[] bytes) = OneHotData.Hard(kernel, pixels, 2, pixels);
            float[] gradient = new float[predictions.Length];
            double loss = kernel.ForwardBackward<byte>(predictions, bytes, gradient, 2);
            (double floatLoss, float[] floatGradient) =
                Check(kernel, predictions, OneHotData.AsFloats(bytes), 2, 1, "hard targets", $"{name}, {pixels} pixels");
            Assert.Equal(floatLoss, loss);
            Assert.Equal(floatGradient, gradient);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(-5)]
    public void A_network_that_is_certain_gets_a_gradient_all_the_same(float certainty)
    {
        foreach (string name in TrainingTable.OneHotNames(kernel =>
            kernel.Options.Activation != SoftDiceActivation.None && kernel.NumClasses is 2 or 3 or 19 && kernel.Lanes is 4 or 8 or 16))
        {
            TrainingKernel kernel = TrainingTable.Find(name);
            int pixels = kernel.NumClasses > 3 ? 300 : 1030;
            (float[] logits, _, byte[] targets) = OneHotData.Hard(kernel, 4, 1, pixels);
            for (int i = 0; i < logits.Length; i++)
            {
                logits[i] = ((targets[i] == 1 ? 1 : -1) * certainty) + (logits[i] / 10);
            }

            Check(kernel, logits, OneHotData.AsFloats(targets), 1, 1, $"certain logits of {certainty}", name);
        }
    }

    [Theory]
    [MemberData(nameof(SmallOnce))]
    public void The_definitions_gradient_is_the_central_difference_of_its_loss(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        (float[] predictions, float[] targets) = OneHotData.Soft(kernel, 11, 2, 6);

        // Exact in float, and extrapolated to a step of none: see the test of the same name for class indices.
        for (int i = 0; i < predictions.Length; i++)
        {
            predictions[i] = MathF.Round(predictions[i] * 4096) / 4096;
        }

        double[] gradient = SoftDiceReference.Gradient<float>(kernel.Options, predictions, targets, 2);
        for (int i = 0; i < predictions.Length; i++)
        {
            double coarse = Difference(i, 1f / 512);
            double fine = Difference(i, 1f / 1024);
            Assert.Equal(((4 * fine) - coarse) / 3, gradient[i], 1e-8);
        }

        double Difference(int i, float step)
        {
            float kept = predictions[i];
            predictions[i] = kept + step;
            double up = SoftDiceReference.Loss<float>(kernel.Options, predictions, targets, 2);
            predictions[i] = kept - step;
            double down = SoftDiceReference.Loss<float>(kernel.Options, predictions, targets, 2);
            predictions[i] = kept;
            return (up - down) / (2 * step);
        }
    }

    [Theory]
    [MemberData(nameof(SoftmaxKernels))]
    public void The_slopes_of_a_pixel_add_up_to_nothing_through_a_softmax(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        int pixels = kernel.Lanes + 3;
        (float[] predictions, float[] targets) = OneHotData.Soft(kernel, 5, 1, pixels);
        float[] gradient = new float[predictions.Length];
        kernel.ForwardBackward<float>(predictions, targets, gradient, 1);

        // The exact ones add up to 0, so that the sum is that of the errors.
        double[] errors = new OneHotBounds(kernel, predictions, targets, 1).GradientError;
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            int[] ofPixel = [.. Enumerable.Range(0, kernel.NumClasses).Select(c => (c * pixels) + pixel)];
            double sum = ofPixel.Sum(i => (double)gradient[i]);
            double bound = ofPixel.Sum(i => errors[i]);
            Assert.True(Math.Abs(sum) <= bound, $"{name}: {sum:E2}, bound {bound:E2}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_gradient_may_take_the_place_of_the_predictions(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        (float[] predictions, float[] targets) = OneHotData.Soft(kernel, 6, 2, (2 * kernel.Lanes) + 3);
        float[] apart = new float[predictions.Length];
        double expected = kernel.ForwardBackward<float>(predictions, targets, apart, 2);
        Assert.Equal(expected, kernel.ForwardBackward<float>(predictions, targets, predictions, 2));
        Assert.Equal(apart, predictions);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_scale_is_a_factor(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        (float[] predictions, float[] targets) = OneHotData.Soft(kernel, 7, 1, kernel.Lanes + 3);
        float[] once = new float[predictions.Length];
        float[] fourTimes = new float[predictions.Length];
        float[] none = [.. predictions.Select(_ => float.NaN)];
        Assert.Equal(
            kernel.ForwardBackward<float>(predictions, targets, once, 1),
            kernel.ForwardBackward<float>(predictions, targets, fourTimes, 1, scale: -4));
        kernel.ForwardBackward<float>(predictions, targets, none, 1, scale: 0);
        Assert.Equal(once.Select(slope => -4 * slope), fourTimes);
        Assert.All(none, slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void The_entry_points_do_what_the_widths_do()
    {
        AssertEntryPoints<OneHotNone5, OneHotNone5.Sums>("OneHotNone5");
        AssertEntryPoints<OneHotSoftmax5, OneHotSoftmax5.Sums>("OneHotSoftmax5");
        AssertEntryPoints<OneHotSigmoid5, OneHotSigmoid5.Sums>("OneHotSigmoid5");

        static void AssertEntryPoints<TLoss, TSums>(string name)
            where TLoss : ISoftDiceLoss<TSums>
            where TSums : struct, ISoftDiceSums<TSums>
        {
            string lanes = Vector512.IsHardwareAccelerated ? "Lanes512"
                : Vector256.IsHardwareAccelerated ? "Lanes256"
                : Vector128.IsHardwareAccelerated ? "Lanes128" : "ScalarLane";
            TrainingKernel kernel = TrainingTable.Find($"{name} {lanes}");
            (float[] predictions, float[] targets) = OneHotData.Soft(kernel, 9, 2, 77);
            float[] expected = new float[predictions.Length];
            double loss = kernel.ForwardBackward<float>(predictions, targets, expected, 2, scale: -3);
            Assert.Equal(loss, TLoss.Forward<float>(predictions, targets, 2));

            float[] gradient = new float[predictions.Length];
            Assert.Equal(loss, TLoss.ForwardBackward<float>(predictions, targets, gradient, 2, -3));
            Assert.Equal(expected, gradient);

            Array.Clear(gradient);
            TSums sums = default;
            TLoss.Accumulate<float>(ref sums, predictions, targets, 2);
            TLoss.Backward<float>(in sums, predictions, targets, gradient, 2, -3);
            Assert.Equal(expected, gradient);
        }
    }

    /// <summary>Lengths around the edges of vectors and of the scratch tile, few of the latter as the reference takes its time.</summary>
    private static IEnumerable<int> Lengths(TrainingKernel kernel)
    {
        int lanes = kernel.Lanes;
        bool hasTile = kernel.Options.Activation == SoftDiceActivation.Softmax && kernel.NumClasses is 5 or 19 && lanes is 4 or 8 or 16;
        int[] ofTile = hasTile ? [kernel.ScratchPixels - 1, kernel.ScratchPixels + lanes + 1] : [];
        return new[] { 0, 1, lanes - 1, lanes, lanes + 1, (2 * lanes) + 1, 75 }.Concat(ofTile)
            .Where(pixels => pixels * kernel.NumClasses < 40000).Distinct();
    }

    private static (double Loss, float[] Gradient) Check(
        TrainingKernel kernel, float[] predictions, float[] targets, int batchSize, double scale, string kind, string name)
    {
        float[] gradient = new float[predictions.Length];
        double loss = kernel.ForwardBackward<float>(predictions, targets, gradient, batchSize, scale);
        Assert.Equal(loss, kernel.Forward<float>(predictions, targets, batchSize));

        OneHotBounds bounds = new(kernel, predictions, targets, batchSize, scale);
        double exact = SoftDiceReference.Loss<float>(kernel.Options, predictions, targets, batchSize);
        Assert.True(
            Math.Abs(loss - exact) <= bounds.LossError, $"{name}: loss {loss:R} instead of {exact:R}, bound {bounds.LossError:E2}");
        Accuracy.Remember(
            Math.Abs(loss - exact) / bounds.LossError, $"loss with targets of {kernel.Options.Activation}, {kind}, as part of its bound", name);

        double[] expected = SoftDiceReference.Gradient<float>(kernel.Options, predictions, targets, batchSize);
        double largest = Math.Abs(scale) * expected.Select(Math.Abs).DefaultIfEmpty(0).Max();
        double largestError = 0;
        double largestPart = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs((scale * expected[i]) - gradient[i]);
            double bound = bounds.GradientError[i];
            if (!(error <= bound))
            {
                Assert.Fail(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: element {i} is {gradient[i]:R} instead of {scale * expected[i]:R}, bound {bound:E2}"));
            }

            largestError = Math.Max(largestError, largest == 0 ? 0 : error / largest);
            largestPart = Math.Max(largestPart, bound == 0 ? 0 : error / bound);
        }

        string what = $"gradient with targets of {kernel.Options.Activation}, {kind}";
        Accuracy.Remember(largestError, $"{what}, relative to the largest of the batch", name);
        Accuracy.Remember(largestPart, $"{what}, as part of its bound", name);
        return (loss, gradient);
    }
}
