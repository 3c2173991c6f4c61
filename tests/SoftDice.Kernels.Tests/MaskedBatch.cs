using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace SoftDice.Kernels.Tests;

/// <summary>A seeded batch with a mask, of single pixels and of runs: the labels a loss takes, and the same batch without what the mask leaves out.</summary>
internal sealed class MaskedBatch
{
    private static readonly float[] Garbage = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -1e30f, 0];

    private readonly TrainingKernel kernel;
    private readonly int pixels;
    private readonly int[] labels;
    private readonly float[] targets;

    /// <param name="kernel">The loss.</param>
    /// <param name="seed">Every third mask leaves nothing out, and every seventh everything.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="pixels">Pixels of an image.</param>
    public MaskedBatch(TrainingKernel kernel, int seed, int batchSize, int pixels)
    {
        this.kernel = kernel;
        this.pixels = pixels;
        BatchSize = batchSize;
        (Predictions, labels, float[] hard) = FamilyData.Hard(kernel, seed, batchSize, pixels);
        Random random = new(seed);
        targets = IsOneHot ? [.. hard.Select(target => random.Next(3) == 0 ? target : random.NextSingle())] : hard;
        bool isOut = false;
        Mask = new bool[labels.Length];
        for (int i = 0; i < Mask.Length; i++)
        {
            isOut = random.Next(4) == 0 ? random.Next(2) == 0 : isOut;
            Mask[i] = (seed % 3 == 0 || !isOut) && seed % 7 != 0;
            if (kernel.Options.IgnoreIndex is int ignored && random.Next(5) == 0)
            {
                labels[i] = ignored;
            }
        }
    }

    public int BatchSize { get; }

    public float[] Predictions { get; }

    public bool[] Mask { get; }

    private bool IsOneHot => kernel.Options.Labels == SoftDiceLabels.OneHot;

    /// <summary>Labels or targets, as they are in a batch without a mask.</summary>
    public float[] Labels => IsOneHot ? targets : [.. labels.Select(label => (float)label)];

    /// <summary>The same with anything where the mask is false.</summary>
    public float[] LabelsWithGarbage() =>
        [.. Labels.Select((label, i) => Mask[IsOneHot ? PixelOf(i) : i] ? label : Garbage[i % Garbage.Length])];

    /// <summary>Predictions with anything where pixels take no part.</summary>
    public float[] PredictionsWithGarbage() =>
        [.. Predictions.Select((prediction, i) => Counts(PixelOf(i)) ? prediction : Garbage[i % Garbage.Length])];

    /// <summary>Whether a pixel takes part by its label and by the mask.</summary>
    public bool Counts(int pixel) => Mask[pixel] && labels[pixel] != kernel.Options.IgnoreIndex;

    /// <summary>The pixel of a prediction.</summary>
    public int PixelOf(int prediction) => (prediction / pixels / kernel.NumClasses * pixels) + (prediction % pixels);

    /// <summary>The pixels that take part, as one image, and where each of its predictions is in the batch.</summary>
    public (float[] Predictions, int[] Labels, float[] Targets, int[] Places) Compacted()
    {
        int[] kept = [.. Enumerable.Range(0, labels.Length).Where(Counts)];
        List<int> places = [];
        for (int c = 0; c < kernel.NumClasses; c++)
        {
            places.AddRange(kept.Select(pixel => (((pixel / pixels * kernel.NumClasses) + c) * pixels) + (pixel % pixels)));
        }

        return ([.. places.Select(place => Predictions[place])], [.. kept.Select(pixel => labels[pixel])], [.. places.Select(TargetOf)], [.. places]);
    }

    // A target as it is, also where the label is a class index.
    private float TargetOf(int prediction)
    {
        int firstPlane = IsOneHot ? 0 : kernel.LabelValues - kernel.NumClasses;
        return IsOneHot ? targets[prediction] : labels[PixelOf(prediction)] == (prediction / pixels % kernel.NumClasses) + firstPlane ? 1 : 0;
    }
}
