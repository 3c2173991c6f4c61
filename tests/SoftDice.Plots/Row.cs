using System.Collections.Generic;
using System.Globalization;

namespace SoftDice.Plots;

/// <summary>What the plots need of a row that <c>ratios --json</c> wrote.</summary>
internal sealed record Row(
    string Case,
    string Mode,
    int Classes,
    int Batch,
    int[] Spatial,
    int Threads,
    double Ms,
    double LimitRatio,
    Dictionary<string, double> Peers)
{
    /// <summary>Pixels of the batch.</summary>
    public double Pixels => (double)Batch * Spatial[0] * Spatial[1];

    /// <summary>Predictions of the batch.</summary>
    public double Elements => Pixels * Classes;

    public double NanosecondsAnElement => Ms * 1e6 / Elements;

    /// <summary>Classes and size, for an axis.</summary>
    public string Label => string.Create(CultureInfo.InvariantCulture, $"C={Classes}\nB={Batch}\n{Spatial[0]}×{Spatial[1]}");
}
