using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The options that act on the sums of the classes: loss and gradient against the definition, and that against its differences.</summary>
public sealed class FamilyTests
{
    public static TheoryData<string> All => FamilyTable.Names(_ => true);

    /// <summary>The reference has no lanes.</summary>
    public static TheoryData<string> Once => FamilyTable.Names(kernel => kernel.Lanes == 1);

    [Theory]
    [MemberData(nameof(All))]
    public void Loss_and_gradient_are_those_of_the_definition(string name)
    {
        TrainingKernel kernel = FamilyTable.Find(name);
        foreach (int pixels in Lengths(kernel))
        {
            foreach (int batchSize in new[] { 1, 3 })
            {
                CheckAgainstDefinition(kernel, batchSize, pixels);
            }
        }
    }

    internal static void CheckAgainstDefinition(TrainingKernel kernel, int batchSize, int pixels)
    {
        string where = $"{kernel.Name}, batch {batchSize}, {pixels} pixels";
        if (kernel.Options.Labels == SoftDiceLabels.OneHot)
        {
            (float[] predictions, float[] targets) = FamilyData.Soft(kernel, pixels + batchSize, batchSize, pixels);
            Check(kernel, predictions, targets, targets, batchSize, where);
        }
        else
        {
            (float[] predictions, int[] labels, float[] targets) = FamilyData.Hard(kernel, pixels + batchSize, batchSize, pixels);
            Check(kernel, predictions, labels, targets, batchSize, where);
        }
    }

    [Theory]
    [MemberData(nameof(Once))]
    public void The_definitions_gradient_is_the_central_difference_of_its_loss(string name) => CheckDifferences(FamilyTable.Find(name));

    internal static void CheckDifferences(TrainingKernel kernel)
    {
        (float[] predictions, int[] labels, _) = FamilyData.Hard(kernel, 11, 2, 6);
        (float[] soft, float[] targets) = FamilyData.Soft(kernel, 11, 2, 6);
        if (kernel.Options.Labels == SoftDiceLabels.OneHot)
        {
            AssertDifferences<float>(kernel, soft, AwayFromKinks(kernel, soft, targets));
        }
        else
        {
            Round(predictions);
            AssertDifferences<int>(kernel, predictions, labels);
        }
    }

    [Fact]
    public void Data_have_absent_classes_and_floored_denominators_and_others()
    {
        foreach (string name in FamilyTable.Names(kernel => kernel.Lanes == 8))
        {
            TrainingKernel kernel = FamilyTable.Find(name);
            HashSet<(bool IsAbsent, bool IsFloored)> seen = [];
            foreach (int pixels in Lengths(kernel))
            {
                (float[] predictions, int[] labels, float[] hard) = FamilyData.Hard(kernel, pixels + 1, 1, pixels);
                (float[] others, float[] soft) = FamilyData.Soft(kernel, pixels + 1, 1, pixels);
                bool isOneHot = kernel.Options.Labels == SoftDiceLabels.OneHot;
                for (int c = 0; c < kernel.NumClasses; c++)
                {
                    (double i, double p, double t) = isOneHot
                        ? SoftDiceReference.Sums<float>(kernel.Options, others, soft, 1, c)
                        : SoftDiceReference.Sums<int>(kernel.Options, predictions, labels, 1, c);
                    double denominator = kernel.Options.Overlap switch
                    {
                        SoftDiceOverlap.Jaccard => p + t - i,
                        SoftDiceOverlap.Tversky => i + (kernel.Options.Alpha * (p - i)) + (kernel.Options.Beta * (t - i)),
                        _ => p + t,
                    };
                    seen.Add((t == 0, denominator + kernel.Options.DenominatorSmoothing < kernel.Options.DenominatorFloor));
                }
            }

            Assert.Contains(seen, of => of.IsAbsent);
            Assert.Contains(seen, of => !of.IsAbsent);
            Assert.Contains(seen, of => !of.IsFloored);
            Assert.Equal(kernel.Options.DenominatorFloor > 1e-8, seen.Any(of => of.IsFloored));
        }
    }

    /// <summary>Lengths around the edges of vectors, and of the scratch tile at one width.</summary>
    private static IEnumerable<int> Lengths(TrainingKernel kernel)
    {
        int lanes = kernel.Lanes;
        int[] ofTile = lanes == 8 && kernel.NumClasses == 5 ? [kernel.ScratchPixels + lanes + 1] : [];
        return new[] { 0, 1, lanes, (2 * lanes) + 1, 75 }.Concat(ofTile).Distinct();
    }

