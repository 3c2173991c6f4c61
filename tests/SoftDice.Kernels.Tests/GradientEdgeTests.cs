using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Gradients and activations where something is wrong, special, or at the end of memory.</summary>
public sealed class GradientEdgeTests
{
    private const double FloatUlp = 1.0 / (1 << 23);

    public static TheoryData<string> All => TrainingTable.Names(_ => true);

    /// <summary>Without the lanes of these tests, which allocate.</summary>
    public static TheoryData<string> OfTheLibrary => TrainingTable.Names(kernel => kernel.Lanes != CheckingLanes.Count);

    /// <summary>Without an activation the gradient depends on the predictions through the sums only.</summary>
    public static TheoryData<string> SmallWithActivation =>
        TrainingTable.Names(kernel => kernel.NumClasses is <= 5 or 16 && kernel.Options.Activation != SoftDiceActivation.None);

    public static TheoryData<string> Small => TrainingTable.Names(kernel => kernel.NumClasses <= 5);

    [Theory]
    [MemberData(nameof(Small))]
    public void A_label_that_is_no_class_is_found_at_every_position(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        const int Pixels = 51;
        float[] gradient = new float[kernel.NumClasses * Pixels];
        for (int bad = 0; bad < Pixels; bad++)
        {
            byte[] labels = new byte[Pixels];
            labels[bad] = (byte)kernel.LabelValues;
            Assert.StartsWith(
                $"labels[{bad}] is {kernel.LabelValues} ",
                Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Forward<byte>(new float[gradient.Length], labels, 1)).Message,
                StringComparison.Ordinal);
            Assert.StartsWith(
                $"labels[{bad}] is {kernel.LabelValues} ",
                Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Backward<byte>(new float[gradient.Length], labels, gradient)).Message,
                StringComparison.Ordinal);
        }

        Assert.All(gradient, slope => Assert.Equal(0, slope));
    }

    [Theory]
    [MemberData(nameof(SmallWithActivation))]
    public void Special_values_give_what_the_definition_gives(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        int pixels = kernel.Lanes + 1;
        float[] values =
            [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e4f, -1e4f, 88, -88, 89, -89, float.MaxValue, float.MinValue, -104.5f];
        foreach (float value in values)
        {
            foreach (int where in Enumerable.Range(0, kernel.NumClasses * pixels).Append(-1))
            {
                (float[] logits, int[] labels) = kernel.Batch(2, 1, pixels);
                for (int c = 0; c < kernel.NumClasses; c++)
                {
                    // At one place, or in all classes of the first pixel.
                    int index = where >= 0 ? where : kernel.IndexOf(c, 0, pixels);
                    logits[index] = value;
                }

                float[] gradient = new float[logits.Length];
                double loss = kernel.ForwardBackward<int>(logits, labels, gradient, 1);
                double exact = SoftDiceReference.Loss(kernel.Options, logits, labels, 1);
                Assert.True(
                    loss.Equals(exact) || Math.Abs(loss - exact) <= 4 * FloatUlp * Math.Max(1, exact),
                    $"{name}, {value} at {where}: {loss:R} instead of {exact:R}");
                double[] expected = SoftDiceReference.Gradient(kernel.Options, logits, labels, 1);
                for (int i = 0; i < expected.Length; i++)
                {
                    Assert.True(
                        double.IsNaN(expected[i]) == float.IsNaN(gradient[i]),
                        $"{name}, {value} at {where}: slope {i} is {gradient[i]:R} instead of {expected[i]:R}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_is_read_or_written_outside_the_spans(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        foreach (int pixels in new[] { 0, 1, kernel.Lanes, kernel.Lanes + 1, kernel.ScratchPixels + 1 }.Where(n => n * kernel.NumClasses < 20000))
        {
            int count = pixels * kernel.NumClasses;
            using GuardedMemory predictions = new((nuint)(count * sizeof(float)));
            using GuardedMemory labels = new((nuint)(pixels * sizeof(float)));
            using GuardedMemory gradient = new((nuint)(count * sizeof(float)));
            double atEnd = kernel.ForwardBackward<byte>(
                predictions.AtEnd<float>(count), labels.AtEnd<byte>(pixels), gradient.AtEnd<float>(count), 1);
            double atStart = kernel.ForwardBackward<float>(
                predictions.AtStart<float>(count), labels.AtStart<float>(pixels), gradient.AtStart<float>(count), 1);
            Assert.Equal(atEnd, atStart);
        }
    }

    [Fact]
    public void Two_losses_in_turn_allocate_nothing()
    {
        long least = long.MaxValue;
        float[] three = new float[3 * 40];
        float[] many = new float[150 * 40];
        byte[] labels = new byte[40];
        for (int call = 0; call < 6; call++)
        {
            long start = GC.GetAllocatedBytesForCurrentThread();
            Softmax3.ForwardBackward<byte>(three, labels, three, 1);
            Softmax150.ForwardBackward<byte>(many, labels, many, 1);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - start);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void A_gradient_of_more_than_two_gigabytes_is_checked_by_address() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            // Nothing of this memory is touched before the label is refused.
            float[] predictions = GC.AllocateUninitializedArray<float>(540_000_000);
            byte[] labels = GC.AllocateUninitializedArray<byte>(540_000_000);
            labels.AsSpan().Fill(1);
            Loss1.Sums sums = default;
            Loss1.Backward<byte>(in sums, predictions, labels, predictions, 1);
        });

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
            "gradient begins 4 bytes after the predictions and overlaps them;",
            () => kernel.ForwardBackward<byte>(memory.AsSpan(0, length), labels, memory.AsSpan(1, length), 1));
        AssertMessage<ArgumentException>(
            "gradient begins -4 bytes after the predictions and overlaps them;",
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

    [Theory]
    [MemberData(nameof(SmallWithActivation))]
    public void A_pixel_that_nothing_changes_has_a_gradient_of_exactly_zero(string name)
    {
        // Its probabilities are exactly 0 and 1, and with one class of softmax every pixel's is 1.
        TrainingKernel kernel = TrainingTable.Find(name);
        bool isOneOfSoftmax = kernel.NumClasses == 1 && kernel.Options.Activation == SoftDiceActivation.Softmax;
        int pixels = kernel.Lanes + 3;
        foreach (int certain in new[] { 0, kernel.Lanes - 1, pixels - 1 })
        {
            (float[] logits, int[] labels) = kernel.Batch(12, 1, pixels);
            for (int c = 0; c < kernel.NumClasses; c++)
            {
                logits[kernel.IndexOf(c, certain, pixels)] = c == kernel.NumClasses / 2 ? 200 : -200;
            }

            float[] gradient = new float[logits.Length];
            kernel.ForwardBackward<int>(logits, labels, gradient, 1);
            for (int i = 0; i < gradient.Length; i++)
            {
                Assert.True(
                    (gradient[i] == 0) == (kernel.PlaceOf(i, pixels).Pixel == certain || isOneOfSoftmax),
                    $"{name}: slope of element {i} is {gradient[i]:R}; pixel {certain} is certain");
            }
        }
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
    [MemberData(nameof(OfTheLibrary))]
    public void Nothing_is_allocated(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
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
}
