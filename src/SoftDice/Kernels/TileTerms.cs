using System;

namespace SoftDice.Kernels;

/// <summary>The terms of the label's probability that are beside the overlap, as the gradient of a tile takes them.</summary>
public readonly ref struct TileTerms
{
    /// <summary>What the slopes of a pixel's cross-entropy are multiplied by; 0 without one.</summary>
    public float CrossEntropySlope { get; init; }

    /// <summary>What -ln of a label's probability is multiplied by, for each class; none for 1.</summary>
    public ReadOnlySpan<float> OwnWeights { get; init; }

    /// <summary>How much each class has of a smoothed label, whatever the label; none for nothing.</summary>
    public ReadOnlySpan<float> Smoothings { get; init; }

    /// <summary>What the slopes of a pixel's focal term are multiplied by; 0 without one.</summary>
    public float FocalSlope { get; init; }

    /// <summary>γ of the focal term, 0 to 100.</summary>
    public float Gamma { get; init; }

    /// <summary>What the focal term of a pixel is multiplied by, for each class of its label; none for 1.</summary>
    public ReadOnlySpan<float> FocalWeights { get; init; }
}
