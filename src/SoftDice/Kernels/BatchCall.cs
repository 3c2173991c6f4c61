using System;
using System.Threading;

namespace SoftDice.Kernels;

/// <summary>The arguments of a call of a generated loss.</summary>
internal readonly ref struct BatchCall<TLabel>
    where TLabel : unmanaged
{
    public required ReadOnlyElementSpan Predictions { get; init; }

    public required PixelLabels<TLabel> Labels { get; init; }

    /// <summary>Where the gradient goes; empty if it is not asked for.</summary>
    public ElementSpan Gradient { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>What the losses, or their terms, are multiplied by in the gradient: as many factors as the kernel has, or as many for each image.</summary>
    public ReadOnlySpan<double> Upstream { get; init; }

    public required int DegreeOfParallelism { get; init; }

    public required CancellationToken Cancellation { get; init; }
}
