using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>
/// Pixels whose classes lie side by side, and elements that are no floats, on their way to a kernel and back: it sees each pixel once with its label, and what it
/// writes comes to where that is from. Numbers are so short that every type has them.
/// </summary>
public sealed class StagedPixelsTests
{
    /// <summary>Elements before and after a gradient, which are not its own.</summary>
    private const int Around = 64;

    [Fact]
    public void Classes_side_by_side_are_turned_and_turned_back()
    {
        AssertStaged<Shape<Two, Last, OfFloat, Indices>, float>();
        AssertStaged<Shape<Three, Last, OfFloat, Indices>, float>();
        AssertStaged<Shape<Four, Last, OfFloat, Indices>, float>();
        AssertStaged<Shape<Five, Last, OfFloat, Indices>, float>();
        AssertStaged<Shape<Nineteen, Last, OfFloat, Indices>, float>();
        AssertStaged<Shape<Forty, Last, OfFloat, Indices>, float>();
    }

    [Fact]
    public void Elements_become_floats_and_what_they_were()
    {
        AssertStaged<Shape<Three, First, OfHalf, Indices>, Half>();
        AssertStaged<Shape<Three, First, OfDouble, Indices>, double>();
        AssertStaged<Shape<Five, Last, OfHalf, Indices>, Half>();
        AssertStaged<Shape<Five, Last, OfDouble, Indices>, double>();
    }

    [Fact]
    public void Targets_are_turned_too()
    {
        AssertStaged<Shape<Three, First, OfDouble, Targets>, double>();
        AssertStaged<Shape<Five, Last, OfFloat, Targets>, float>();
        AssertStaged<Shape<Four, Last, OfHalf, Targets>, Half>();
    }

