using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>The labels of an image or of a batch, with what tells which of its pixels take no part.</summary>
/// <typeparam name="TLabel">A type that labels can have.</typeparam>
public readonly ref struct PixelLabels<TLabel>
    where TLabel : unmanaged
{
    private readonly long ignored;

    /// <summary>Labels of which one may be ignored.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="ignored">The label whose pixels take no part; <see cref="IgnoredPixels.None"/> if there is none.</param>
    public PixelLabels(ReadOnlySpan<TLabel> labels, long ignored)
        : this(labels, mask: default, ignored)
    {
    }

    /// <summary>Labels with a mask.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="mask">Of each pixel, whether it takes part; a byte that is not 0 is true.</param>
    public PixelLabels(ReadOnlySpan<TLabel> labels, ReadOnlySpan<bool> mask)
        : this(labels, mask, IgnoredPixels.None)
    {
    }

    internal PixelLabels(ReadOnlySpan<TLabel> labels, ReadOnlySpan<bool> mask, long ignored)
    {
        Labels = labels;
        Mask = mask;
        this.ignored = ignored;
    }

    /// <summary>The labels: a class index for each pixel, or targets.</summary>
    public ReadOnlySpan<TLabel> Labels { get; }

    /// <summary>Of each pixel, whether it takes part; empty where no mask was given.</summary>
    public ReadOnlySpan<bool> Mask { get; }

    /// <summary>Whether some pixels may take no part.</summary>
    internal bool IgnoresPixels => ignored != IgnoredPixels.None || !Mask.IsEmpty;

    /// <summary>Labels of pixels that all take part.</summary>
    /// <param name="labels">The labels.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the other way.")]
    public static implicit operator PixelLabels<TLabel>(ReadOnlySpan<TLabel> labels) => new(labels, IgnoredPixels.None);

    /// <summary>The same from a pixel on: of targets, those of the first class and all that follow them.</summary>
    /// <param name="firstPixel">The pixel that becomes the first.</param>
    /// <returns>What is left.</returns>
    public PixelLabels<TLabel> Slice(int firstPixel) =>
        new(Labels[firstPixel..], Mask.IsEmpty ? default : Mask[firstPixel..], ignored);

    /// <summary>Other labels, with what the mask has of a range of pixels.</summary>
    internal PixelLabels<TLabel> With(ReadOnlySpan<TLabel> labels, int firstPixel, int count) =>
        new(labels, Mask.IsEmpty ? default : Mask.Slice(firstPixel, count), ignored);

    /// <summary>How many pixels of a range the mask takes in.</summary>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <returns>Their number.</returns>
    public int CountTakingPart(int firstPixel, int endPixel) =>
        endPixel - firstPixel - (Mask.IsEmpty ? 0 : MemoryMarshal.AsBytes(Mask[firstPixel..endPixel]).Count((byte)0));

    /// <summary>The label of a pixel, <see cref="IgnoredPixels.Label"/> if it takes no part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int ClassIndex(nuint pixel)
    {
        ref TLabel first = ref MemoryMarshal.GetReference(Labels);
        if (!IgnoresPixels)
        {
            return LabelLoads.LoadOne(in first, pixel);
        }

        return Mask.IsEmpty || Mask[(int)pixel] ? IgnoringLoads.LoadOne(in first, pixel, ignored) : IgnoredPixels.Label;
    }

    /// <summary>Labels in lanes, with <see cref="IgnoredPixels.Label"/> at pixels that take no part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes Load<TLanes>(nuint pixel)
        where TLanes : struct, ILanes<TLanes>
    {
        if (!IgnoresPixels)
        {
            return TLanes.LoadLabels(in MemoryMarshal.GetReference(Labels), pixel);
        }

        TLanes label = TLanes.LoadLabels(in MemoryMarshal.GetReference(Labels), pixel, ignored);
        return Mask.IsEmpty ? label : TLanes.Masked(label, in MemoryMarshal.GetReference(Mask), pixel);
    }
}