    private static void Check<TLabel>(
        TrainingKernel kernel, float[] predictions, TLabel[] labels, float[] targets, int batchSize, string where)
        where TLabel : unmanaged, System.Numerics.INumber<TLabel>
    {
        const double Scale = -0.5;
        float[] gradient = new float[predictions.Length];
        double loss = kernel.ForwardBackward<TLabel>(predictions, labels, gradient, batchSize, Scale);
        Assert.Equal(loss, kernel.Forward<TLabel>(predictions, labels, batchSize));

        OneHotBounds bounds = new(kernel, predictions, targets, batchSize, Scale);
        AssertWithin(SoftDiceReference.Loss<TLabel>(kernel.Options, predictions, labels, batchSize), loss, bounds.LossError, $"{where}: loss");
        double[] expected = SoftDiceReference.Gradient<TLabel>(kernel.Options, predictions, labels, batchSize);
        double largest = 0;
        bool hasSteepSlopes = kernel.Options is { Activation: not SoftDiceActivation.None, NumeratorSmoothing: 0 };
        for (int i = 0; i < expected.Length; i++)
        {
            if (double.IsNaN(expected[i]) && hasSteepSlopes)
            {
                // A sum that is 0 is divided by: slopes are held within the floats.
                Assert.True(float.IsFinite(gradient[i]), $"{where}: element {i} is {gradient[i]}");
                continue;
            }

            AssertWithin(Scale * expected[i], gradient[i], bounds.GradientError[i], $"{where}: element {i}");
            double part = Math.Abs((Scale * expected[i]) - gradient[i]) / bounds.GradientError[i];
            largest = part > largest ? part : largest;
        }

        Accuracy.Remember(largest, $"gradient with options, {kernel.Options.Activation}, as part of its bound", kernel.Name);
        double[] overlaps = kernel.Overlaps<TLabel>(predictions, labels, batchSize);
        for (int c = 0; c < overlaps.Length; c++)
        {
            AssertWithin(
                SoftDiceReference.Dice<TLabel>(kernel.Options, predictions, labels, batchSize, c),
                overlaps[c],
                bounds.OverlapError[c],
                $"{where}: overlap of class {c}");
        }
    }

    private static void AssertWithin(double expected, double actual, double bound, string what)
    {
        if (!expected.Equals(actual) && !(Math.Abs(expected - actual) <= bound))
        {
            Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{what} is {actual:R} instead of {expected:R}, bound {bound:E2}"));
        }
    }

    // Predictions that are exact in float when a step is added; a minimum's slope jumps at its target, which is put out of reach.
    private static float[] AwayFromKinks(TrainingKernel kernel, float[] predictions, float[] targets)
    {
        const float Reach = 1f / 256;
        Round(predictions);
        ReadOnlySpan<double> probabilities = new OneHotBounds(kernel, predictions, targets, 2).Probabilities;
        for (int i = 0; kernel.Options.Intersection == SoftDiceIntersection.Minimum && i < targets.Length; i++)
        {
            if (Math.Abs(probabilities[i] - targets[i]) < Reach)
            {
                targets[i] += targets[i] < 0.5f ? 4 * Reach : -4 * Reach;
            }
        }

        return targets;
    }

    private static void Round(float[] predictions)
    {
        for (int i = 0; i < predictions.Length; i++)
        {
            predictions[i] = MathF.Round(predictions[i] * 4096) / 4096;
        }
    }

    // Exact in float, and extrapolated to a step of none: see the test of the same name for the plain losses.
    private static void AssertDifferences<TLabel>(TrainingKernel kernel, float[] predictions, TLabel[] labels)
        where TLabel : unmanaged, System.Numerics.INumber<TLabel>
    {
        double[] gradient = SoftDiceReference.Gradient<TLabel>(kernel.Options, predictions, labels, 2);
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
            double up = SoftDiceReference.Loss<TLabel>(kernel.Options, predictions, labels, 2);
            predictions[i] = kept - step;
            double down = SoftDiceReference.Loss<TLabel>(kernel.Options, predictions, labels, 2);
            predictions[i] = kept;
            return (up - down) / (2 * step);
        }
    }
}
