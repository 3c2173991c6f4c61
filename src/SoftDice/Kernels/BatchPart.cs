using System;

namespace SoftDice.Kernels;

/// <summary>A range of pixels of one image: what a kernel is called for.</summary>
internal readonly unsafe ref struct BatchPart<TLabel>
    where TLabel : unmanaged
{
    // Fewer are not worth the two ends.
    private const int LeastLines = 16;

    /// <summary>The predictions of the image, of the kernel's element type.</summary>
    public void* Predictions { get; init; }

    /// <summary>Where the gradient of the image goes; null if it is not asked for.</summary>
    public void* Gradient { get; init; }

    /// <summary>Number of predictions.</summary>
    public int Length { get; init; }

    public PixelLabels<TLabel> Labels { get; init; }

    /// <summary>Pixels of the image.</summary>
    public int Pixels { get; init; }

    /// <summary>Whether the batch is asked for far ahead.</summary>
    public bool IsFar { get; init; }

    public int Start { get; init; }

    public int End { get; init; }

    /// <summary>Predictions that are floats.</summary>
    public ReadOnlySpan<float> Floats => new(Predictions, Length);

    /// <summary>A gradient in floats.</summary>
    public Span<float> GradientFloats => new(Gradient, Length);

    /// <summary>Where whole vectors end and single pixels begin.</summary>
    public int VectorEnd(int lanes) => End - ((End - Start) % lanes);

    /// <summary>The pixel with which a whole line of the gradient begins, in the plane of the first class; before the start if none does.</summary>
    /// <param name="step">Elements from one pixel to the next: 1 in planes.</param>
    public int FirstLine(int step)
    {
        for (int pixel = Start; pixel < Start + Tiles.LineFloats; pixel++)
        {
            if (Tiles.ToLine((nuint)((float*)Gradient + ((nint)pixel * step))) == 0)
            {
                return pixel;
            }
        }

        return Start - 1;
    }

    /// <summary>Whether whole lines of all planes can be written at once, but for those at the ends.</summary>
    /// <param name="lanes">Lanes of a vector.</param>
    /// <param name="step">Elements from one pixel to the next.</param>
    public bool IsMadeOfLines(int lanes, int step) =>
        FirstLine(step) >= Start && Tiles.LineFloats % lanes == 0 &&
        (step != 1 || Pixels % Tiles.LineFloats == 0) && End - Start >= LeastLines * Tiles.LineFloats;
}
