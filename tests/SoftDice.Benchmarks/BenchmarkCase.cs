using System;
using System.Diagnostics;
using System.Globalization;

namespace SoftDice.Benchmarks;

/// <summary>One shape of batch in one mode, and the limit that memory sets it.</summary>
internal sealed class BenchmarkCase
{
    private const int Rounds = 41;
    private const int WarmRounds = 6;

    private readonly string name;
    private readonly float[] predictions;
    private readonly byte[] labels;
    private readonly Func<double> limit;
    private readonly Func<double> run;

    private BenchmarkCase(string mode, int numClasses, int batchSize, int height, int width, Func<float[], byte[], float[]?, double> call, bool backward)
    {
        name = $"{mode}, C={numClasses}, {batchSize}x{height}x{width}";
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

        float[]? gradient = backward ? new float[predictions.Length] : null;
        run = () => call(predictions, labels, gradient);
        limit = backward ? ReadTwiceAndWrite : ReadOnce;

        double ReadOnce() => ReadLimit.Read<float>(predictions) + ReadLimit.Read<byte>(labels);

        double ReadTwiceAndWrite()
        {
            double sum = ReadOnce() + ReadOnce();
            ReadLimit.Write(gradient);
            return sum;
        }
    }

    /// <summary>The loss, against reading predictions and labels once.</summary>
    public static BenchmarkCase Forward<TLoss, TSums>(string mode, int batchSize, int height, int width)
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums> =>
        new(mode, TSums.ClassCount, batchSize, height, width, (p, l, _) => TLoss.Forward<byte>(p, l, batchSize), backward: false);

    /// <summary>The loss and its gradient, against reading predictions and labels twice and writing the gradient once.</summary>
    public static BenchmarkCase ForwardBackward<TLoss, TSums>(string mode, int batchSize, int height, int width)
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums> =>
        new(mode, TSums.ClassCount, batchSize, height, width, (p, l, g) => TLoss.ForwardBackward<byte>(p, l, g, batchSize, 1), backward: true);

    /// <summary>Runs the two in turn and prints the medians as a row.</summary>
    public void Measure()
    {
        // A run of a small case is many calls, so that the clock's own time does not count.
        int calls = Math.Max(1, 4_000_000 / predictions.Length);
        double[] limits = new double[Rounds];
        double[] times = new double[Rounds];
        long allocated = 0;
        for (int round = -WarmRounds; round < Rounds; round++)
        {
            double limitTime = Time(limit, calls);
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            double time = Time(run, calls);
            bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
            if (round >= 0)
            {
                limits[round] = limitTime;
                times[round] = time;
                allocated += bytes;
            }
        }

        double median = Median(times);
        double medianLimit = Median(limits);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {medianLimit:F4} | {median:F4} | {medianLimit / median:F2} | {allocated} |"));
    }

    /// <summary>Keeps the compiler from leaving out what nobody reads.</summary>
    public static double Sink { get; private set; }

    private static double Time(Func<double> run, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            Sink += run();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / calls;
    }

    private static double Median(double[] times)
    {
        Array.Sort(times);
        return times[times.Length / 2];
    }
}
