using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Targets of the predictions' shape where something is wrong, special, or at the end of memory.</summary>
public sealed class OneHotEdgeTests
{
    public static TheoryData<string> All => TrainingTable.OneHotNames(_ => true);

    public static TheoryData<string> Small => TrainingTable.OneHotNames(kernel => kernel.NumClasses <= 5);

    /// <summary>Each activation with one group of classes and with two.</summary>
    public static TheoryData<string> Few => TrainingTable.OneHotNames(kernel => kernel.NumClasses is 1 or 3 or 5);

    /// <summary>Without the lanes of these tests, which allocate.</summary>
    public static TheoryData<string> OfTheLibrary => TrainingTable.OneHotNames(kernel => kernel.Lanes != CheckingLanes.Count);

    [Theory]
    [MemberData(nameof(All))]
    public void A_wrong_target_is_found_at_every_position(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        int pixels = kernel.NumClasses > 19 ? kernel.Lanes + 1 : (2 * kernel.Lanes) + 3;
        byte[] targets = new byte[2 * kernel.NumClasses * pixels];

        // Each position, but with many classes each in the first and last of them only, and some in between.
        int step = kernel.NumClasses > 19 ? 37 : 1;
        foreach (int bad in Enumerable.Range(0, targets.Length).Where(i => i % step == 0 || i >= targets.Length - kernel.Lanes))
        {
            targets[bad] = (byte)(bad % 2 == 0 ? 2 : 255);
            AssertFound(kernel, targets, 2, bad);
            targets[bad] = 0;
        }
    }

