using System;

using SkiaSharp;

namespace SoftDice.Samples.QuickStart;

/// <summary>Ground truth and prediction as colours: class 0 is red, 1 is green, 2 is blue.</summary>
internal static class Picture
{
    private const int Scale = 2;

    /// <summary>Writes a PNG file with the ground truth on the left and the prediction on the right.</summary>
    /// <param name="path">The file.</param>
    /// <param name="groundTruth">Labels.</param>
    /// <param name="prediction">Probabilities; those of a pixel are the red, green and blue parts of its colour.</param>
    public static void Save(string path, byte[] groundTruth, float[] prediction)
    {
        Panels.Save(path, Notebook.Width, Notebook.Height, Scale, Truth, Predicted);

        SKColor Truth(int x, int y)
        {
            int label = groundTruth[(y * Notebook.Width) + x];
            return new SKColor(Part(label == 0 ? 1 : 0), Part(label == 1 ? 1 : 0), Part(label == 2 ? 1 : 0));
        }

        SKColor Predicted(int x, int y)
        {
            int plane = Notebook.Width * Notebook.Height;
            int pixel = (y * Notebook.Width) + x;
            return new SKColor(Part(prediction[pixel]), Part(prediction[plane + pixel]), Part(prediction[(2 * plane) + pixel]));
        }
    }

    private static byte Part(float probability) => (byte)MathF.Round(probability * byte.MaxValue);
}
