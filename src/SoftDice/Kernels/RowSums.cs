using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>The false positives of all classes, added up over rows in which they lie side by side.</summary>
internal readonly ref struct RowSums<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly int numClasses;
    private readonly int vectors;
    private readonly ref TLanes classes;
    private readonly ref float chain;
    private readonly ref double sums;

    public RowSums(int numClasses)
    {
        this.numClasses = numClasses;
        vectors = (numClasses + TLanes.Count - 1) / TLanes.Count;
        int lanes = vectors * TLanes.Count;
        classes = ref MemoryMarshal.GetReference(Scratch.Lanes<TLanes>(vectors));
        chain = ref MemoryMarshal.GetReference(Scratch.Floats(lanes));
        Span<double> all = Scratch.Doubles(lanes);
        all.Clear();
        sums = ref MemoryMarshal.GetReference(all);
        Span<int> ofLanes = Scratch.Classes(TLanes.Count);
        for (int vector = 0; vector < vectors; vector++)
        {
            for (int i = 0; i < ofLanes.Length; i++)
            {
                ofLanes[i] = FirstClass(vector) + i;
            }

            Unsafe.Add(ref classes, vector) = TLanes.LoadLabels(in MemoryMarshal.GetReference(ofLanes), 0);
        }
    }

    /// <summary>Adds rows that follow one another, of which each has a class that is left out: a chain of float additions, carried over to double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ref float firstRow, ReadOnlySpan<int> leftOut)
    {
        ref int labels = ref MemoryMarshal.GetReference(leftOut);
        nuint stride = (nuint)numClasses;
        int vector = 0;
        for (; vector < vectors - 1; vector += 2)
        {
            // Two vectors of classes, as the additions of one wait for each other.
            TLanes classes0 = Unsafe.Add(ref classes, vector), classes1 = Unsafe.Add(ref classes, vector + 1);
            TLanes sum0 = default, sum1 = default;
            ref float column0 = ref Unsafe.Add(ref firstRow, vector * TLanes.Count);
            ref float column1 = ref Unsafe.Add(ref firstRow, FirstClass(vector + 1));
            nuint row = 0;
            for (int i = 0; i < leftOut.Length; i++, row += stride)
            {
                int label = Unsafe.Add(ref labels, i);
                sum0 = TLanes.AddUnless(sum0, TLanes.Load(in column0, row), classes0, label);
                sum1 = TLanes.AddUnless(sum1, TLanes.Load(in column1, row), classes1, label);
            }

            TLanes.Store(sum0, ref chain, (nuint)(vector * TLanes.Count));
            TLanes.Store(sum1, ref chain, (nuint)((vector + 1) * TLanes.Count));
        }

        if (vector < vectors)
        {
            TLanes classes0 = Unsafe.Add(ref classes, vector);
            TLanes sum0 = default;
            ref float column0 = ref Unsafe.Add(ref firstRow, FirstClass(vector));
            nuint row = 0;
            for (int i = 0; i < leftOut.Length; i++, row += stride)
            {
                sum0 = TLanes.AddUnless(sum0, TLanes.Load(in column0, row), classes0, Unsafe.Add(ref labels, i));
            }

            TLanes.Store(sum0, ref chain, (nuint)(vector * TLanes.Count));
        }

        CarryOver();
    }

    /// <summary>Adds rows that follow one another, each multiplied by a factor: a chain of float additions, carried over to double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ref float firstRow, ref float factors, int count)
    {
        nuint stride = (nuint)numClasses;
        int vector = 0;
        for (; vector < vectors - 1; vector += 2)
        {
            TLanes sum0 = default, sum1 = default;
            ref float column0 = ref Unsafe.Add(ref firstRow, vector * TLanes.Count);
            ref float column1 = ref Unsafe.Add(ref firstRow, FirstClass(vector + 1));
            nuint row = 0;
            for (nuint i = 0; i < (nuint)count; i++, row += stride)
            {
                TLanes factor = TLanes.Broadcast(in factors, i);
                sum0 = TLanes.MultiplyAdd(TLanes.Load(in column0, row), factor, sum0);
                sum1 = TLanes.MultiplyAdd(TLanes.Load(in column1, row), factor, sum1);
            }

            TLanes.Store(sum0, ref chain, (nuint)(vector * TLanes.Count));
            TLanes.Store(sum1, ref chain, (nuint)((vector + 1) * TLanes.Count));
        }

        if (vector < vectors)
        {
            TLanes sum0 = default;
            ref float column0 = ref Unsafe.Add(ref firstRow, FirstClass(vector));
            nuint row = 0;
            for (nuint i = 0; i < (nuint)count; i++, row += stride)
            {
                sum0 = TLanes.MultiplyAdd(TLanes.Load(in column0, row), TLanes.Broadcast(in factors, i), sum0);
            }

            TLanes.Store(sum0, ref chain, (nuint)(vector * TLanes.Count));
        }

        CarryOver();
    }

    /// <summary>The sum of a class.</summary>
    public double Total(int c)
    {
        int last = (vectors - 1) * TLanes.Count;
        return Unsafe.Add(ref sums, c < last ? c : last + c - FirstClass(vectors - 1));
    }

    // The last vector ends with the row, and its first lanes are classes of the one before, whose sums nobody asks for a second time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FirstClass(int vector) => Math.Min(vector * TLanes.Count, numClasses - TLanes.Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CarryOver()
    {
        ref float from = ref chain;
        ref double to = ref sums;
        nuint lanes = (nuint)(vectors * TLanes.Count);
        nuint i = 0;
        for (; i + 4 <= lanes; i += 4)
        {
            Vector256<double> ofChain = Vector256.WidenLower(Vector128.LoadUnsafe(ref from, i).ToVector256Unsafe());
            (Vector256.LoadUnsafe(ref to, i) + ofChain).StoreUnsafe(ref to, i);
        }

        for (; i < lanes; i++)
        {
            Unsafe.Add(ref to, i) += Unsafe.Add(ref from, i);
        }
    }
}
