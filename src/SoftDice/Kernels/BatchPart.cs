using System;

namespace SoftDice.Kernels;

/// <summary>A range of pixels of one image: what a kernel is called for.</summary>
internal readonly ref struct BatchPart<TLabel>
    where TLabel : unmanaged
{
    public ReadOnlySpan<float> Image { get; init; }

    public ReadOnlySpan<TLabel> Labels { get; init; }

    public Span<float> Gradient { get; init; }

    public int Start { get; init; }

    public int End { get; init; }

    /// <summary>Where whole vectors end and single pixels begin.</summary>
    public int VectorEnd(int lanes) => End - ((End - Start) % lanes);
}
