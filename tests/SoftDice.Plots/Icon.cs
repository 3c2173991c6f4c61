using System.IO;

using SkiaSharp;

namespace SoftDice.Plots;

/// <summary>The picture of the package: a label with a sharp edge, a prediction with a soft one, and where they overlap.</summary>
internal static class Icon
{
    private const int Side = 128;

    public static void Save(string path)
    {
        using SKBitmap bitmap = new(Side, Side);
        using (SKCanvas canvas = new(bitmap))
        using (SKPaint paint = new() { IsAntialias = true })
        {
            canvas.Clear(SKColors.Transparent);
            paint.Color = new SKColor(0x17, 0x20, 0x33);
            canvas.DrawRoundRect(0, 0, Side, Side, 24, 24, paint);

            // Light adds up where the two overlap.
            paint.BlendMode = SKBlendMode.Plus;
            paint.Color = new SKColor(0x1F, 0x8A, 0x9C);
            canvas.DrawCircle(50, 64, 32, paint);

            SKColor core = new(0xC8, 0x62, 0x20);
            using SKShader edge = SKShader.CreateRadialGradient(
                new SKPoint(78, 64), 42, [core, core, core.WithAlpha(0)], [0, 0.55f, 1], SKShaderTileMode.Clamp);
            paint.Shader = edge;
            canvas.DrawCircle(78, 64, 42, paint);
        }

        using FileStream file = File.Create(path);
        if (!bitmap.Encode(file, SKEncodedImageFormat.Png, quality: 100))
        {
            throw new IOException($"SkiaSharp could not encode {path}.");
        }
    }
}
