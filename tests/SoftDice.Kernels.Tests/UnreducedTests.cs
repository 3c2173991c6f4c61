using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Losses that are not one number: against the definition, against those that are, and against numbers worked by hand.</summary>
public sealed class UnreducedTests
{
    // Those of the sums over samples. I, P and T of the classes, image by image:
    // 0.5 1 1, 0.75 1 2, 0 0.75 0 and 1 1.25 2, 0 1 0, 0 0.75 1.
    private static readonly float[] Predictions =
    [
        0.5f, 0.25f, 0.25f, 0.25f, 0.25f, 0.5f, 0.25f, 0.5f, 0,
        0.75f, 0.25f, 0.25f, 0, 0.75f, 0.25f, 0.25f, 0, 0.5f,
    ];

    private static readonly byte[] Labels = [0, 1, 1, 0, 2, 0];

    private static readonly Dictionary<string, TrainingKernel> Kernels = new TrainingKernel[][]
    {
        Widths<Unreduced3, Unreduced3.Sums>(),
        Widths<UnreducedWeighted5, UnreducedWeighted5.Sums>(),
        Widths<UnreducedTargets5, UnreducedTargets5.Sums>(),
        Widths<Unreduced19, Unreduced19.Sums>(),
        Widths<UnreducedSquared5, UnreducedSquared5.Sums>(),
        Widths<UnreducedSoftmax3, UnreducedSoftmax3.Sums>(),
        Widths<UnreducedGeneralized5, UnreducedGeneralized5.Sums>(),
        Widths<UnreducedSample3, UnreducedSample3.Sums>(),
        Widths<UnreducedSample5, UnreducedSample5.Sums>(),
    }.SelectMany(kernels => kernels).ToDictionary(kernel => kernel.Name);

