using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>
/// A part of an image that is no planes of floats: the classes of its pixels lie side by side, or its elements are of another type. So many
/// pixels at a time become planes of floats in scratch memory, where the kernel takes them for an image of their own.
/// </summary>
internal static unsafe class StagedPart<TKernel, TSums, TLanes, TLabel>
    where TKernel : struct, ISumsKernel<TSums>
    where TSums : struct, ISoftDiceClassSums<TSums>
    where TLanes : struct, ILanes<TLanes>
    where TLabel : unmanaged
{
    private static bool IsTurned => TKernel.Layout == SoftDiceLayout.ChannelsLast;

    private static bool IsConverted => TKernel.ElementType != SoftDiceElementType.Float;

    private static int ElementSize => Elements.Size(TKernel.ElementType);

    /// <summary>Adds a part to sums.</summary>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    public static bool Add(ref TSums sums, in BatchPart<TLabel> part)
    {
        bool areRight = true;
        for (int start = part.Start; start < part.End; start += TKernel.StagedPixels)
        {
            int count = Math.Min(TKernel.StagedPixels, part.End - start);
            Span<float> planes = Planes(in part, start, count);
            PixelLabels<TLabel> labels = Labels(in part, start, count);
            int vectorEnd = count - (count % TLanes.Count);
            areRight &= PixelLoops<TKernel, TSums>.Add<TLanes, TLabel, ComputedProbabilities, NearMemory>(ref sums, planes, labels, default, 0, vectorEnd);
            if (vectorEnd < count)
            {
                areRight &= PixelLoops<TKernel, TSums>.Add<ScalarLane, TLabel, ComputedProbabilities, NearMemory>(ref sums, planes, labels, default, vectorEnd, count);
            }
        }

        return areRight;
    }

    /// <summary>Some pixels as an image: their predictions and labels, and a gradient that takes the predictions' place.</summary>
    public static BatchPart<TLabel> Image(in BatchPart<TLabel> part, int start, int count)
    {
        Span<float> planes = Planes(in part, start, count);
        void* first = Unsafe.AsPointer(ref MemoryMarshal.GetReference(planes));
        return new BatchPart<TLabel>
        {
            Predictions = first,
            Gradient = first,
            Length = planes.Length,
            Labels = Labels(in part, start, count),
            End = count,
        };
    }

    /// <summary>Brings the gradient of such an image to where it belongs.</summary>
    public static void Return(ReadOnlySpan<float> planes, in BatchPart<TLabel> part, int start, int count)
    {
        if (!IsTurned)
        {
            for (int c = 0; c < TSums.ClassCount; c++)
            {
                Elements.FromFloats(planes.Slice(c * count, count), Plane(part.Gradient, in part, c, start), TKernel.ElementType);
            }
        }
        else if (IsConverted)
        {
            Span<float> pixels = Scratch.Converted(planes.Length);
            Turning.ToPixels(planes, pixels, TSums.ClassCount);
            Elements.FromFloats(pixels, Pixel(part.Gradient, start), TKernel.ElementType);
        }
        else
        {
            Turning.ToPixels(planes, new Span<float>(Pixel(part.Gradient, start), planes.Length), TSums.ClassCount);
        }
    }

    private static Span<float> Planes(in BatchPart<TLabel> part, int start, int count)
    {
        Span<float> planes = Scratch.Planes(count * TSums.ClassCount);
        if (!IsTurned)
        {
            for (int c = 0; c < TSums.ClassCount; c++)
            {
                Elements.ToFloats(Plane(part.Predictions, in part, c, start), TKernel.ElementType, planes.Slice(c * count, count));
            }
        }
        else if (IsConverted)
        {
            Span<float> pixels = Scratch.Converted(planes.Length);
            Elements.ToFloats(Pixel(part.Predictions, start), TKernel.ElementType, pixels);
            Turning.ToPlanes<float>(pixels, planes, TSums.ClassCount);
        }
        else
        {
            Turning.ToPlanes(new ReadOnlySpan<float>(Pixel(part.Predictions, start), planes.Length), planes, TSums.ClassCount);
        }

        return planes;
    }

    // Class indices as they are; targets as planes.
    private static PixelLabels<TLabel> Labels(in BatchPart<TLabel> part, int start, int count)
    {
        ReadOnlySpan<TLabel> labels = part.Labels.Labels;
        if (TKernel.Labels == SoftDiceLabels.ClassIndex)
        {
            return part.Labels.With(labels.Slice(start, count), start, count);
        }

        Span<TLabel> planes = Scratch.Targets<TLabel>(count * TSums.ClassCount);
        if (IsTurned)
        {
            Turning.ToPlanes(labels.Slice(start * TSums.ClassCount, planes.Length), planes, TSums.ClassCount);
        }
        else
        {
            int pixels = labels.Length / TSums.ClassCount;
            for (int c = 0; c < TSums.ClassCount; c++)
            {
                labels.Slice((c * pixels) + start, count).CopyTo(planes[(c * count)..]);
            }
        }

        return part.Labels.With(planes, start, count);
    }

    private static void* Plane(void* image, in BatchPart<TLabel> part, int c, int start) =>
        (byte*)image + ((((nint)c * (part.Length / TSums.ClassCount)) + start) * ElementSize);

    private static void* Pixel(void* image, int start) => (byte*)image + ((nint)start * TSums.ClassCount * ElementSize);
}
