using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Limits;

/// <summary>The memory traffic that a loss of this mode cannot do without, over the buffers of its case, as fast as it goes.</summary>
internal sealed class MemoryLimit
{
    private const double BudgetMilliseconds = 75;
    private const double TrialMilliseconds = 30;
    private const int TrialRounds = 5;

    private readonly ImmutableArray<Traffic> candidates;

    /// <param name="data">The case.</param>
    /// <param name="gradientWrites">How often the gradient is written, where there is one: twice if what it is made of is kept there from the forward pass on.</param>
    public MemoryLimit(CaseData data, int gradientWrites = 1)
    {
        LossMode mode = data.Shape.Mode;
        ImmutableArray<ReadWay> reads = [.. ReadLimit.Ways.Select(way => new ReadWay(data, way.Name, way.Read))];
        ImmutableArray<WriteWay> writes = [.. WriteLimit.Ways.Select(way => new WriteWay(data, way.Name, way.Write))];

        // With a gradient, there are too many pairs to try them all to the end: the best two of each kind go on.
        candidates = mode.WithGradient
            ? [.. BestTwo(reads).SelectMany(read => BestTwo(writes).Select(write => new Traffic(mode, read, write, gradientWrites)))]
            : [.. reads.Select(read => new Traffic(mode, read, write: null, writes: 0))];
        long predictions = (long)sizeof(float) * data.Predictions.Length;
        Bytes = ((mode.PredictionReads + (mode.WithGradient ? gradientWrites : 0)) * predictions) + (mode.LabelReads * (long)data.Labels.Length);
    }

    /// <summary>What is read and written.</summary>
    public long Bytes { get; }

    /// <summary>Lets the ways take part in a race.</summary>
    public void Enter(Race race)
    {
        foreach (Traffic candidate in candidates)
        {
            race.Add(candidate, BudgetMilliseconds);
        }
    }

    /// <summary>The fastest of them: its time is the limit.</summary>
    public IContender Fastest(Dictionary<IContender, double> medians) => candidates.MinBy(candidate => medians[candidate])!;

    private static ImmutableArray<T> BestTwo<T>(ImmutableArray<T> ways)
        where T : IContender
    {
        Race trial = new(TrialRounds, onThreads: false);
        foreach (T way in ways)
        {
            trial.Add(way, TrialMilliseconds);
        }

        Dictionary<IContender, double> medians = trial.Run();
        return [.. ways.OrderBy(way => medians[way]).Take(2)];
    }
}
