using System;

namespace SoftDice.PropertyTests;

/// <summary>Arrays of (batch, class, pixels) and of (batch, pixels, class), element by element.</summary>
internal static class Turning
{
    public static T[] ToPixels<T>(ReadOnlySpan<T> planes, int batchSize, int numClasses) => Turned(planes, batchSize, numClasses);

    public static T[] ToPlanes<T>(ReadOnlySpan<T> pixels, int batchSize, int numClasses) =>
        Turned(pixels, batchSize, pixels.Length / Math.Max(batchSize * numClasses, 1));

    // Rows and columns change places in each image.
    private static T[] Turned<T>(ReadOnlySpan<T> all, int batchSize, int rows)
    {
        T[] turned = new T[all.Length];
        int ofImage = all.Length / batchSize;
        int columns = ofImage / Math.Max(rows, 1);
        for (int i = 0; i < all.Length; i++)
        {
            (int image, int place) = Math.DivRem(i, ofImage);
            (int row, int column) = Math.DivRem(place, columns);
            turned[(image * ofImage) + (column * rows) + row] = all[i];
        }

        return turned;
    }
}
