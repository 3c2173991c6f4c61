using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>Seeded batches of which every other one has no label of its last class.</summary>
internal static class FamilyData
{
    /// <summary>Predictions, class indices, and these as targets.</summary>
    public static (float[] Predictions, int[] Labels, float[] Targets) Hard(TrainingKernel kernel, int seed, int batchSize, int pixels)
    {
        (float[] predictions, int[] labels) = kernel.Batch(seed, batchSize, pixels);
        int absent = seed % 2 == 0 && kernel.LabelValues > 1 ? kernel.LabelValues - 1 : -1;
        labels = [.. labels.Select(label => label == absent ? 0 : label)];

        // One channel of sigmoid has the classes 0 and 1, and a plane for 1 alone.
        int firstPlane = kernel.LabelValues - kernel.NumClasses;
        float[] targets =
        [
            .. Enumerable.Range(0, predictions.Length).Select(i =>
                labels[(i / pixels / kernel.NumClasses * pixels) + (i % pixels)] == (i / pixels % kernel.NumClasses) + firstPlane ? 1f : 0f),
        ];
        return (predictions, labels, targets);
    }

    /// <summary>Predictions, and targets from 0 to 1.</summary>
    public static (float[] Predictions, float[] Targets) Soft(TrainingKernel kernel, int seed, int batchSize, int pixels)
    {
        (float[] predictions, float[] targets) = OneHotData.Soft(kernel, seed, batchSize, pixels);
        int absent = seed % 2 == 0 ? kernel.NumClasses - 1 : -1;
        return (predictions, [.. targets.Select((target, i) => i / pixels % kernel.NumClasses == absent ? 0 : target)]);
    }
}
