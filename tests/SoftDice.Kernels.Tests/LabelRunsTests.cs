using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>
/// Labels that come in runs, alternate or are noise: vectors of pixels with one label, a few or as many as they have lanes, which a softmax of many classes goes through
/// class by class.
/// </summary>
public sealed class LabelRunsTests
{
    private const double FloatUlp = 1.0 / (1 << 23);

    public static TheoryData<string> Kernels => TrainingTable.Names(kernel => kernel.Options.Activation == SoftDiceActivation.Softmax && kernel.NumClasses is 5 or 19);

    private static readonly (string Name, Func<int, int, int> Label)[] Patterns =
    [
        ("one label", (_, classes) => classes - 1),
        ("runs of 32", (pixel, classes) => pixel / 32 % classes),
        ("runs of 7", (pixel, classes) => pixel / 7 % classes),
        ("two in turn", (pixel, _) => pixel % 2 * 3),
        ("all in turn", (pixel, classes) => pixel % classes),
    ];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Any_pattern_of_labels_has_the_loss_and_the_gradient_of_the_definition(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        foreach ((string pattern, Func<int, int, int> label) in Patterns)
        {
            (float[] logits, int[] labels) = kernel.Batch(seed: 5, batchSize: 1, 133);
            for (int pixel = 0; pixel < labels.Length; pixel++)
            {
                labels[pixel] = label(pixel, kernel.NumClasses);
            }

            float[] gradient = new float[logits.Length];
            double loss = kernel.ForwardBackward<int>(logits, labels, gradient, 1);
            double exact = SoftDiceReference.Loss(kernel.Options, logits, labels, 1);
            Assert.True(Math.Abs(loss - exact) <= 4 * FloatUlp * Math.Max(1, exact), $"{name}, {pattern}: {loss:R} instead of {exact:R}");

            double[] expected = SoftDiceReference.Gradient(kernel.Options, logits, labels, 1);
            double largest = expected.Max(Math.Abs);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.True(Math.Abs(expected[i] - gradient[i]) <= 2e-6 * largest, $"{name}, {pattern}: element {i} is {gradient[i]:R} instead of {expected[i]:R}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_wrong_label_among_equal_or_different_ones_is_found(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        foreach ((string pattern, Func<int, int, int> label) in Patterns)
        {
            foreach (int wrong in new[] { -1, kernel.NumClasses, int.MinValue, int.MaxValue })
            {
                (float[] logits, int[] labels) = kernel.Batch(seed: 6, batchSize: 1, 64);
                for (int pixel = 0; pixel < labels.Length; pixel++)
                {
                    labels[pixel] = label(pixel, kernel.NumClasses);
                }

                labels[37] = wrong;
                string message = Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Forward<int>(logits, labels, 1)).Message;
                Assert.True(message.Contains("37", StringComparison.Ordinal), $"{name}, {pattern}, {wrong}: {message}");

                Array.Fill(labels, wrong);
                Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Forward<int>(logits, labels, 1));
            }
        }
    }

    /// <summary>Vectors of nothing but ignored pixels, of some, and of none, with logits there that are no numbers.</summary>
    [Fact]
    public void Runs_of_ignored_pixels_leave_the_others_as_they_are()
    {
        const int Classes = 19, Pixels = 112;
        float[] logits = new float[Classes * Pixels];
        byte[] labels = new byte[Pixels];
        for (int i = 0; i < logits.Length; i++)
        {
            logits[i] = ((i * 37) % 101 / 10f) - 5;
        }

        for (int pixel = 0; pixel < Pixels; pixel++)
        {
            labels[pixel] = pixel is < 40 or (> 70 and < 75) ? (byte)255 : (byte)(pixel / 20);
            for (int c = 0; c < Classes && labels[pixel] == 255; c++)
            {
                logits[(c * Pixels) + pixel] = pixel % 2 == 0 ? float.NaN : float.PositiveInfinity;
            }
        }

        int[] kept = [.. Enumerable.Range(0, Pixels).Where(pixel => labels[pixel] != 255)];
        float[] keptLogits = [.. Enumerable.Range(0, Classes).SelectMany(c => kept.Select(pixel => logits[(c * Pixels) + pixel]))];
        byte[] keptLabels = [.. kept.Select(pixel => labels[pixel])];
        float[] gradient = new float[logits.Length], keptGradient = new float[keptLogits.Length];
        double loss = IgnoreSoftmax19.ForwardBackward<byte>(logits, labels, gradient, 1);
        double exact = IgnoreSoftmax19.ForwardBackward<byte>(keptLogits, keptLabels, keptGradient, 1);

        Assert.True(Math.Abs(loss - exact) <= 4 * FloatUlp * Math.Max(1, exact), $"{loss:R} instead of {exact:R}");
        double largest = keptGradient.Max(Math.Abs);
        for (int c = 0; c < Classes; c++)
        {
            for (int pixel = 0; pixel < Pixels; pixel++)
            {
                float expected = labels[pixel] == 255 ? 0 : keptGradient[(c * kept.Length) + Array.IndexOf(kept, pixel)];
                float actual = gradient[(c * Pixels) + pixel];
                Assert.True(
                    labels[pixel] == 255 ? actual == 0 : Math.Abs(actual - expected) <= 2 * 2e-6 * largest, $"Class {c}, pixel {pixel}: {actual:R} instead of {expected:R}");
            }
        }
    }
}
