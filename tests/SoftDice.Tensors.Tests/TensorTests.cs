using System;
using System.Buffers;
using System.Globalization;
using System.Linq;
using System.Numerics.Tensors;
using System.Threading;

using Xunit;

namespace SoftDice.Tensors.Tests;

/// <summary>Tensors give what spans over the same memory give, and shapes that do not fit are named.</summary>
public sealed class TensorTests
{
    /// <summary>Shapes of predictions of 3 classes: no image, no pixels, and 0 to 4 spatial dimensions.</summary>
    public static TheoryData<string> Shapes =>
    [
        "2, 3",
        "4, 3, 17",
        "2, 3, 5, 7",
        "1, 3, 3, 4, 5",
        "2, 3, 2, 3, 2, 5",
        "0, 3, 5, 7",
        "2, 3, 0, 7",
    ];

    [Fact]
    public void Classes_may_be_the_last_dimension()
    {
        float[] predictions = [.. Enumerable.Range(0, 2 * 5 * 7 * 3).Select(i => (i * 37 % 101) / 101f)];
        byte[] labels = [.. Enumerable.Range(0, 2 * 5 * 7).Select(i => (byte)(i * 11 % 3))];
        double loss = LastLoss.Forward<byte>(predictions, labels, 2);
        ReadOnlyTensorSpan<float> p = new(predictions, [2, 5, 7, 3]);
        Assert.Equal(loss, LastLoss.Forward(p, new ReadOnlyTensorSpan<byte>(labels, [2, 5, 7])));
        Assert.Equal(loss, LastLoss.Forward(p, new ReadOnlyTensorSpan<byte>(labels, [2, 5, 7, 1])));

        string message = Assert.Throws<ArgumentException>(
            () => LastLoss.Forward(new ReadOnlyTensorSpan<float>(predictions, [2, 3, 5, 7]), new ReadOnlyTensorSpan<byte>(labels, [2, 5, 7]))).Message;
        Assert.StartsWith(
            "predictions has the shape (2, 3, 5, 7); predictions are (batch, spatial dimensions, class), and the last is 3 here.",
            message,
            StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(
            () => LastLoss.Forward(new ReadOnlyTensorSpan<float>(predictions, [2, 5, 7, 3]), new ReadOnlyTensorSpan<byte>(labels, [2, 1, 5, 7]))).Message;
        Assert.StartsWith(
            "labels has the shape (2, 1, 5, 7); for predictions of (2, 5, 7, 3), class indices are (2, 5, 7) or (2, 5, 7, 1).",
            message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(
            () => LastBinaryLoss.Forward(new ReadOnlyTensorSpan<float>(new float[6], [2, 1, 3]), new ReadOnlyTensorSpan<byte>(new byte[6], [2, 3])));
    }

    [Fact]
    public void Tensors_of_Halfs_give_what_spans_give()
    {
        Half[] predictions = [.. Enumerable.Range(0, 2 * 3 * 35).Select(i => (Half)((i * 37 % 101) / 101f))];
        byte[] labels = [.. Enumerable.Range(0, 2 * 35).Select(i => (byte)(i * 11 % 3))];
        Half[] expected = new Half[predictions.Length];
        double loss = HalfLoss.ForwardBackward<byte>(predictions, labels, expected, 2, 3);
        ReadOnlyTensorSpan<Half> p = new(predictions, [2, 3, 5, 7]);
        ReadOnlyTensorSpan<byte> t = new(labels, [2, 5, 7]);
        Half[] gradient = new Half[predictions.Length];
        Assert.Equal(loss, HalfLoss.Forward(p, t));
        Assert.Equal(loss, HalfLoss.ForwardBackward(p, t, new TensorSpan<Half>(gradient, [2, 3, 5, 7]), 3));
        Assert.Equal(expected, gradient);
    }

    [Fact]
    public void A_mask_has_the_shape_of_class_indices()
    {
        float[] predictions = [.. Enumerable.Range(0, 2 * 5 * 7 * 3).Select(i => (i * 37 % 101) / 101f)];
        byte[] labels = [.. Enumerable.Range(0, 2 * 5 * 7).Select(i => (byte)(i * 11 % 3))];
        bool[] mask = [.. labels.Select((_, i) => i % 4 != 1)];
        ReadOnlyTensorSpan<float> p = new(predictions, [2, 3, 5, 7]);
        ReadOnlyTensorSpan<byte> t = new(labels, [2, 5, 7]);
        float[] expected = new float[predictions.Length];
        double loss = MaskedLoss.ForwardBackward<byte>(predictions, labels, mask, expected, 2);
        Assert.Equal(loss, MaskedLoss.Forward(p, t, new ReadOnlyTensorSpan<bool>(mask, [2, 5, 7])));
        Assert.Equal(loss, MaskedLoss.Forward(p, t, new ReadOnlyTensorSpan<bool>(mask, [2, 1, 5, 7])));
        float[] gradient = new float[predictions.Length];
        MaskedLoss.Sums sums = default;
        MaskedLoss.Accumulate(ref sums, p, t, new ReadOnlyTensorSpan<bool>(mask, [2, 5, 7]));
        MaskedLoss.Backward(in sums, p, t, new ReadOnlyTensorSpan<bool>(mask, [2, 5, 7]), new TensorSpan<float>(gradient, [2, 3, 5, 7]));
        Assert.Equal(expected, gradient);

        string message = Assert.Throws<ArgumentException>(
            () => MaskedLoss.Forward(
                new ReadOnlyTensorSpan<float>(predictions, [2, 3, 5, 7]),
                new ReadOnlyTensorSpan<byte>(labels, [2, 5, 7]),
                new ReadOnlyTensorSpan<bool>(mask, [1, 2, 5, 7]))).Message;
        Assert.StartsWith(
            "mask has the shape (1, 2, 5, 7); for predictions of (2, 3, 5, 7), it is (2, 5, 7) or (2, 1, 5, 7).", message, StringComparison.Ordinal);

        ReadOnlyTensorSpan<float> last = new(predictions, [2, 5, 7, 3]);
        Assert.Equal(
            LastMaskedLoss.Forward<byte>(predictions, labels, mask, 2),
            LastMaskedLoss.Forward(last, t, new ReadOnlyTensorSpan<bool>(mask, [2, 5, 7, 1])));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Tensors_of_any_rank_give_what_spans_give(string lengths)
    {
        nint[] shape = [.. lengths.Split(", ").Select(length => nint.Parse(length, CultureInfo.InvariantCulture))];
        nint[] without = [shape[0], .. shape[2..]];
        nint[] withOne = [shape[0], 1, .. shape[2..]];
        (float[] predictions, byte[] labels) = Batch(shape);
        int batchSize = Math.Max(1, (int)shape[0]);
        float[] expected = new float[predictions.Length];
        double loss = TissueLoss.ForwardBackward<byte>(predictions, labels, expected, batchSize, scale: 2);

        foreach (nint[] labelShape in new[] { without, withOne })
        {
            ReadOnlyTensorSpan<float> p = new(predictions, shape);
            ReadOnlyTensorSpan<byte> t = new(labels, labelShape);
            Assert.Equal(loss, TissueLoss.Forward(in p, in t));
            Assert.Equal(loss, TissueLoss.Forward(p, t, degreeOfParallelism: 2));
            Assert.Equal(loss, StaticLoss.Forward(p, t));

            float[] gradient = new float[predictions.Length];
            TensorSpan<float> g = new(gradient, shape);
            Assert.Equal(loss, TissueLoss.ForwardBackward(p, t, g, scale: 2));
            Assert.Equal(expected, gradient);

            TissueLoss.Sums sums = default;
            TissueLoss.Accumulate(ref sums, p, t);
            Assert.Equal(loss, sums.Loss());
            Array.Clear(gradient);
            TissueLoss.Backward(in sums, p, t, g, scale: 2);
            Assert.Equal(expected, gradient);
        }
    }

    [Fact]
    public void Targets_have_the_shape_of_the_predictions()
    {
        nint[] shape = [2, 3, 4];
        (float[] predictions, byte[] _) = Batch(shape);
        float[] targets = [.. predictions.Select(value => 1 - value)];
        ReadOnlyTensorSpan<float> p = new(predictions, shape);

        Assert.Equal(TargetLoss.Forward<float>(predictions, targets, 2), TargetLoss.Forward(p, new ReadOnlyTensorSpan<float>(targets, shape)));
        AssertThrows(
            "labels has the shape (2, 4); for predictions of (2, 3, 4), one-hot or soft targets have the same shape.",
            () => TargetLoss.Forward(new ReadOnlyTensorSpan<float>(predictions, [2, 3, 4]), new ReadOnlyTensorSpan<float>(targets, [2, 4], [4, 1])));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        AssertShapes("predictions has the shape (3); predictions are (batch, class, spatial dimensions), of two dimensions or more.", [3], [1]);
        AssertShapes("predictions has the shape (3, 2, 4); predictions are (batch, class, spatial dimensions), and the second is 3 here.", [3, 2, 4], [3, 4]);

        // As many labels as needed in each of these: only the shape says that they are others.
        const string Expected = "for predictions of (2, 3, 4, 5), class indices are (2, 4, 5) or (2, 1, 4, 5).";
        AssertShapes("labels has the shape (2, 5, 4); " + Expected, [2, 3, 4, 5], [2, 5, 4]);
        AssertShapes("labels has the shape (4, 5, 2); " + Expected, [2, 3, 4, 5], [4, 5, 2]);
        AssertShapes("labels has the shape (2, 20); " + Expected, [2, 3, 4, 5], [2, 20]);
        AssertShapes("labels has the shape (1, 2, 4, 5); " + Expected, [2, 3, 4, 5], [1, 2, 4, 5]);
        AssertShapes("labels has the shape (2, 4, 5, 1); " + Expected, [2, 3, 4, 5], [2, 4, 5, 1]);
        AssertShapes("labels has the shape (2, 1, 1, 4, 5); " + Expected, [2, 3, 4, 5], [2, 1, 1, 4, 5]);

        // Two images of the labels for four of the predictions: not broadcast.
        AssertShapes("labels has the shape (1, 4); for predictions of (2, 3, 4), class indices are (2, 4) or (2, 1, 4).", [2, 3, 4], [1, 4]);

        AssertThrows("gradient has the shape (2, 4, 3); it is that of the predictions, (2, 3, 4).", () =>
            TissueLoss.ForwardBackward(
                new ReadOnlyTensorSpan<float>(new float[24], [2, 3, 4]),
                new ReadOnlyTensorSpan<byte>(new byte[8], [2, 4]),
                new TensorSpan<float>(new float[24], [2, 4, 3])));

        static void AssertShapes(string message, nint[] predictions, nint[] labels) => AssertThrows(message, () => TissueLoss.Forward(
            new ReadOnlyTensorSpan<float>(new float[Count(predictions)], predictions),
            new ReadOnlyTensorSpan<byte>(new byte[Count(labels)], labels)));
    }

    [Fact]
    public void Tensors_that_are_not_dense_are_refused()
    {
        const string Remedy = " It is a part of a larger tensor, permuted or broadcast; copy it into memory of its own first (FlattenTo).";

        // Columns of a wider image, and labels of one image for all.
        AssertThrows("predictions of shape (2, 3, 4) is not dense: its strides are (15, 5, 1)." + Remedy, () =>
            TissueLoss.Forward(
                new ReadOnlyTensorSpan<float>(new float[30], [2, 3, 4], [15, 5, 1]),
                new ReadOnlyTensorSpan<byte>(new byte[8], [2, 4])));
        AssertThrows("labels of shape (2, 4) is not dense: its strides are (0, 1)." + Remedy, () =>
            TissueLoss.Forward(
                new ReadOnlyTensorSpan<float>(new float[24], [2, 3, 4]),
                new ReadOnlyTensorSpan<byte>(new byte[4], [2, 4], [0, 1])));
        AssertThrows("gradient of shape (1, 3, 4) is not dense: its strides are (0, 1, 3)." + Remedy, () =>
            TissueLoss.ForwardBackward(
                new ReadOnlyTensorSpan<float>(new float[12], [1, 3, 4]),
                new ReadOnlyTensorSpan<byte>(new byte[4], [1, 4]),
                new TensorSpan<float>(new float[12], [1, 3, 4], [0, 1, 3])));
    }

    [Fact]
    public void A_slice_of_images_is_dense()
    {
        (float[] predictions, byte[] labels) = Batch([4, 3, 10]);
        ReadOnlyTensorSpan<float> p = new(predictions, [4, 3, 10]);
        ReadOnlyTensorSpan<byte> t = new(labels, [4, 10]);

        Assert.Equal(
            TissueLoss.Forward<byte>(predictions.AsSpan(30, 60), labels.AsSpan(10, 20), 2),
            TissueLoss.Forward(p.Slice([1..3, NRange.All, NRange.All]), t.Slice([1..3, NRange.All])));
        Assert.Equal(
            TissueLoss.Forward<byte>(predictions.AsSpan(60, 30), labels.AsSpan(20, 10), 1),
            TissueLoss.Forward(p.Slice([2..3, NRange.All, NRange.All]), t.Slice([2..3, NRange.All])));
    }

    [Fact]
    public void Arrays_are_spans_first()
    {
        // With explicit type arguments an array would convert to a tensor span too, whose third parameter is the degree of parallelism.
        Assert.Equal(TissueLoss.Forward([0, 0, 0, 1, 1, 1], [0, 2], 2), TissueLoss.Forward<byte>(new float[] { 0, 0, 0, 1, 1, 1 }, new byte[] { 0, 2 }, 2));
        Assert.Equal(StaticLoss.Forward([0, 0, 0, 1, 1, 1], [0, 2], 2), StaticLoss.Forward<byte>(new float[] { 0, 0, 0, 1, 1, 1 }, new byte[] { 0, 2 }, 2));
    }

    [Fact]
    public void One_channel_of_sigmoid_has_labels_with_or_without_it()
    {
        float[] logits = [-3, 2, 0.5f, -1];
        byte[] labels = [0, 1, 1, 0];
        double expected = BinaryLoss.Forward<byte>(logits, labels, 2);
        Assert.Equal(expected, BinaryLoss.Forward(new ReadOnlyTensorSpan<float>(logits, [2, 1, 2]), new ReadOnlyTensorSpan<byte>(labels, [2, 2])));
        Assert.Equal(expected, BinaryLoss.Forward(new ReadOnlyTensorSpan<float>(logits, [2, 1, 2]), new ReadOnlyTensorSpan<byte>(labels, [2, 1, 2])));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        (float[] predictions, byte[] labels) = Batch([2, 3, 5, 7]);
        float[] gradient = new float[predictions.Length];
        long least = long.MaxValue;
        for (int call = 0; call < 6; call++)
        {
            ReadOnlyTensorSpan<float> p = new(predictions, [2, 3, 5, 7]);
            ReadOnlyTensorSpan<byte> t = new(labels, [2, 5, 7]);
            TensorSpan<float> g = new(gradient, [2, 3, 5, 7]);
            long start = GC.GetAllocatedBytesForCurrentThread();
            TissueLoss.ForwardBackward(in p, in t, in g);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - start);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void The_token_and_the_label_check_are_those_of_spans()
    {
        Assert.Throws<OperationCanceledException>(() => TissueLoss.Forward(
            new ReadOnlyTensorSpan<float>(new float[3], [1, 3, 1]),
            new ReadOnlyTensorSpan<byte>(new byte[1], [1, 1]),
            cancellationToken: new CancellationToken(canceled: true)));
        Assert.StartsWith(
            "labels[0] is 3 (image 0, pixel 0); here a label is 0 to 2.",
            Assert.Throws<ArgumentOutOfRangeException>(() => TissueLoss.Forward(
                new ReadOnlyTensorSpan<float>(new float[3], [1, 3, 1]), new ReadOnlyTensorSpan<byte>(new byte[] { 3 }, [1, 1]))).Message,
            StringComparison.Ordinal);
    }

    private static (float[] Predictions, byte[] Labels) Batch(nint[] shape)
    {
        Random random = new(1);
        return (
            [.. Enumerable.Range(0, Count(shape)).Select(_ => random.NextSingle())],
            [.. Enumerable.Range(0, Count(shape) / 3).Select(_ => (byte)random.Next(3))]);
    }

    private static int Count(nint[] shape) => (int)shape.Aggregate((nint)1, (product, length) => product * length);

    private static void AssertThrows(string message, Action act) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(act).Message, StringComparison.Ordinal);
}
