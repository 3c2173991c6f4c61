using System;

namespace SoftDice.Kernels.Tests;

/// <summary>A loss at one kind of lanes, with its types out of the way.</summary>
internal abstract class KernelUnderTest(string name, SoftDiceOptions options, int lanes)
{
    public string Name { get; } = name;

    public SoftDiceOptions Options { get; } = options;

    public int NumClasses => Options.NumClasses;

    public int Lanes { get; } = lanes;

    public abstract ClassSums Accumulate<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged;

    /// <summary>The bytes that a call with an error leaves of sums that held something before.</summary>
    public abstract (byte[] Before, byte[] After) AccumulateExpecting<TException, TLabel>(
        float[] predictions, TLabel[] labels, int batchSize, out TException thrown)
        where TException : Exception
        where TLabel : unmanaged;

    /// <summary>
    /// Bytes allocated by a call, its sums and its loss: the least of several times, because a collection that another thread
    /// causes in between makes the counter jump by what is left of this thread's allocation window.
    /// </summary>
    public abstract long AllocatedBytes<TLabel>(float[] predictions, TLabel[] labels, int batchSize)
        where TLabel : unmanaged;

    public override string ToString() => Name;
}

internal sealed class KernelUnderTest<TLoss, TSums, TLanes>(double epsilon)
    : KernelUnderTest($"{typeof(TLoss).Name} {typeof(TLanes).Name}", new SoftDiceOptions(TSums.ClassCount) { Epsilon = epsilon }, TLanes.Count)
    where TLoss : ISoftDiceLoss<TSums>
    where TSums : struct, ISoftDiceSums<TSums>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Keeps the compiler from leaving out what nobody reads.</summary>
    public static double Sink { get; private set; }

    public override ClassSums Accumulate<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
    {
        TSums sums = default;
        TLoss.Accumulate<TLanes, TLabel>(ref sums, predictions, labels, batchSize);
        return ClassSums.Of(sums);
    }

    public override (byte[] Before, byte[] After) AccumulateExpecting<TException, TLabel>(
        float[] predictions, TLabel[] labels, int batchSize, out TException thrown)
    {
        // Sums that hold something, so that a change would show.
        byte[] before = new byte[TSums.ByteCount];
        new Random(5).NextBytes(before);
        TSums sums = TSums.ReadFrom(before);
        thrown = Xunit.Assert.Throws<TException>(() => TLoss.Accumulate<TLanes, TLabel>(ref sums, predictions, labels, batchSize));
        byte[] after = new byte[TSums.ByteCount];
        sums.WriteTo(after);
        return (before, after);
    }

    public override long AllocatedBytes<TLabel>(float[] predictions, TLabel[] labels, int batchSize)
    {
        byte[] bytes = new byte[TSums.ByteCount];
        long least = long.MaxValue;
        for (int call = 0; call < 6; call++)
        {
            long start = GC.GetAllocatedBytesForCurrentThread();
            TSums sums = default;
            TLoss.Accumulate<TLanes, TLabel>(ref sums, predictions, labels, batchSize);
            sums.WriteTo(bytes);
            TSums again = TSums.ReadFrom(bytes);
            sums = sums + again;
            Sink = sums.Loss() + sums.Dice(0) + TLoss.Forward<TLabel>(predictions, labels, batchSize);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - start);
        }

        return least;
    }
}
