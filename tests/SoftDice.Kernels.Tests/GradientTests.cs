using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.Intrinsics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Losses and gradients with every activation, against the definition.</summary>
public sealed class GradientTests
{
    private const double FloatUlp = 1.0 / (1 << 23);

    public static TheoryData<string> All => TrainingTable.Names(_ => true);

    public static TheoryData<string> Small => TrainingTable.Names(kernel => kernel.NumClasses <= 5);

    public static TheoryData<string> SoftmaxKernels => TrainingTable.Names(kernel => kernel.Options.Activation == SoftDiceActivation.Softmax);

    /// <summary>Lengths around vector and scratch-tile edges, fewer where the reference takes its time.</summary>
    private static IEnumerable<int> Lengths(TrainingKernel kernel)
    {
        int lanes = kernel.Lanes;
        int[] edges = [0, 1, lanes - 1, lanes, lanes + 1, (2 * lanes) + 1];
        return edges.Concat(kernel.NumClasses is 3 or 150 && kernel.Lanes >= 4 ? [kernel.ScratchPixels - 1, kernel.ScratchPixels + lanes + 1] : [])
            .Where(pixels => pixels >= 0).Distinct();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Loss_and_gradient_are_those_of_the_definition(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        foreach (int pixels in Lengths(kernel))
        {
            foreach (int batchSize in kernel.NumClasses > 100 ? new[] { 1 } : [1, 3])
            {
                (float[] predictions, int[] labels) = kernel.Batch(pixels + batchSize, batchSize, pixels);
                float[] gradient = new float[predictions.Length];
                double loss = kernel.ForwardBackward<int>(predictions, labels, gradient, batchSize, scale: 0.5);

                double exact = SoftDiceReference.Loss(kernel.Options, predictions, labels, batchSize);
                Assert.True(Math.Abs(loss - exact) <= 4 * FloatUlp * Math.Max(1, exact), $"{name}, {pixels} pixels: {loss:R} instead of {exact:R}");
                Assert.Equal(loss, kernel.Forward<int>(predictions, labels, batchSize));

                double[] expected = SoftDiceReference.Gradient(kernel.Options, predictions, labels, batchSize);
                AssertClose(kernel, expected, gradient, 0.5, "spread predictions", $"{name}, batch {batchSize}, {pixels} pixels");
            }
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
        foreach (string name in TrainingTable.Names(kernel =>
            kernel.Options.Activation != SoftDiceActivation.None && kernel.NumClasses is 2 or 3 or 19 && kernel.Lanes >= 4))
        {
            TrainingKernel kernel = TrainingTable.Find(name);
            int pixels = kernel.NumClasses > 3 ? 300 : 1030;
            (float[] logits, int[] labels) = kernel.Batch(4, 1, pixels);
            for (int i = 0; i < logits.Length; i++)
            {
                (int c, int pixel) = kernel.PlaceOf(i, pixels);
                float sign = labels[pixel] == c ? 1 : -1;
                logits[i] = (sign * certainty) + (logits[i] / 10);
            }

            float[] gradient = new float[logits.Length];
            kernel.ForwardBackward<int>(logits, labels, gradient, 1);
            AssertClose(
                kernel, SoftDiceReference.Gradient(kernel.Options, logits, labels, 1), gradient, 1, $"certain logits of {certainty}", name);
        }
    }

    [Fact]
    public void The_entry_points_do_what_the_widths_do()
    {
        AssertEntryPoints<None5, None5.Sums>("None5");
        AssertEntryPoints<Softmax5, Softmax5.Sums>("Softmax5");
        AssertEntryPoints<Sigmoid5, Sigmoid5.Sums>("Sigmoid5");

        static void AssertEntryPoints<TLoss, TSums>(string name)
            where TLoss : ISoftDiceLoss<TSums>
            where TSums : struct, ISoftDiceSums<TSums>
        {
            string lanes = Vector512.IsHardwareAccelerated ? "Lanes512"
                : Vector256.IsHardwareAccelerated ? "Lanes256"
                : Vector128.IsHardwareAccelerated ? "Lanes128" : "ScalarLane";
            TrainingKernel kernel = TrainingTable.Find($"{name} {lanes}");
            (float[] predictions, int[] labels) = kernel.Batch(9, 2, 77);
            float[] expected = new float[predictions.Length];
            double loss = kernel.ForwardBackward<int>(predictions, labels, expected, 2, scale: -3);

            float[] gradient = new float[predictions.Length];
            Assert.Equal(loss, TLoss.ForwardBackward<int>(predictions, labels, gradient, 2, -3));
            Assert.Equal(expected, gradient);

            Array.Clear(gradient);
            TSums sums = default;
            TLoss.Accumulate<int>(ref sums, predictions, labels, 2);
            TLoss.Backward<int>(in sums, predictions, labels, gradient, 2, -3);
            Assert.Equal(expected, gradient);

            // Left out, the scale is 1.
            kernel.ForwardBackward<int>(predictions, labels, expected, 2);
            TLoss.ForwardBackward<int>(predictions, labels, gradient, 2);
            Assert.Equal(expected, gradient);
            Assert.Throws<ArgumentException>(() => TLoss.ForwardBackward<int>(predictions, labels, new float[3], 2));
        }
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void The_definitions_gradient_is_the_central_difference_of_its_loss(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        (float[] predictions, int[] labels) = kernel.Batch(11, 2, 6);

        // Predictions and steps are multiples of 2^-12, and so exact in float. The difference at two steps, extrapolated to none,
        // leaves an error of the fourth order in them, far below the bound.
        for (int i = 0; i < predictions.Length; i++)
        {
            predictions[i] = MathF.Round(predictions[i] * 4096) / 4096;
        }

        double[] gradient = SoftDiceReference.Gradient(kernel.Options, predictions, labels, 2);
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
            double up = SoftDiceReference.Loss(kernel.Options, predictions, labels, 2);
            predictions[i] = kept - step;
            double down = SoftDiceReference.Loss(kernel.Options, predictions, labels, 2);
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
        (float[] predictions, int[] labels) = kernel.Batch(5, 1, pixels);
        float[] gradient = new float[predictions.Length];
        kernel.ForwardBackward<int>(predictions, labels, gradient, 1);
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            double[] ofPixel = [.. Enumerable.Range(0, kernel.NumClasses).Select(c => (double)gradient[kernel.IndexOf(c, pixel, pixels)])];

            double bound = SumBound(kernel, predictions, labels);
            Assert.True(Math.Abs(ofPixel.Sum()) <= bound, $"{name}: {ofPixel.Sum():E2}, bound {bound:E2}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_gradient_may_take_the_place_of_the_predictions(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        (float[] predictions, int[] labels) = kernel.Batch(6, 2, (2 * kernel.Lanes) + 3);
        float[] apart = new float[predictions.Length];
        double expected = kernel.ForwardBackward<int>(predictions, labels, apart, 2);
        Assert.Equal(expected, kernel.ForwardBackward<int>(predictions, labels, predictions, 2));
        Assert.Equal(apart, predictions);
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void The_scale_is_a_factor(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        (float[] predictions, int[] labels) = kernel.Batch(7, 1, kernel.Lanes + 3);
        float[] once = new float[predictions.Length];
        float[] fourTimes = new float[predictions.Length];
        float[] none = [.. predictions.Select(_ => float.NaN)];
        Assert.Equal(
            kernel.ForwardBackward<int>(predictions, labels, once, 1),
            kernel.ForwardBackward<int>(predictions, labels, fourTimes, 1, scale: -4));
        kernel.ForwardBackward<int>(predictions, labels, none, 1, scale: 0);
        Assert.Equal(once.Select(slope => -4 * slope), fourTimes);
        Assert.All(none, slope => Assert.Equal(0, slope));
    }

    /// <summary>
    /// The targets of the design: without an activation 4 ULP, and through one 2·10⁻⁶ of the largest slope of the batch. Through a
    /// sigmoid a slope is a product of a few factors, and held to a relative bound.
    /// </summary>
    private static void AssertClose(TrainingKernel kernel, double[] expected, float[] actual, double scale, string kind, string name)
    {
        double largest = expected.Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs((scale * expected[i]) - actual[i]);
            double bound = scale * kernel.Options.Activation switch
            {
                SoftDiceActivation.None => 4 * (FloatUlp / 2) * Math.Abs(expected[i]),
                SoftDiceActivation.Sigmoid => 16 * (FloatUlp / 2) * Math.Abs(expected[i]),
                _ => 2e-6 * largest,
            };
            Assert.True(error <= bound, string.Create(
                CultureInfo.InvariantCulture, $"{name}: element {i} is {actual[i]:R} instead of {scale * expected[i]:R}, bound {bound:E2}"));
            Accuracy.Remember(
                largest == 0 ? 0 : error / (scale * largest),
                $"gradient of {kernel.Options.Activation}, {kind}, relative to the largest of the batch",
                name);
        }
    }

    // The slopes of a pixel are off by a few units each of what they are made of: the slopes of the probabilities, weighted.
    private static double SumBound(TrainingKernel kernel, float[] predictions, int[] labels)
    {
        double largest = 0;
        for (int c = 0; c < kernel.NumClasses; c++)
        {
            (double intersection, double predictionSum, double targetSum) =
                SoftDiceReference.Sums(kernel.Options, predictions, labels, 1, c);
            double other = 1 / (predictionSum + targetSum + kernel.Options.Epsilon);
            double own = targetSum > 0 ? 2 / ((2 * intersection) + kernel.Options.Epsilon) : 0;
            largest = Math.Max(largest, Math.Max(other, own) / kernel.NumClasses);
        }

        // Each of C sums of C products, weighted with probabilities that add up to 1.
        return 2 * kernel.NumClasses * (FloatUlp / 2) * largest + (8 * (FloatUlp / 2) * largest);
    }
}
