using System;
using System.IO;

using SkiaSharp;

namespace SoftDice.Samples;

/// <summary>Pictures of the same size, side by side in one PNG file.</summary>
internal static class Panels
{
    private const int Gap = 4;

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file, replaced if it is there.</param>
    /// <param name="width">Width of one panel, in pixels of the data.</param>
    /// <param name="height">Height of one panel, in pixels of the data.</param>
    /// <param name="scale">Side of the square that one pixel of the data becomes.</param>
    /// <param name="panels">For each panel, the colour at a column and a row.</param>
    public static void Save(string path, int width, int height, int scale, params ReadOnlySpan<Func<int, int, SKColor>> panels)
    {
        int step = (width * scale) + Gap;
        using SKBitmap bitmap = new((panels.Length * step) - Gap, height * scale);
        bitmap.Erase(SKColors.White);

        for (int panel = 0; panel < panels.Length; panel++)
        {
            for (int y = 0; y < height * scale; y++)
            {
                for (int x = 0; x < width * scale; x++)
                {
                    bitmap.SetPixel((panel * step) + x, y, panels[panel](x / scale, y / scale));
                }
            }
        }

        using FileStream file = File.Create(path);
        if (!bitmap.Encode(file, SKEncodedImageFormat.Png, quality: 100))
        {
            throw new IOException($"SkiaSharp could not encode {path}.");
        }
    }
}
