using System.Globalization;

namespace SoftDice.Benchmarks.Ratios;

/// <summary>What is computed, over a batch of which shape, on how many threads.</summary>
internal sealed record CaseShape(LossMode Mode, int Classes, int Batch, int Height, int Width, int Threads = 1)
{
    /// <summary>The name that is printed, and that <c>--only</c> looks in.</summary>
    public string Name => string.Create(
        CultureInfo.InvariantCulture,
        $"{Mode.Name}, C={Classes}, {Batch}x{Height}x{Width}{(Threads == 1 ? string.Empty : $", {Threads} threads")}");

    /// <summary>Pixels of one image.</summary>
    public int Pixels => Height * Width;

    /// <summary>Labels of the batch.</summary>
    public int Labels => Batch * Pixels;

    /// <summary>Predictions of the batch.</summary>
    public int Predictions => Labels * Classes;
}
