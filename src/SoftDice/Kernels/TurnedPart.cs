using System;

namespace SoftDice.Kernels;

/// <summary>
/// A part of an image whose classes lie side by side: so many pixels at a time are turned into planes in scratch memory, where the kernel
/// takes them for an image of their own.
/// </summary>
internal static class TurnedPart<TKernel, TSums, TLanes, TLabel>
    where TKernel : struct, ISumsKernel<TSums>
    where TSums : struct, ISoftDiceClassSums<TSums>
    where TLanes : struct, ILanes<TLanes>
    where TLabel : unmanaged
{
    /// <summary>Adds a part to sums.</summary>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    public static bool Add(ref TSums sums, in BatchPart<TLabel> part)
    {
        bool areRight = true;
        for (int start = part.Start; start < part.End; start += TKernel.TurnedPixels)
        {
            int count = Math.Min(TKernel.TurnedPixels, part.End - start);
            Span<float> planes = Planes(in part, start, count);
            PixelLabels<TLabel> labels = Labels(in part, start, count);
            int vectorEnd = count - (count % TLanes.Count);
            areRight &= PixelLoops<TKernel, TSums>.Add<TLanes, TLabel>(ref sums, planes, labels, 0, vectorEnd);
            if (vectorEnd < count)
            {
                areRight &= PixelLoops<TKernel, TSums>.Add<ScalarLane, TLabel>(ref sums, planes, labels, vectorEnd, count);
            }
        }

        return areRight;
    }

    /// <summary>The predictions of some pixels, turned.</summary>
    public static Span<float> Planes(in BatchPart<TLabel> part, int start, int count)
    {
        Span<float> planes = Scratch.Planes(count * TSums.ClassCount);
        Turning.ToPlanes(part.Image.Slice(start * TSums.ClassCount, planes.Length), planes, TSums.ClassCount);
        return planes;
    }

    /// <summary>The labels of some pixels: class indices as they are, targets turned.</summary>
    public static PixelLabels<TLabel> Labels(in BatchPart<TLabel> part, int start, int count)
    {
        if (TKernel.Labels == SoftDiceLabels.ClassIndex)
        {
            return part.Labels.With(part.Labels.Labels.Slice(start, count), start, count);
        }

        Span<TLabel> planes = Scratch.Targets<TLabel>(count * TSums.ClassCount);
        Turning.ToPlanes(part.Labels.Labels.Slice(start * TSums.ClassCount, planes.Length), planes, TSums.ClassCount);
        return part.Labels.With(planes, start, count);
    }
}
