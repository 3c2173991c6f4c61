using System;

using SkiaSharp;

namespace SoftDice.Samples.RealLabels;

/// <summary>One axial slice as a picture: the head, its labels, and the most probable label of the prediction.</summary>
internal static class Picture
{
    private const int Scale = 4;

    /// <summary>Turning by the golden angle keeps the hues of neighbouring numbers far apart, however many there are.</summary>
    private const float GoldenAngle = 137.50776f;

    /// <summary>Writes a PNG file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="head">The volume the labels belong to.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="z">The slice.</param>
    /// <param name="predictions">Probabilities (class, row, column) of the slice.</param>
    public static void Save(string path, NiftiVolume head, NiftiVolume labels, int z, ReadOnlySpan<float> predictions)
    {
        int[] predicted = MostProbable(predictions, labels.Width * labels.Height);
        Panels.Save(
            path,
            labels.Width,
            labels.Height,
            Scale,
            (x, y) => Grey(head.Slice(z)[Pixel(x, y)]),
            (x, y) => Colour(labels.Slice(z)[Pixel(x, y)]),
            (x, y) => Colour(predicted[Pixel(x, y)]));

        // Rows of the volume run from the back of the head to the front; the front belongs on top.
        int Pixel(int x, int y) => ((labels.Height - 1 - y) * labels.Width) + x;
    }

    private static int[] MostProbable(ReadOnlySpan<float> predictions, int pixels)
    {
        int[] best = new int[pixels];
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int c = 1; c < AalLoss.NumClasses; c++)
            {
                if (predictions[(c * pixels) + pixel] > predictions[(best[pixel] * pixels) + pixel])
                {
                    best[pixel] = c;
                }
            }
        }

        return best;
    }

    private static SKColor Grey(byte intensity) => new(intensity, intensity, intensity);

    private static SKColor Colour(int label) =>
        label == 0 ? SKColors.Black : SKColor.FromHsv(label * GoldenAngle % 360, s: 65, v: 95);
}
