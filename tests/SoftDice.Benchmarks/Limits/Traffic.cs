using System;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Limits;

/// <summary>All reading and writing of a case in the order in which a loss does it, in one way of each.</summary>
internal sealed class Traffic(LossMode mode, ReadWay read, WriteWay? write, int writes) : IContender
{
    public string Name => write is null ? read.Name : $"{read.Name}; {write.Name}";

    public int FloatChain => 0;

    public int WarmCalls => 1;

    public double Run()
    {
        double sum = 0;
        for (int pass = 0; pass < Math.Max(mode.PredictionReads, mode.LabelReads); pass++)
        {
            sum += pass < mode.PredictionReads ? read.ReadPredictions() : 0;
            sum += pass < mode.LabelReads ? read.ReadLabels() : 0;
        }

        for (int pass = 0; pass < writes; pass++)
        {
            sum += write?.Run() ?? 0;
        }

        return sum;
    }

    public void CopyGradientTo(Span<float> destination) => throw new NotSupportedException("A limit has no gradient.");

    public void Dispose()
    {
    }
}
