using System;
using System.Collections.Generic;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>A seeded batch of which some pixels take no part, one by one and in runs, and the same without them.</summary>
internal sealed class PartialBatch
{
    private static readonly float[] Garbage = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -1e30f, 0];

    private readonly TrainingKernel kernel;
    private readonly int pixels;

    /// <param name="kernel">The loss.</param>
    /// <param name="seed">Every third leaves nothing out, and every seventh everything.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="pixels">Pixels of an image.</param>
    public PartialBatch(TrainingKernel kernel, int seed, int batchSize, int pixels)
    {
        this.kernel = kernel;
        this.pixels = pixels;
        BatchSize = batchSize;
        (Predictions, Labels, _) = FamilyData.Hard(kernel, seed, batchSize, pixels);
        Random random = new(seed);
        bool isOut = false;
        Counts = new bool[Labels.Length];
        for (int i = 0; i < Labels.Length; i++)
        {
            isOut = random.Next(4) == 0 ? random.Next(2) == 0 : isOut;
            Counts[i] = (seed % 3 == 0 || !isOut) && seed % 7 != 0;
            if (kernel.Options.IgnoreIndex is int ignored)
            {
                Labels[i] = Counts[i] ? Labels[i] : ignored;
                Counts[i] = Labels[i] != ignored;
            }
        }
    }

    public int BatchSize { get; }

    public float[] Predictions { get; }

    public int[] Labels { get; }

    /// <summary>Of each pixel, whether it takes part.</summary>
    public bool[] Counts { get; }

    /// <summary>Whether the pixel of a prediction takes part.</summary>
    public bool IsCounted(int prediction) => Counts[(prediction / pixels / kernel.NumClasses * pixels) + (prediction % pixels)];

    /// <summary>Predictions with whatever can be there at pixels that take no part.</summary>
    public float[] WithGarbage() =>
        [.. Predictions.Select((prediction, i) => IsCounted(i) ? prediction : Garbage[i % Garbage.Length])];

    /// <summary>The pixels that take part, as one image, and where each of its predictions is in the batch.</summary>
    public (float[] Predictions, int[] Labels, float[] Targets, int[] Places) Compacted()
    {
        int[] kept = [.. Enumerable.Range(0, Labels.Length).Where(pixel => Counts[pixel])];
        List<int> places = [];
        List<float> targets = [];
        int firstPlane = kernel.LabelValues - kernel.NumClasses;
        for (int c = 0; c < kernel.NumClasses; c++)
        {
            foreach (int pixel in kept)
            {
                places.Add((((pixel / pixels * kernel.NumClasses) + c) * pixels) + (pixel % pixels));
                targets.Add(Labels[pixel] == c + firstPlane ? 1 : 0);
            }
        }

        return ([.. places.Select(place => Predictions[place])], [.. kept.Select(pixel => Labels[pixel])], [.. targets], [.. places]);
    }
}