    public static TheoryData<string> All => [.. Kernels.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void Losses_and_gradient_are_those_of_the_definition(string name)
    {
        TrainingKernel kernel = Kernels[name];
        foreach (int pixels in new[] { 0, 1, kernel.Lanes, (2 * kernel.Lanes) + 1, 75 })
        {
            FamilyTests.CheckAgainstDefinition(kernel, 1, pixels);
            if (kernel.Options.SumsOver == SoftDiceSumsOver.Batch)
            {
                FamilyTests.CheckAgainstDefinition(kernel, 3, pixels);
            }
        }
    }

    [Fact]
    public void A_batch_has_the_losses_and_the_gradient_of_the_definition()
    {
        Check<Unreduced3, Unreduced3.Sums>(3);
        Check<UnreducedWeighted5, UnreducedWeighted5.Sums>(3);
        Check<UnreducedSoftmax3, UnreducedSoftmax3.Sums>(3);
        Check<UnreducedSquared5, UnreducedSquared5.Sums>(4);
        Check<UnreducedGeneralized5, UnreducedGeneralized5.Sums>(1);
        Check<UnreducedSample3, UnreducedSample3.Sums>(12);
        Check<UnreducedSample5, UnreducedSample5.Sums>(16);
        Check<UnreducedSampleSquare2, UnreducedSampleSquare2.Sums>(4);
    }

    [Fact]
    public void A_sum_is_none_with_factors_of_1()
    {
        double[] losses = new double[3];
        float[] gradient = new float[18];
        UnreducedSoftmax3.ForwardBackward<byte>(Predictions, Labels, gradient, losses, [1, 1, 1], 2);
        float[] expected = new float[18];
        Assert.Equal(Sum3.ForwardBackward<byte>(Predictions, Labels, expected, 2), losses.Sum(), 1e-15);
        Assert.Equal(expected, gradient);

        double[] ofImages = new double[6];
        UnreducedSample3.ForwardBackward<byte>(Predictions, Labels, gradient, ofImages, [1, 1, 1, 1, 1, 1], 2);
        Assert.Equal(PerSampleSum3.ForwardBackward<byte>(Predictions, Labels, expected, 2), ofImages.Sum(), 1e-14);
        Assert.Equal(expected, gradient);
    }

    [Fact]
    public void Losses_of_MONAI_with_reduction_none()
    {
        // DiceLoss, batch false: (B, C).
        double[] losses = new double[6];
        UnreducedSample3.Forward<byte>(Predictions, Labels, losses, 2);
        double[] expected =
        [
            .. new[] { (1.0, 2.0), (1.5, 3), (0, 0.75), (2, 3.25), (0, 1), (0, 1.75) }.Select(of => 1 - ((of.Item1 + 1e-5) / (of.Item2 + 1e-5))),
        ];
        AssertNear(expected, losses);

        // Batch true: (C).
        losses = new double[3];
        Unreduced3.Forward<byte>(Predictions, Labels, losses, 2);
        AssertNear([1 - ((3 + 1e-5) / (5.25 + 1e-5)), 1 - ((1.5 + 1e-5) / (4 + 1e-5)), 1 - (1e-5 / (2.5 + 1e-5))], losses);

        // GeneralizedDiceLoss, as published with its tests: (B).
        losses = new double[2];
        UnreducedSampleSquare2.Forward<byte>([-1, 0, 1, 1, 0, -1, 0, 0, 0, 0, 0, 0], [1, 0, 0, 1, 1, 0], losses, 2);
        Assert.Equal(0.273476, losses[0], 5e-7);
        Assert.Equal(0.555539, losses[1], 5e-7);
    }

    [Fact]
    public void The_definitions_gradient_is_the_central_difference_of_its_losses_times_their_factors()
    {
        foreach (SoftDiceOptions options in new[]
        {
            AttributeOptions.Of<UnreducedWeighted5>(), AttributeOptions.Of<UnreducedSample5>(), AttributeOptions.Of<UnreducedGeneralized5>(),
        })
        {
            Random random = new(4);
            float[] predictions = [.. Enumerable.Range(0, 60).Select(_ => MathF.Round(4096 * (random.NextSingle() - 0.5f)) / 1024)];
            int[] labels = [.. Enumerable.Range(0, 12).Select(_ => random.Next(5))];
            double[] upstream = [.. SoftDiceReference.Losses<int>(options, predictions, labels, 2).Select(_ => random.NextDouble() - 0.5)];
            double[] gradient = SoftDiceReference.Gradient<int>(options, predictions, labels, 2, upstream);
            for (int i = 0; i < predictions.Length; i++)
            {
                double coarse = Difference(i, 1f / 512);
                double fine = Difference(i, 1f / 1024);
                Assert.Equal(((4 * fine) - coarse) / 3, gradient[i], 1e-8);
            }

            double Difference(int i, float step) => (Total(i, step) - Total(i, -step)) / (2 * step);

            double Total(int i, float step)
            {
                float[] moved = [.. predictions];
                moved[i] += step;
                return SoftDiceReference.Losses<int>(options, moved, labels, 2).Zip(upstream, (loss, factor) => loss * factor).Sum();
            }
        }
    }

    [Fact]
    public void A_wrong_number_of_losses_or_factors_is_named_and_nothing_is_written()
    {
        float[] gradient = new float[18];
        double[] losses = new double[6];
        Unreduced3.Sums sums = default;
        AssertNamed("losses has 4 elements; this loss has 3, as its Reduction is None.", () => Unreduced3.Forward<byte>(Predictions, Labels, new double[4], 2));
        AssertNamed("losses has 2 elements; this loss has 3, as its Reduction is None.", () => sums.Losses(new double[2]));
        AssertNamed(
            "losses has 3 elements; this loss has 3 for each of 2 images, 6 in all, as its Reduction is None.",
            () => UnreducedSample3.ForwardBackward<byte>(Predictions, Labels, gradient, losses.AsSpan(0, 3), new double[6], 2));
        AssertNamed(
            "upstream has 3 elements; this loss has 3 for each of 2 images, 6 in all, as its Reduction is None.",
            () => UnreducedSample3.ForwardBackward<byte>(Predictions, Labels, gradient, losses, new double[3], 2));
        AssertNamed(
            "upstream has 0 elements; this loss has 3, as its Reduction is None.",
            () => Unreduced3.Backward<byte>(in sums, Predictions, Labels, gradient, [], 2));
        AssertNamed(
            "upstream has 4 elements; this loss has 1, as its Reduction is None.",
            () => UnreducedGeneralized5.Backward<Lanes128, byte>(default, new float[5], [0], gradient.AsSpan(0, 5), new double[4], 1));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => UnreducedSample3.ForwardBackward<byte>(Predictions, [0, 1, 1, 0, 2, 3], gradient, losses, new double[6], 2));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => UnreducedSample3.Backward<byte>(default, Predictions, Labels, gradient, new double[3], 2));
        Assert.All(gradient, slope => Assert.Equal(0, slope));
        Assert.All(losses, loss => Assert.Equal(0, loss));

