using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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

    /// <summary>Checks where a gradient is to be written: of the predictions' length, over all of their memory or none of it.</summary>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    /// <exception cref="ArgumentException">The length is another, or the memory overlaps.</exception>
    public static void Gradient<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, ReadOnlySpan<float> gradient)
        where TLabel : unmanaged
    {
        if (gradient.Length != predictions.Length)
        {
            throw new ArgumentException(
                $"gradient has {Show(gradient.Length)} elements; it is one for each of the {Show(predictions.Length)} predictions.",
                nameof(gradient));
        }

        if (predictions.Overlaps(gradient, out int offset) && offset != 0)
        {
            throw new ArgumentException(
                $"gradient begins {Show(offset)} elements after the predictions and overlaps them; it may take the place of all of " +
                "them, or lie elsewhere.",
                nameof(gradient));
        }

        // By address, as the bytes of a long span are more than a span can hold.
        ref byte labelMemory = ref Unsafe.As<TLabel, byte>(ref MemoryMarshal.GetReference(labels));
        ref byte gradientMemory = ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(gradient));
        nint distance = Unsafe.ByteOffset(ref labelMemory, ref gradientMemory);
        bool overlaps = distance < 0
            ? -distance < (nint)gradient.Length * sizeof(float)
            : distance < (nint)labels.Length * Unsafe.SizeOf<TLabel>();
        if (overlaps && !labels.IsEmpty && !gradient.IsEmpty)
        {
            throw new ArgumentException("gradient overlaps the labels, which are still read while it is written.", nameof(gradient));
        }
    }

    /// <summary>Checks that every label is one of the first few integers.</summary>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="labels">All labels.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="labelValues">How many values a label can have.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is none of them.</exception>
    public static void Labels<TLabel>(ReadOnlySpan<TLabel> labels, int batchSize, int labelValues)
        where TLabel : unmanaged
    {
        // The largest as an unsigned number, so that a negative one is larger than all others. Vectors of 16 in any hardware's width.
        Vector512<uint> largest = Vector512<uint>.Zero;
        ref TLabel first = ref MemoryMarshal.GetReference(labels);
        int i = 0;
        for (; i <= labels.Length - Vector512<uint>.Count; i += Vector512<uint>.Count)
        {
            largest = Vector512.Max(largest, LabelLoads.Load512(in first, (nuint)i).AsUInt32());
        }

        bool allAreClasses = Vector512.LessThanAll(largest, Vector512.Create((uint)labelValues));
        for (; i < labels.Length; i++)
        {
            allAreClasses &= (uint)LabelLoads.LoadOne(in first, (nuint)i) < (uint)labelValues;
        }

        if (!allAreClasses)
        {
            throw LabelOutOfRange(labels, batchSize, labelValues);
        }
    }

    /// <summary>Finds the first label that is not a class, once a kernel has counted that there is one.</summary>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="labels">All labels.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="labelValues">How many values a label can have.</param>
    /// <returns>An exception that names the label and its position.</returns>
    public static Exception LabelOutOfRange<TLabel>(ReadOnlySpan<TLabel> labels, int batchSize, int labelValues)
        where TLabel : unmanaged
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)LabelLoads.LoadOne(in labels[i], 0) >= (uint)labelValues)
            {
                (int image, int pixel) = Math.DivRem(i, labels.Length / batchSize);
                string value = string.Create(CultureInfo.InvariantCulture, $"{labels[i]}");
                return new ArgumentOutOfRangeException(
                    nameof(labels),
                    labels[i],
                    $"labels[{Show(i)}] is {value} (image {Show(image)}, pixel {Show(pixel)}); " +
                    $"here a label is 0 to {Show(labelValues - 1)}.");
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
