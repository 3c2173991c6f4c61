using System;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Peers;

/// <summary>
/// A composition of TensorPrimitives over tiles that stay in the cache, with buffers that are allocated once. They have no operation
/// for a pixel's own class: with few classes it is a mask of arithmetic, with many a loop over the labels.
/// </summary>
internal sealed class TensorPrimitivesLoss : IContender
{
    private const int TileElements = 32 * 1024;
    private const int MaxMaskedClasses = 8;

    private readonly CaseData data;
    private readonly ClassSums sums;
    private readonly int tilePixels;
    private readonly float[] probabilities;
    private readonly float[] largest;
    private readonly float[] total;
    private readonly float[] labelValues;
    private readonly float[] gradient;

    public TensorPrimitivesLoss(CaseData data)
    {
        this.data = data;
        sums = new ClassSums(data.Shape.Classes);

        // Whole cache lines, so that vectors of one plane cross no more of them than those of another.
        tilePixels = Math.Min(data.Shape.Pixels, Math.Max(256, TileElements / data.Shape.Classes / 16 * 16));
        probabilities = new float[tilePixels * data.Shape.Classes];
        largest = new float[tilePixels];
        total = new float[tilePixels];
        labelValues = new float[tilePixels];
        gradient = new float[data.Gradient.Length];
    }

    public string Name => "TensorPrimitives";

    // A plane of a tile in four lanes or more, and the softmax.
    public int FloatChain => (tilePixels / 4) + data.Shape.Classes;

    public int WarmCalls => 1;

    public double Run()
    {
        LossMode mode = data.Shape.Mode;
        sums.Clear();
        for (int image = 0; image < data.Shape.Batch; image++)
        {
            for (int start = 0; start < data.Shape.Pixels; start += tilePixels)
            {
                AddTile(image, start, Math.Min(tilePixels, data.Shape.Pixels - start));
            }
        }

        if (mode.WithGradient)
        {
            sums.SetSlopes();
            for (int image = 0; image < data.Shape.Batch; image++)
            {
                for (int start = 0; start < data.Shape.Pixels; start += tilePixels)
                {
                    WriteGradient(image, start, Math.Min(tilePixels, data.Shape.Pixels - start));
                }
            }
        }

        return sums.Loss();
    }

    public void CopyGradientTo(Span<float> destination) => gradient.CopyTo(destination);

    public void Dispose()
    {
    }

    private void AddTile(int image, int start, int length)
    {
        bool fromLogits = data.Shape.Mode.FromLogits;
        if (fromLogits)
        {
            Softmax(image, start, length);
        }

        for (int c = 0; c < data.Shape.Classes; c++)
        {
            sums.Predicted[c] += TensorPrimitives.Sum(fromLogits ? TilePlane(c, length) : Plane(image, c, start, length));
        }

        if (data.Shape.Classes <= MaxMaskedClasses)
        {
            AddMasked(image, start, length);
        }
        else if (fromLogits)
        {
            AddOwnClasses(image, start, length, probabilities, 0, tilePixels);
        }
        else
        {
            AddOwnClasses(image, start, length, data.Predictions, PlaneStart(image, 0, start), data.Shape.Pixels);
        }
    }

