using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Limits;

/// <summary>
/// The memory traffic that a loss of this mode cannot do without, over the buffers of its case. All ways of reading and writing take
/// part in the race, and the fastest are the limit.
/// </summary>
internal sealed class MemoryLimit
{
    private const double BudgetMilliseconds = 150;

    private readonly LossMode mode;
    private readonly ImmutableArray<ReadWay> reads;
    private readonly ImmutableArray<WriteWay> writes;
    private readonly long readBytes;

    public MemoryLimit(CaseData data)
    {
        mode = data.Shape.Mode;
        reads = [.. ReadLimit.Ways.Select(way => new ReadWay(data, way.Name, way.Read))];
        writes = mode.WithGradient ? [.. WriteLimit.Ways.Select(way => new WriteWay(data, way.Name, way.Write))] : [];
        long predictions = (long)sizeof(float) * data.Predictions.Length;
        readBytes = (mode.PredictionReads * predictions) + (mode.LabelReads * (long)data.Labels.Length);
        Bytes = readBytes + (mode.WithGradient ? predictions : 0);
    }

    /// <summary>What is read and written.</summary>
    public long Bytes { get; }

    public void Enter(Race race)
    {
        foreach (IContender way in reads.Cast<IContender>().Concat(writes))
        {
            race.Add(way, BudgetMilliseconds);
        }
    }

    /// <summary>The time of the fastest ways, and which they are.</summary>
    public (double Milliseconds, string Name) Result(Dictionary<IContender, double> medians)
    {
        ReadWay read = reads.MinBy(way => medians[way])!;
        double milliseconds = medians[read] * readBytes / read.Bytes;
        if (!mode.WithGradient)
        {
            return (milliseconds, read.Name);
        }

        WriteWay write = writes.MinBy(way => medians[way])!;
        return (milliseconds + medians[write], $"{read.Name}; {write.Name}");
    }
}
