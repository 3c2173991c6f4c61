using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Losses with a term beside that of the overlap: value and gradient against the definition, and that against its differences.</summary>
public sealed class TermTests
{
    public static TheoryData<string> All => TermTable.Names(_ => true);

    /// <summary>The reference has no lanes.</summary>
    public static TheoryData<string> Once => TermTable.Names(kernel => kernel.Lanes == 1 && kernel.NumClasses <= 19);

    [Theory]
    [MemberData(nameof(All))]
    public void Loss_and_gradient_are_those_of_the_definition(string name)
    {
        TrainingKernel kernel = TermTable.Find(name);
        foreach (int pixels in Lengths(kernel))
        {
            foreach (int batchSize in kernel.Options.SumsOver == SoftDiceSumsOver.Sample ? new[] { 1 } : [1, 3])
            {
                Check(kernel, pixels + batchSize, batchSize, pixels, times: 1);
            }
        }
    }

    // Logits this far apart make probabilities that are no float.
    [Theory]
    [InlineData(4f)]
    [InlineData(9f)]
    [InlineData(30f)]
    public void Wild_logits_are_no_less_exact(float times)
    {
        foreach (string name in All)
        {
            TrainingKernel kernel = TermTable.Find(name);
            Check(kernel, 5, 1, ((kernel.NumClasses > 100 ? 2 : 20) * kernel.Lanes) + 3, times);
        }
    }

    [Theory]
    [MemberData(nameof(Once))]
    public void The_definitions_gradient_is_the_central_difference_of_its_loss(string name)
    {
        TrainingKernel kernel = TermTable.Find(name);
        (float[] logits, int[] labels, float[] targets) = Draw(kernel, 11, 2, 6, isSoft: true);
        for (int i = 0; i < logits.Length; i++)
        {
            logits[i] = MathF.Round(logits[i] * 4096) / 4096;
        }

        double[] gradient = Gradient(kernel.Options, logits, labels, targets, 2);
        for (int i = 0; i < logits.Length; i++)
        {
            Assert.Equal(((4 * Difference(i, 1f / 1024)) - Difference(i, 1f / 512)) / 3, gradient[i], 1e-8);
        }

        double Difference(int i, float step)
        {
            float kept = logits[i];
            logits[i] = kept + step;
            double up = Loss(kernel.Options, logits, labels, targets, 2);
            logits[i] = kept - step;
            double down = Loss(kernel.Options, logits, labels, targets, 2);
            logits[i] = kept;
            return (up - down) / (2 * step);
        }
    }

    /// <summary>Lengths around the edges of vectors, chains and tiles.</summary>
    private static IEnumerable<int> Lengths(TrainingKernel kernel)
    {
        int lanes = kernel.Lanes;
        int[] ofTile = lanes == 8 && kernel.Options.Activation == SoftDiceActivation.Softmax && kernel.NumClasses == 5 ? [kernel.ScratchPixels + lanes + 1] : [];
        return new[] { 0, 1, lanes, (2 * lanes) + 1, (5 * lanes) + 1, 75 }.Concat(ofTile).Distinct();
    }

    private static void Check(TrainingKernel kernel, int seed, int batchSize, int pixels, float times)
    {
        foreach (bool isSoft in kernel.Options.Labels == SoftDiceLabels.OneHot ? new[] { false, true } : [false])
        {
            (float[] logits, int[] labels, float[] targets) = Draw(kernel, seed, batchSize, pixels, isSoft);
            logits = [.. logits.Select(logit => times * logit)];
            string name = $"{kernel.Name}, batch {batchSize}, {pixels} pixels, {times} times, {(isSoft ? "soft" : "hard")}";
            Check(kernel, logits, labels, targets, batchSize, name);
        }
    }

    private static void Check(TrainingKernel kernel, float[] logits, int[] labels, float[] targets, int batchSize, string name)
    {
        const double Scale = -0.5;
        SoftDiceOptions options = kernel.Options;
        float[] gradient = new float[logits.Length];
        bool isOneHot = options.Labels == SoftDiceLabels.OneHot;
        double loss = isOneHot
            ? kernel.ForwardBackward<float>(logits, targets, gradient, batchSize, Scale)
            : kernel.ForwardBackward<int>(logits, labels, gradient, batchSize, Scale);
        LossBounds bounds = new(kernel, logits, labels, targets, batchSize, Scale);
        double expectedLoss = Loss(options, logits, labels, targets, batchSize);
        AssertWithin(expectedLoss, loss, bounds.LossError, $"{name}: loss");
        Accuracy.Remember(Math.Abs(expectedLoss - loss) / bounds.LossError, "loss with a term, as part of its bound", name);

        double[] expected = Gradient(options, logits, labels, targets, batchSize);
        double ofDefinition = options.Activation != SoftDiceActivation.Softmax || isOneHot ? 0
            : Math.Abs(Scale) * CrossEntropyTests.RoundingOfTheDefinition(options, logits, labels, batchSize);
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double bound = bounds.GradientError[i] + ofDefinition;
            AssertWithin(Scale * expected[i], gradient[i], bound, $"{name}: element {i}");
            largest = Math.Max(largest, Math.Abs((Scale * expected[i]) - gradient[i]) / bound);
        }

        Accuracy.Remember(largest, "gradient with a term, as part of its bound", name);
    }

    private static (float[] Logits, int[] Labels, float[] Targets) Draw(TrainingKernel kernel, int seed, int batchSize, int pixels, bool isSoft)
    {
        (float[] logits, int[] labels, float[] targets) = FamilyData.Hard(kernel, seed, batchSize, pixels);
        return (logits, labels, isSoft && kernel.Options.Labels == SoftDiceLabels.OneHot ? FamilyData.Soft(kernel, seed, batchSize, pixels).Targets : targets);
    }

    private static double Loss(SoftDiceOptions options, float[] logits, int[] labels, float[] targets, int batchSize) =>
        options.Labels == SoftDiceLabels.OneHot
            ? SoftDiceReference.Loss<float>(options, logits, targets, batchSize)
            : SoftDiceReference.Loss<int>(options, logits, labels, batchSize);

    private static double[] Gradient(SoftDiceOptions options, float[] logits, int[] labels, float[] targets, int batchSize) =>
        options.Labels == SoftDiceLabels.OneHot
            ? SoftDiceReference.Gradient<float>(options, logits, targets, batchSize)
            : SoftDiceReference.Gradient<int>(options, logits, labels, batchSize);

    private static void AssertWithin(double expected, double actual, double bound, string what)
    {
        if (!expected.Equals(actual) && !(Math.Abs(expected - actual) <= bound))
        {
            Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{what} is {actual:R} instead of {expected:R}, bound {bound:E2}"));
        }
    }
}
