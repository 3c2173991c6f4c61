using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>What classes have of the pixels labelled with them, and how many these are: a pair of doubles that are added to at once.</summary>
/// <remarks>Each class has several pairs, for pixels in turn: those of one label often follow one another, and each addition waits for the one before.</remarks>
internal readonly ref struct OwnSums
{
    private readonly ref Vector128<double> first;

    /// <summary>In this thread's scratch memory. There is one class more, for pixels that have none.</summary>
    public OwnSums(int numClasses)
    {
        Span<Vector128<double>> all = Scratch.Owns(RunLabels.Runs * (numClasses + 1));
        all.Clear();
        first = ref MemoryMarshal.GetReference(all);
    }

    /// <summary>Adds a pixel.</summary>
    /// <param name="turn">Which of the pairs.</param>
    /// <param name="label">Its class.</param>
    /// <param name="value">What the class has of it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(nuint turn, uint label, float value) =>
        Unsafe.Add(ref first, (RunLabels.Runs * (nuint)label) + turn) += Sse2.IsSupported
            ? Sse2.ConvertScalarToVector128Double(Vector128<double>.One, Vector128.CreateScalarUnsafe(value))
            : Vector128.Create(value, 1d);

    /// <summary>What a class has added up to.</summary>
    public (double Intersection, double Labelled) Of(int c)
    {
        Vector128<double> total = default;
        for (int turn = 0; turn < RunLabels.Runs; turn++)
        {
            total += Unsafe.Add(ref first, (RunLabels.Runs * c) + turn);
        }

        return (total[0], total[1]);
    }
}
