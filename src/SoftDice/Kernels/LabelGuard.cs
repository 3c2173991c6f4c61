using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>Finds labels that are wrong: class indices that are no class, targets outside 0 to 1.</summary>
internal static class LabelGuard
{
    /// <summary>An exception that names the first label that is wrong and its position, or null if all are right.</summary>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="labels">The labels of a batch.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="kind">What the labels are.</param>
    /// <param name="labelValues">How many values a class index can have.</param>
    /// <param name="numClasses">Number of classes.</param>
    public static ArgumentOutOfRangeException? FindWrong<TLabel>(
        ReadOnlySpan<TLabel> labels, int batchSize, SoftDiceLabels kind, int labelValues, int numClasses)
        where TLabel : unmanaged
    {
        int index = AreAllRight(labels, kind, labelValues) ? -1 : IndexOfWrong(labels, kind, labelValues);
        if (index < 0)
        {
            return null;
        }

        (int image, int rest) = Math.DivRem(index, labels.Length / batchSize);
        string value = string.Create(CultureInfo.InvariantCulture, $"{labels[index]}");
        string message;
        if (kind == SoftDiceLabels.OneHot)
        {
            (int classIndex, int pixel) = Math.DivRem(rest, labels.Length / batchSize / numClasses);
            message =
                $"labels[{Show(index)}] is {value} (image {Show(image)}, class {Show(classIndex)}, pixel {Show(pixel)}); " +
                "here a label is how much the pixel belongs to the class, 0 to 1.";
        }
        else
        {
            message =
                $"labels[{Show(index)}] is {value} (image {Show(image)}, pixel {Show(rest)}); " +
                $"here a label is 0 to {Show(labelValues - 1)}.";
        }

        return new ArgumentOutOfRangeException(nameof(labels), labels[index], message);
    }

    /// <summary>Whether the labels of a part are right.</summary>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="part">The part.</param>
    /// <param name="kind">What the labels are.</param>
    /// <param name="labelValues">How many values a class index can have.</param>
    /// <param name="numClasses">Number of classes.</param>
    public static bool AreRight<TLabel>(in BatchPart<TLabel> part, SoftDiceLabels kind, int labelValues, int numClasses)
        where TLabel : unmanaged
    {
        int rows = kind == SoftDiceLabels.OneHot ? numClasses : 1;
        int pixels = part.Labels.Length / rows;
        bool areRight = true;
        for (int row = 0; row < rows && areRight; row++)
        {
            ReadOnlySpan<TLabel> ofRow = part.Labels.Slice((row * pixels) + part.Start, part.End - part.Start);
            areRight = AreAllRight(ofRow, kind, labelValues) || IndexOfWrong(ofRow, kind, labelValues) < 0;
        }

        return areRight;
    }

    private static int IndexOfWrong<TLabel>(ReadOnlySpan<TLabel> labels, SoftDiceLabels kind, int labelValues)
        where TLabel : unmanaged
    {
        for (int i = 0; i < labels.Length; i++)
        {
            bool isRight = kind == SoftDiceLabels.OneHot
                ? LabelLoads.LoadTarget(in labels[i], 0) is >= 0 and <= 1
                : (uint)LabelLoads.LoadOne(in labels[i], 0) < (uint)labelValues;
            if (!isRight)
            {
                return i;
            }
        }

        return -1;
    }

    // Vectors of 16 in any hardware's width. Errs on the side of doubt: a target of -0 is looked at again.
    private static bool AreAllRight<TLabel>(ReadOnlySpan<TLabel> labels, SoftDiceLabels kind, int labelValues)
        where TLabel : unmanaged
    {
        // The largest as an unsigned number, so that a negative one is larger than all others.
        Vector512<uint> largest = Vector512<uint>.Zero;
        ref TLabel first = ref MemoryMarshal.GetReference(labels);
        int i = 0;
        for (; i <= labels.Length - Vector512<uint>.Count; i += Vector512<uint>.Count)
        {
            Vector512<uint> values = kind == SoftDiceLabels.OneHot
                ? LabelLoads.LoadTargets512(in first, (nuint)i).AsUInt32()
                : LabelLoads.Load512(in first, (nuint)i).AsUInt32();
            largest = Vector512.Max(largest, values);
        }

        uint bound = kind == SoftDiceLabels.OneHot ? BitConverter.SingleToUInt32Bits(1) + 1 : (uint)labelValues;
        return Vector512.LessThanAll(largest, Vector512.Create(bound)) && IndexOfWrong(labels[i..], kind, labelValues) < 0;
    }

    private static string Show(int value) => value.ToString(CultureInfo.InvariantCulture);
}
