using System;
using System.Collections.Generic;
using System.Linq;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.FirstCall;

/// <summary>What one run of a published program measured, in milliseconds.</summary>
/// <param name="ToMain">From the start of the process to its own first line.</param>
/// <param name="FirstCall">The first call.</param>
/// <param name="ToFirstLoss">From the start of the process to the first loss.</param>
/// <param name="LaterCall">A later call, of a large image.</param>
/// <param name="Bits">The width of its vectors.</param>
/// <param name="Loss">The first loss.</param>
internal sealed record FirstCallTimes(double ToMain, double FirstCall, double ToFirstLoss, double LaterCall, int Bits, double Loss)
{
    public static FirstCallTimes MedianOf(IReadOnlyCollection<FirstCallTimes> runs)
    {
        return runs.First() with
        {
            ToMain = Median(run => run.ToMain),
            FirstCall = Median(run => run.FirstCall),
            ToFirstLoss = Median(run => run.ToFirstLoss),
            LaterCall = Median(run => run.LaterCall),
        };

        double Median(Func<FirstCallTimes, double> number) => Medians.Of([.. runs.Select(number)]);
    }
}
