using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace SoftDice.Benchmarks.Ratios;

/// <summary>What was measured of one case.</summary>
internal sealed record Row(
    string Case,
    string Mode,
    int Classes,
    int Batch,
    int[] Spatial,
    int Threads,
    double Ms,
    double LimitMs,
    double LimitRatio,
    SortedDictionary<string, double> Peers,
    long AllocatedBytes,
    double Loss)
{
    /// <summary>The way of reading and writing that was the fastest.</summary>
    public required string Limit { get; init; }

    /// <summary>Of several threads: what one alone takes, in the same turns.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OneThreadMs { get; init; }

    /// <summary>What the limit reads and writes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Peers that were not run, and why.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Remarks { get; init; } = [];

    [JsonIgnore]
    public double NanosecondsAnElement => Ms * 1e6 / ((double)Batch * Classes * Spatial[0] * Spatial[1]);
}
