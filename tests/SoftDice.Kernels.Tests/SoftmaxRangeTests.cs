using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Softmax is computed relative to the first class, or to the largest where that would overflow: both ways, and side by side.</summary>
public sealed class SoftmaxRangeTests
{
    private const double FloatUlp = 1.0 / (1 << 23);

    public static TheoryData<string> Kernels =>
        TrainingTable.Names(kernel => kernel.Options.Activation == SoftDiceActivation.Softmax && kernel.NumClasses is 2 or 3 or 4 or 5 or 19);

    /// <summary>How far the logits spread: within the range of the first way, across its end, and far beyond.</summary>
    [Theory]
    [MemberData(nameof(Kernels))]
    public void Logits_of_any_spread_give_what_the_definition_gives(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        foreach (float spread in new[] { 20f, 60, 100, 200, 1000, 1e6f })
        {
            int pixels = (2 * kernel.Lanes) + 3;
            (float[] logits, int[] labels) = kernel.Batch(3, 1, pixels);
            logits = [.. logits.Select(logit => logit / 5 * spread)];
            float[] gradient = new float[logits.Length];
            double loss = kernel.ForwardBackward<int>(logits, labels, gradient, 1);

            double exact = SoftDiceReference.Loss(kernel.Options, logits, labels, 1);
            Assert.True(Math.Abs(loss - exact) <= 4 * FloatUlp * Math.Max(1, exact), $"{name}, spread {spread}: {loss:R} instead of {exact:R}");
            double[] expected = SoftDiceReference.Gradient(kernel.Options, logits, labels, 1);
            double largest = expected.Max(Math.Abs);
            Assert.DoesNotContain(gradient, float.IsNaN);
            if (largest < 1e-6)
            {
                // Every pixel is certain to many digits. The definition takes differences of slopes near 1 in double, so that it knows
                // nothing of a gradient that is smaller than that by as many digits as it has.
                continue;
            }

            for (int i = 0; i < expected.Length; i++)
            {
                Assert.True(
                    Math.Abs(expected[i] - gradient[i]) <= 2e-6 * largest,
                    $"{name}, spread {spread}: slope {i} is {gradient[i]:R} instead of {expected[i]:R}, largest {largest:R}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void One_logit_far_above_the_first_class_changes_its_own_pixel_only(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        int pixels = kernel.Lanes + 3;
        (float[] logits, int[] labels) = kernel.Batch(4, 1, pixels);
        double before = SoftDiceReference.Loss(kernel.Options, logits, labels, 1);
        for (int c = 0; c < kernel.NumClasses; c++)
        {
            foreach (float far in new[] { 59.9f, 60.1f, 100, 1e4f, -100, -1e4f })
            {
                float[] changed = [.. logits];
                changed[(c * pixels) + 1] = far;
                double exact = SoftDiceReference.Loss(kernel.Options, changed, labels, 1);
                double loss = kernel.Forward<int>(changed, labels, 1);
                Assert.NotEqual(before, exact);
                Assert.True(Math.Abs(loss - exact) <= 4 * FloatUlp * Math.Max(1, exact), $"{name}, {far} in class {c}: {loss:R} instead of {exact:R}");
            }
        }
    }
}
