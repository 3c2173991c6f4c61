using System;

namespace SoftDice.Kernels;

/// <summary>
/// The loops of one generated loss, as <see cref="Batch"/> takes them: a struct nested in the annotated type, so that static classes
/// have one too.
/// </summary>
/// <typeparam name="TSums">The per-class sums of the loss.</typeparam>
public interface ILossKernel<TSums>
    where TSums : struct, ISoftDiceSums<TSums>
{
    /// <summary>What the labels are.</summary>
    static abstract SoftDiceLabels Labels { get; }

    /// <summary>How many values a class index can have.</summary>
    static abstract int LabelValues { get; }

    /// <summary>
    /// Pixels of a part. Images are cut into parts in the same way for any degree of parallelism, and their sums are added in the
    /// same order: that gives the same bits.
    /// </summary>
    static abstract int PartPixels { get; }

    /// <summary>Whether the gradient goes from tiles to memory, which find its lines by themselves, and not vector by vector.</summary>
    static abstract bool WritesTiles { get; }

    /// <summary>Adds a range of pixels of one image to sums.</summary>
    /// <typeparam name="TLanes">The lanes; the length of the range is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <param name="sums">The sums of a part.</param>
    /// <param name="image">The predictions of the image.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    static abstract bool Add<TLanes, TLabel>(
        ref TSums sums, ReadOnlySpan<float> image, ReadOnlySpan<TLabel> labels, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged;

    /// <summary>Writes the gradient of a range of pixels of one image, whose labels are right.</summary>
    /// <typeparam name="TLanes">The lanes; the length of the range is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <param name="sums">The sums of everything that the loss is computed over.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="image">The predictions of the image.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="gradient">The gradient of the image, in the predictions' own memory or apart from it.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <param name="bypassCache">Whether the gradient of the batch is too large for the cache to be of use.</param>
    static abstract void WriteGradient<TLanes, TLabel>(
        in TSums sums,
        double scale,
        ReadOnlySpan<float> image,
        ReadOnlySpan<TLabel> labels,
        Span<float> gradient,
        int firstPixel,
        int endPixel,
        bool bypassCache)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged;
}
