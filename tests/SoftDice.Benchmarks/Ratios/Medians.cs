using System;

namespace SoftDice.Benchmarks.Ratios;

/// <summary>The middle of some times.</summary>
internal static class Medians
{
    public static double Of(ReadOnlySpan<double> times)
    {
        double[] sorted = times.ToArray();
        Array.Sort(sorted);
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public static double Of(double[] times) => Of(times.AsSpan());
}
