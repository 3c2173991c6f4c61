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
                changed[kernel.IndexOf(c, 1, pixels)] = far;
                double exact = SoftDiceReference.Loss(kernel.Options, changed, labels, 1);
                double loss = kernel.Forward<int>(changed, labels, 1);
                Assert.NotEqual(before, exact);
                Assert.True(Math.Abs(loss - exact) <= 4 * FloatUlp * Math.Max(1, exact), $"{name}, {far} in class {c}: {loss:R} instead of {exact:R}");
            }
        }
    }

    /// <summary>Errors of equal pixels all add up, so the loss shows that of one softmax, and the gradient too.</summary>
    [Theory]
    [InlineData(-46.13445f, 0.26690862f, 0.98014295f)]
    [InlineData(-20.1f, 3.3f, 2.7f)]
    [InlineData(50.3f, -9.1f, 49.7f)]
    [InlineData(-55.7f, -54.9f, -56.3f)]
    [InlineData(12.34567f, 12.34568f, -70.1f)]
    public void Equal_pixels_far_from_0_are_as_exact_as_others(float first, float second, float third)
    {
        foreach (string name in TrainingTable.Names(kernel => kernel.Options.Activation == SoftDiceActivation.Softmax && kernel.NumClasses is 3 or 5 or 19))
        {
            TrainingKernel kernel = TrainingTable.Find(name);
            int pixels = 40;
            float[] logits = new float[kernel.NumClasses * pixels];
            for (int i = 0; i < logits.Length; i++)
            {
                logits[i] = (kernel.PlaceOf(i, pixels).Class % 3) switch { 0 => first, 1 => second, _ => third };
            }

            int[] labels = [.. Enumerable.Range(0, pixels).Select(pixel => pixel % kernel.NumClasses)];
            AssertExact(kernel, logits, labels, name);
        }
    }

    [Theory]
    [InlineData("Softmax150")]
    [InlineData("RowsSoftmax150")]
    public void Many_small_exponentials_beside_a_large_one_are_not_lost(string loss)
    {
        foreach (string name in TrainingTable.Names(kernel => kernel.Name.StartsWith(loss + " ", StringComparison.Ordinal)))
        {
            TrainingKernel kernel = TrainingTable.Find(name);
            int pixels = 40;
            float small = MathF.Log(0.505f / (1 << 23) / 4);
            float[] logits = [.. Enumerable.Range(0, kernel.NumClasses * pixels).Select(i => kernel.PlaceOf(i, pixels).Class == 0 ? 0 : small)];
            AssertExact(kernel, logits, [.. Enumerable.Range(0, pixels)], name);
        }
    }

    /// <summary>Without smoothing, a probability of 10⁻²² counts, wherever the logits lie.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-19)]
    [InlineData(-21)]
    [InlineData(-55)]
    [InlineData(59)]
    [InlineData(61)]
    public void A_shift_of_all_logits_changes_nothing(float shift)
    {
        SoftDiceOptions options = new(2) { Activation = SoftDiceActivation.Softmax, Epsilon = 0 };
        float[] logits = [shift, shift, shift - 50, shift - 50];
        double exact = SoftDiceReference.Loss<int>(options, logits, [0, 1], 1);
        double loss = SoftmaxWithoutSmoothing.Forward<int>(logits, [0, 1], 1);
        Assert.True(Math.Abs(loss - exact) <= 4 * FloatUlp * exact, $"{loss:R} instead of {exact:R}");
        Assert.InRange(exact, 24, 27);

        float[] gradient = new float[4];
        SoftmaxWithoutSmoothing.ForwardBackward<int>(logits, [0, 1], gradient, 1);
        double[] expected = SoftDiceReference.Gradient<int>(options, logits, [0, 1], 1);
        for (int i = 0; i < 4; i++)
        {
            Assert.True(Math.Abs(expected[i] - gradient[i]) <= 2e-6 * expected.Max(Math.Abs), $"slope {i}: {gradient[i]:R} instead of {expected[i]:R}");
        }
    }

    [Fact]
    public void Thousands_of_classes_are_as_exact_as_a_few()
    {
        SoftDiceOptions options = new(4096) { Activation = SoftDiceActivation.Softmax };
        float small = MathF.Log(0.505f / (1 << 23) / 4);
        float[] logits = [.. Enumerable.Range(0, 4096 * 2).Select(i => i < 2 ? 0 : small)];
        int[] labels = [0, 1];
        double exact = SoftDiceReference.Loss(options, logits, labels, 1);
        Assert.True(Math.Abs(Softmax4096.Forward<int>(logits, labels, 1) - exact) <= 80 * FloatUlp / 2 * Math.Max(1, exact));

        float[] rows = [.. Enumerable.Range(0, 4096 * 2).Select(i => logits[(i % 4096 * 2) + (i / 4096)])];
        Assert.True(Math.Abs(RowsSoftmax4096.Forward<int>(rows, labels, 1) - exact) <= 80 * FloatUlp / 2 * Math.Max(1, exact));
    }

    // An exponential is 1.02 ULP off. Their sum rounds 16 times within a block of classes and once for each block; the quotient and the
    // product once each; the sums of the loss 16 times: of the loss, and of the slopes, twice that as numerator and denominator.
    private static void AssertExact(TrainingKernel kernel, float[] logits, int[] labels, string name)
    {
        double bound = 2 * (2.04 + 16 + (kernel.NumClasses / 64) + 3 + 16) * (FloatUlp / 2);
        float[] gradient = new float[logits.Length];
        double loss = kernel.ForwardBackward<int>(logits, labels, gradient, 1);
        double exact = SoftDiceReference.Loss(kernel.Options, logits, labels, 1);
        Assert.True(Math.Abs(loss - exact) <= bound * Math.Max(1, exact), $"{name}: {loss:R} instead of {exact:R}");
        Accuracy.Remember(Math.Abs(loss - exact) / Math.Max(1, exact), "loss of equal pixels far from 0, softmax", name);

        double[] expected = SoftDiceReference.Gradient(kernel.Options, logits, labels, 1);
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - gradient[i]) <= 2e-6 * largest, $"{name}: slope {i} is {gradient[i]:R} instead of {expected[i]:R}");
            Accuracy.Remember(Math.Abs(expected[i] - gradient[i]) / largest, "gradient of equal pixels far from 0, softmax, relative to the largest", name);
        }
    }
}
