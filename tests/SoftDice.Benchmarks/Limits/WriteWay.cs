using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Limits;

/// <summary>One way of writing the gradient of a case, once, with each thread at its own part.</summary>
internal sealed class WriteWay(CaseData data, string name, WriteLimit.Writer write) : IContender
{
    public string Name => name;

    public int FloatChain => 0;

    public int WarmCalls => 1;

    public double Run()
    {
        int threads = data.Shape.Threads;
        if (threads == 1)
        {
            WritePart(0, 1);
        }
        else
        {
            Parallel.For(0, threads, part => WritePart(part, threads));
        }

        return 0;
    }

    public void CopyGradientTo(Span<float> destination) => throw new NotSupportedException("A limit has no gradient.");

    public void Dispose()
    {
    }

    private void WritePart(int part, int parts)
    {
        int start = (int)((long)data.Gradient.Length * part / parts);
        int end = (int)((long)data.Gradient.Length * (part + 1) / parts);
        write(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(data.Gradient), start), (nuint)(end - start));
    }
}
