using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace SoftDice.Benchmarks;

/// <summary>One shape of batch, and the contenders on it.</summary>
internal sealed class ForwardCase
{
    private const int Rounds = 41;
    private const int WarmRounds = 6;

    private readonly string name;
    private readonly float[] predictions;
    private readonly byte[] labels;
    private readonly int batchSize;
    private readonly (string Name, Func<double> Run)[] contenders;

    private ForwardCase(int numClasses, int batchSize, int height, int width, Func<float[], byte[], int, double> forward)
    {
        name = $"C={numClasses}, {batchSize}x{height}x{width}";
        this.batchSize = batchSize;
        Random random = new(42);
        predictions = new float[batchSize * numClasses * height * width];
        for (int i = 0; i < predictions.Length; i++)
        {
            predictions[i] = random.NextSingle();
        }

        labels = new byte[batchSize * height * width];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = (byte)random.Next(numClasses);
        }

        contenders =
        [
            ("read", () => ReadLimit.Read<float>(predictions) + ReadLimit.Read<byte>(labels)),
            ("forward", () => forward(predictions, labels, this.batchSize)),
        ];
    }

    public static ForwardCase For<TLoss, TSums>(int batchSize, int height, int width)
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums> =>
        new(TSums.ClassCount, batchSize, height, width, (predictions, labels, batch) => TLoss.Forward<byte>(predictions, labels, batch));

    /// <summary>Runs the contenders in turn and prints the medians as a row.</summary>
    public void Measure()
    {
        double[][] times = [.. contenders.Select(_ => new double[Rounds])];

        // A run of a small case is many calls, so that the clock's own time does not count.
        int calls = Math.Max(1, 4_000_000 / predictions.Length);
        long allocated = 0;
        for (int round = -WarmRounds; round < Rounds; round++)
        {
            for (int i = 0; i < contenders.Length; i++)
            {
                long bytes = GC.GetAllocatedBytesForCurrentThread();
                long start = Stopwatch.GetTimestamp();
                for (int call = 0; call < calls; call++)
                {
                    Sink += contenders[i].Run();
                }

                if (round >= 0)
                {
                    times[i][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds / calls;
                    allocated += GC.GetAllocatedBytesForCurrentThread() - bytes;
                }
            }
        }

        double read = Median(times[0]);
        double forward = Median(times[1]);
        double gigabytes = ((predictions.Length * sizeof(float)) + labels.Length) / 1e9;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-22} {read,9:F4} ms {gigabytes / read * 1e3,6:F1} GB/s   {forward,9:F4} ms {gigabytes / forward * 1e3,6:F1} GB/s" +
            $"   {read / forward,5:F2}   {allocated,4} B"));
    }

    /// <summary>Keeps the compiler from leaving out what nobody reads.</summary>
    public static double Sink { get; private set; }

    private static double Median(double[] times)
    {
        Array.Sort(times);
        return times[times.Length / 2];
    }
}
