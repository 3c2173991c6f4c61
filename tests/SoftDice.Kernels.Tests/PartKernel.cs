using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace SoftDice.Kernels.Tests;

/// <summary>What the labels of a <see cref="PartKernel{TCase}"/> are.</summary>
internal interface IPartCase
{
    static abstract SoftDiceLabels Labels { get; }

    static virtual SoftDiceLayout Layout => SoftDiceLayout.ChannelsFirst;

    static virtual bool HasMask => false;

    static virtual long Ignored => IgnoredPixels.None;

    static virtual int PartPixels => 64;

    static virtual int StagedPixels => 0;

    static virtual bool FindsLines => false;

    static virtual bool AsksAhead => false;
}

/// <summary>What a kernel was called for.</summary>
internal sealed record PartCall(
    float FirstPrediction, int Predictions, int FirstLabel, int Labels, string Mask, int FirstPixel, int EndPixel, int Lanes, bool IsFar = false);

/// <summary>What a kernel was called for to write a gradient.</summary>
internal sealed record GradientCall(int FirstPixel, int EndPixel, bool BypassesCache, bool HasMask = false);

/// <summary>A kernel of three classes whose parts are as small as parts can be, if its case does not say otherwise: it tells what it is called for, and its gradient is one more than the predictions.</summary>
internal readonly struct PartKernel<TCase> : ILossKernel<None3.Sums>
    where TCase : struct, IPartCase
{
    [ThreadStatic]
    private static List<PartCall>? calls;

    [ThreadStatic]
    private static List<int>? lanesOfGradient;

    [ThreadStatic]
    private static List<GradientCall>? gradients;

    public static SoftDiceLabels Labels => TCase.Labels;

    public static int LabelValues => 3;

    public static long IgnoredLabel => TCase.Ignored;

    public static bool HasMask => TCase.HasMask;

    public static SoftDiceLayout Layout => TCase.Layout;

    public static int PartPixels => TCase.PartPixels;

    public static int StagedPixels => TCase.StagedPixels;

    public static bool FindsLines => TCase.FindsLines;

    public static bool AsksAhead => TCase.AsksAhead;

    /// <summary>The calls of this thread.</summary>
    public static List<PartCall> Calls => calls ??= [];

    /// <summary>How many lanes the calls for the gradient had.</summary>
    public static List<int> LanesOfGradient => lanesOfGradient ??= [];

    /// <summary>The calls of this thread for the gradient.</summary>
    public static List<GradientCall> Gradients => gradients ??= [];

    public static bool Add<TLanes, TLabel>(
        ref None3.Sums sums, ReadOnlySpan<float> image, ReadOnlySpan<TLabel> labels, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged => Note(image, labels, [], firstPixel, endPixel, TLanes.Count);

    public static bool Add<TLanes, TLabel>(
        ref None3.Sums sums, ReadOnlySpan<float> image, PixelLabels<TLabel> labels, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged => Note(image, labels.Labels, labels.Mask, firstPixel, endPixel, TLanes.Count);

    public static bool Add<TLanes, TLabel, TMemory>(
        ref None3.Sums sums, ReadOnlySpan<float> image, ReadOnlySpan<TLabel> labels, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
        where TMemory : struct => Note(image, labels, [], firstPixel, endPixel, TLanes.Count, typeof(TMemory) == typeof(FarMemory));

    public static bool Add<TLanes, TLabel, TMemory>(
        ref None3.Sums sums, ReadOnlySpan<float> image, PixelLabels<TLabel> labels, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
        where TMemory : struct => Note(image, labels.Labels, labels.Mask, firstPixel, endPixel, TLanes.Count, typeof(TMemory) == typeof(FarMemory));

    public static void WriteGradient<TLanes, TLabel>(
        in None3.Sums sums, double scale, ReadOnlySpan<float> image, ReadOnlySpan<TLabel> labels, Span<float> gradient, int firstPixel, int endPixel,
        bool bypassCache)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged =>
        WriteGradient<TLanes>(image, gradient, new GradientCall(firstPixel, endPixel, bypassCache));

    public static void WriteGradient<TLanes, TLabel>(
        in None3.Sums sums, double scale, ReadOnlySpan<float> image, PixelLabels<TLabel> labels, Span<float> gradient, int firstPixel, int endPixel,
        bool bypassCache)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged =>
        WriteGradient<TLanes>(image, gradient, new GradientCall(firstPixel, endPixel, bypassCache, HasMask: !labels.Mask.IsEmpty));

    private static void WriteGradient<TLanes>(ReadOnlySpan<float> image, Span<float> gradient, GradientCall call)
        where TLanes : struct, ILanes<TLanes>
    {
        int pixels = image.Length / 3;
        LanesOfGradient.Add(TLanes.Count);
        Gradients.Add(call);
        for (int pixel = call.FirstPixel; pixel < call.EndPixel; pixel++)
        {
            for (int c = 0; c < 3; c++)
            {
                int index = Layout == SoftDiceLayout.ChannelsLast ? (pixel * 3) + c : (c * pixels) + pixel;
                gradient[index] += image[index] + 1;
            }
        }
    }

    // A prediction that no test has otherwise has the kernel doubt the labels.
    private static bool Note<TLabel>(
        ReadOnlySpan<float> image, ReadOnlySpan<TLabel> labels, ReadOnlySpan<bool> mask, int firstPixel, int endPixel, int lanes, bool isFar = false)
        where TLabel : unmanaged
    {
        int first = Unsafe.SizeOf<TLabel>() == sizeof(int) ? Unsafe.BitCast<TLabel, int>(labels[0]) : 0;
        string ofImage = string.Concat(mask.ToArray().Select(inside => inside ? '1' : '0'));
        Calls.Add(new PartCall(image[0], image.Length, first, labels.Length, ofImage, firstPixel, endPixel, lanes, isFar));
        return image[0] != float.MaxValue;
    }
}
