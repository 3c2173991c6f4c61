using System;

namespace SoftDice.Samples.RealLabels;

/// <summary>
/// Stands in for a network: probabilities that are right inside a region and unsure at its edge. Each pixel spreads its label
/// over its neighbours, weighted by a Gaussian; noise makes some edges wrong; every class keeps a little probability.
/// </summary>
/// <param name="width">Pixels in a row.</param>
/// <param name="height">Rows.</param>
/// <param name="numClasses">Number of classes.</param>
/// <param name="seed">The same seed gives the same predictions, slice by slice and in any order of slices.</param>
internal sealed class BlurredPredictions(int width, int height, int numClasses, int seed)
{
    /// <summary>Standard deviation of the Gaussian in pixels: 3 mm in a volume of 2 mm.</summary>
    private const float Sigma = 1.5f;

    /// <summary>The Gaussian is cut off here, at 2.7 standard deviations.</summary>
    private const int Radius = 4;

    /// <summary>A blurred value is multiplied by 1 ± this, at most.</summary>
    private const float Noise = 0.5f;

    /// <summary>A softmax never gives 0, and neither does this.</summary>
    private const float Floor = 1e-6f;

    private readonly float[] gaussian = Gaussian();
    private readonly float[] total = new float[width * height];

    /// <summary>Makes the predictions for one slice.</summary>
    /// <param name="labels">The labels of the slice.</param>
    /// <param name="slice">The number of the slice, for the noise.</param>
    /// <param name="predictions">Probabilities (class, row, column), all of which are written.</param>
    public void Fill(ReadOnlySpan<byte> labels, int slice, Span<float> predictions)
    {
        predictions.Clear();
        Blur(labels, predictions);
        AddNoiseAndFloor(new Random(seed + slice), predictions);
        Normalise(predictions);
    }

    private static float[] Gaussian()
    {
        float[] weights = new float[(2 * Radius) + 1];
        for (int d = -Radius; d <= Radius; d++)
        {
            weights[Radius + d] = MathF.Exp(-d * d / (2 * Sigma * Sigma));
        }

        return weights;
    }

    // One-hot planes, each convolved with the Gaussian, without the planes: what a pixel adds goes into its label's plane only,
    // so the cost does not depend on the number of classes. The edge of the image and the sum of the weights need no care,
    // because all classes are divided by their sum in the end.
    private void Blur(ReadOnlySpan<byte> labels, Span<float> predictions)
    {
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int label = labels[(y * width) + x];
                Span<float> plane = predictions.Slice(label * total.Length, total.Length);
                int left = Math.Max(x - Radius, 0);
                int right = Math.Min(x + Radius, width - 1);
                int bottom = Math.Min(y + Radius, height - 1);
                for (int row = Math.Max(y - Radius, 0); row <= bottom; row++)
                {
                    float rowWeight = gaussian[Radius + row - y];
                    for (int column = left; column <= right; column++)
                    {
                        plane[(row * width) + column] += rowWeight * gaussian[Radius + column - x];
                    }
                }
            }
        }
    }

    private static void AddNoiseAndFloor(Random random, Span<float> predictions)
    {
        for (int i = 0; i < predictions.Length; i++)
        {
            // Most of the 117 planes of a slice are empty, and stay so: noise there would be a network that guesses blindly.
            if (predictions[i] > 0)
            {
                predictions[i] *= 1 + (Noise * ((2 * random.NextSingle()) - 1));
            }

            predictions[i] += Floor;
        }
    }

    private void Normalise(Span<float> predictions)
    {
        Array.Clear(total);
        for (int c = 0; c < numClasses; c++)
        {
            ReadOnlySpan<float> plane = predictions.Slice(c * total.Length, total.Length);
            for (int i = 0; i < total.Length; i++)
            {
                total[i] += plane[i];
            }
        }

        for (int c = 0; c < numClasses; c++)
        {
            Span<float> plane = predictions.Slice(c * total.Length, total.Length);
            for (int i = 0; i < total.Length; i++)
            {
                plane[i] /= total[i];
            }
        }
    }
}
