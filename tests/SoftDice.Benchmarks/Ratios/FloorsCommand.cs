using System;
using System.Collections.Generic;
using System.Globalization;

using SoftDice.Benchmarks.Limits;

namespace SoftDice.Benchmarks.Ratios;

/// <summary>
/// <c>floors</c>: what the arithmetic alone takes, over an image that a cache near the processor holds, beside what reading and writing a larger
/// one takes. A loss can be no faster than the slower of the two.
/// </summary>
internal static class FloorsCommand
{
    public const string Usage = "floors";

    private const double BudgetMilliseconds = 300;
    private const int Rounds = 25;

    // The same loss over a small image and a large one; long float sums need some thousand pixels.
    private static readonly (CaseShape Small, CaseShape Large)[] Pairs =
    [
        (new(LossMode.ForwardProbabilities, 3, 1, 96, 96), new(LossMode.ForwardProbabilities, 3, 1, 224, 224)),
        (new(LossMode.ForwardProbabilities, 3, 1, 96, 96), new(LossMode.ForwardProbabilities, 3, 8, 1024, 1024)),
        (new(LossMode.ForwardProbabilities, 19, 1, 96, 96), new(LossMode.ForwardProbabilities, 19, 8, 1024, 512)),
        (new(LossMode.ForwardProbabilities, 150, 1, 64, 64), new(LossMode.ForwardProbabilities, 150, 1, 512, 512)),
        (new(LossMode.ForwardLogits, 3, 1, 96, 96), new(LossMode.ForwardLogits, 3, 8, 1024, 1024)),
        (new(LossMode.ForwardLogits, 19, 1, 96, 96), new(LossMode.ForwardLogits, 19, 4, 1024, 512)),
        (new(LossMode.ForwardLogits, 150, 1, 64, 64), new(LossMode.ForwardLogits, 150, 1, 512, 512)),
        (new(LossMode.ForwardBackwardLogits, 3, 1, 96, 96), new(LossMode.ForwardBackwardLogits, 3, 8, 1024, 1024)),
        (new(LossMode.ForwardBackwardLogits, 19, 1, 64, 64), new(LossMode.ForwardBackwardLogits, 19, 2, 1024, 512)),
        (new(LossMode.ForwardBackwardLogits, 150, 1, 64, 64), new(LossMode.ForwardBackwardLogits, 150, 1, 512, 512)),
    ];

    public static int Run(ReadOnlySpan<string> args)
    {
        if (args.Length > 0)
        {
            Console.Error.WriteLine($"Not an option: {args[0]}. Usage: {Usage}");
            return 2;
        }

        Console.WriteLine("Nanoseconds an element, medians, measured in turn in one process. The best ratio is that of the limit to the slower of limit and");
        Console.WriteLine("arithmetic: what there would be if each hid behind the other.");
        Console.WriteLine();
        Console.WriteLine("| case | limit of memory | with the gradient written twice | arithmetic, from the cache | the loss | limit / loss | best ratio |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach ((CaseShape small, CaseShape large) in Pairs)
        {
            Console.WriteLine(Measure(small, large));
        }

        return 0;
    }

    private static string Measure(CaseShape small, CaseShape large)
    {
        CaseData data = new(large);
        using OurContender ours = new(data);
        using OurContender arithmetic = new(new CaseData(small));
        MemoryLimit limit = new(data);
        Race race = new(Rounds, onThreads: false);
        limit.Enter(race);
        MemoryLimit? keeping = large.Mode.WithGradient ? new(data, gradientWrites: 2) : null;
        keeping?.Enter(race);
        race.Add(ours, BudgetMilliseconds);
        Dictionary<IContender, double> medians = race.Run();

        // In a race of its own, as the large image would take the cache from the small one between its turns.
        Race alone = new(Rounds, onThreads: false);
        alone.Add(arithmetic, BudgetMilliseconds);
        double ofMemory = medians[limit.Fastest(medians)] * 1e6 / large.Predictions;
        double ofArithmetic = alone.Run()[arithmetic] * 1e6 / small.Predictions;
        double ofLoss = medians[ours] * 1e6 / large.Predictions;
        string ofKeeping = OfElement(keeping?.Fastest(medians));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {large.Name} | {ofMemory:F3} | {ofKeeping} | {ofArithmetic:F3} | {ofLoss:F3} | {ofMemory / ofLoss:F2} | {Math.Min(1, ofMemory / ofArithmetic):F2} |");

        string OfElement(IContender? contender) =>
            contender is null ? "–" : string.Create(CultureInfo.InvariantCulture, $"{medians[contender] * 1e6 / large.Predictions:F3}");
    }
}
