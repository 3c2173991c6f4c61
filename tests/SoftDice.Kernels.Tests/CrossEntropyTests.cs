using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Losses with a cross-entropy: value and gradient against the definition, and that against its differences.</summary>
public sealed class CrossEntropyTests
{
    private const double DoubleUnit = 1.0 / (1L << 53);

    public static TheoryData<string> All => CrossEntropyTable.Names(_ => true);

    /// <summary>The reference has no lanes.</summary>
    public static TheoryData<string> Once => CrossEntropyTable.Names(kernel => kernel.Lanes == 1 && kernel.NumClasses <= 19);

    [Theory]
    [MemberData(nameof(All))]
    public void Loss_and_gradient_are_those_of_the_definition(string name)
    {
        TrainingKernel kernel = CrossEntropyTable.Find(name);
        foreach (int pixels in Lengths(kernel))
        {
            foreach (int batchSize in kernel.NumClasses > 100 || kernel.Options.SumsOver == SoftDiceSumsOver.Sample ? new[] { 1 } : [1, 3])
            {
                (float[] logits, int[] labels, float[] targets) = FamilyData.Hard(kernel, pixels + batchSize, batchSize, pixels);
                Check(kernel, logits, labels, targets, batchSize, $"{name}, batch {batchSize}, {pixels} pixels");
            }
        }
    }

    // Logits this far apart make products that are no float, and single probabilities that are none.
    [Theory]
    [InlineData(4f)]
    [InlineData(9f)]
    [InlineData(30f)]
    public void Wild_logits_are_no_less_exact(float times)
    {
        foreach (string name in All)
        {
            TrainingKernel kernel = CrossEntropyTable.Find(name);
            (float[] logits, int[] labels, float[] targets) = FamilyData.Hard(kernel, 5, 1, (20 * kernel.Lanes) + 3);
            logits = [.. logits.Select(logit => times * logit)];
            Check(kernel, logits, labels, targets, 1, $"{name}, {times} times");
        }
    }

    [Theory]
    [MemberData(nameof(Once))]
    public void The_definitions_gradient_is_the_central_difference_of_its_loss(string name)
    {
        TrainingKernel kernel = CrossEntropyTable.Find(name);
        (float[] logits, int[] labels, _) = FamilyData.Hard(kernel, 11, 2, 6);
        for (int i = 0; i < logits.Length; i++)
        {
            logits[i] = MathF.Round(logits[i] * 4096) / 4096;
        }

        double[] gradient = SoftDiceReference.Gradient<int>(kernel.Options, logits, labels, 2);
        for (int i = 0; i < logits.Length; i++)
        {
            Assert.Equal(((4 * Difference(i, 1f / 1024)) - Difference(i, 1f / 512)) / 3, gradient[i], 1e-8);
        }

        double Difference(int i, float step)
        {
            float kept = logits[i];
            logits[i] = kept + step;
            double up = SoftDiceReference.Loss<int>(kernel.Options, logits, labels, 2);
            logits[i] = kept - step;
            double down = SoftDiceReference.Loss<int>(kernel.Options, logits, labels, 2);
            logits[i] = kept;
            return (up - down) / (2 * step);
        }
    }

    /// <summary>Lengths around the edges of vectors, chains and tiles.</summary>
    private static IEnumerable<int> Lengths(TrainingKernel kernel)
    {
        int lanes = kernel.Lanes;
        int[] ofTile = lanes == 8 && kernel.NumClasses == 5 ? [kernel.ScratchPixels + lanes + 1] : [];
        return new[] { 0, 1, lanes, (2 * lanes) + 1, (5 * lanes) + 1, 75 }.Concat(ofTile).Distinct();
    }

    private static void Check(TrainingKernel kernel, float[] logits, int[] labels, float[] targets, int batchSize, string name)
    {
        const double Scale = -0.5;
        SoftDiceOptions options = kernel.Options;
        float[] gradient = new float[logits.Length];
        double loss = kernel.ForwardBackward<int>(logits, labels, gradient, batchSize, Scale);
        Assert.Equal(loss, kernel.Forward<int>(logits, labels, batchSize));

        LossBounds bounds = new(kernel, logits, labels, targets, batchSize, Scale);
        AssertWithin(SoftDiceReference.Loss<int>(options, logits, labels, batchSize), loss, bounds.LossError, $"{name}: loss");

        double[] expected = SoftDiceReference.Gradient<int>(options, logits, labels, batchSize);
        double ofDefinition = Math.Abs(Scale) * RoundingOfTheDefinition(options, logits, labels, batchSize);
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double bound = bounds.GradientError[i] + ofDefinition;
            AssertWithin(Scale * expected[i], gradient[i], bound, $"{name}: element {i}");
            largest = Math.Max(largest, Math.Abs((Scale * expected[i]) - gradient[i]) / bound);
        }

        Accuracy.Remember(largest, "gradient with a cross-entropy, as part of its bound", name);
    }

    // The definition takes the mean slope from that of each class, and where they are nearly equal only what a double has of the slopes is right.
    internal static double RoundingOfTheDefinition(SoftDiceOptions options, float[] logits, int[] labels, int batchSize)
    {
        int stride = labels.Length / batchSize;
        float[] probabilities = new float[logits.Length];
        for (int i = 0; i < logits.Length; i++)
        {
            int first = (i / stride / options.NumClasses * options.NumClasses * stride) + (i % stride);
            probabilities[i] = (float)(1 / Enumerable.Range(0, options.NumClasses).Sum(c => Math.Exp(logits[first + (c * stride)] - logits[i])));
        }

        SoftDiceOptions ofSlopes = options with { Activation = SoftDiceActivation.None, CrossEntropy = 0, Focal = 0 };
        double[] slopes = SoftDiceReference.Gradient<int>(ofSlopes, probabilities, labels, batchSize);
        return (options.NumClasses + 4) * DoubleUnit * slopes.Select(Math.Abs).DefaultIfEmpty(0).Max();
    }

    private static void AssertWithin(double expected, double actual, double bound, string what)
    {
        if (!expected.Equals(actual) && !(Math.Abs(expected - actual) <= bound))
        {
            Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{what} is {actual:R} instead of {expected:R}, bound {bound:E2}"));
        }
    }
}
