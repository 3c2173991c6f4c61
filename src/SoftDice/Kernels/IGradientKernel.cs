using System;
using System.Diagnostics;

namespace SoftDice.Kernels;

/// <summary>
/// All loops of one generated loss, whether that is one number or several: a struct nested in the annotated type, so that static classes
/// have one too.
/// </summary>
/// <typeparam name="TSums">The per-class sums of the loss.</typeparam>
/// <typeparam name="TScale">What the gradient is multiplied by, in the form in which the loops take it.</typeparam>
public interface IGradientKernel<TSums, TScale> : ISumsKernel<TSums>
    where TSums : struct, ISoftDiceClassSums<TSums>
    where TScale : allows ref struct
{
    /// <summary>How many factors sums have in the gradient: one for each of their losses, or one for each term of one loss.</summary>
    static abstract int FactorCount { get; }

    /// <summary>Whether the loops find the lines of a gradient that is written past the cache by themselves, and need not begin with one.</summary>
    static abstract bool FindsLines { get; }

    /// <summary>What the gradient is multiplied by, as the loops take it.</summary>
    /// <param name="upstream">The factors.</param>
    /// <returns>The same.</returns>
    static abstract TScale Scale(ReadOnlySpan<double> upstream);

    /// <summary>Writes the gradient of a range of pixels of one image, whose labels are right.</summary>
    /// <typeparam name="TLanes">The lanes; the length of the range is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <param name="sums">The sums of everything that the loss is computed over.</param>
    /// <param name="scale">What the gradient is multiplied by, from <see cref="Scale"/>.</param>
    /// <param name="image">The predictions of the image.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="gradient">The gradient of the image, in the predictions' own memory or apart from it.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <param name="bypassCache">Whether the gradient of the batch is too large for the cache to be of use.</param>
    static virtual void WriteGradient<TLanes, TLabel>(
        in TSums sums,
        TScale scale,
        ReadOnlySpan<float> image,
        ReadOnlySpan<TLabel> labels,
        Span<float> gradient,
        int firstPixel,
        int endPixel,
        bool bypassCache)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged => throw new UnreachableException();

    /// <summary>The same where calls have a mask: a kernel has one of the two.</summary>
    /// <typeparam name="TLanes">The lanes; the length of the range is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <param name="sums">The sums of everything that the loss is computed over.</param>
    /// <param name="scale">What the gradient is multiplied by, from <see cref="Scale"/>.</param>
    /// <param name="image">The predictions of the image.</param>
    /// <param name="labels">The labels of the image and its mask.</param>
    /// <param name="gradient">The gradient of the image, in the predictions' own memory or apart from it.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <param name="bypassCache">Whether the gradient of the batch is too large for the cache to be of use.</param>
    static virtual void WriteGradient<TLanes, TLabel>(
        in TSums sums,
        TScale scale,
        ReadOnlySpan<float> image,
        PixelLabels<TLabel> labels,
        Span<float> gradient,
        int firstPixel,
        int endPixel,
        bool bypassCache)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged => throw new UnreachableException();

    /// <summary>The same of a kernel that can keep probabilities.</summary>
    /// <typeparam name="TLanes">The lanes; the length of the range is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <typeparam name="TProbabilities"><see cref="KeptProbabilities"/> or <see cref="ComputedProbabilities"/>.</typeparam>
    /// <param name="sums">The sums of everything that the loss is computed over.</param>
    /// <param name="scale">What the gradient is multiplied by, from <see cref="Scale"/>.</param>
    /// <param name="image">The logits of the image, which are not looked at where probabilities or exponentials have been kept.</param>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="gradient">The gradient of the image; where probabilities or exponentials have been kept, these are in its place.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <param name="bypassCache">Whether the gradient of the batch is too large for the cache to be of use.</param>
    static virtual void WriteGradient<TLanes, TLabel, TProbabilities>(
        in TSums sums,
        TScale scale,
        ReadOnlySpan<float> image,
        ReadOnlySpan<TLabel> labels,
        Span<float> gradient,
        int firstPixel,
        int endPixel,
        bool bypassCache)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
        where TProbabilities : struct => throw new UnreachableException();

    /// <summary>The same where calls have a mask.</summary>
    /// <typeparam name="TLanes">The lanes; the length of the range is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <typeparam name="TProbabilities"><see cref="KeptProbabilities"/> or <see cref="ComputedProbabilities"/>.</typeparam>
    /// <param name="sums">The sums of everything that the loss is computed over.</param>
    /// <param name="scale">What the gradient is multiplied by, from <see cref="Scale"/>.</param>
    /// <param name="image">The logits of the image, which are not looked at where probabilities or exponentials have been kept.</param>
    /// <param name="labels">The labels of the image and its mask.</param>
    /// <param name="gradient">The gradient of the image; where probabilities or exponentials have been kept, these are in its place.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <param name="bypassCache">Whether the gradient of the batch is too large for the cache to be of use.</param>
    static virtual void WriteGradient<TLanes, TLabel, TProbabilities>(
        in TSums sums,
        TScale scale,
        ReadOnlySpan<float> image,
        PixelLabels<TLabel> labels,
        Span<float> gradient,
        int firstPixel,
        int endPixel,
        bool bypassCache)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
        where TProbabilities : struct => throw new UnreachableException();
}
