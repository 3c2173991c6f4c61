using SkiaSharp;

namespace SoftDice.Samples.Training;

/// <summary>One slice as a picture: the head, and laid over it the labels, the prediction before and the prediction after.</summary>
internal static class ClassPicture
{
    private const int Scale = 4;

    /// <summary>How much of a pixel's colour is its class; the rest is the head.</summary>
    private const float Opacity = 0.55f;

    // Okabe and Ito's orange, sky blue and bluish green, which are told apart without seeing red and green.
    private static readonly SKColor[] Colours = [SKColors.Black, new(230, 159, 0), new(86, 180, 233), new(0, 158, 115)];

    /// <summary>Writes a PNG file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="head">The volume that the slice is from.</param>
    /// <param name="z">The slice.</param>
    /// <param name="labels">Its classes.</param>
    /// <param name="before">Predicted classes.</param>
    /// <param name="after">Predicted classes after training.</param>
    public static void Save(string path, NiftiVolume head, int z, byte[] labels, byte[] before, byte[] after)
    {
        Panels.Save(
            path,
            head.Width,
            head.Height,
            Scale,
            (x, y) => Grey(Pixel(x, y)),
            (x, y) => Overlay(labels, Pixel(x, y)),
            (x, y) => Overlay(before, Pixel(x, y)),
            (x, y) => Overlay(after, Pixel(x, y)));

        // Rows of the volume run from the back of the head to the front; the front belongs on top.
        int Pixel(int x, int y) => ((head.Height - 1 - y) * head.Width) + x;

        SKColor Grey(int pixel)
        {
            byte intensity = head.Slice(z)[pixel];
            return new SKColor(intensity, intensity, intensity);
        }

        SKColor Overlay(byte[] classes, int pixel) =>
            classes[pixel] == 0 ? Grey(pixel) : Mix(Grey(pixel), Colours[classes[pixel]]);
    }

    private static SKColor Mix(SKColor below, SKColor above) =>
        new(Mix(below.Red, above.Red), Mix(below.Green, above.Green), Mix(below.Blue, above.Blue));

    private static byte Mix(byte below, byte above) => (byte)(below + (Opacity * (above - below)));
}
