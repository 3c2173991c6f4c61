using System;
using System.Linq;
using System.Numerics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The ignored label in every type that labels have, wrong labels beside it, and memory.</summary>
public sealed class IgnoreEdgeTests
{
    // Of any type: classes, labels that are ignored somewhere, and what becomes one of these if half of it is lost.
    private static readonly double[] Values =
    [
        0, 1, 2, 3, -1, -2, -100, 18, 127, 128, 255, 256, -128, -256, 32767, 65535, 65536, 16777216, 16777217, 16777218, int.MaxValue, int.MinValue,
        2147483648, 4294967295, 4294967196, 4294967296, 4294967297, 4294967551, -4294967296, -4294967297, -2147483649, 6442450944, 0.5, -0.5,
        254.5, -99.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e20, -1e20,
    ];

    public static TheoryData<string> Small => IgnoreTable.Names(kernel => kernel.NumClasses <= 5);

    /// <summary>Without the lanes of these tests, which allocate.</summary>
    public static TheoryData<string> OfTheLibrary => IgnoreTable.Names(kernel => kernel.Lanes != CheckingLanes.Count);

    [Theory]
    [MemberData(nameof(Small))]
    public void A_label_is_a_class_or_ignored_or_wrong_whatever_its_type(string name)
    {
        TrainingKernel kernel = IgnoreTable.Find(name);
        AssertAll<byte>(kernel);
        AssertAll<sbyte>(kernel);
        AssertAll<short>(kernel);
        AssertAll<ushort>(kernel);
        AssertAll<int>(kernel);
        AssertAll<uint>(kernel);
        AssertAll<long>(kernel);
        AssertAll<float>(kernel);
        AssertOne<long>(kernel, long.MinValue, isRight: false);
        AssertOne<long>(kernel, long.MaxValue, isRight: false);
    }

