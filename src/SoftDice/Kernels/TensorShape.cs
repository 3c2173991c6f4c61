using System;
using System.Globalization;
using System.Text;

namespace SoftDice.Kernels;

/// <summary>What the tensor overloads of generated losses check. Shapes are compared as they are; nothing is broadcast.</summary>
public static class TensorShape
{
    /// <summary>Checks the shapes of predictions and labels against each other.</summary>
    /// <param name="predictions">Lengths of the predictions.</param>
    /// <param name="labels">Lengths of the labels.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="kind">What the labels are.</param>
    /// <param name="layout">Whether classes are the second dimension or the last.</param>
    /// <returns>The batch size; 1 for a batch of no images, which is one of no pixels.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static int BatchSize(
        ReadOnlySpan<nint> predictions,
        ReadOnlySpan<nint> labels,
        int numClasses,
        SoftDiceLabels kind,
        SoftDiceLayout layout = SoftDiceLayout.ChannelsFirst)
    {
        bool isLast = layout == SoftDiceLayout.ChannelsLast;
        string expectedLayout = isLast
            ? "predictions are (batch, spatial dimensions, class)"
            : "predictions are (batch, class, spatial dimensions)";
        if (predictions.Length < 2)
        {
            throw new ArgumentException(
                $"predictions has the shape {Show(predictions)}; {expectedLayout}, of two dimensions or more.", nameof(predictions));
        }

        if (predictions[isLast ? ^1 : 1] != numClasses)
        {
            throw new ArgumentException(
                $"predictions has the shape {Show(predictions)}; {expectedLayout}, and the {(isLast ? "last" : "second")} is {Show(numClasses)} here.",
                nameof(predictions));
        }

        bool fits = kind == SoftDiceLabels.OneHot
            ? labels.SequenceEqual(predictions)
            : HasPixelsOf(predictions, labels, isLast);
        if (!fits)
        {
            string expected = kind == SoftDiceLabels.OneHot
                ? "one-hot or soft targets have the same shape"
                : $"class indices are {Show(WithoutClasses(predictions, isLast))} or {Show(WithOneChannel(predictions, isLast))}";
            throw new ArgumentException(
                $"labels has the shape {Show(labels)}; for predictions of {Show(predictions)}, {expected}.", nameof(labels));
        }

        // A batch that is too large to be counted has no pixels, or it could not be there.
        return (int)Math.Clamp(predictions[0], 1, int.MaxValue);
    }

    /// <summary>Checks the shapes of predictions, labels and a mask against each other.</summary>
    /// <param name="predictions">Lengths of the predictions.</param>
    /// <param name="labels">Lengths of the labels.</param>
    /// <param name="mask">Lengths of the mask.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="kind">What the labels are.</param>
    /// <param name="layout">Whether classes are the second dimension or the last.</param>
    /// <returns>The batch size; 1 for a batch of no images, which is one of no pixels.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static int BatchSize(
        ReadOnlySpan<nint> predictions,
        ReadOnlySpan<nint> labels,
        ReadOnlySpan<nint> mask,
        int numClasses,
        SoftDiceLabels kind,
        SoftDiceLayout layout = SoftDiceLayout.ChannelsFirst)
    {
        int batchSize = BatchSize(predictions, labels, numClasses, kind, layout);
        bool isLast = layout == SoftDiceLayout.ChannelsLast;
        return HasPixelsOf(predictions, mask, isLast)
            ? batchSize
            : throw new ArgumentException(
                $"mask has the shape {Show(mask)}; for predictions of {Show(predictions)}, it is {Show(WithoutClasses(predictions, isLast))} or " +
                $"{Show(WithOneChannel(predictions, isLast))}.",
                nameof(mask));
    }

    /// <summary>Checks the shape of a gradient.</summary>
    /// <param name="predictions">Lengths of the predictions.</param>
    /// <param name="gradient">Lengths of the gradient.</param>
    /// <exception cref="ArgumentException">They are not the same.</exception>
    public static void Gradient(ReadOnlySpan<nint> predictions, ReadOnlySpan<nint> gradient)
    {
        if (!gradient.SequenceEqual(predictions))
        {
            throw new ArgumentException(
                $"gradient has the shape {Show(gradient)}; it is that of the predictions, {Show(predictions)}.", nameof(gradient));
        }
    }

    /// <summary>Checks that the elements of a tensor follow one another in memory, and are no more than a span holds.</summary>
    /// <param name="isDense">Whether they do.</param>
    /// <param name="lengths">Lengths of the tensor.</param>
    /// <param name="strides">Its strides.</param>
    /// <param name="count">The number of its elements.</param>
    /// <param name="name">The name of the argument.</param>
    /// <returns>The number of elements.</returns>
    /// <exception cref="ArgumentException">They do not, or are too many.</exception>
    public static int Dense(bool isDense, ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides, nint count, string name)
    {
        if (!isDense)
        {
            throw new ArgumentException(
                $"{name} of shape {Show(lengths)} is not dense: its strides are {Show(strides)}. It is a part of a larger tensor, permuted " +
                "or broadcast; copy it into memory of its own first (FlattenTo).",
                name);
        }

        return count <= int.MaxValue
            ? (int)count
            : throw new ArgumentException(
                $"{name} of shape {Show(lengths)} has {count.ToString(CultureInfo.InvariantCulture)} elements; a call takes " +
                $"{Show(int.MaxValue)} at most. Accumulate it in several.",
                name);
    }

    // Without a dimension of classes or with one of length 1: told apart by the number of dimensions.
    private static bool HasPixelsOf(ReadOnlySpan<nint> predictions, ReadOnlySpan<nint> labels, bool isLast)
    {
        int classes = isLast ? predictions.Length - 1 : 1;
        bool hasChannel = labels.Length == predictions.Length;
        if (labels.Length < classes || (hasChannel && labels[classes] != 1))
        {
            return false;
        }

        return labels[..classes].SequenceEqual(predictions[..classes]) &&
            labels[(hasChannel ? classes + 1 : classes)..].SequenceEqual(predictions[(classes + 1)..]);
    }

    private static nint[] WithoutClasses(ReadOnlySpan<nint> predictions, bool isLast) =>
        isLast ? [.. predictions[..^1]] : [predictions[0], .. predictions[2..]];

    private static nint[] WithOneChannel(ReadOnlySpan<nint> predictions, bool isLast) =>
        isLast ? [.. predictions[..^1], 1] : [predictions[0], 1, .. predictions[2..]];

    private static string Show(ReadOnlySpan<nint> lengths)
    {
        StringBuilder text = new("(");
        for (int i = 0; i < lengths.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? string.Empty : ", ")}{lengths[i]}");
        }

        return text.Append(')').ToString();
    }

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);
}
