using System;

namespace SoftDice.Kernels.Tests;

/// <summary>A kernel of one class that shows what it is given, and writes a gradient that it is told.</summary>
internal readonly struct CopyingKernel : ILossKernel<Halfs1.Sums>
{
    public const int Pixels = 4096;

    [ThreadStatic]
    private static float[]? seen;

    [ThreadStatic]
    private static float[]? toWrite;

    public static SoftDiceLabels Labels => SoftDiceLabels.ClassIndex;

    public static int LabelValues => 1;

    public static int PartPixels => Pixels;

    public static bool FindsLines => false;

    public static SoftDiceElementType ElementType => SoftDiceElementType.Half;

    public static int StagedPixels => Pixels;

    public static float[] Seen => seen!;

    public static float[] ToWrite
    {
        set => toWrite = value;
    }

    public static bool Add<TLanes, TLabel>(
        ref Halfs1.Sums sums, ReadOnlySpan<float> image, ReadOnlySpan<TLabel> labels, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        seen = [.. image];
        return true;
    }

    public static void WriteGradient<TLanes, TLabel>(
        in Halfs1.Sums sums, double scale, ReadOnlySpan<float> image, ReadOnlySpan<TLabel> labels, Span<float> gradient, int firstPixel, int endPixel,
        bool bypassCache)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged => toWrite.AsSpan(firstPixel, endPixel - firstPixel).CopyTo(gradient[firstPixel..]);
}
