using System;

namespace SoftDice.Kernels;

/// <summary>The loops of a kernel, which takes labels as they are or a mask with them, and may be told where probabilities are from or where memory is.</summary>
internal static class PixelLoops<TKernel, TSums>
    where TKernel : struct, ISumsKernel<TSums>
    where TSums : struct, ISoftDiceClassSums<TSums>
{
    /// <summary>Adds a range of pixels of one image to sums.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="image">The image.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="probabilities">Where probabilities are kept, if they are.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    public static bool Add<TLanes, TLabel, TProbabilities, TMemory>(
        ref TSums sums, ReadOnlySpan<float> image, PixelLabels<TLabel> labels, Span<float> probabilities, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
        where TProbabilities : struct
        where TMemory : struct => (TKernel.KeepsProbabilities, TKernel.AsksAhead, TKernel.HasMask) switch
        {
            (true, _, true) => TKernel.Add<TLanes, TLabel, TProbabilities>(ref sums, image, labels, probabilities, firstPixel, endPixel),
            (true, _, false) => TKernel.Add<TLanes, TLabel, TProbabilities>(ref sums, image, labels.Labels, probabilities, firstPixel, endPixel),
            (false, true, true) => TKernel.Add<TLanes, TLabel, TMemory>(ref sums, image, labels, firstPixel, endPixel),
            (false, true, false) => TKernel.Add<TLanes, TLabel, TMemory>(ref sums, image, labels.Labels, firstPixel, endPixel),
            (false, false, true) => TKernel.Add<TLanes, TLabel>(ref sums, image, labels, firstPixel, endPixel),
            (false, false, false) => TKernel.Add<TLanes, TLabel>(ref sums, image, labels.Labels, firstPixel, endPixel),
        };
}

/// <summary>The same of the backward pass.</summary>
internal static class PixelLoops<TKernel, TSums, TScale>
    where TKernel : struct, IGradientKernel<TSums, TScale>
    where TSums : struct, ISoftDiceClassSums<TSums>
    where TScale : allows ref struct
{
    /// <summary>Writes the gradient of a range of pixels of one image.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="part">The part of the image.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <param name="bypassCache">Whether it is written past the cache.</param>
    public static void Write<TLanes, TLabel, TProbabilities>(
        in TSums sums, TScale scale, in BatchPart<TLabel> part, int firstPixel, int endPixel, bool bypassCache)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
        where TProbabilities : struct
    {
        switch (TKernel.KeepsProbabilities, TKernel.HasMask)
        {
            case (true, true):
                TKernel.WriteGradient<TLanes, TLabel, TProbabilities>(
                    in sums, scale, part.Floats, part.Labels, part.GradientFloats, firstPixel, endPixel, bypassCache);
                break;
            case (true, false):
                TKernel.WriteGradient<TLanes, TLabel, TProbabilities>(
                    in sums, scale, part.Floats, part.Labels.Labels, part.GradientFloats, firstPixel, endPixel, bypassCache);
                break;
            case (false, true):
                TKernel.WriteGradient<TLanes, TLabel>(
                    in sums, scale, part.Floats, part.Labels, part.GradientFloats, firstPixel, endPixel, bypassCache);
                break;
            case (false, false):
                TKernel.WriteGradient<TLanes, TLabel>(
                    in sums, scale, part.Floats, part.Labels.Labels, part.GradientFloats, firstPixel, endPixel, bypassCache);
                break;
        }
    }
}