    [Theory]
    [MemberData(nameof(Few))]
    public void Everything_that_is_not_from_0_to_1_is_wrong_in_a_vector_and_in_the_tail(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        float[] values =
        [
            float.NaN, -float.NaN, BitConverter.UInt32BitsToSingle(0x7F800001), float.PositiveInfinity, float.NegativeInfinity,
            MathF.BitIncrement(1), 2, 255, 256, -float.Epsilon, -0.5f, -1, float.MaxValue, float.MinValue,
        ];
        float[] targets = new float[kernel.NumClasses * ((2 * kernel.Lanes) + 3)];
        foreach (float value in values)
        {
            // Beside a target of -0, which is right but has the kernel look again.
            foreach (int bad in new[] { 0, targets.Length / 2, targets.Length - 1 })
            {
                Array.Fill(targets, -0f);
                targets[bad] = value;
                AssertFound(kernel, targets, 1, bad);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void Every_target_from_0_to_1_is_right_and_minus_0_is_0(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        float[] predictions = kernel.Batch(1, 1, kernel.Lanes + 1).Predictions;
        float[] values = [0, float.Epsilon, 1.1754944e-38f, 0.5f, MathF.BitDecrement(1), 1];
        float[] targets = [.. predictions.Select((_, i) => values[i % values.Length])];
        float[] ofZeros = new float[predictions.Length];
        float[] ofMinusZeros = new float[predictions.Length];
        double loss = kernel.ForwardBackward<float>(predictions, targets, ofZeros, 1);
        targets = [.. targets.Select(target => target == 0 ? -0f : target)];
        Assert.Equal(loss, kernel.ForwardBackward<float>(predictions, targets, ofMinusZeros, 1));
        Assert.Equal(ofZeros, ofMinusZeros);
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void Special_values_give_what_the_definition_gives(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        int pixels = kernel.Lanes + 1;
        float[] values = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 88, MathF.BitIncrement(88), 89, 1e4f];

        // Probabilities are not negative, and a sum of floats need not hold the largest.
        float[] ofLogits = kernel.Options.Activation == SoftDiceActivation.None
            ? []
            : [-1e4f, -88, MathF.BitDecrement(-88), -89, -104.5f, float.MaxValue, float.MinValue];
        foreach (float value in values.Concat(ofLogits))
        {
            foreach (int where in Enumerable.Range(0, kernel.NumClasses * pixels).Append(-1))
            {
                (float[] predictions, float[] targets) = OneHotData.Soft(kernel, 2, 1, pixels);
                for (int c = 0; c < kernel.NumClasses; c++)
                {
                    // At one place, or in all classes of the first pixel.
                    predictions[where >= 0 ? where : c * pixels] = value;
                }

                AssertAsDefined(kernel, predictions, targets, $"{name}, {value} at {where}");
            }
        }
    }

    [Fact]
    public void An_infinite_probability_gives_nan_whatever_the_targets()
    {
        foreach (string name in TrainingTable.OneHotNames(kernel => kernel.Options.Activation == SoftDiceActivation.None))
        {
            TrainingKernel kernel = TrainingTable.Find(name);
            foreach (byte target in new byte[] { 0, 1 })
            {
                float[] predictions = new float[kernel.NumClasses * (kernel.Lanes + 1)];
                byte[] targets = new byte[predictions.Length];
                foreach (int where in new[] { 0, predictions.Length - 1 })
                {
                    foreach (float infinity in new[] { float.PositiveInfinity, float.NegativeInfinity })
                    {
                        Array.Fill(targets, target);
                        Array.Fill(predictions, 0.5f);
                        predictions[where] = infinity;
                        Assert.Equal(double.NaN, kernel.Forward<byte>(predictions, targets, 1));
                        Assert.Equal(double.NaN, SoftDiceReference.Loss<byte>(kernel.Options, predictions, targets, 1));
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Empty_input_costs_nothing(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        Assert.Equal(0, kernel.Forward<byte>([], [], 1));
        Assert.Equal(0, kernel.Forward<float>([], [], 7));
        Assert.Equal(0, kernel.ForwardBackward<byte>([], [], [], 3));
        Assert.Equal(0, SoftDiceReference.Loss<byte>(kernel.Options, [], [], 7));
        Assert.Empty(SoftDiceReference.Gradient<byte>(kernel.Options, [], [], 7));
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
            using GuardedMemory targets = new((nuint)(count * sizeof(float)));
            using GuardedMemory gradient = new((nuint)(count * sizeof(float)));
            double atEnd = kernel.ForwardBackward<byte>(
                predictions.AtEnd<float>(count), targets.AtEnd<byte>(count), gradient.AtEnd<float>(count), 1);
            Assert.Equal(atEnd, kernel.ForwardBackward<float>(
                predictions.AtEnd<float>(count), targets.AtEnd<float>(count), gradient.AtEnd<float>(count), 1));
            Assert.Equal(atEnd, kernel.ForwardBackward<float>(
                predictions.AtStart<float>(count), targets.AtStart<float>(count), gradient.AtStart<float>(count), 1));
            Assert.Equal(atEnd, kernel.ForwardBackward<byte>(
                predictions.AtStart<float>(count), targets.AtStart<byte>(count), gradient.AtStart<float>(count), 1));
        }
    }

    [Theory]
    [MemberData(nameof(OfTheLibrary))]
    public void Nothing_is_allocated(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        (float[] predictions, float[] floats) = OneHotData.Soft(kernel, 8, 1, kernel.Lanes + 3);
        floats[0] = -0f;
        byte[] bytes = new byte[floats.Length];
        float[] gradient = new float[predictions.Length];
        long least = long.MaxValue;
        for (int call = 0; call < 6; call++)
        {
            long start = GC.GetAllocatedBytesForCurrentThread();
            kernel.ForwardBackward<byte>(predictions, bytes, gradient, 1);
            kernel.ForwardBackward<float>(predictions, floats, gradient, 1);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - start);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [MemberData(nameof(Few))]
    public void Wrong_lengths_types_and_places_are_named_and_nothing_is_written(string name)
    {
        TrainingKernel kernel = TrainingTable.Find(name);
        int length = 2 * kernel.NumClasses * (kernel.Lanes + 3);
        float[] memory = [.. Enumerable.Repeat(0.5f, (3 * length) + 1)];
        byte[] bytes = new byte[length];
        AssertMessage<ArgumentException>(
            $"labels has {length - 1} elements; a one-hot or soft target is one for each of the {length} predictions.",
            () => kernel.ForwardBackward<byte>(memory.AsSpan(0, length), bytes.AsSpan(1), memory.AsSpan(length, length), 2));
        AssertMessage<ArgumentException>(
            $"predictions has {length} elements, which do not divide into batchSize = {length + 1} images of {kernel.NumClasses} classes.",
            () => kernel.ForwardBackward<byte>(memory.AsSpan(0, length), bytes, memory.AsSpan(length, length), length + 1));
        AssertMessage<ArgumentOutOfRangeException>(
            "batchSize is 0; it is the number of images, at least 1.",
            () => kernel.ForwardBackward<byte>(memory.AsSpan(0, length), bytes, memory.AsSpan(length, length), 0));
        AssertMessage<ArgumentException>(
            "gradient overlaps the labels, which are still read while it is written.",
            () => kernel.ForwardBackward<float>(memory.AsSpan(0, length), memory.AsSpan(length, length), memory.AsSpan(length, length), 2));
        AssertMessage<ArgumentException>(
            "gradient overlaps the labels, which are still read while it is written.",
            () => kernel.ForwardBackward<float>(memory.AsSpan(0, length), memory.AsSpan(length, length), memory.AsSpan((2 * length) - 1, length), 2));

        AssertUnsupported<sbyte>();
        AssertUnsupported<int>();
        AssertUnsupported<long>();
        AssertUnsupported<double>();
        AssertUnsupported<bool>();
        Assert.All(memory, value => Assert.Equal(0.5f, value));

        void AssertUnsupported<TLabel>()
            where TLabel : unmanaged
        {
            string message = $"Targets of type {typeof(TLabel)} are not supported. With Labels = OneHot, use byte or float.";
            AssertMessage<NotSupportedException>(
                message, () => kernel.Forward<TLabel>(memory.AsSpan(0, length), new TLabel[length], 2));
            AssertMessage<NotSupportedException>(
                message, () => kernel.Backward<TLabel>(memory.AsSpan(0, length), new TLabel[length], memory.AsSpan(length, length)));
        }

        static void AssertMessage<TException>(string start, Action act)
            where TException : Exception =>
            Assert.StartsWith(start, Assert.Throws<TException>(act).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Predictions_may_be_their_own_targets_where_the_gradient_is_apart(int pixels)
    {
        float[] memory = [.. Enumerable.Range(0, 5 * pixels).Select(i => i / (5f * pixels))];
        float[] gradient = new float[memory.Length];
        Assert.Equal(
            SoftDiceReference.Loss<float>(Options, memory, memory, 1), OneHotNone5.ForwardBackward<float>(memory, memory, gradient, 1), 1e-6);
    }

    [Fact]
    public void A_batch_and_its_images_one_by_one_give_the_same_bits()
    {
        AssertAdds<OneHotNone3, OneHotNone3.Sums>();
        AssertAdds<OneHotSoftmax5, OneHotSoftmax5.Sums>();
        AssertAdds<OneHotSigmoid19, OneHotSigmoid19.Sums>();

        static void AssertAdds<TLoss, TSums>()
            where TLoss : ISoftDiceLoss<TSums>
            where TSums : struct, ISoftDiceSums<TSums>
        {
            TrainingKernel kernel = TrainingTable.Find($"{typeof(TLoss).Name} ScalarLane");
            (float[] predictions, float[] targets) = OneHotData.Soft(kernel, 3, 4, 301);

            // Of all magnitudes, so that the order of additions shows.
            for (int i = 0; i < predictions.Length; i++)
            {
                predictions[i] *= kernel.Options.Activation == SoftDiceActivation.None ? MathF.ScaleB(1, -(i * 7 % 70)) : 10;
            }

            TSums together = default;
            TLoss.Accumulate<float>(ref together, predictions, targets, 4);
            TSums oneByOne = default;
            int length = predictions.Length / 4;
            for (int start = 0; start < predictions.Length; start += length)
            {
                TLoss.Accumulate<float>(ref oneByOne, predictions.AsSpan(start, length), targets.AsSpan(start, length), 1);
            }

            Assert.True(together.Equals(oneByOne));
        }
    }

    private static SoftDiceOptions Options { get; } = new(5) { Labels = SoftDiceLabels.OneHot };

    // From Forward, Backward and the definition alike, and nothing is written.
    private static void AssertFound<TLabel>(TrainingKernel kernel, TLabel[] targets, int batchSize, int bad)
        where TLabel : unmanaged, System.Numerics.INumber<TLabel>
    {
        int pixels = targets.Length / batchSize / kernel.NumClasses;
        float[] predictions = new float[targets.Length];
        float[] gradient = new float[targets.Length];
        string shown = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{targets[bad]}");
        string message =
            $"labels[{bad}] is {shown} (image {bad / pixels / kernel.NumClasses}, class {bad / pixels % kernel.NumClasses}, " +
            $"pixel {bad % pixels}); here a label is how much the pixel belongs to the class, 0 to 1.";
        AssertThrows(() => kernel.AssertSumsStay<TLabel>(predictions, targets, batchSize));
        AssertThrows(() => kernel.Backward<TLabel>(predictions, targets, gradient, batchSize));
        AssertThrows(() => SoftDiceReference.Loss<TLabel>(kernel.Options, predictions, targets, batchSize));
        Assert.Equal(-1, gradient.AsSpan().IndexOfAnyExcept(0));

        void AssertThrows(Action act)
        {
            ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(act);
            Assert.Equal("labels", thrown.ParamName);
            Assert.Equal(targets[bad], Assert.IsType<TLabel>(thrown.ActualValue));
            Assert.StartsWith(message, thrown.Message, StringComparison.Ordinal);
        }
    }

    private static void AssertAsDefined(TrainingKernel kernel, float[] predictions, float[] targets, string name)
    {
        float[] gradient = new float[predictions.Length];
        double loss = kernel.ForwardBackward<float>(predictions, targets, gradient, 1);
        double exact = SoftDiceReference.Loss<float>(kernel.Options, predictions, targets, 1);
        Assert.True(double.IsNaN(exact) == double.IsNaN(loss), $"{name}: {loss:R} instead of {exact:R}");
        if (!double.IsNaN(exact))
        {
            double bound = new OneHotBounds(kernel, predictions, targets, 1).LossError;
            Assert.True(Math.Abs(loss - exact) <= bound, $"{name}: {loss:R} instead of {exact:R}, bound {bound:E2}");
        }

        double[] expected = SoftDiceReference.Gradient<float>(kernel.Options, predictions, targets, 1);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                double.IsNaN(expected[i]) == float.IsNaN(gradient[i]), $"{name}: slope {i} is {gradient[i]:R} instead of {expected[i]:R}");
        }
    }
}
