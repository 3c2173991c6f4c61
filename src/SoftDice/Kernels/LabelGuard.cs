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
        ReadOnlySpan<TLabel> labels, int batchSize, LabelRule rule, int numClasses)
        where TLabel : unmanaged
    {
        int index = AreAllRight(labels, rule) ? -1 : IndexOfWrong(labels, rule);
        if (index < 0)
        {
            return null;
        }

        (int image, int rest) = Math.DivRem(index, labels.Length / batchSize);
        string value = string.Create(CultureInfo.InvariantCulture, $"{labels[index]}");
        string message;
        if (rule.IsOneHot)
        {
            (int first, int second) = Math.DivRem(rest, rule.IsTurned ? numClasses : labels.Length / batchSize / numClasses);
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

        return new ArgumentOutOfRangeException(nameof(labels), labels[index], message);
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
        if (rule.IsTurned)
        {
            ReadOnlySpan<TLabel> all = part.Labels[(part.Start * rows)..(part.End * rows)];
            return AreAllRight(all, rule) || IndexOfWrong(all, rule) < 0;
        }

        int pixels = part.Labels.Length / rows;
        bool areRight = true;
        for (int row = 0; row < rows && areRight; row++)
        {
            ReadOnlySpan<TLabel> ofRow = part.Labels.Slice((row * pixels) + part.Start, part.End - part.Start);
            areRight = AreAllRight(ofRow, rule) || IndexOfWrong(ofRow, rule) < 0;
        }

        return areRight;
    }

    private static int IndexOfWrong<TLabel>(ReadOnlySpan<TLabel> labels, LabelRule rule)
        where TLabel : unmanaged
    {
        for (int i = 0; i < labels.Length; i++)
        {
            bool isRight = rule.IsOneHot
                ? LabelLoads.LoadTarget(in labels[i], 0) is >= 0 and <= 1
                : IgnoringLoads.LoadOne(in labels[i], 0, rule.Ignored) is int label &&
                    ((uint)label < (uint)rule.LabelValues || label == IgnoredPixels.Label);
            if (!isRight)
            {
                return i;
            }
        }

        return -1;
    }

    // Vectors of 16 in any hardware's width. Errs on the side of doubt: a target of -0 is looked at again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreAllRight<TLabel>(ReadOnlySpan<TLabel> labels, LabelRule rule)
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
            largest = Vector512.Max(largest, values);
        }

        uint bound = rule.IsOneHot ? BitConverter.SingleToUInt32Bits(1) + 1 : (uint)rule.LabelValues;
        return Vector512.LessThanAll(largest, Vector512.Create(bound)) && IndexOfWrong(labels[i..], rule) < 0;
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
