using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>The labels of an image, with what tells which of its pixels take no part.</summary>
/// <typeparam name="TLabel">A type that labels can have.</typeparam>
/// <param name="labels">The labels.</param>
/// <param name="ignored">The label whose pixels take no part; <see cref="IgnoredPixels.None"/> if there is none.</param>
public readonly ref struct PixelLabels<TLabel>(ReadOnlySpan<TLabel> labels, long ignored)
    where TLabel : unmanaged
{
    private readonly ReadOnlySpan<TLabel> labels = labels;
    private readonly long ignored = ignored;

    /// <summary>Labels of pixels that all take part.</summary>
    /// <param name="labels">The labels.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the other way.")]
    public static implicit operator PixelLabels<TLabel>(ReadOnlySpan<TLabel> labels) => new(labels, IgnoredPixels.None);

    /// <summary>Whether some pixels may take no part.</summary>
    internal bool IgnoresPixels => ignored != IgnoredPixels.None;

    /// <summary>Labels in lanes, with <see cref="IgnoredPixels.Label"/> at pixels that take no part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLanes Load<TLanes>(nuint pixel)
        where TLanes : struct, ILanes<TLanes> => IgnoresPixels
            ? TLanes.LoadLabels(in MemoryMarshal.GetReference(labels), pixel, ignored)
            : TLanes.LoadLabels(in MemoryMarshal.GetReference(labels), pixel);
}
