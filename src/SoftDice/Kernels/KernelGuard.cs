using System;
using System.Globalization;

namespace SoftDice.Kernels;

/// <summary>What generated entry points check, and the exceptions they throw: each says what is wrong and by how much.</summary>
public static class KernelGuard
{
    /// <summary>Checks the lengths of a batch against each other.</summary>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="predictions">Number of elements in the predictions.</param>
    /// <param name="labels">Number of labels.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <returns>Pixels in one image.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit each other or the batch size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="TLabel"/> is not one of the label types.</exception>
    public static int PixelsPerImage<TLabel>(int predictions, int labels, int batchSize, int numClasses)
    {
        if (!LabelLoads.Supports<TLabel>())
        {
            throw LabelLoads.Unsupported<TLabel>();
        }

        if (batchSize < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batchSize), batchSize, $"batchSize is {Show(batchSize)}; it is the number of images, at least 1.");
        }

        if (labels % batchSize != 0)
        {
            throw new ArgumentException(
                $"labels has {Show(labels)} elements, which do not divide into batchSize = {Show(batchSize)} images of equal size.",
                nameof(labels));
        }

        int pixels = labels / batchSize;
        long expected = (long)labels * numClasses;
        if (predictions != expected)
        {
            throw new ArgumentException(
                $"predictions has {Show(predictions)} elements; {Show(batchSize)} images of {Show(numClasses)} classes and " +
                $"{Show(pixels)} pixels (from {Show(labels)} labels) need {Show(expected)}.",
                nameof(predictions));
        }

        return pixels;
    }

    /// <summary>Finds the first label that is not a class, once a kernel has counted that there is one.</summary>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="labels">All labels.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <returns>An exception that names the label and its position.</returns>
    public static Exception LabelOutOfRange<TLabel>(ReadOnlySpan<TLabel> labels, int batchSize, int numClasses)
        where TLabel : unmanaged
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)LabelLoads.LoadOne(in labels[i], 0) >= (uint)numClasses)
            {
                (int image, int pixel) = Math.DivRem(i, labels.Length / batchSize);
                string value = string.Create(CultureInfo.InvariantCulture, $"{labels[i]}");
                return new ArgumentOutOfRangeException(
                    nameof(labels),
                    labels[i],
                    $"labels[{Show(i)}] is {value} (image {Show(image)}, pixel {Show(pixel)}); " +
                    $"with {Show(numClasses)} classes a label is 0 to {Show(numClasses - 1)}.");
            }
        }

        return new InvalidOperationException("The labels changed while they were being read.");
    }

    /// <summary>Checks a class index.</summary>
    /// <param name="classIndex">The index.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <returns>The index.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public static int ClassIndex(int classIndex, int numClasses)
    {
        if ((uint)classIndex >= (uint)numClasses)
        {
            throw new ArgumentOutOfRangeException(
                nameof(classIndex),
                classIndex,
                $"classIndex is {Show(classIndex)}; there are {Show(numClasses)} classes, 0 to {Show(numClasses - 1)}.");
        }

        return classIndex;
    }

    /// <summary>Throws, in a loss whose options are wrong and whose compiler error has been suppressed.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public static void ThrowInvalidOptions() => throw new NotSupportedException(
        "[SoftDiceLoss] has an option that is missing or out of range. The build reported it as an error of the form SDG004, which " +
        "has been suppressed; correct the option.");

    private static string Show(long value) => value.ToString(CultureInfo.InvariantCulture);
}
