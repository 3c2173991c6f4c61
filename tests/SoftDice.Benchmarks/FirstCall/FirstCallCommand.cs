using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

using SoftDice.Benchmarks.Losses;
using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.FirstCall;

/// <summary><c>firstcall</c>: what the first call of a loss costs, for compiling its kernels, in a fresh process for each figure.</summary>
internal static class FirstCallCommand
{
    public const string Usage = "firstcall [--published]";

    private const int Processes = 5;

    private static readonly LossMode[] Modes =
        [LossMode.ForwardProbabilities, LossMode.ForwardLogits, LossMode.ForwardBackwardProbabilities, LossMode.ForwardBackwardLogits];

    public static int Run(string[] args) => args switch
    {
        [] => MeasureAll(),
        ["--published"] => PublishedCommand.Run(),
        [string mode, string classes] => MeasureHere(Modes.Single(candidate => candidate.Name == mode), int.Parse(classes, null)),
        _ => 2,
    };

    private static int MeasureAll()
    {
        Console.WriteLine("First and second call over 1x16x16 pixels, each figure the median of five fresh processes with the runtime's own settings.");
        Console.WriteLine();
        Console.WriteLine("| mode | classes | first call, ms | second call, ms |");
        Console.WriteLine("|---|---|---|---|");
        foreach (LossMode mode in Modes)
        {
            foreach (int classes in (ReadOnlySpan<int>)[3, 19, 150])
            {
                double[][] times = [.. Enumerable.Range(0, Processes).Select(_ => MeasureInProcess(mode, classes))];
                double first = Medians.Of([.. times.Select(pair => pair[0])]);
                double second = Medians.Of([.. times.Select(pair => pair[1])]);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {mode.Name} | {classes} | {first:F2} | {second:F4} |"));
            }
        }

        return 0;
    }

    private static double[] MeasureInProcess(LossMode mode, int classes) => Array.ConvertAll(
        FreshProcess.Run("firstcall", mode.Name, classes.ToString(CultureInfo.InvariantCulture)).Split(' '),
        text => double.Parse(text, CultureInfo.InvariantCulture));

    private static int MeasureHere(LossMode mode, int classes)
    {
        CaseData data = new(new CaseShape(mode, classes, 1, 16, 16));
        using OurContender loss = new(data);
        long start = Stopwatch.GetTimestamp();
        loss.Run();
        TimeSpan first = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        loss.Run();
        TimeSpan second = Stopwatch.GetElapsedTime(start);
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{first.TotalMilliseconds} {second.TotalMilliseconds}"));
        return 0;
    }
}
