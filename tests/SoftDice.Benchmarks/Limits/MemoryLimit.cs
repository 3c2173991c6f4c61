using System;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Limits;

/// <summary>The memory traffic that a loss of this mode cannot do without, over the buffers of its case, as fast as it goes.</summary>
internal sealed class MemoryLimit : IContender
{
    private const int TrialRounds = 5;
    private const double TrialMilliseconds = 0.5;

    private readonly CaseData data;
    private readonly ReadLimit.Reader read;
    private readonly WriteLimit.Writer write;
    private readonly string readName;
    private readonly string writeName;

    public MemoryLimit(CaseData data)
    {
        this.data = data;
        (readName, read) = Fastest(ReadLimit.Ways, way => ReadPredictions(way));
        (writeName, write) = data.Shape.Mode.WithGradient ? Fastest(WriteLimit.Ways, WriteGradient) : (string.Empty, (ref _, _) => { });
    }

    public string Name => writeName.Length == 0 ? readName : $"{readName}; {writeName}";

    /// <summary>What is read and written.</summary>
    public long Bytes
    {
        get
        {
            LossMode mode = data.Shape.Mode;
            long predictions = (long)sizeof(float) * data.Predictions.Length;
            return (mode.PredictionReads * predictions) + (mode.LabelReads * (long)data.Labels.Length) + (mode.WithGradient ? predictions : 0);
        }
    }

    public double Run()
    {
        LossMode mode = data.Shape.Mode;
        long sum = 0;
        for (int pass = 0; pass < Math.Max(mode.PredictionReads, mode.LabelReads); pass++)
        {
            sum += pass < mode.PredictionReads ? ReadPredictions(read) : 0;
            sum += pass < mode.LabelReads ? Read<byte>(read, data.Labels) : 0;
        }

        if (mode.WithGradient)
        {
            WriteGradient(write);
        }

        return sum;
    }

    public void CopyGradientTo(Span<float> destination) => throw new NotSupportedException("A limit has no gradient.");

    public void Dispose()
    {
    }

    private static (string Name, TWay Way) Fastest<TWay>(ImmutableArray<(string Name, TWay Way)> ways, Action<TWay> run)
    {
        double[][] times = new double[ways.Length][];
        for (int way = 0; way < ways.Length; way++)
        {
            run(ways[way].Way);
            times[way] = new double[TrialRounds];
        }

        for (int round = 0; round < TrialRounds; round++)
        {
            for (int way = 0; way < ways.Length; way++)
            {
                run(ways[way].Way);
                long start = Stopwatch.GetTimestamp();
                int runs = 0;
                do
                {
                    run(ways[way].Way);
                    runs++;
                }
                while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < TrialMilliseconds);
                times[way][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds / runs;
            }
        }

        double[] medians = Array.ConvertAll(times, Medians.Of);
        return ways[Array.IndexOf(medians, medians.Min())];
    }

    private long ReadPredictions(ReadLimit.Reader way) => Read<float>(way, data.Predictions);

    private long Read<T>(ReadLimit.Reader way, T[] source)
        where T : unmanaged
    {
        if (data.Shape.Threads == 1)
        {
            return ReadPart(0, source.Length);
        }

        long[] sums = new long[data.Shape.Threads];
        Parallel.For(0, sums.Length, part => sums[part] = ReadPart(Start(part), Start(part + 1)));
        return sums[0];

        int Start(int part) => (int)((long)source.Length * part / sums.Length);

        long ReadPart(int start, int end) => way(
            ref Unsafe.As<T, byte>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(source), start)),
            (nuint)(end - start) * (nuint)Unsafe.SizeOf<T>());
    }

    private void WriteGradient(WriteLimit.Writer way)
    {
        if (data.Shape.Threads == 1)
        {
            WritePart(0, 1);
            return;
        }

        Parallel.For(0, data.Shape.Threads, part => WritePart(part, data.Shape.Threads));

        void WritePart(int part, int parts)
        {
            int start = (int)((long)data.Gradient.Length * part / parts);
            int end = (int)((long)data.Gradient.Length * (part + 1) / parts);
            way(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(data.Gradient), start), (nuint)(end - start));
        }
    }
}
