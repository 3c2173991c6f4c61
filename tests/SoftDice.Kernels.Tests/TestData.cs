using System;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>Seeded batches.</summary>
internal static class TestData
{
    /// <summary>Uniform predictions in [0, 1) and uniform labels.</summary>
    public static (float[] Predictions, int[] Labels) Uniform(int seed, int numClasses, int batchSize, int pixels)
    {
        Random random = new(seed);
        return (
            Enumerable.Range(0, batchSize * numClasses * pixels).Select(_ => random.NextSingle()).ToArray(),
            Enumerable.Range(0, batchSize * pixels).Select(_ => random.Next(numClasses)).ToArray());
    }

    public static TLabel[] As<TLabel>(int[] labels)
        where TLabel : unmanaged, System.Numerics.INumber<TLabel> =>
        [.. labels.Select(TLabel.CreateChecked)];
}