    /// <summary>A kernel says for each range of pixels whether their labels are right, and one range is enough.</summary>
    [Fact]
    public void A_wrong_label_is_found_in_every_tile()
    {
        const int Pixels = 150;
        float[] predictions = new float[3 * Pixels];
        for (int wrong = 0; wrong < Pixels; wrong++)
        {
            byte[] labels = new byte[Pixels];
            labels[wrong] = 3;
            ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() =>
            {
                SeenSums<Shape<Three, Last, OfFloat, Indices>> sums = default;
                Batch.Accumulate<SeeingKernel<Shape<Three, Last, OfFloat, Indices>>, SeenSums<Shape<Three, Last, OfFloat, Indices>>, Lanes128, byte>(
                    ref sums, predictions.AsSpan(), (ReadOnlySpan<byte>)labels, 1, 1, default);
            });
            Assert.StartsWith($"labels[{wrong}] is 3", thrown.Message, StringComparison.Ordinal);
        }
    }

    private static void AssertStaged<TShape, TElement>()
        where TShape : struct, IShape
        where TElement : unmanaged, INumber<TElement>
    {
        foreach (int pixels in new[] { 1, 3, 16, 21, 37, 64, 67, 150 })
        {
            AssertStaged<TShape, TElement, Lanes512>(pixels);
            AssertStaged<TShape, TElement, Lanes128>(pixels);
        }
    }

    private static void AssertStaged<TShape, TElement, TLanes>(int pixels)
        where TShape : struct, IShape
        where TElement : unmanaged, INumber<TElement>
        where TLanes : struct, ILanes<TLanes>
    {
        const int Images = 2;
        (int numClasses, bool hasTargets) = (TShape.NumClasses, TShape.Labels == SoftDiceLabels.OneHot);
        TElement[] predictions = [.. Enumerable.Range(0, Images * pixels * numClasses).Select(i => TElement.CreateChecked(i % 1999))];
        byte[] labels = [.. Enumerable.Range(0, Images * pixels * (hasTargets ? numClasses : 1)).Select(i => (byte)(i * 7 % (hasTargets ? 2 : numClasses)))];

        // Where the element of a class is in what lies in memory.
        int PlaceOf(int pixel, int c) => TShape.Layout == SoftDiceLayout.ChannelsLast
            ? (pixel * numClasses) + c
            : ((((pixel / pixels) * numClasses) + c) * pixels) + (pixel % pixels);
        (int Pixel, int Class)[] all = [.. Enumerable.Range(0, Images * pixels * numClasses).Select(i => (i / numClasses, i % numClasses))];

        Seen.Predictions.Clear();
        Seen.Labels.Clear();
        SeenSums<TShape> sums = default;
        Batch.Accumulate<SeeingKernel<TShape>, SeenSums<TShape>, TLanes, byte>(
            ref sums, ReadOnly(predictions), (ReadOnlySpan<byte>)labels, Images, 1, default);
        Assert.Equal(all.Select(place => float.CreateChecked(predictions[PlaceOf(place.Pixel, place.Class)])), Seen.Predictions);
        Assert.Equal(hasTargets ? all.Select(place => labels[PlaceOf(place.Pixel, place.Class)]) : labels, Seen.Labels);

        TElement[] memory = [.. Enumerable.Repeat(TElement.One, predictions.Length + (2 * Around))];
        Batch.Backward<SeeingKernel<TShape>, SeenSums<TShape>, TLanes, byte>(
            in sums, ReadOnly(predictions), (ReadOnlySpan<byte>)labels, Writable(memory, Around, predictions.Length), Images, 2, 1, default);
        Assert.Equal(predictions.Select(prediction => TElement.CreateChecked(-2) * prediction), memory[Around..^Around]);
        Assert.All([.. memory[..Around], .. memory[^Around..]], untouched => Assert.Equal(TElement.One, untouched));
    }

    private static ReadOnlyElementSpan ReadOnly<TElement>(TElement[] elements) => elements switch
    {
        Half[] halfs => (ReadOnlySpan<Half>)halfs,
        double[] doubles => (ReadOnlySpan<double>)doubles,
        _ => (ReadOnlySpan<float>)(float[])(object)elements,
    };

    private static ElementSpan Writable<TElement>(TElement[] elements, int start, int count) => elements switch
    {
        Half[] halfs => halfs.AsSpan(start, count),
        double[] doubles => doubles.AsSpan(start, count),
        _ => ((float[])(object)elements).AsSpan(start, count),
    };

    private static class Seen
    {
        public static List<float> Predictions { get; } = [];

        public static List<byte> Labels { get; } = [];
    }

    private interface IShape
    {
        static abstract int NumClasses { get; }

        static abstract SoftDiceLayout Layout { get; }

        static abstract SoftDiceElementType ElementType { get; }

        static abstract SoftDiceLabels Labels { get; }
    }

    private readonly struct Shape<TClasses, TLayout, TType, TLabels> : IShape
        where TClasses : struct, IConstant
        where TLayout : struct, IConstant
        where TType : struct, IConstant
        where TLabels : struct, IConstant
    {
        public static int NumClasses => TClasses.Value;

        public static SoftDiceLayout Layout => (SoftDiceLayout)TLayout.Value;

        public static SoftDiceElementType ElementType => (SoftDiceElementType)TType.Value;

        public static SoftDiceLabels Labels => (SoftDiceLabels)TLabels.Value;
    }

    // Tiles of 64 pixels, in parts of two tiles: the last part, and the last tile, are smaller.
    private readonly struct SeeingKernel<TShape> : ILossKernel<SeenSums<TShape>>
        where TShape : struct, IShape
    {
        public static SoftDiceLabels Labels => TShape.Labels;

        public static int LabelValues => TShape.NumClasses;

        public static int PartPixels => 128;

        public static int StagedPixels => 64;

        public static bool FindsLines => false;

        public static SoftDiceElementType ElementType => TShape.ElementType;

        public static SoftDiceLayout Layout => TShape.Layout;

        public static bool Add<TLanes, TLabel>(
            ref SeenSums<TShape> sums, ReadOnlySpan<float> image, ReadOnlySpan<TLabel> labels, int firstPixel, int endPixel)
            where TLanes : struct, ILanes<TLanes>
            where TLabel : unmanaged
        {
            Assert.Equal(0, (endPixel - firstPixel) % TLanes.Count);
            int stride = image.Length / TShape.NumClasses, ofLabels = labels.Length / stride;
            bool areRight = true;
            for (int pixel = firstPixel; pixel < endPixel; pixel++)
            {
                for (int c = 0; c < TShape.NumClasses; c++)
                {
                    Seen.Predictions.Add(image[(c * stride) + pixel]);
                }

                for (int c = 0; c < ofLabels; c++)
                {
                    byte label = (byte)(object)labels[(c * stride) + pixel];
                    areRight &= label < TShape.NumClasses;
                    Seen.Labels.Add(label);
                }
            }

            return areRight;
        }

        public static void WriteGradient<TLanes, TLabel>(
            in SeenSums<TShape> sums, double scale, ReadOnlySpan<float> image, ReadOnlySpan<TLabel> labels, Span<float> gradient, int firstPixel, int endPixel,
            bool bypassCache)
            where TLanes : struct, ILanes<TLanes>
            where TLabel : unmanaged
        {
            // It goes to scratch memory, which is read at once.
            Assert.False(bypassCache);
            int stride = image.Length / TShape.NumClasses;
            for (int c = 0; c < TShape.NumClasses; c++)
            {
                for (int i = (c * stride) + firstPixel; i < (c * stride) + endPixel; i++)
                {
                    gradient[i] = (float)-scale * image[i];
                }
            }
        }
    }

    // Nothing is added up.
    private struct SeenSums<TShape> : ISoftDiceSums<SeenSums<TShape>>
        where TShape : struct, IShape
    {
        public static int ClassCount => TShape.NumClasses;

        public static int ByteCount => 0;

        public static SeenSums<TShape> operator +(in SeenSums<TShape> left, in SeenSums<TShape> right) => left;

        public static SeenSums<TShape> ReadFrom(ReadOnlySpan<byte> source) => default;

        public readonly double Loss() => 0;

        public readonly double Intersection(int classIndex) => 0;

        public readonly double Miss(int classIndex) => 0;

        public readonly double PredictionSum(int classIndex) => 0;

        public readonly double TargetSum(int classIndex) => 0;

        public readonly double Dice(int classIndex) => 0;

        public readonly bool Equals(in SeenSums<TShape> other) => true;

        public readonly void Add(in SeenSums<TShape> other)
        {
        }

        public readonly void WriteTo(Span<byte> destination)
        {
        }
    }

    private interface IConstant
    {
        static abstract int Value { get; }
    }

    private readonly struct Two : IConstant
    {
        public static int Value => 2;
    }

    private readonly struct Three : IConstant
    {
        public static int Value => 3;
    }

    private readonly struct Four : IConstant
    {
        public static int Value => 4;
    }

    private readonly struct Five : IConstant
    {
        public static int Value => 5;
    }

    private readonly struct Nineteen : IConstant
    {
        public static int Value => 19;
    }

    private readonly struct Forty : IConstant
    {
        public static int Value => 40;
    }

    private readonly struct First : IConstant
    {
        public static int Value => (int)SoftDiceLayout.ChannelsFirst;
    }

    private readonly struct Last : IConstant
    {
        public static int Value => (int)SoftDiceLayout.ChannelsLast;
    }

    private readonly struct OfFloat : IConstant
    {
        public static int Value => (int)SoftDiceElementType.Float;
    }

    private readonly struct OfHalf : IConstant
    {
        public static int Value => (int)SoftDiceElementType.Half;
    }

    private readonly struct OfDouble : IConstant
    {
        public static int Value => (int)SoftDiceElementType.Double;
    }

    private readonly struct Indices : IConstant
    {
        public static int Value => (int)SoftDiceLabels.ClassIndex;
    }

    private readonly struct Targets : IConstant
    {
        public static int Value => (int)SoftDiceLabels.OneHot;
    }
}
