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

    public int Start { get; init; }

    public int End { get; init; }

    /// <summary>Predictions that are floats.</summary>
    public ReadOnlySpan<float> Floats => new(Predictions, Length);

    /// <summary>A gradient in floats.</summary>
    public Span<float> GradientFloats => new(Gradient, Length);

    /// <summary>Where whole vectors end and single pixels begin.</summary>
    public int VectorEnd(int lanes) => End - ((End - Start) % lanes);

    /// <summary>Where the first whole line of the gradient begins, in the plane of the first class; before the start if nowhere.</summary>
    public int FirstLine => Start + Tiles.ToLine((nuint)((float*)Gradient + Start));

    /// <summary>Whether whole lines of all planes can be written at once, but for those at the ends.</summary>
    public bool IsMadeOfLines(int lanes) =>
        FirstLine >= Start && Tiles.LineFloats % lanes == 0 &&
        Start % Tiles.LineFloats == 0 && End % Tiles.LineFloats == 0 && End - Start >= LeastLines * Tiles.LineFloats;
}
