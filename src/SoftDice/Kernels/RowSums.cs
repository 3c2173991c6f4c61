using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>What all classes add up to over rows in which they lie side by side, four rows at a time.</summary>
/// <remarks>The sum of a vector of classes goes to memory and back with every four rows: any number of classes is one loop through the rows as they lie.</remarks>
internal readonly ref struct RowSums<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly int numClasses;
    private readonly int vectors;
    private readonly ref TLanes classes;
    private readonly ref float chain;
    private readonly ref float none;
    private readonly ref double sums;
    private readonly OwnSums owns;

    public RowSums(int numClasses)
    {
        this.numClasses = numClasses;
        vectors = (numClasses + TLanes.Count - 1) / TLanes.Count;
        int lanes = vectors * TLanes.Count;
        classes = ref MemoryMarshal.GetReference(Scratch.Lanes<TLanes>(vectors));
        Span<float> floats = Scratch.Floats(lanes + numClasses + 1);
        floats.Clear();
        chain = ref floats[0];
        none = ref floats[lanes];
        Span<double> all = Scratch.Doubles(lanes);
        all.Clear();
        sums = ref MemoryMarshal.GetReference(all);
        owns = new OwnSums(numClasses);
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

    /// <summary>
    /// Adds several runs of rows, a row of each at a time: the element of a row's label to what its class adds up to, and all others to the false positives.
    /// </summary>
    /// <param name="first">The first row of the first run.</param>
    /// <param name="apart">Elements from a run to the next.</param>
    /// <param name="labels">Of each row.</param>
    /// <param name="length">Rows of a run.</param>
    /// <param name="chainLength">How many of them a float sum goes through before it is carried over to double.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Add(ref float first, nuint apart, ref readonly RunLabels labels, nuint length, nuint chainLength)
    {
        uint noClass = (uint)numClasses;
        ref uint labelsOfRuns = ref labels.First;
        OwnSums ofOwn = owns;
        ref float sums = ref chain;
        nuint last = (nuint)(numClasses - TLanes.Count);
        for (nuint i = 0; i < length;)
        {
            nuint end = nuint.Min(i + chainLength, length);
            ClearChain();
            for (; i < end; i++)
            {
                uint label0 = Unsafe.Add(ref labelsOfRuns, i);
                uint label1 = Unsafe.Add(ref labelsOfRuns, RunLabels.MostOfRun + i);
                uint label2 = Unsafe.Add(ref labelsOfRuns, (2 * RunLabels.MostOfRun) + i);
                uint label3 = Unsafe.Add(ref labelsOfRuns, (3 * RunLabels.MostOfRun) + i);
                // The address of a run that is not there is of nothing; it is not read, and is no longer than these lines.
                ref float row0 = ref label0 == noClass ? ref none : ref first;
                ref float row1 = ref label1 == noClass ? ref none : ref Unsafe.Add(ref first, apart);
                ref float row2 = ref label2 == noClass ? ref none : ref Unsafe.Add(ref first, 2 * apart);
                ref float row3 = ref label3 == noClass ? ref none : ref Unsafe.Add(ref first, 3 * apart);
                first = ref Unsafe.Add(ref first, (nuint)noClass);
                ofOwn.Add(0, label0, Unsafe.Add(ref row0, (nuint)label0));
                ofOwn.Add(1, label1, Unsafe.Add(ref row1, (nuint)label1));
                ofOwn.Add(2, label2, Unsafe.Add(ref row2, (nuint)label2));
                ofOwn.Add(3, label3, Unsafe.Add(ref row3, (nuint)label3));

                TLanes all0 = TLanes.BroadcastLabel((int)label0), all1 = TLanes.BroadcastLabel((int)label1);
                TLanes all2 = TLanes.BroadcastLabel((int)label2), all3 = TLanes.BroadcastLabel((int)label3);
                ref TLanes ofClasses = ref classes;
                nuint c = 0;
                for (; c < last; c += (nuint)TLanes.Count)
                {
                    TLanes sum = TLanes.AddUnless(TLanes.Load(in sums, c), TLanes.Load(in row0, c), ofClasses, all0);
                    sum = TLanes.AddUnless(sum, TLanes.Load(in row1, c), ofClasses, all1);
                    sum = TLanes.AddUnless(sum, TLanes.Load(in row2, c), ofClasses, all2);
                    TLanes.Store(TLanes.AddUnless(sum, TLanes.Load(in row3, c), ofClasses, all3), ref sums, c);
                    ofClasses = ref Unsafe.Add(ref ofClasses, 1);
                }

                TLanes ofLast = TLanes.AddUnless(TLanes.Load(in sums, c), TLanes.Load(in row0, last), ofClasses, all0);
                ofLast = TLanes.AddUnless(ofLast, TLanes.Load(in row1, last), ofClasses, all1);
                ofLast = TLanes.AddUnless(ofLast, TLanes.Load(in row2, last), ofClasses, all2);
                TLanes.Store(TLanes.AddUnless(ofLast, TLanes.Load(in row3, last), ofClasses, all3), ref sums, c);
            }

            CarryOver();
        }
    }

    /// <summary>Takes what pixels have of their labels, times a factor of each.</summary>
    public FactoredOwns Owns(ref float factors) => new(owns, ref factors);

    /// <summary>Adds rows that follow one another, each multiplied by a factor: a chain of float additions, carried over to double.</summary>
    /// <remarks>A vector of classes at a time, whose sums stay in registers: the rows are in the first level of the cache.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Add(ref float row, ref float factors, int count)
    {
        nuint lanes = (nuint)TLanes.Count, last = (nuint)numClasses - lanes, stride = (nuint)numClasses, rows = (nuint)count;
        ref float to = ref chain;
        for (nuint c = 0, vector = 0; vector < (nuint)vectors; vector++, c = nuint.Min(c + lanes, last))
        {
            ref float at = ref Unsafe.Add(ref row, c);
            TLanes sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            nuint i = 0;
            for (; i + RunLabels.Runs <= rows; i += RunLabels.Runs)
            {
                sum0 = TLanes.MultiplyAdd(TLanes.Load(in at, 0), TLanes.Broadcast(in factors, i), sum0);
                sum1 = TLanes.MultiplyAdd(TLanes.Load(in at, stride), TLanes.Broadcast(in factors, i + 1), sum1);
                at = ref Unsafe.Add(ref at, 2 * stride);
                sum2 = TLanes.MultiplyAdd(TLanes.Load(in at, 0), TLanes.Broadcast(in factors, i + 2), sum2);
                sum3 = TLanes.MultiplyAdd(TLanes.Load(in at, stride), TLanes.Broadcast(in factors, i + 3), sum3);
                at = ref Unsafe.Add(ref at, 2 * stride);
            }

            for (; i < rows; i++)
            {
                sum0 = TLanes.MultiplyAdd(TLanes.Load(in at, 0), TLanes.Broadcast(in factors, i), sum0);
                at = ref Unsafe.Add(ref at, stride);
            }

            TLanes.Store(sum0 + sum1 + (sum2 + sum3), ref to, vector * lanes);
        }

        CarryOver();
    }

    /// <summary>What the classes have added up to, in scratch memory.</summary>
    public ReadOnlySpan<RowTotals> Totals()
    {
        Span<RowTotals> totals = Scratch.Rows(numClasses);
        for (int c = 0; c < numClasses; c++)
        {
            totals[c] = Of(c);
        }

        return totals;
    }

    private RowTotals Of(int c)
    {
        (double intersection, double labelled) = owns.Of(c);
        int last = (vectors - 1) * TLanes.Count;
        return new RowTotals
        {
            Intersection = intersection,

            // What floats near 1 miss to it is a multiple of their last place, of which double holds the sum over all pixels of a part.
            FalseNegatives = labelled - intersection,
            FalsePositives = Unsafe.Add(ref sums, c < last ? c : last + c - FirstClass(vectors - 1)),
            Labelled = (long)labelled,
        };
    }

    // The last vector ends with the row, and its first lanes are classes of the one before, whose sums nobody asks for a second time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FirstClass(int vector) => Math.Min(vector * TLanes.Count, numClasses - TLanes.Count);

    // In whole vectors, which are read again at once: what is written in parts waits for the cache.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ClearChain()
    {
        for (int vector = 0; vector < vectors; vector++)
        {
            TLanes.Store(default, ref chain, (nuint)(vector * TLanes.Count));
        }
    }

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

    /// <summary>What pixels have of their labels, times a factor, on its way to the sums.</summary>
    internal readonly ref struct FactoredOwns(OwnSums owns, ref float factors) : IRowOwner
    {
        private readonly OwnSums owns = owns;
        private readonly ref float factors = ref factors;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Take(nuint pixel, nuint label, float own) =>
            owns.Add(pixel % RunLabels.Runs, (uint)label, own * Unsafe.Add(ref factors, pixel));

        public void TakeNone(nuint pixel)
        {
        }
    }
}
