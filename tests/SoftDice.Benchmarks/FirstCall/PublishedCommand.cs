using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace SoftDice.Benchmarks.FirstCall;

/// <summary><c>firstcall --published</c>: the same for a user's program, published in several ways.</summary>
internal static class PublishedCommand
{
    private const int Rounds = 9;

    // Of some floats of 2⁻²⁴ each; widths add up in different orders.
    private const double Tolerance = 1e-6;

    private static readonly string[] Losses = ["forward-probabilities", "forward-backward-logits"];

    public static int Run()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("SoftDice.FirstCall.");
        try
        {
            List<PublishedProgram> programs = [];
            foreach (PublishWay way in PublishWay.All)
            {
                Console.Error.WriteLine($"Publishing: {way.Name}");
                try
                {
                    programs.Add(PublishedProgram.Create(way, folder.CreateSubdirectory($"{programs.Count}").FullName));
                }
                catch (InvalidOperationException e)
                {
                    // Not every registry has the compilers, nor every machine a linker.
                    Console.Error.WriteLine($"Left out. {e.Message}");
                }
            }

            Console.WriteLine($"Milliseconds, medians of {Rounds} runs, and in brackets multiples of the first row.");
            Console.WriteLine("First call over 1x16x16 pixels, later ones over 2x1024x512.");
            foreach (string loss in Losses)
            {
                Print(loss, programs);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static void Print(string loss, List<PublishedProgram> programs)
    {
        // In turn, so that a busy minute of the machine is everybody's.
        FirstCallTimes[] times =
        [
            .. Enumerable.Range(0, Rounds)
                .SelectMany(_ => programs.Select((program, index) => (index, times: program.Run(loss))))
                .GroupBy(run => run.index, run => run.times)
                .Select(runs => FirstCallTimes.MedianOf([.. runs])),
        ];
        if (Array.Find(times, time => Math.Abs(time.Loss - times[0].Loss) > Tolerance * Math.Abs(times[0].Loss)) is { } other)
        {
            throw new InvalidOperationException($"{loss}: a loss of {other.Loss} at {other.Bits} bits, and of {times[0].Loss} from the JIT.");
        }

        Console.WriteLine();
        Console.WriteLine($"| {loss} | bits | start to Main | first call | start to first loss | later call | files, KB |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach ((PublishedProgram program, FirstCallTimes time) in programs.Zip(times))
        {
            Console.WriteLine(
                $"| {program.Way.Name} | {time.Bits} | {Text(time.ToMain)} | {Text(time.FirstCall)} | " +
                $"{Compared(time, run => run.ToFirstLoss)} | {Compared(time, run => run.LaterCall)} | {program.Size / 1024} |");
        }

        string Compared(FirstCallTimes time, Func<FirstCallTimes, double> number) =>
            string.Create(CultureInfo.InvariantCulture, $"{Text(number(time))} ({number(time) / number(times[0]):F2})");

        static string Text(double milliseconds) => milliseconds.ToString(milliseconds < 1 ? "F3" : "F1", CultureInfo.InvariantCulture);
    }
}
