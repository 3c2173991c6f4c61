using System;
using System.Diagnostics;

namespace SoftDice.Kernels;

/// <summary>The loops of the forward pass of one generated loss: what adds pixels to sums.</summary>
/// <typeparam name="TSums">The per-class sums of the loss.</typeparam>
public interface ISumsKernel<TSums>
    where TSums : struct, ISoftDiceClassSums<TSums>
{
    /// <summary>What the labels are.</summary>
    static abstract SoftDiceLabels Labels { get; }

    /// <summary>How many values a class index can have.</summary>
    static abstract int LabelValues { get; }

    /// <summary>The class index whose pixels take no part; <see cref="IgnoredPixels.None"/> if there is none.</summary>
    static virtual long IgnoredLabel => IgnoredPixels.None;

    /// <summary>Whether calls have a mask of the pixels that take part: then loops take it with the labels, and otherwise labels alone.</summary>
    static virtual bool HasMask => false;

    /// <summary>
    /// Pixels of a part. Images are cut into parts in the same way for any degree of parallelism, and their sums are added in the
    /// same order: that gives the same bits.
    /// </summary>
    static abstract int PartPixels { get; }

    /// <summary>The type of predictions and gradient. The loops take floats.</summary>
    static virtual SoftDiceElementType ElementType => SoftDiceElementType.Float;

    /// <summary>How an image lies in memory. The loops take planes where pixels are staged, and otherwise the image as it is.</summary>
    static virtual SoftDiceLayout Layout => SoftDiceLayout.ChannelsFirst;

    /// <summary>How many pixels are made planes of floats at a time, before the loops; 0 where these take the image as it is.</summary>
    static virtual int StagedPixels => 0;

    /// <summary>
    /// Whether loops can leave the probabilities, or the exponentials that they are made of, where the gradient goes, which a call has memory for that asks for loss and gradient at once. Then those of the
    /// methods that are told where probabilities are from are there, and not the others.
    /// </summary>
    static virtual bool KeepsProbabilities => false;

    /// <summary>Whether loops are told where memory is, to ask for it ahead: then those of the methods that have a type for it are there. Not with <see cref="KeepsProbabilities"/>, nor where pixels are staged.</summary>
    static virtual bool AsksAhead => false;

    /// <summary>Adds a range of pixels of one image to sums.</summary>
    /// <typeparam name="TLanes">The lanes; the length of the range is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <param name="sums">The sums of a part.</param>
    /// <param name="image">The predictions of the image.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    static virtual bool Add<TLanes, TLabel>(
        ref TSums sums, ReadOnlySpan<float> image, ReadOnlySpan<TLabel> labels, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged => throw new UnreachableException();

    /// <summary>The same where calls have a mask: a kernel has one of the two, or of two of those below.</summary>
    /// <typeparam name="TLanes">The lanes; the length of the range is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <param name="sums">The sums of a part.</param>
    /// <param name="image">The predictions of the image.</param>
    /// <param name="labels">The labels of the image and its mask.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    static virtual bool Add<TLanes, TLabel>(
        ref TSums sums, ReadOnlySpan<float> image, PixelLabels<TLabel> labels, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged => throw new UnreachableException();

    /// <summary>The same of a kernel that asks ahead where that gains.</summary>
    /// <typeparam name="TLanes">The lanes; the length of the range is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <typeparam name="TMemory"><see cref="FarMemory"/> or <see cref="NearMemory"/>.</typeparam>
    /// <param name="sums">The sums of a part.</param>
    /// <param name="image">The predictions of the image.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    static virtual bool Add<TLanes, TLabel, TMemory>(
        ref TSums sums, ReadOnlySpan<float> image, ReadOnlySpan<TLabel> labels, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
        where TMemory : struct => throw new UnreachableException();

    /// <summary>The same where calls have a mask.</summary>
    /// <typeparam name="TLanes">The lanes; the length of the range is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <typeparam name="TMemory"><see cref="FarMemory"/> or <see cref="NearMemory"/>.</typeparam>
    /// <param name="sums">The sums of a part.</param>
    /// <param name="image">The predictions of the image.</param>
    /// <param name="labels">The labels of the image and its mask.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    static virtual bool Add<TLanes, TLabel, TMemory>(
        ref TSums sums, ReadOnlySpan<float> image, PixelLabels<TLabel> labels, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
        where TMemory : struct => throw new UnreachableException();

    /// <summary>The same of a kernel that can keep probabilities.</summary>
    /// <typeparam name="TLanes">The lanes; the length of the range is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <typeparam name="TProbabilities"><see cref="KeptProbabilities"/> or <see cref="ComputedProbabilities"/>.</typeparam>
    /// <param name="sums">The sums of a part.</param>
    /// <param name="image">The logits of the image.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="probabilities">Where the probabilities of the image go, or its exponentials, if they are kept: not in the place of the logits.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    static virtual bool Add<TLanes, TLabel, TProbabilities>(
        ref TSums sums, ReadOnlySpan<float> image, ReadOnlySpan<TLabel> labels, Span<float> probabilities, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
        where TProbabilities : struct => throw new UnreachableException();

    /// <summary>The same where calls have a mask.</summary>
    /// <typeparam name="TLanes">The lanes; the length of the range is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <typeparam name="TProbabilities"><see cref="KeptProbabilities"/> or <see cref="ComputedProbabilities"/>.</typeparam>
    /// <param name="sums">The sums of a part.</param>
    /// <param name="image">The logits of the image.</param>
    /// <param name="labels">The labels of the image and its mask.</param>
    /// <param name="probabilities">Where the probabilities of the image go, or its exponentials, if they are kept: not in the place of the logits.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    static virtual bool Add<TLanes, TLabel, TProbabilities>(
        ref TSums sums, ReadOnlySpan<float> image, PixelLabels<TLabel> labels, Span<float> probabilities, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
        where TProbabilities : struct => throw new UnreachableException();
}
