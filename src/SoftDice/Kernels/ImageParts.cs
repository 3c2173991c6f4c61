using System;

namespace SoftDice.Kernels;

/// <summary>How an image is cut into parts: into equal ones, as a small one at the end would leave a thread without work.</summary>
public static class ImageParts
{
    // Parts have multiples of this, which are whole vectors of any width and whole lines of the cache.
    private const int Unit = 64;

    /// <summary>The number of parts of an image.</summary>
    /// <param name="pixels">Pixels of the image, at least 1.</param>
    /// <param name="mostPixels">The most pixels of a part, a multiple of 64.</param>
    /// <returns>At least 1.</returns>
    public static int Count(int pixels, int mostPixels) => (int)(((long)pixels + mostPixels - 1) / mostPixels);

    /// <summary>The pixels of each part but the last ones: of very many parts, rounding may leave fewer for these, or none.</summary>
    /// <param name="pixels">Pixels of the image, at least 1.</param>
    /// <param name="mostPixels">The most pixels of a part, a multiple of 64.</param>
    /// <returns>A multiple of 64, no larger than <paramref name="mostPixels"/>.</returns>
    public static int Pixels(int pixels, int mostPixels)
    {
        int parts = Count(pixels, mostPixels);
        long each = ((long)pixels + parts - 1) / parts;
        return (int)Math.Min((each + Unit - 1) / Unit * Unit, mostPixels);
    }
}
