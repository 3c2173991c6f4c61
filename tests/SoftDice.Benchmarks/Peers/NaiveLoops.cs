using System;
using System.Runtime.CompilerServices;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Peers;

/// <summary>The loops that one writes first: plane after plane for probabilities, pixel after pixel through a softmax.</summary>
/// <remarks>Optimised from the first call on, as there are too few calls for the tiers of the JIT.</remarks>
internal sealed class NaiveLoops(CaseData data) : IContender
{
    private readonly ClassSums sums = new(data.Shape.Classes);
    private readonly float[] pixelProbabilities = new float[data.Shape.Classes];
    private readonly float[] gradient = new float[data.Gradient.Length];

    public string Name => "naive C#";

    // Its sums are in double, but for the softmax.
    public int FloatChain => data.Shape.Classes;

    public int WarmCalls => 0;

    public double Run()
    {
        LossMode mode = data.Shape.Mode;
        sums.Clear();
        if (mode.FromLogits)
        {
            AddLogits();
        }
        else
        {
            AddProbabilities();
        }

        if (mode.WithGradient)
        {
            sums.SetSlopes();
            if (mode.FromLogits)
            {
                WriteGradientOfLogits();
            }
            else
            {
                WriteGradientOfProbabilities();
            }
        }

        return sums.Loss();
    }

    public void CopyGradientTo(Span<float> destination) => gradient.CopyTo(destination);

    public void Dispose()
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddProbabilities()
    {
        int pixels = data.Shape.Pixels;
        for (int image = 0; image < data.Shape.Batch; image++)
        {
            ReadOnlySpan<byte> labels = data.Labels.AsSpan(image * pixels, pixels);
            for (int c = 0; c < data.Shape.Classes; c++)
            {
                ReadOnlySpan<float> plane = data.Predictions.AsSpan(((image * data.Shape.Classes) + c) * pixels, pixels);
                double predicted = 0;
                double intersection = 0;
                long labelled = 0;
                for (int i = 0; i < plane.Length; i++)
                {
                    predicted += plane[i];
                    if (labels[i] == c)
                    {
                        intersection += plane[i];
                        labelled++;
                    }
                }

                sums.Predicted[c] += predicted;
                sums.Intersection[c] += intersection;
                sums.Labelled[c] += labelled;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddLogits()
    {
        int pixels = data.Shape.Pixels;
        for (int image = 0; image < data.Shape.Batch; image++)
        {
            for (int i = 0; i < pixels; i++)
            {
                Softmax(image, i);
                int label = data.Labels[(image * pixels) + i];
                for (int c = 0; c < pixelProbabilities.Length; c++)
                {
                    sums.Predicted[c] += pixelProbabilities[c];
                }

                sums.Intersection[label] += pixelProbabilities[label];
                sums.Labelled[label]++;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteGradientOfProbabilities()
    {
        int pixels = data.Shape.Pixels;
        for (int image = 0; image < data.Shape.Batch; image++)
        {
            ReadOnlySpan<byte> labels = data.Labels.AsSpan(image * pixels, pixels);
            for (int c = 0; c < data.Shape.Classes; c++)
            {
                Span<float> plane = gradient.AsSpan(((image * data.Shape.Classes) + c) * pixels, pixels);
                for (int i = 0; i < plane.Length; i++)
                {
                    plane[i] = labels[i] == c ? sums.Own[c] : sums.Other[c];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteGradientOfLogits()
    {
        int pixels = data.Shape.Pixels;
        for (int image = 0; image < data.Shape.Batch; image++)
        {
            for (int i = 0; i < pixels; i++)
            {
                Softmax(image, i);
                int label = data.Labels[(image * pixels) + i];
                float mean = 0;
                for (int c = 0; c < pixelProbabilities.Length; c++)
                {
                    mean += pixelProbabilities[c] * (c == label ? sums.Own[c] : sums.Other[c]);
                }

                for (int c = 0; c < pixelProbabilities.Length; c++)
                {
                    float slope = c == label ? sums.Own[c] : sums.Other[c];
                    gradient[(((image * data.Shape.Classes) + c) * pixels) + i] = pixelProbabilities[c] * (slope - mean);
                }
            }
        }
    }

    private void Softmax(int image, int pixel)
    {
        int first = (image * data.Shape.Classes * data.Shape.Pixels) + pixel;
        float largest = float.NegativeInfinity;
        for (int c = 0; c < pixelProbabilities.Length; c++)
        {
            largest = MathF.Max(largest, data.Predictions[first + (c * data.Shape.Pixels)]);
        }

        float sum = 0;
        for (int c = 0; c < pixelProbabilities.Length; c++)
        {
            pixelProbabilities[c] = MathF.Exp(data.Predictions[first + (c * data.Shape.Pixels)] - largest);
            sum += pixelProbabilities[c];
        }

        for (int c = 0; c < pixelProbabilities.Length; c++)
        {
            pixelProbabilities[c] /= sum;
        }
    }
}
