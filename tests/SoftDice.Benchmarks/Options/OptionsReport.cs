using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Options;

/// <summary>What each option costs: its loss and the plain one, in turn over the same batch.</summary>
internal static class OptionsReport
{
    private const double BudgetMilliseconds = 250;
    private const int Rounds = 31;

    public static void Write(TextWriter writer, string only)
    {
        writer.WriteLine("| option | batch | plain, ms | with the option, ms | with / plain | at most | bytes allocated |");
        writer.WriteLine("|---|---|---|---|---|---|---|");
        foreach (OptionCase option in OptionList.All)
        {
            if ($"{option.Option}, {option.Shape.Name}".Contains(only, StringComparison.OrdinalIgnoreCase))
            {
                writer.WriteLine(Measure(option));
            }
        }
    }

    private static string Measure(OptionCase option)
    {
        CaseData data = new(option.Shape);
        option.Prepare?.Invoke(data);
        using OurContender plain = new(data);
        using OptionContender with = new(option, data);
        Race race = new(Rounds, onThreads: false);
        race.Add(plain, BudgetMilliseconds);
        race.Add(with, BudgetMilliseconds);
        Dictionary<IContender, double> medians = race.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        with.Run();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {option.Option} | {option.Shape.Name} | {medians[plain]:F3} | {medians[with]:F3} | {medians[with] / medians[plain]:F2} | {option.Most?.ToString("F2", CultureInfo.InvariantCulture) ?? "–"} | {allocated} |");
    }

    private sealed class OptionContender(OptionCase option, CaseData data) : IContender
    {
        public string Name => option.Option;

        public int FloatChain => 16;

        public int WarmCalls => 2;

        public double Run() => option.Run(data);

        public void CopyGradientTo(Span<float> destination) => data.Gradient.CopyTo(destination);

        public void Dispose()
        {
        }
    }
}
