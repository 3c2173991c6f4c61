using System;
using System.Collections.Generic;
using System.Linq;

using SoftDice.Benchmarks.Limits;
using SoftDice.Benchmarks.Peers;

namespace SoftDice.Benchmarks.Ratios;

/// <summary>Measures one case: our loss, the limit, and every peer that has proved to compute the same.</summary>
internal static class CaseRun
{
    private const double OwnBudgetMilliseconds = 300;
    private const double PeerBudgetMilliseconds = 120;
    private const int Rounds = 25;
    private const int AllocationCalls = 3;

    public static Row Measure(CaseShape shape, bool withTorch)
    {
        CaseData data = new(shape);
        using OurContender ours = new(data);
        using OurContender onOneThread = new(data, threads: 1);
        MemoryLimit limit = new(data);
        List<IContender> peers = [];
        try
        {
            Race race = new(Rounds, onThreads: shape.Threads > 1);
            limit.Enter(race);
            double loss = race.Add(ours, OwnBudgetMilliseconds);
            if (shape.Threads > 1)
            {
                race.Add(onOneThread, OwnBudgetMilliseconds);
            }

            foreach (Func<IContender> create in PeerList.For(data, withTorch))
            {
                IContender peer = create();
                peers.Add(peer);
                PeerCheck.Check(data, peer, race.Add(peer, PeerBudgetMilliseconds), loss);
            }

            Dictionary<IContender, double> medians = race.Run();
            long allocated = Allocated(ours, shape.Threads);
            IContender fastest = limit.Fastest(medians);
            return new Row(
                shape.Name,
                shape.Mode.Name,
                shape.Classes,
                shape.Batch,
                [shape.Height, shape.Width],
                shape.Threads,
                medians[ours],
                medians[fastest],
                medians[fastest] / medians[ours],
                new(peers.ToDictionary(peer => peer.Name, peer => medians[peer]), StringComparer.Ordinal),
                allocated,
                loss)
            {
                OneThreadMs = shape.Threads > 1 ? medians[onOneThread] : null,
                Limit = fastest.Name,
                Bytes = limit.Bytes,
                Remarks = [.. PeerList.Remarks(shape, withTorch)],
            };
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }
    }

    // With several threads, those that help may allocate, not only the one that calls; and so may the pool, which starts a thread when it
    // likes: what a loss allocates, it allocates every time.
    private static long Allocated(OurContender ours, int threads)
    {
        long least = long.MaxValue;
        for (int call = 0; call < AllocationCalls; call++)
        {
            long before = Total();
            ours.Run();
            least = Math.Min(least, Total() - before);
        }

        return least;

        long Total() => threads == 1 ? GC.GetAllocatedBytesForCurrentThread() : GC.GetTotalAllocatedBytes(precise: true);
    }
}
