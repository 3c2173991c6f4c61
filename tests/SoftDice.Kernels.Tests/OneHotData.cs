using System;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>Seeded targets of the predictions' shape.</summary>
internal static class OneHotData
{
    /// <summary>Predictions, and for each pixel 1 in the plane of its class, 0 in the others; the class indices are the same thing.</summary>
    public static (float[] Predictions, int[] Classes, byte[] Targets) Hard(TrainingKernel kernel, int seed, int batchSize, int pixels)
    {
        (float[] predictions, int[] classes) = kernel.Batch(seed, batchSize, pixels);

        // One channel of sigmoid has the classes 0 and 1, and a plane for 1 alone.
        int firstPlane = kernel.LabelValues - kernel.NumClasses;
        byte[] targets = new byte[predictions.Length];
        for (int i = 0; i < classes.Length; i++)
        {
            (int image, int pixel) = Math.DivRem(i, pixels);
            if (classes[i] >= firstPlane)
            {
                targets[(((image * kernel.NumClasses) + classes[i] - firstPlane) * pixels) + pixel] = 1;
            }
        }

        return (predictions, classes, targets);
    }

    /// <summary>Predictions, and targets from 0 to 1 of which a quarter are one or the other; planes know nothing of each other.</summary>
    public static (float[] Predictions, float[] Targets) Soft(TrainingKernel kernel, int seed, int batchSize, int pixels)
    {
        Random random = new(seed + 1000);
        float[] predictions = kernel.Batch(seed, batchSize, pixels).Predictions;
        return (predictions, [.. predictions.Select(_ => Math.Clamp((random.NextSingle() * 4 / 3) - (1f / 6), 0, 1))]);
    }

    public static float[] AsFloats(byte[] targets) => [.. targets.Select(target => (float)target)];
}