    private void AddMasked(int image, int start, int length)
    {
        Span<float> label = labelValues.AsSpan(0, length);
        Span<float> others = total.AsSpan(0, length);
        TensorPrimitives.ConvertTruncating(Labels(image, start, length), label);
        for (int c = 0; c < data.Shape.Classes; c++)
        {
            ReadOnlySpan<float> plane = data.Shape.Mode.FromLogits ? TilePlane(c, length) : Plane(image, c, start, length);
            TensorPrimitives.Subtract(label, (float)c, others);
            TensorPrimitives.Abs<float>(others, others);
            TensorPrimitives.Min(others, 1f, others);
            sums.Labelled[c] += length - (int)TensorPrimitives.Sum<float>(others);
            sums.Intersection[c] += TensorPrimitives.Sum(plane) - TensorPrimitives.Dot(plane, others);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddOwnClasses(int image, int start, int length, float[] source, int first, int stride)
    {
        ReadOnlySpan<byte> labels = Labels(image, start, length);
        double[] intersection = sums.Intersection;
        long[] labelled = sums.Labelled;
        for (int i = 0; i < labels.Length; i++)
        {
            int label = labels[i];
            intersection[label] += source[first + (label * stride) + i];
            labelled[label]++;
        }
    }

    private void WriteGradient(int image, int start, int length)
    {
        if (data.Shape.Mode.FromLogits)
        {
            Softmax(image, start, length);
            WriteGradientOfLogits(image, start, length);
            return;
        }

        for (int c = 0; c < data.Shape.Classes; c++)
        {
            gradient.AsSpan(PlaneStart(image, c, start), length).Fill(sums.Other[c]);
        }

        ReadOnlySpan<byte> labels = Labels(image, start, length);
        for (int i = 0; i < labels.Length; i++)
        {
            gradient[PlaneStart(image, labels[i], start) + i] = sums.Own[labels[i]];
        }
    }

    private void WriteGradientOfLogits(int image, int start, int length)
    {
        // Without the step of a pixel's own class, the slopes are the same for all pixels: the rest is for the loops over labels.
        Span<float> mean = largest.AsSpan(0, length);
        mean.Clear();
        for (int c = 0; c < data.Shape.Classes; c++)
        {
            TensorPrimitives.MultiplyAdd(TilePlane(c, length), sums.Other[c], mean, mean);
        }

        ReadOnlySpan<byte> labels = Labels(image, start, length);
        for (int i = 0; i < labels.Length; i++)
        {
            mean[i] += probabilities[(labels[i] * tilePixels) + i] * (sums.Own[labels[i]] - sums.Other[labels[i]]);
        }

        Span<float> slope = total.AsSpan(0, length);
        for (int c = 0; c < data.Shape.Classes; c++)
        {
            TensorPrimitives.Subtract(sums.Other[c], mean, slope);
            TensorPrimitives.Multiply(TilePlane(c, length), slope, gradient.AsSpan(PlaneStart(image, c, start), length));
        }

        for (int i = 0; i < labels.Length; i++)
        {
            gradient[PlaneStart(image, labels[i], start) + i] +=
                probabilities[(labels[i] * tilePixels) + i] * (sums.Own[labels[i]] - sums.Other[labels[i]]);
        }
    }

    private void Softmax(int image, int start, int length)
    {
        Span<float> max = largest.AsSpan(0, length);
        Span<float> sum = total.AsSpan(0, length);
        Plane(image, 0, start, length).CopyTo(max);
        for (int c = 1; c < data.Shape.Classes; c++)
        {
            TensorPrimitives.Max(max, Plane(image, c, start, length), max);
        }

        sum.Clear();
        for (int c = 0; c < data.Shape.Classes; c++)
        {
            Span<float> plane = TilePlane(c, length);
            TensorPrimitives.Subtract(Plane(image, c, start, length), max, plane);
            TensorPrimitives.Exp<float>(plane, plane);
            TensorPrimitives.Add(sum, plane, sum);
        }

        TensorPrimitives.Reciprocal<float>(sum, sum);
        for (int c = 0; c < data.Shape.Classes; c++)
        {
            TensorPrimitives.Multiply(TilePlane(c, length), sum, TilePlane(c, length));
        }
    }

    private int PlaneStart(int image, int c, int start) => (((image * data.Shape.Classes) + c) * data.Shape.Pixels) + start;

    private ReadOnlySpan<float> Plane(int image, int c, int start, int length) =>
        data.Predictions.AsSpan(PlaneStart(image, c, start), length);

    private Span<float> TilePlane(int c, int length) => probabilities.AsSpan(c * tilePixels, length);

    private ReadOnlySpan<byte> Labels(int image, int start, int length) =>
        data.Labels.AsSpan((image * data.Shape.Pixels) + start, length);
}
