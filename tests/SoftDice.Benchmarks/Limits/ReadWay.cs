using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Limits;

/// <summary>One way of reading the predictions and the labels of a case, with each thread at its own part.</summary>
internal sealed class ReadWay(CaseData data, string name, ReadLimit.Reader read) : IContender
{
    public string Name => name;

    public int FloatChain => 0;

    public int WarmCalls => 1;

    public double Run() => ReadPredictions() + ReadLabels();

    public double ReadPredictions() => Read(data.Predictions);

    public double ReadLabels() => Read(data.Labels);

    public void CopyGradientTo(Span<float> destination) => throw new NotSupportedException("A limit has no gradient.");

    public void Dispose()
    {
    }

    private long Read<T>(T[] source)
        where T : unmanaged
    {
        int threads = data.Shape.Threads;
        if (threads == 1)
        {
            return ReadPart(source, 0, source.Length);
        }

        long[] sums = new long[threads];
        Parallel.For(0, threads, part => sums[part] = ReadPart(source, Start(part), Start(part + 1)));
        return sums[0];

        int Start(int part) => (int)((long)source.Length * part / threads);
    }

    // From a line of the cache on, as loads across two lines take longer; the few bytes before it are left out.
    private unsafe long ReadPart<T>(T[] source, int start, int end)
        where T : unmanaged
    {
        ref byte first = ref Unsafe.As<T, byte>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(source), start));
        nuint length = (nuint)(end - start) * (nuint)Unsafe.SizeOf<T>();
        nuint toLine = nuint.Min((0 - (nuint)Unsafe.AsPointer(ref first)) % ReadLimit.Line, length);
        return read(ref Unsafe.Add(ref first, toLine), length - toLine);
    }
}
