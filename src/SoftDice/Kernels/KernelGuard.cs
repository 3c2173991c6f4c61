using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    /// <param name="kind">What the labels are.</param>
    /// <returns>Pixels in one image.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit each other or the batch size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="TLabel"/> is not one of the label types.</exception>
    public static int PixelsPerImage<TLabel>(int predictions, int labels, int batchSize, int numClasses, SoftDiceLabels kind)
    {
        if (!LabelLoads.Supports<TLabel>(kind))
        {
            throw LabelLoads.Unsupported<TLabel>(kind);
        }

        if (batchSize < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batchSize), batchSize, $"batchSize is {Show(batchSize)}; it is the number of images, at least 1.");
        }

        return kind == SoftDiceLabels.OneHot
            ? PixelsOfTargets(predictions, labels, batchSize, numClasses)
            : PixelsOfClassIndices(predictions, labels, batchSize, numClasses);
    }

    private static int PixelsOfClassIndices(int predictions, int labels, int batchSize, int numClasses)
    {
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

    private static int PixelsOfTargets(int predictions, int labels, int batchSize, int numClasses)
    {
        if (predictions % ((long)batchSize * numClasses) != 0)
        {
            throw new ArgumentException(
                $"predictions has {Show(predictions)} elements, which do not divide into batchSize = {Show(batchSize)} images of " +
                $"{Show(numClasses)} classes.",
                nameof(predictions));
        }

        if (labels != predictions)
        {
            throw new ArgumentException(
                $"labels has {Show(labels)} elements; a one-hot or soft target is one for each of the {Show(predictions)} predictions.",
                nameof(labels));
        }

        return (int)(predictions / ((long)batchSize * numClasses));
    }

    /// <summary>Checks where a gradient is to be written: of the predictions' length, over all of their memory or none of it.</summary>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    /// <exception cref="ArgumentException">The length is another, or the memory overlaps.</exception>
    public static void Gradient<TLabel>(ReadOnlyElementSpan predictions, ReadOnlySpan<TLabel> labels, ReadOnlyElementSpan gradient)
        where TLabel : unmanaged
    {
        if (gradient.Length != predictions.Length)
        {
            throw new ArgumentException(
                $"gradient has {Show(gradient.Length)} elements; it is one for each of the {Show(predictions.Length)} predictions.",
                nameof(gradient));
        }

        if (gradient.Type != predictions.Type)
        {
            throw new ArgumentException(
                $"gradient has elements of type {gradient.Type}; it has those of the predictions, {predictions.Type}.", nameof(gradient));
        }

        nint distance = Unsafe.ByteOffset(in predictions.GetPinnableReference(), in gradient.GetPinnableReference());
        if (distance != 0 && Overlap(distance, predictions.ByteLength, gradient.ByteLength))
        {
            throw new ArgumentException(
                $"gradient begins {Show(distance)} bytes after the predictions and overlaps them; it may take the place of all of them, or " +
                "lie elsewhere.",
                nameof(gradient));
        }

        if (Overlap(labels, gradient))
        {
            throw new ArgumentException("gradient overlaps the labels, which are still read while it is written.", nameof(gradient));
        }
    }

    /// <summary>Checks that a gradient takes no place of what goes to or comes from its losses.</summary>
    internal static void Gradient(ReadOnlyElementSpan gradient, ReadOnlySpan<double> losses, ReadOnlySpan<double> upstream)
    {
        if (Overlap(losses, gradient))
        {
            throw new ArgumentException("losses overlaps the gradient, which is written too; give one of them memory of its own.", nameof(losses));
        }

        if (Overlap(upstream, gradient))
        {
            throw new ArgumentException(
                "gradient overlaps upstream, which is still read while it is written; give one of them memory of its own.", nameof(gradient));
        }
    }

    private static bool Overlap<T>(ReadOnlySpan<T> first, ReadOnlyElementSpan second) => Overlap(
        Unsafe.ByteOffset(in Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(first)), in second.GetPinnableReference()),
        (nint)first.Length * Unsafe.SizeOf<T>(),
        second.ByteLength);

    // By address, as the bytes of a long span are more than a span can hold.
    private static bool Overlap(nint distance, nint firstBytes, nint secondBytes) =>
        firstBytes != 0 && secondBytes != 0 && (distance < 0 ? -distance < secondBytes : distance < firstBytes);

    /// <summary>Checks the arguments of a forward pass, but not the labels' values: the kernel does that.</summary>
    internal static int Forward<TKernel, TSums, TLabel>(BatchCall<TLabel> call)
        where TKernel : struct, ISumsKernel<TSums>
        where TSums : struct, ISoftDiceClassSums<TSums>
        where TLabel : unmanaged
    {
        int pixels = PixelsPerImage<TLabel>(
            call.Predictions.Length, call.Labels.Labels.Length, call.BatchSize, TSums.ClassCount, TKernel.Labels);
        ElementType(call.Predictions.Type, TKernel.ElementType);
        Staging<TKernel, TSums>();
        if (TKernel.HasMask)
        {
            Mask(call.Labels.Mask.Length, call.BatchSize, pixels);
        }

        Threads(call.DegreeOfParallelism);
        call.Cancellation.ThrowIfCancellationRequested();
        return pixels;
    }

    /// <summary>Checks the arguments of a backward pass, but not the labels' values.</summary>
    internal static void Backward<TKernel, TSums, TLabel>(BatchCall<TLabel> call)
        where TKernel : struct, ISumsKernel<TSums>
        where TSums : struct, ISoftDiceClassSums<TSums>
        where TLabel : unmanaged
    {
        Forward<TKernel, TSums, TLabel>(call);
        Gradient(call);
    }

    /// <summary>Checks where the gradient of a call is to be written.</summary>
    internal static void Gradient<TLabel>(BatchCall<TLabel> call)
        where TLabel : unmanaged
    {
        Gradient<TLabel>(call.Predictions, call.Labels.Labels, call.Gradient);
        Gradient(call.Labels.Mask, call.Gradient);
    }

    private static void Gradient(ReadOnlySpan<bool> mask, ReadOnlyElementSpan gradient)
    {
        if (Overlap(mask, gradient))
        {
            throw new ArgumentException("gradient overlaps the mask, which is still read while it is written.", nameof(gradient));
        }
    }

    // A kernel that takes an image for what it is not would read and write beyond its memory. Constants, so that nothing is left of it where they fit.
    private static void Staging<TKernel, TSums>()
        where TKernel : struct, ISumsKernel<TSums>
        where TSums : struct, ISoftDiceClassSums<TSums>
    {
        bool isTurned = TKernel.Layout == SoftDiceLayout.ChannelsLast;
        bool mayStage = isTurned || TKernel.ElementType != SoftDiceElementType.Float;
        bool mustStage = TKernel.ElementType != SoftDiceElementType.Float;
        if ((TKernel.StagedPixels > 0 ? !mayStage : mustStage) || (isTurned && TSums.ClassCount == 1))
        {
            throw new InvalidOperationException(
                $"The kernel {typeof(TKernel).Name} has StagedPixels = {Show(TKernel.StagedPixels)}, Layout = {TKernel.Layout} and ElementType = {TKernel.ElementType} with " +
                $"{Show(TSums.ClassCount)} classes; pixels are staged where elements are no floats, and may be where classes, of which there are several, lie side by side, and nowhere else.");
        }
    }

    // Generated losses take the one type that is right; kernels written by hand may be called with any.
    private static void ElementType(SoftDiceElementType predictions, SoftDiceElementType expected)
    {
        if (predictions != expected)
        {
            throw new ArgumentException($"predictions has elements of type {predictions}; this loss takes {expected}.", nameof(predictions));
        }
    }

    /// <summary>Checks the length of a mask.</summary>
    internal static void Mask(int mask, int batchSize, int pixels)
    {
        long expected = (long)batchSize * pixels;
        if (mask != expected)
        {
            throw new ArgumentException(
                $"mask has {Show(mask)} elements; it is one for each of the {Show(pixels)} pixels of {Show(batchSize)} images, {Show(expected)} in all.",
                nameof(mask));
        }
    }

    /// <summary>Checks that a batch is one image, as sums over a sample are.</summary>
    /// <param name="batchSize">Number of images.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not 1.</exception>
    public static void OneImage(int batchSize)
    {
        if (batchSize != 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batchSize),
                batchSize,
                $"batchSize is {Show(batchSize)}; with SumsOver = Sample, sums are those of one image, so that this takes one, or a part of one, " +
                "with batchSize = 1 and sums of its own. Forward and ForwardBackward take batches.");
        }
    }

    /// <summary>Checks the number of losses, or of factors for them.</summary>
    /// <param name="length">Number of elements.</param>
    /// <param name="lossCount">Number of losses of sums.</param>
    /// <param name="sumsCount">Number of sums.</param>
    /// <param name="name">The name of the argument.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public static void LossCount(int length, int lossCount, int sumsCount, string name)
    {
        if (length != (long)lossCount * sumsCount)
        {
            string images = sumsCount == 1 ? string.Empty : $" for each of {Show(sumsCount)} images, {Show((long)lossCount * sumsCount)} in all";
            throw new ArgumentException(
                $"{name} has {Show(length)} elements; this loss has {Show(lossCount)}{images}, as its Reduction is None.", name);
        }
    }

    /// <summary>Why a pass stopped before its end.</summary>
    internal static Exception Incomplete<TKernel, TSums, TLabel>(BatchCall<TLabel> call)
        where TKernel : struct, ISumsKernel<TSums>
        where TSums : struct, ISoftDiceClassSums<TSums>
        where TLabel : unmanaged
    {
        call.Cancellation.ThrowIfCancellationRequested();
        return (Exception?)LabelGuard.FindWrong(call.Labels, call.BatchSize, Rule<TKernel, TSums>(), TSums.ClassCount) ??
            new InvalidOperationException("The labels changed while they were being read.");
    }

    /// <summary>Which labels are right for a kernel.</summary>
    internal static LabelRule Rule<TKernel, TSums>()
        where TKernel : struct, ISumsKernel<TSums>
        where TSums : struct, ISoftDiceClassSums<TSums> =>
        new(TKernel.Labels, TKernel.LabelValues, TKernel.IgnoredLabel, TKernel.Layout == SoftDiceLayout.ChannelsLast);

    /// <summary>A batch as the kernel's plan cuts it.</summary>
    internal static unsafe BatchView<TLabel> View<TKernel, TSums, TLabel>(
        void* predictions, TLabel* labels, bool* mask, void* gradient, int batchSize, int pixels, int lead = 0)
        where TKernel : struct, ISumsKernel<TSums>
        where TSums : struct, ISoftDiceClassSums<TSums>
        where TLabel : unmanaged =>
        new(
            predictions,
            labels,
            mask,
            gradient,
            batchSize,
            pixels,
            TSums.ClassCount,
            TKernel.Labels == SoftDiceLabels.OneHot ? TSums.ClassCount : 1,
            TKernel.PartPixels,
            Elements.Size(TKernel.ElementType),
            TKernel.IgnoredLabel,
            lead);

    private static void Threads(int degreeOfParallelism)
    {
        if (degreeOfParallelism < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(degreeOfParallelism),
                degreeOfParallelism,
                $"degreeOfParallelism is {Show(degreeOfParallelism)}; it is the most threads at work, at least 1 " +
                "(Environment.ProcessorCount for all processors).");
        }
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
