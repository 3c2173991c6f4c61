using System;
using System.Globalization;
using System.Runtime.CompilerServices;
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
    /// <param name="rule">Which labels are right.</param>
    /// <param name="numClasses">Number of classes.</param>
    public static ArgumentOutOfRangeException? FindWrong<TLabel>(
        PixelLabels<TLabel> labels, int batchSize, LabelRule rule, int numClasses)
        where TLabel : unmanaged
    {
        ReadOnlySpan<TLabel> all = labels.Labels;
        int rows = rule.IsOneHot ? numClasses : 1;
        int index = IndexOfWrong(all, labels.Mask, rule, rows, all.Length / batchSize / rows);
        if (index < 0)
        {
            return null;
        }

        (int image, int rest) = Math.DivRem(index, all.Length / batchSize);
        string value = string.Create(CultureInfo.InvariantCulture, $"{all[index]}");
        string message;
        if (rule.IsOneHot)
        {
            (int first, int second) = Math.DivRem(rest, rule.IsTurned ? numClasses : all.Length / batchSize / numClasses);
            (int classIndex, int pixel) = rule.IsTurned ? (second, first) : (first, second);
            message =
                $"labels[{Show(index)}] is {value} (image {Show(image)}, class {Show(classIndex)}, pixel {Show(pixel)}); " +
                "here a label is how much the pixel belongs to the class, 0 to 1.";
        }
        else
        {
            message =
                $"labels[{Show(index)}] is {value} (image {Show(image)}, pixel {Show(rest)}); here a label is {rule.InWords}.";
        }

        return new ArgumentOutOfRangeException(nameof(labels), all[index], message);
    }

    /// <summary>Whether the labels of a part are right.</summary>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="part">The part.</param>
    /// <param name="rule">Which labels are right.</param>
    /// <param name="numClasses">Number of classes.</param>
    public static bool AreRight<TLabel>(in BatchPart<TLabel> part, LabelRule rule, int numClasses)
        where TLabel : unmanaged
    {
        int rows = rule.IsOneHot ? numClasses : 1;
        ReadOnlySpan<TLabel> labels = part.Labels.Labels;
        ReadOnlySpan<bool> mask = part.Labels.Mask.IsEmpty ? default : part.Labels.Mask[part.Start..part.End];
        int count = part.End - part.Start;
        if (rule.IsTurned)
        {
            return IndexOfWrong(labels[(part.Start * rows)..(part.End * rows)], mask, rule, rows, count) < 0;
        }

        int pixels = labels.Length / rows;
        bool areRight = true;
        for (int row = 0; row < rows && areRight; row++)
        {
            areRight = IndexOfWrong(labels.Slice((row * pixels) + part.Start, count), mask, rule, rows: 1, count) < 0;
        }

        return areRight;
    }

    // Of whole images with so many rows of labels, or so many labels a pixel where the classes of one lie side by side.
    private static int IndexOfWrong<TLabel>(ReadOnlySpan<TLabel> labels, ReadOnlySpan<bool> mask, LabelRule rule, int rows, int pixels)
        where TLabel : unmanaged
    {
        if (AreAllRight(labels, rows == 1 ? mask : default, rule))
        {
            return -1;
        }

        for (int i = 0; i < labels.Length; i++)
        {
            int pixel = rule.IsTurned ? i / rows : (i / rows / pixels * pixels) + (i % pixels);
            bool takesPart = mask.IsEmpty || mask[pixel];
            if (takesPart && !IsRight(in labels[i], rule))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsRight<TLabel>(ref readonly TLabel label, LabelRule rule)
        where TLabel : unmanaged
    {
        if (rule.IsOneHot)
        {
            return LabelLoads.LoadTarget(in label, 0) is >= 0 and <= 1;
        }

        int classIndex = IgnoringLoads.LoadOne(in label, 0, rule.Ignored);
        return (uint)classIndex < (uint)rule.LabelValues || classIndex == IgnoredPixels.Label;
    }

    // Vectors of 16 in any hardware's width. Errs on the side of doubt: a target of -0 is looked at again. A mask has an element for each label.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreAllRight<TLabel>(ReadOnlySpan<TLabel> labels, ReadOnlySpan<bool> mask, LabelRule rule)
        where TLabel : unmanaged
    {
        // The largest as an unsigned number, so that a negative one is larger than all others.
        Vector512<uint> largest = Vector512<uint>.Zero;
        ref TLabel first = ref MemoryMarshal.GetReference(labels);
        int i = 0;
        for (; i <= labels.Length - Vector512<uint>.Count; i += Vector512<uint>.Count)
        {
            Vector512<uint> values = rule.IsOneHot
                ? LabelLoads.LoadTargets512(in first, (nuint)i).AsUInt32()
                : LabelsOrZero(in first, (nuint)i, rule).AsUInt32();
            if (!mask.IsEmpty)
            {
                ref readonly byte inside = ref LabelLoads.Bytes(in MemoryMarshal.GetReference(mask));
                values = Vector512.AndNot(values, Vector512.Equals(LabelLoads.Load512(in inside, (nuint)i), Vector512<int>.Zero).AsUInt32());
            }

            largest = Vector512.Max(largest, values);
        }

        uint bound = rule.IsOneHot ? BitConverter.SingleToUInt32Bits(1) + 1 : (uint)rule.LabelValues;
        bool areRight = Vector512.LessThanAll(largest, Vector512.Create(bound));
        for (; i < labels.Length && areRight; i++)
        {
            areRight = (!mask.IsEmpty && !mask[i]) || IsRight(in labels[i], rule);
        }

        return areRight;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> LabelsOrZero<TLabel>(ref readonly TLabel first, nuint offset, LabelRule rule)
        where TLabel : unmanaged
    {
        if (!rule.IgnoresLabel)
        {
            return LabelLoads.Load512(in first, offset);
        }

        // Of what is ignored, all is right.
        Vector512<int> labels = IgnoringLoads.Load512(in first, offset, rule.Ignored);
        return Vector512.AndNot(labels, Vector512.Equals(labels, Vector512.Create(IgnoredPixels.Label)));
    }

    private static string Show(int value) => value.ToString(CultureInfo.InvariantCulture);
}