    [Fact]
    public void A_wrong_label_is_named_with_what_is_right()
    {
        AssertMessage<Ignore3, Ignore3.Sums>(3, "labels[4] is 3 (image 0, pixel 4); here a label is 0 to 2, or 255, which is ignored.");
        AssertMessage<Ignore5, Ignore5.Sums>(-1, "labels[4] is -1 (image 0, pixel 4); here a label is 0 to 4, or -100, which is ignored.");
        AssertMessage<IgnoreClass1Of3, IgnoreClass1Of3.Sums>(
            int.MinValue, "labels[4] is -2147483648 (image 0, pixel 4); here a label is 0 to 2, of which 1 is ignored.");
        AssertMessage<IgnoreSigmoid1, IgnoreSigmoid1.Sums>(2, "labels[4] is 2 (image 0, pixel 4); here a label is 0 to 1, or 255, which is ignored.");
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(
            () => SoftDiceReference.Loss<byte>(AttributeOptions.Of<Ignore3>(), new float[9], [255, 0, 254], 1));
        Assert.StartsWith(
            "labels[2] is 254 (image 0, pixel 2); here a label is 0 to 2, or 255, which is ignored.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_definition_refuses_an_ignored_class_index_where_labels_are_targets()
    {
        SoftDiceOptions options = new(1) { Labels = SoftDiceLabels.OneHot, IgnoreIndex = 255 };
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => SoftDiceReference.Loss<float>(options, [1], [1], 1));
        Assert.StartsWith("IgnoreIndex is a class index, and with Labels = OneHot labels are none.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cross_entropy_is_the_mean_over_the_pixels_that_take_part()
    {
        // Pixels of the labels 1, ignored, 0, with even odds for what is not ignored: ln 3 each, whatever their number.
        float[] logits = [2, float.NaN, -1, 2, float.PositiveInfinity, -1, 2, -1e30f, -1];
        int[] labels = [1, -100, 0];
        IgnoreCrossEntropy3.Sums sums = default;
        IgnoreCrossEntropy3.Accumulate<int>(ref sums, logits, labels, 1);
        Assert.Equal(2, sums.CrossEntropyWeight);
        Assert.Equal(Math.Log(3), sums.CrossEntropyLoss(), 1e-6);

        // Weights of torch: of the labels that count, 4 and 1.
        IgnoreWeightedSmoothed3.Sums weighted = default;
        IgnoreWeightedSmoothed3.Accumulate<int>(ref weighted, logits, [1, 255, 0], 1);
        Assert.Equal(5, weighted.CrossEntropyWeight);
    }

    [Fact]
    public void The_binary_cross_entropy_is_the_mean_over_the_elements_that_take_part()
    {
        // Three pixels, of which the second is ignored: ln 2 wherever the logit is 0; ln 4 at the first pixel's class, whose logit is ln 1/3,
        // and ln 4/3 where another class has it.
        float third = MathF.Log(1 / 3f);
        float[] logits = [third, float.NaN, 0, 0, float.PositiveInfinity, third, 0, -1e30f, 0];
        IgnoreBinaryEntropy3.Sums sums = default;
        IgnoreBinaryEntropy3.Accumulate<int>(ref sums, logits, [0, -100, 2], 1);
        Assert.Equal(6, sums.CrossEntropyWeight);
        Assert.Equal((Math.Log(4) + Math.Log(4 / 3.0) + (4 * Math.Log(2))) / 6, sums.CrossEntropyLoss(), 1e-6);

        // In groups of classes, and of one channel, whose background has no class.
        IgnoreBinaryEntropySmoothed5.Sums groups = default;
        IgnoreBinaryEntropySmoothed5.Accumulate<int>(ref groups, new float[15], [0, 255, 2], 1);
        Assert.Equal(10, groups.CrossEntropyWeight);
        Assert.Equal((1 + 2 + 0.3 + 0 + 4) / 5 * Math.Log(2), groups.CrossEntropyLoss(), 1e-6);
        IgnoreBinaryEntropy1.Sums one = default;
        IgnoreBinaryEntropy1.Accumulate<int>(ref one, [third, float.NaN, 0, third], [1, 255, 255, 0], 1);
        Assert.Equal(2, one.CrossEntropyWeight);
        Assert.Equal((Math.Log(4) + Math.Log(4 / 3.0)) / 2, one.CrossEntropyLoss(), 1e-6);
    }

    [Fact]
    public void A_probability_that_is_no_float_beside_an_ignored_pixel_is_as_exact()
    {
        // The label's logit is 200 below the other's, so that the chain is done again pixel by pixel.
        float[] logits = [.. Enumerable.Range(0, 3 * 40).Select(i => i < 40 ? 200f : i < 80 ? 0 : -50)];
        int[] labels = [.. Enumerable.Range(0, 40).Select(i => i % 3 == 0 ? -100 : 1)];
        for (int i = 0; i < 40; i += 3)
        {
            (logits[i], logits[40 + i], logits[80 + i]) = (float.NaN, float.NegativeInfinity, float.PositiveInfinity);
        }

        IgnoreCrossEntropy3.Sums sums = default;
        IgnoreCrossEntropy3.Accumulate<int>(ref sums, logits, labels, 1);
        Assert.Equal(200, sums.CrossEntropyLoss(), 1e-4);
    }

    [Fact]
    public void The_attribute_knows_whether_it_was_given_an_ignored_label()
    {
        SoftDiceLossAttribute attribute = new() { NumClasses = 3 };
        Assert.False(attribute.HasIgnoreIndex);
        Assert.Equal(0, attribute.IgnoreIndex);
        attribute.IgnoreIndex = 0;
        Assert.True(attribute.HasIgnoreIndex);
    }

    [Theory]
    [MemberData(nameof(OfTheLibrary))]
    public void Nothing_outside_is_read_or_written_and_nothing_is_allocated(string name)
    {
        TrainingKernel kernel = IgnoreTable.Find(name);
        foreach (int pixels in new[] { 1, kernel.Lanes, kernel.Lanes + 1, (18 * kernel.Lanes) - 1 })
        {
            AssertContained<int>(kernel, pixels);
            AssertContained<long>(kernel, pixels);
            AssertContained<float>(kernel, pixels);
        }
    }

    private static void AssertAll<TLabel>(TrainingKernel kernel)
        where TLabel : unmanaged, INumber<TLabel>
    {
        foreach (double value in Values)
        {
            // Those that the type has.
            if (typeof(TLabel) == typeof(float) ? !((float)value).Equals(value) : !(double.CreateSaturating(TLabel.CreateSaturating(value)) == value))
            {
                continue;
            }

            bool isRight = value == kernel.Options.IgnoreIndex || (value >= 0 && value < kernel.LabelValues && value == Math.Floor(value));
            AssertOne(kernel, TLabel.CreateSaturating(value), isRight);
        }
    }

    private static void AssertOne<TLabel>(TrainingKernel kernel, TLabel value, bool isRight)
        where TLabel : unmanaged, INumber<TLabel>
    {
        const int Pixels = 21;
        foreach (int place in new[] { 0, 7, 15, 16, 20 })
        {
            TLabel[] labels = new TLabel[Pixels];
            labels[place] = value;
            float[] predictions = [.. Enumerable.Range(1, Pixels * kernel.NumClasses).Select(i => i / 128f)];
            float[] gradient = new float[predictions.Length];
            if (isRight)
            {
                double expected = SoftDiceReference.Loss<TLabel>(kernel.Options, predictions, labels, 1);
                Assert.Equal(expected, kernel.ForwardBackward<TLabel>(predictions, labels, gradient, 1), 4e-6);
                bool isIgnored = double.CreateSaturating(value) == kernel.Options.IgnoreIndex;
                Assert.All(Enumerable.Range(0, kernel.NumClasses), c => Assert.True(!isIgnored || gradient[(c * Pixels) + place] == 0));
                continue;
            }

            string start = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"labels[{place}] is {value} (");
            Assert.StartsWith(
                start,
                Assert.Throws<ArgumentOutOfRangeException>(() => kernel.AssertSumsStay<TLabel>(predictions, labels, 1)).Message,
                StringComparison.Ordinal);
            Assert.StartsWith(
                start,
                Assert.Throws<ArgumentOutOfRangeException>(() => kernel.Backward<TLabel>(predictions, labels, gradient)).Message,
                StringComparison.Ordinal);
            Assert.All(gradient, slope => Assert.Equal(0, slope));
        }
    }

    private static void AssertMessage<TLoss, TSums>(int label, string message)
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums>
    {
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(
            () => TLoss.Forward<int>(new float[5 * TSums.ClassCount], [0, 0, 0, 0, label], 1));
        Assert.StartsWith(message, thrown.Message, StringComparison.Ordinal);
    }

    private static void AssertContained<TLabel>(TrainingKernel kernel, int pixels)
        where TLabel : unmanaged, INumber<TLabel>
    {
        int count = 2 * pixels * kernel.NumClasses;
        using GuardedMemory predictions = new((nuint)(count * sizeof(float)));
        using GuardedMemory gradient = new((nuint)(count * sizeof(float)));
        using GuardedMemory labels = new((nuint)(2 * pixels * 8));
        Assert.Equal(
            Loss(predictions.AtEnd<float>(count), labels.AtEnd<TLabel>(2 * pixels), gradient.AtEnd<float>(count)),
            Loss(predictions.AtStart<float>(count), labels.AtStart<TLabel>(2 * pixels), gradient.AtStart<float>(count)));

        double Loss(Span<float> values, Span<TLabel> classes, Span<float> slopes)
        {
            values.Fill(0.5f);
            classes.Clear();
            classes[0] = TLabel.CreateSaturating(kernel.Options.IgnoreIndex!.Value);
            classes[0] = double.CreateSaturating(classes[0]) == kernel.Options.IgnoreIndex ? classes[0] : TLabel.Zero;
            double loss = 0;
            long least = long.MaxValue;
            for (int call = 0; call < 6 && least > 0; call++)
            {
                long start = GC.GetAllocatedBytesForCurrentThread();
                loss = kernel.ForwardBackward<TLabel>(values, classes, slopes, 2);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - start);
            }

            Assert.Equal(0, least);
            return loss;
        }
    }
}
