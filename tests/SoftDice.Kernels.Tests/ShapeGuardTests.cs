using System;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The shapes of tensors, without a tensor: what fits, and what is said of the rest.</summary>
public sealed class ShapeGuardTests
{
    private const string First = "; predictions are (batch, class, spatial dimensions), ";
    private const string Last = "; predictions are (batch, spatial dimensions, class), ";

    [Fact]
    public void Class_indices_are_the_predictions_without_classes_or_with_one()
    {
        Assert.Equal(2, Of([2, 3, 4, 5], [2, 4, 5]));
        Assert.Equal(2, Of([2, 3, 4, 5], [2, 1, 4, 5]));
        Assert.Equal(2, Of([2, 3], [2]));
        Assert.Equal(2, Of([2, 4, 5, 3], [2, 4, 5], isLast: true));
        Assert.Equal(2, Of([2, 4, 5, 3], [2, 4, 5, 1], isLast: true));
        const string Expected = "for predictions of (2, 3, 4, 5), class indices are (2, 4, 5) or (2, 1, 4, 5).";
        AssertWrong("labels has the shape (2, 5, 4); " + Expected, "labels", () => Of([2, 3, 4, 5], [2, 5, 4]));
        AssertWrong("labels has the shape (1, 4, 5); " + Expected, "labels", () => Of([2, 3, 4, 5], [1, 4, 5]));
        AssertWrong("labels has the shape (2, 2, 4, 5); " + Expected, "labels", () => Of([2, 3, 4, 5], [2, 2, 4, 5]));
        AssertWrong("labels has the shape (2, 1, 4, 4); " + Expected, "labels", () => Of([2, 3, 4, 5], [2, 1, 4, 4]));
        AssertWrong("labels has the shape (2); " + Expected, "labels", () => Of([2, 3, 4, 5], [2]));
        AssertWrong("labels has the shape (); " + Expected, "labels", () => Of([2, 3, 4, 5], []));
        AssertWrong(
            "labels has the shape (2, 1, 4, 5); for predictions of (2, 4, 5, 3), class indices are (2, 4, 5) or (2, 4, 5, 1).", "labels",
            () => Of([2, 4, 5, 3], [2, 1, 4, 5], isLast: true));
        AssertWrong(
            "labels has the shape (2, 4); for predictions of (2, 4, 5, 3), class indices are (2, 4, 5) or (2, 4, 5, 1).", "labels",
            () => Of([2, 4, 5, 3], [2, 4], isLast: true));
    }

    [Fact]
    public void Predictions_have_a_dimension_of_classes()
    {
        AssertWrong("predictions has the shape (3)" + First + "of two dimensions or more.", "predictions", () => Of([3], [1]));
        AssertWrong("predictions has the shape (3)" + Last + "of two dimensions or more.", "predictions", () => Of([3], [1], isLast: true));
        AssertWrong("predictions has the shape (3, 2, 4)" + First + "and the second is 3 here.", "predictions", () => Of([3, 2, 4], [3, 4]));
        AssertWrong("predictions has the shape (2, 3, 4)" + Last + "and the last is 3 here.", "predictions", () => Of([2, 3, 4], [2, 4], isLast: true));
    }

    [Fact]
    public void Targets_are_of_the_shape_of_the_predictions()
    {
        Assert.Equal(2, TensorShape.BatchSize([2, 3, 4], [2, 3, 4], 3, SoftDiceLabels.OneHot));
        AssertWrong(
            "labels has the shape (2, 4); for predictions of (2, 3, 4), one-hot or soft targets have the same shape.", "labels",
            () => TensorShape.BatchSize([2, 3, 4], [2, 4], 3, SoftDiceLabels.OneHot));
    }

    [Fact]
    public void A_batch_of_no_images_is_one_of_no_pixels()
    {
        Assert.Equal(1, Of([0, 3, 4], [0, 4]));
        Assert.Equal(1, Of([1, 3, 4], [1, 4]));
        Assert.Equal(int.MaxValue, Of([nint.MaxValue, 3, 0], [nint.MaxValue, 0]));
    }

    [Fact]
    public void A_mask_is_of_the_shape_of_class_indices()
    {
        Assert.Equal(2, TensorShape.BatchSize([2, 3, 4], [2, 3, 4], [2, 4], 3, SoftDiceLabels.OneHot));
        Assert.Equal(2, TensorShape.BatchSize([2, 4, 3], [2, 4], [2, 4, 1], 3, SoftDiceLabels.ClassIndex, SoftDiceLayout.ChannelsLast));
        AssertWrong(
            "mask has the shape (1, 4); for predictions of (2, 3, 4), it is (2, 4) or (2, 1, 4).", "mask",
            () => TensorShape.BatchSize([2, 3, 4], [2, 4], [1, 4], 3, SoftDiceLabels.ClassIndex));
        AssertWrong(
            "mask has the shape (2, 1, 4); for predictions of (2, 4, 3), it is (2, 4) or (2, 4, 1).", "mask",
            () => TensorShape.BatchSize([2, 4, 3], [2, 4], [2, 1, 4], 3, SoftDiceLabels.ClassIndex, SoftDiceLayout.ChannelsLast));
    }

    [Fact]
    public void A_gradient_is_of_the_shape_of_the_predictions()
    {
        TensorShape.Gradient([2, 3, 4], [2, 3, 4]);
        AssertWrong(
            "gradient has the shape (2, 4, 3); it is that of the predictions, (2, 3, 4).", "gradient", () => TensorShape.Gradient([2, 3, 4], [2, 4, 3]));
    }

    [Fact]
    public void Tensors_are_dense_and_no_longer_than_a_span()
    {
        Assert.Equal(24, TensorShape.Dense(true, [2, 3, 4], [12, 4, 1], 24, "predictions"));
        Assert.Equal(int.MaxValue, TensorShape.Dense(true, [int.MaxValue], [1], int.MaxValue, "labels"));
        AssertWrong(
            "mask of shape (2, 4) is not dense: its strides are (0, 1). It is a part of a larger tensor, permuted or broadcast; copy it into memory of " +
            "its own first (FlattenTo).",
            "mask",
            () => TensorShape.Dense(false, [2, 4], [0, 1], 8, "mask"));
        AssertWrong(
            "labels of shape (65536, 32768) has 2147483648 elements; a call takes 2147483647 at most. Accumulate it in several.", "labels",
            () => TensorShape.Dense(true, [65536, 32768], [32768, 1], (nint)1 << 31, "labels"));
    }

    private static int Of(nint[] predictions, nint[] labels, bool isLast = false) => TensorShape.BatchSize(
        predictions, labels, 3, SoftDiceLabels.ClassIndex, isLast ? SoftDiceLayout.ChannelsLast : SoftDiceLayout.ChannelsFirst);

    private static void AssertWrong(string message, string name, Action act)
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(act);
        Assert.StartsWith(message, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(name, thrown.ParamName);
    }
}
