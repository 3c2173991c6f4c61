using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Logits of an image whose probabilities are 0 or, in 1, 2, 4, 8 or 16 classes of a pixel, all the same.</summary>
public sealed class SoftmaxImage
{
    /// <summary>Pixels before the first that counts; one more follows the last.</summary>
    public const int First = 2;

    public const ushort Ignored = 65535, NoClass = 60000;

    // What a logit is where the class has something of the pixel, and where it has not: as they are, and so low or high that they are taken less
    // the largest.
    private static readonly (float Some, float None)[] Logit =
        [(0, -110), (-100, -210), (0, -110), (100, -10), (0, float.NegativeInfinity), (-300, -1000), (61, -60)];

    private readonly bool[] has;

    public SoftmaxImage(int numClasses, int pixels)
    {
        NumClasses = numClasses;
        int all = First + pixels + 1;
        Labels = new ushort[all];
        Mask = [.. Enumerable.Range(0, all).Select(pixel => pixel % 3 != 1)];
        has = new bool[all * numClasses];
        for (int pixel = 0; pixel < all; pixel++)
        {
            for (int i = 0; i < 1 << (pixel % 5); i++)
            {
                has[(pixel * numClasses) + (((pixel * 7) + (i * (numClasses / 16))) % numClasses)] = true;
            }

            Labels[pixel] = (ushort)(pixel * (pixel % 2 == 0 ? 7 : 3) % numClasses);
        }

        Logits = [.. has.Select((some, i) => some ? Logit[i / numClasses % Logit.Length].Some : Logit[i / numClasses % Logit.Length].None)];
    }

    // Fewer than a vector, no whole vectors, and more than the chains of one row; fewer pixels than are added up at once, and no whole blocks.
    public static TheoryData<int, int> All => new()
    {
        { 16, 1 }, { 17, 3 }, { 19, 4 }, { 24, 33 }, { 33, 66 }, { 40, 31 }, { 150, 39 }, { 256, 34 }, { 300, 19 },
    };

    public int NumClasses { get; }

    public float[] Logits { get; }

    public ushort[] Labels { get; }

    public bool[] Mask { get; }

    /// <summary>Sets the label of some pixels, whose logits then are anything.</summary>
    public void SetLabels(Func<int, bool> where, ushort label)
    {
        for (int pixel = First; pixel < Labels.Length - 1; pixel++)
        {
            if (where(pixel))
            {
                Labels[pixel] = label;
                Logits.AsSpan(pixel * NumClasses, NumClasses).Fill(pixel % 3 == 0 ? float.NaN : float.PositiveInfinity);
            }
        }
    }

    public float Probability(int pixel, int c) => has[(pixel * NumClasses) + c] ? 1f / (1 << (pixel % 5)) : 0;

    /// <summary>The slope of every logit: p·(s - Σ p·s), and 0 where a pixel takes no part.</summary>
    public float[] Gradient(float[] owns, float[] others, Func<int, bool> isTaken, float untouched)
    {
        float[] gradient = new float[Logits.Length];
        for (int pixel = 0; pixel < Labels.Length; pixel++)
        {
            Span<float> row = gradient.AsSpan(pixel * NumClasses, NumClasses);
            if (pixel < First || pixel == Labels.Length - 1)
            {
                row.Fill(untouched);
            }
            else if (Labels[pixel] < NumClasses && isTaken(pixel))
            {
                float[] slopes = [.. others.Take(NumClasses)];
                slopes[Labels[pixel]] = owns[Labels[pixel]];
                float mean = slopes.Select((slope, c) => Probability(pixel, c) * slope).Sum();
                for (int c = 0; c < NumClasses; c++)
                {
                    row[c] = Probability(pixel, c) * (slopes[c] - mean);
                }
            }
        }

        return gradient;
    }
}
