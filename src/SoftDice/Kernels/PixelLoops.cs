using System;

namespace SoftDice.Kernels;

/// <summary>The loops of the forward pass, of a kernel that takes labels as they are or of one that takes a mask with them.</summary>
internal static class PixelLoops<TKernel, TSums>
    where TKernel : struct, ISumsKernel<TSums>
    where TSums : struct, ISoftDiceClassSums<TSums>
{
    /// <summary>Adds a range of pixels of one image to sums.</summary>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    public static bool Add<TLanes, TLabel>(
        ref TSums sums, ReadOnlySpan<float> image, PixelLabels<TLabel> labels, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged => TKernel.HasMask
            ? TKernel.Add<TLanes, TLabel>(ref sums, image, labels, firstPixel, endPixel)
            : TKernel.Add<TLanes, TLabel>(ref sums, image, labels.Labels, firstPixel, endPixel);
}