        static void AssertNamed(string message, Action act) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(act).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_takes_no_place_of_losses_or_of_what_comes_from_upstream()
    {
        double[] arena = new double[64];
        float[] predictions = new float[30];
        byte[] labels = new byte[10];

        AssertNamed(
            "losses overlaps the gradient,",
            () => Unreduced3.ForwardBackward<byte>(predictions, labels, Floats(arena)[..30], arena.AsSpan(14, 3), arena.AsSpan(20, 3), 1));
        AssertNamed(
            "gradient overlaps upstream,",
            () => Unreduced3.ForwardBackward<byte>(predictions, labels, Floats(arena)[..30], arena.AsSpan(20, 3), arena.AsSpan(14, 3), 1));
        Unreduced3.Sums sums = default;
        AssertNamed(
            "gradient overlaps upstream,",
            () => Unreduced3.Backward<byte>(in sums, predictions, labels, Floats(arena)[..30], arena.AsSpan(0, 3), 1));
        Assert.All(arena, one => Assert.Equal(0, one));

        // Side by side they may lie.
        Unreduced3.ForwardBackward<byte>(predictions, labels, Floats(arena)[..30], arena.AsSpan(15, 3), arena.AsSpan(15, 3), 1);

        static Span<float> Floats(double[] arena) => System.Runtime.InteropServices.MemoryMarshal.Cast<double, float>(arena.AsSpan());

        static void AssertNamed(string message, Action act) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(act).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_definition_gives_losses_only_where_there_are_several_and_one_only_where_it_is_one()
    {
        SoftDiceOptions one = new(3);
        SoftDiceOptions several = one with { Reduction = SoftDiceReduction.None };
        Assert.Throws<ArgumentException>(() => SoftDiceReference.Losses<byte>(one, Predictions, Labels, 2));
        Assert.Throws<ArgumentException>(() => SoftDiceReference.Gradient<byte>(one, Predictions, Labels, 2, [1]));
        Assert.Throws<ArgumentException>(() => SoftDiceReference.Loss<byte>(several, Predictions, Labels, 2));
        Assert.Throws<ArgumentException>(() => SoftDiceReference.Gradient<byte>(several, Predictions, Labels, 2));
        Assert.Throws<ArgumentException>(() => SoftDiceReference.Gradient<byte>(several, Predictions, Labels, 2, [1, 2]));
    }

    [Fact]
    public void Empty_images_have_the_losses_of_nothing()
    {
        double[] losses = [9, 9, 9, 9, 9, 9];
        UnreducedSample3.ForwardBackward<byte>([], [], [], losses, losses, 2);
        Assert.All(losses, loss => Assert.Equal(0, loss));
        double[] ofStatic = [9, 9, 9];
        UnreducedStatic3.Forward<byte>([], [], ofStatic, 2);
        Assert.All(ofStatic, loss => Assert.Equal(0, loss));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits_and_no_call_after_the_first_allocates()
    {
        (float[] predictions, int[] labels) = TestData.Uniform(3, 3, 5003, 7);
        double[] upstream = [.. Enumerable.Range(0, 3 * 5003).Select(i => (i % 7) - 3.0)];
        double[] expectedLosses = new double[upstream.Length];
        float[] expected = new float[predictions.Length];
        UnreducedSample3.ForwardBackward<int>(predictions, labels, expected, expectedLosses, upstream, 5003);
        double[] losses = new double[upstream.Length];
        float[] gradient = new float[predictions.Length];
        long least = long.MaxValue;
        foreach (int degree in new[] { 1, 2, 3, 7, 16 })
        {
            long start = GC.GetAllocatedBytesForCurrentThread();
            UnreducedSample3.ForwardBackward<int>(predictions, labels, gradient, losses, upstream, 5003, degree);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - start);
            Assert.Equal(expectedLosses, losses);
            Assert.Equal(expected, gradient);
        }

        Assert.Equal(0, least);
    }

    private static void Check<TLoss, TSums>(int count)
        where TLoss : ISoftDiceUnreducedLoss<TSums>
        where TSums : struct, ISoftDiceUnreducedSums<TSums>
    {
        SoftDiceOptions options = AttributeOptions.Of<TLoss>();
        bool isLogits = options.Activation != SoftDiceActivation.None;
        Random random = new(count);
        float[] predictions = [.. Enumerable.Range(0, 4 * 41 * TSums.ClassCount).Select(_ => (isLogits ? 6 : 1) * random.NextSingle())];
        byte[] labels = [.. Enumerable.Range(0, 4 * 41).Select(_ => (byte)random.Next(TSums.ClassCount))];
        double[] upstream = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        double[] losses = new double[count];
        float[] gradient = new float[predictions.Length];
        TLoss.ForwardBackward<byte>(predictions, labels, gradient, losses, upstream, 4);
        double[] alone = new double[count];
        TLoss.Forward<byte>(predictions, labels, alone, 4);
        Assert.Equal(losses, alone);

        // The tests of one set of sums have the bounds; this is about which loss and which factor are whose.
        double[] expected = SoftDiceReference.Losses<byte>(options, predictions, labels, 4);
        Assert.Equal(count, expected.Length);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(expected[i], losses[i], 1e-5 * (1 + Math.Abs(expected[i])));
        }

        double[] slopes = SoftDiceReference.Gradient<byte>(options, predictions, labels, 4, upstream);
        double largest = slopes.Select(Math.Abs).Max();
        for (int i = 0; i < slopes.Length; i++)
        {
            Assert.Equal(slopes[i], gradient[i], 1e-5 * largest);
        }
    }

    private static TrainingKernel[] Widths<TLoss, TSums>()
        where TLoss : ISoftDiceUnreducedLoss<TSums>
        where TSums : struct, ISoftDiceUnreducedSums<TSums>
    {
        SoftDiceOptions options = AttributeOptions.Of<TLoss>();
        return
        [
            new UnreducedKernel<TLoss, TSums, Lanes512>(options),
            new UnreducedKernel<TLoss, TSums, Lanes256>(options),
            new UnreducedKernel<TLoss, TSums, Lanes128>(options),
            new UnreducedKernel<TLoss, TSums, ScalarLane>(options),
            new UnreducedKernel<TLoss, TSums, CheckingLanes>(options),
        ];
    }

    private static void AssertNear(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
}
