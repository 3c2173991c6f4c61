using System;
using System.Collections.Generic;
using System.Linq;

namespace SoftDice.Samples.TrainPixels;

/// <summary>
/// What a classifier that looks at one pixel is told about it: how bright it is, how bright and how uneven its neighbourhood is,
/// and where in the head it lies. A slice's features come from its own pixels only.
/// </summary>
internal static class Features
{
    /// <summary>Standard deviations of the Gaussian blurs, in pixels of 2 mm: from a gyrus to the size of a lobe.</summary>
    private static readonly float[] Scales = [1, 2, 4, 8];

    /// <summary>Gaussians are cut off at this many standard deviations.</summary>
    private const float CutOff = 3;

    /// <summary>Computes the features of one slice.</summary>
    /// <param name="head">The volume.</param>
    /// <param name="z">The slice.</param>
    /// <returns>The features (feature, pixels). The last one is 1 everywhere.</returns>
    public static float[] Compute(NiftiVolume head, int z)
    {
        (int width, int height) = (head.Width, head.Height);
        float[] image = [.. head.Slice(z).ToArray().Select(voxel => (float)voxel / byte.MaxValue)];
        float[] square = Map(i => image[i] * image[i]);

        List<float[]> features = [image];
        foreach (float scale in Scales)
        {
            float[] mean = Blur(image, width, height, scale);
            float[] meanSquare = Blur(square, width, height, scale);
            features.Add(mean);
            features.Add(Map(i => MathF.Sqrt(MathF.Max(0, meanSquare[i] - (mean[i] * mean[i])))));
            features.Add(GradientMagnitude(mean, width, height));
        }

        // Where the pixel lies: -1 to 1 along each axis. Squares and products let a unit of the network draw a curved border.
        float[] x = Map(i => FromCentre(i % width, width));
        float[] y = Map(i => FromCentre(i / width, height));
        float[][] axes = [x, y, Map(_ => FromCentre(z, head.Depth))];
        features.AddRange(axes);
        for (int a = 0; a < axes.Length; a++)
        {
            for (int b = a; b < axes.Length; b++)
            {
                (float[] left, float[] right) = (axes[a], axes[b]);
                features.Add(Map(i => left[i] * right[i]));
            }
        }

        // The two halves of a head are alike.
        features.Add(Map(i => MathF.Abs(x[i])));

        features.Add(Map(_ => 1));
        return [.. features.SelectMany(plane => plane)];

        float[] Map(Func<int, float> valueAt) => [.. Enumerable.Range(0, width * height).Select(valueAt)];
    }

    /// <summary>
    /// Gives every feature but the last one mean 0 and deviation 1 over the training slices, so that the network's random
    /// weights begin at a sensible size. The other slices are moved and stretched in the same way.
    /// </summary>
    /// <param name="slices">All slices, which are changed.</param>
    /// <param name="training">Those that say how.</param>
    /// <param name="pixels">Pixels of a slice.</param>
    public static void Standardise(IReadOnlyList<Slice> slices, IReadOnlyList<Slice> training, int pixels)
    {
        int features = slices[0].Features.Length / pixels;
        for (int f = 0; f < features - 1; f++)
        {
            (double sum, double squares) = (0, 0);
            foreach (Slice slice in training)
            {
                foreach (float value in slice.Features.AsSpan(f * pixels, pixels))
                {
                    sum += value;
                    squares += (double)value * value;
                }
            }

            double count = (double)training.Count * pixels;
            double mean = sum / count;
            double deviation = Math.Sqrt((squares / count) - (mean * mean));
            foreach (Slice slice in slices)
            {
                foreach (ref float value in slice.Features.AsSpan(f * pixels, pixels))
                {
                    value = (float)((value - mean) / deviation);
                }
            }
        }
    }

    private static float FromCentre(int position, int size) => ((2f * position) / (size - 1)) - 1;

    // A Gaussian is a blur along the rows, then one along the columns.
    private static float[] Blur(float[] image, int width, int height, float scale) =>
        BlurColumns(BlurRows(image, width, height, scale), width, height, scale);

    private static float[] BlurRows(float[] image, int width, int height, float scale)
    {
        float[] result = new float[image.Length];
        for (int y = 0; y < height; y++)
        {
            BlurLine(image, result, y * width, step: 1, width, scale);
        }

        return result;
    }

    private static float[] BlurColumns(float[] image, int width, int height, float scale)
    {
        float[] result = new float[image.Length];
        for (int x = 0; x < width; x++)
        {
            BlurLine(image, result, x, step: width, height, scale);
        }

        return result;
    }

    private static void BlurLine(float[] from, float[] to, int first, int step, int count, float scale)
    {
        int radius = (int)MathF.Ceiling(CutOff * scale);
        for (int i = 0; i < count; i++)
        {
            (float sum, float weights) = (0, 0);
            for (int k = Math.Max(i - radius, 0); k <= Math.Min(i + radius, count - 1); k++)
            {
                float weight = MathF.Exp(-(k - i) * (k - i) / (2 * scale * scale));
                sum += weight * from[first + (k * step)];
                weights += weight;
            }

            // What lies beyond the edge has no weight.
            to[first + (i * step)] = sum / weights;
        }
    }

    private static float[] GradientMagnitude(float[] image, int width, int height)
    {
        float[] result = new float[image.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float across = image[(y * width) + Math.Min(x + 1, width - 1)] - image[(y * width) + Math.Max(x - 1, 0)];
                float along = image[(Math.Min(y + 1, height - 1) * width) + x] - image[(Math.Max(y - 1, 0) * width) + x];
                result[(y * width) + x] = MathF.Sqrt((across * across) + (along * along)) / 2;
            }
        }

        return result;
    }
}
