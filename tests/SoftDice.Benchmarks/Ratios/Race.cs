using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace SoftDice.Benchmarks.Ratios;

/// <summary>Times contenders in turn, in one process, so that whatever else the machine does meets all of them.</summary>
internal sealed class Race
{
    // A run of a small case is many calls, so that the clock's own time and a cold cache do not count.
    private const double MinRunMilliseconds = 2;
    private const double WarmBelowMilliseconds = 20;
    private const int MinRounds = 3;

    // A run that is this long has had its share of whatever else the machine does.
    private const double LongRunMilliseconds = 250;

    // The threads of other libraries wait busily for their next call, for some milliseconds. A pause would let them end too, but processors
    // would go to sleep, and what it takes to wake one is no library's doing.
    private const int WarmMilliseconds = 8;

    private readonly List<Entry> entries = [];
    private readonly int rounds;
    private readonly bool onThreads;

    public Race(int rounds, bool onThreads)
    {
        this.rounds = rounds;
        this.onThreads = onThreads;
    }

    /// <summary>Keeps the compiler from leaving out what nobody reads.</summary>
    public static double Sink { get; private set; }

    /// <summary>Adds a contender, with the time that it may take in all.</summary>
    /// <returns>What its first call returned.</returns>
    public double Add(IContender contender, double budgetMilliseconds)
    {
        contender.BeforeTurn();
        long start = Stopwatch.GetTimestamp();
        double loss = contender.Run();
        double estimate = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (contender.WarmCalls > 0)
        {
            TimeOf(contender, contender.WarmCalls);
            estimate = TimeOf(contender, 1);
        }

        int calls = (int)Math.Clamp(MinRunMilliseconds / estimate, 1, 10_000);
        double warm = onThreads ? Math.Max(WarmMilliseconds, estimate) : estimate < WarmBelowMilliseconds ? estimate : 0;
        double ofRound = (calls * estimate) + warm;
        int minRounds = estimate < LongRunMilliseconds ? MinRounds : 1;
        entries.Add(new Entry(contender, calls, estimate, (int)Math.Clamp(budgetMilliseconds / ofRound, minRounds, rounds)));
        return loss;
    }

    /// <summary>The median of each contender, in milliseconds a call.</summary>
    public Dictionary<IContender, double> Run()
    {
        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < entries.Count; turn++)
            {
                // Another one begins each time, so that nobody always comes after the same one.
                Entry entry = entries[(round + turn) % entries.Count];

                // Slow ones take part in some of the rounds, evenly spread.
                if ((round + 1) * entry.Rounds / rounds > round * entry.Rounds / rounds)
                {
                    Measure(entry);
                }
            }
        }

        Dictionary<IContender, double> medians = [];
        foreach (Entry entry in entries)
        {
            medians[entry.Contender] = Medians.Of(entry.Times.ToArray());
        }

        return medians;
    }

    private static double TimeOf(IContender contender, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            Sink += contender.Run();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / calls;
    }

    private void Measure(Entry entry)
    {
        entry.Contender.BeforeTurn();
        if (onThreads || entry.Estimate < WarmBelowMilliseconds)
        {
            Warm(entry.Contender);
        }

        entry.Times.Add(TimeOf(entry.Contender, entry.Calls));
    }

    private void Warm(IContender contender)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            Sink += contender.Run();
        }
        while (onThreads && Stopwatch.GetElapsedTime(start).TotalMilliseconds < WarmMilliseconds);
    }

    private sealed record Entry(IContender Contender, int Calls, double Estimate, int Rounds)
    {
        public List<double> Times { get; } = [];
    }
}
