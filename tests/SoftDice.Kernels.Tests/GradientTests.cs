using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

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
                AssertClose(
                    kernel, expected, gradient, predictions, labels, batchSize, 0.5, $"{name}, batch {batchSize}, {pixels} pixels");
            }
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
            double[] ofPixel = [.. Enumerable.Range(0, kernel.NumClasses).Select(c => (double)gradient[(c * pixels) + pixel])];

            double bound = SoftmaxBound(kernel, predictions, labels, 1);
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

    [Theory]
    [MemberData(nameof(Small))]
    public void Nothing_is_written_when_the_input_is_wrong(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        int pixels = kernel.Lanes + 3;
        float[] memory = new float[(2 * kernel.NumClasses * pixels) + 1];
        Array.Fill(memory, 0.5f);
        int length = kernel.NumClasses * pixels;
        byte[] labels = new byte[pixels];

        AssertMessage<ArgumentException>(
            $"gradient has {length - 1} elements; it is one for each of the {length} predictions.",
            () => kernel.ForwardBackward<byte>(memory.AsSpan(0, length), labels, memory.AsSpan(length, length - 1), 1));
        AssertMessage<ArgumentException>(
            "gradient begins 1 elements after the predictions and overlaps them;",
            () => kernel.ForwardBackward<byte>(memory.AsSpan(0, length), labels, memory.AsSpan(1, length), 1));
        AssertMessage<ArgumentException>(
            "gradient begins -1 elements after the predictions and overlaps them;",
            () => kernel.ForwardBackward<byte>(memory.AsSpan(1, length), labels, memory.AsSpan(0, length), 1));

        float[] zeros = new float[length];
        AssertMessage<ArgumentException>(
            "gradient overlaps the labels, which are still read while it is written.",
            () => kernel.ForwardBackward<float>(memory.AsSpan(0, length), zeros.AsSpan(0, pixels), zeros, 1));

        labels[^1] = (byte)kernel.LabelValues;
        AssertMessage<ArgumentOutOfRangeException>(
            $"labels[{pixels - 1}] is {kernel.LabelValues} (image 0, pixel {pixels - 1}); here a label is 0 to {kernel.LabelValues - 1}.",
            () => kernel.ForwardBackward<byte>(memory.AsSpan(0, length), labels, memory.AsSpan(length, length), 1));
        Assert.All(memory, value => Assert.Equal(0.5f, value));
        Assert.All(zeros, value => Assert.Equal(0, value));

        static void AssertMessage<TException>(string start, Action act)
            where TException : ArgumentException =>
            Assert.StartsWith(start, Assert.Throws<TException>(act).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_refuses_a_label_that_is_no_class_before_it_writes()
    {
        Softmax3.Sums sums = default;
        float[] gradient = new float[120];
        byte[] labels = new byte[40];
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            labels[33] = 3;
            Softmax3.Backward<byte>(in sums, new float[120], labels, gradient, 1);
        });
        Assert.All(gradient, slope => Assert.Equal(0, slope));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_is_allocated(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        if (kernel.Lanes == CheckingLanes.Count)
        {
            return;
        }

        (float[] predictions, int[] labels) = kernel.Batch(8, 1, kernel.Lanes + 3);
        byte[] bytes = TestData.As<byte>(labels);
        float[] gradient = new float[predictions.Length];
        long least = long.MaxValue;
        for (int call = 0; call < 6; call++)
        {
            long start = GC.GetAllocatedBytesForCurrentThread();
            kernel.ForwardBackward<byte>(predictions, bytes, gradient, 1);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - start);
        }

        Assert.Equal(0, least);
    }

    /// <summary>
    /// Without an activation a slope is one rounding of a double. Through a sigmoid it is a product of a few factors. Through a
    /// softmax it is a difference of slopes, weighted: its error is relative to the largest of these, not to the result.
    /// </summary>
    private static void AssertClose(
        TrainingKernel kernel, double[] expected, float[] actual, float[] predictions, int[] labels, int batchSize, double scale, string name)
    {
        double softmaxBound = kernel.Options.Activation == SoftDiceActivation.Softmax
            ? scale * SoftmaxBound(kernel, predictions, labels, batchSize)
            : 0;
        double largest = expected.Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs((scale * expected[i]) - actual[i]);
            double bound = kernel.Options.Activation switch
            {
                SoftDiceActivation.None => 4 * FloatUlp * Math.Abs(scale * expected[i]),
                SoftDiceActivation.Sigmoid => 8 * FloatUlp * Math.Abs(scale * expected[i]),
                _ => softmaxBound,
            };
            Assert.True(error <= bound, string.Create(
                CultureInfo.InvariantCulture, $"{name}: element {i} is {actual[i]:R} instead of {scale * expected[i]:R}, bound {bound:E2}"));
            Accuracy.Remember(
                largest == 0 ? 0 : error / (scale * largest),
                $"gradient of {kernel.Options.Activation}, relative to the largest of the batch",
                name);
        }
    }

    // The mean of the slopes is a sum of as many products as there are classes, and each probability is off by a few units.
    private static double SoftmaxBound(TrainingKernel kernel, float[] predictions, int[] labels, int batchSize)
    {
        double largest = 0;
        for (int c = 0; c < kernel.NumClasses; c++)
        {
            (double intersection, double predictionSum, double targetSum) =
                SoftDiceReference.Sums(kernel.Options, predictions, labels, batchSize, c);
            double other = 1 / (predictionSum + targetSum + kernel.Options.Epsilon);
            double own = other - (2 / ((2 * intersection) + kernel.Options.Epsilon));
            bool isLabelled = targetSum > 0;
            largest = Math.Max(largest, Math.Max(other, isLabelled ? Math.Abs(own) : 0) / kernel.NumClasses);
        }

        return (kernel.NumClasses + 16) * (FloatUlp / 2) * largest;
    }
}
