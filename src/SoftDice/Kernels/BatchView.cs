using System;

namespace SoftDice.Kernels;

/// <summary>
/// Where the memory of a batch is, and how its images are cut into parts: the first one longer by some pixels, its lead, so that others
/// begin with a line of the cache. The memory is pinned by whoever makes this; a mask may be null.
/// </summary>
internal readonly unsafe struct BatchView<TLabel>(
    void* predictions,
    TLabel* labels,
    bool* mask,
    void* gradient,
    int batchSize,
    int pixels,
    int numClasses,
    int labelsPerPixel,
    int partPixels,
    int elementSize,
    long ignored,
    int lead)
    where TLabel : unmanaged
{
    // A thread that takes less than this at a time spends its time on taking.
    private const int LeastElementsPerTurn = 16384;

    // Of small images: how many a thread takes at a time, at most, as the sums of each wait for their turn.
    private const int MostPartsPerTurn = 256;

    private readonly int partsPerImage = ImageParts.Count(pixels, partPixels);

    private readonly int pixelsPerPart = ImageParts.Pixels(pixels, partPixels);

    // Of targets as wide as predictions, loops read twice as many planes, and more than four at a time take longer far ahead than near by.
    private readonly bool isFar = (labelsPerPixel <= 2 || sizeof(TLabel) < sizeof(float)) &&
        Prefetch.IsFar((long)batchSize * pixels * ((numClasses * elementSize) + (labelsPerPixel * sizeof(TLabel))));

    /// <summary>Number of parts of the batch.</summary>
    public int Parts => batchSize * partsPerImage;

    /// <summary>Parts that a thread takes at a time: several where images are small.</summary>
    public int PartsPerTurn { get; } = Math.Clamp(
        (int)(LeastElementsPerTurn / Math.Max(1, (long)Math.Min(pixels, partPixels) * numClasses)), 1, MostPartsPerTurn);

    /// <summary>The image that a part is of.</summary>
    public int Image(int part) => part / partsPerImage;

    public BatchPart<TLabel> Part(int index)
    {
        (int image, int part) = Math.DivRem(index, partsPerImage);
        nint imageLength = (nint)numClasses * pixels;
        nint labelLength = (nint)labelsPerPixel * pixels;
        return new BatchPart<TLabel>
        {
            Predictions = (byte*)predictions + (image * imageLength * elementSize),
            Gradient = gradient is null ? null : (byte*)gradient + (image * imageLength * elementSize),
            Length = (int)imageLength,
            Labels = new PixelLabels<TLabel>(
                new ReadOnlySpan<TLabel>(labels + (image * labelLength), (int)labelLength),
                mask is null ? default : new ReadOnlySpan<bool>(mask + ((nint)image * pixels), pixels),
                ignored),
            Pixels = pixels,
            IsFar = isFar,
            Start = StartOf(part),
            End = part == partsPerImage - 1 ? pixels : StartOf(part + 1),
        };
    }

    private int StartOf(int part) => part == 0 ? 0 : (int)Math.Min(((long)part * pixelsPerPart) + lead, pixels);
}
