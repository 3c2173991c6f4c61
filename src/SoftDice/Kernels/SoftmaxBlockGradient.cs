using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>The gradient of the logits of some pixels whose classes lie side by side.</summary>
/// <remarks>
/// The slope of logit k is p_k·(s_k - Σ p·s), with s the slopes of the probabilities. The mean is made twice: first of the slopes, and then of what they are more than this
/// base, which is added to it. Where one class is nearly certain, its slope and the mean cancel: their difference is exact then, and what is left is made of small numbers,
/// which round.
/// </remarks>
internal readonly ref struct SoftmaxBlockGradient<TWide, TLanes>
    where TWide : struct, ILanes<TWide>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly ref float owns;
    private readonly ref float others;

    // The others' slopes of the last vector, but 0 for classes that the vector before has as well.
    private readonly TLanes newOthers;

    /// <param name="block">The block.</param>
    /// <param name="owns">The slope of each class where the label is this class.</param>
    /// <param name="others">The slope of each class elsewhere.</param>
    public SoftmaxBlockGradient(ref readonly SoftmaxBlock<TWide, TLanes> block, ReadOnlySpan<float> owns, ReadOnlySpan<float> others)
    {
        this.owns = ref MemoryMarshal.GetReference(owns);
        this.others = ref MemoryMarshal.GetReference(others);
        newOthers = TLanes.Load(in this.others, block.LastVector) * block.IsNew;
    }

    /// <summary>Takes what pixels have of their labels, with the slopes of these.</summary>
    /// <param name="block">The block.</param>
    public SlopedOwns Owns(ref readonly SoftmaxBlock<TWide, TLanes> block) => new(in block, ref owns, ref others);

    /// <summary>Writes the gradient of pixels whose softmax the block has, but for what has been taken of it.</summary>
    /// <param name="block">The block.</param>
    /// <param name="count">Number of pixels.</param>
    /// <param name="gradient">Where it goes, which may begin in the line before the rows of the block, or be those rows.</param>
    public void Write(ref readonly SoftmaxBlock<TWide, TLanes> block, int count, ref float gradient)
    {
        MakeBases(in block, count);
        AddSlopes(in block, count);
        MakeMeans(in block, count);
        WriteOthers(in block, count, ref gradient);
        WriteOwn(in block, count, ref gradient);
    }

    // The block has added the others' slope of all classes, the label's included. Where the label is likelier than all others together its slope is as good a base, and exact.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MakeBases(ref readonly SoftmaxBlock<TWide, TLanes> block, int count)
    {
        ref float bases = ref block.NumbersOf(PixelNumber.Base);
        ref float owns = ref block.NumbersOf(PixelNumber.Own);
        ref float factors = ref block.NumbersOf(PixelNumber.Factor);
        ref float slopes = ref block.NumbersOf(PixelNumber.OwnSlope);
        ref float others = ref block.NumbersOf(PixelNumber.OtherSlope);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes own = TLanes.Load(in owns, pixel), factor = TLanes.Load(in factors, pixel), slope = TLanes.Load(in slopes, pixel);
            TLanes sum = TLanes.MultiplyAdd(own, slope - TLanes.Load(in others, pixel), TLanes.Load(in bases, pixel));
            TLanes.Store(TLanes.SelectWhereLarger(own * factor, TLanes.Broadcast(0.5f), slope, factor * sum), ref bases, pixel);
        }
    }

    // The others' exponentials times what their slopes are more than the base.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void AddSlopes(ref readonly SoftmaxBlock<TWide, TLanes> block, int count)
    {
        nuint lanes = (nuint)TLanes.Count, last = block.LastVector, numClasses = (nuint)block.NumClasses;
        ref float row0 = ref block.Rows;
        ref float to = ref block.NumbersOf(PixelNumber.Mean);
        ref float bases = ref block.NumbersOf(PixelNumber.Base);
        ref float slopes = ref others;
        TLanes isNew = block.IsNew, ofLast = newOthers;
        for (nuint pixel = 0; pixel < (nuint)count; pixel += LaneSums.Unit)
        {
            ref float row1 = ref Unsafe.Add(ref row0, numClasses);
            ref float row2 = ref Unsafe.Add(ref row1, numClasses);
            ref float row3 = ref Unsafe.Add(ref row2, numClasses);
            TLanes base0 = TLanes.Broadcast(in bases, pixel), base1 = TLanes.Broadcast(in bases, pixel + 1);
            TLanes base2 = TLanes.Broadcast(in bases, pixel + 2), base3 = TLanes.Broadcast(in bases, pixel + 3);
            TLanes sum0 = TLanes.Load(in row0, last) * (ofLast - (isNew * base0));
            TLanes sum1 = TLanes.Load(in row1, last) * (ofLast - (isNew * base1));
            TLanes sum2 = TLanes.Load(in row2, last) * (ofLast - (isNew * base2));
            TLanes sum3 = TLanes.Load(in row3, last) * (ofLast - (isNew * base3));
            for (nuint c = 0; c < last;)
            {
                nuint end = nuint.Min(c + (SoftmaxBlock<TWide, TLanes>.ChainVectors * lanes), last);
                TLanes chain0 = default, chain1 = default, chain2 = default, chain3 = default;
                for (; c < end; c += lanes)
                {
                    TLanes slope = TLanes.Load(in slopes, c);
                    chain0 = TLanes.MultiplyAdd(TLanes.Load(in row0, c), slope - base0, chain0);
                    chain1 = TLanes.MultiplyAdd(TLanes.Load(in row1, c), slope - base1, chain1);
                    chain2 = TLanes.MultiplyAdd(TLanes.Load(in row2, c), slope - base2, chain2);
                    chain3 = TLanes.MultiplyAdd(TLanes.Load(in row3, c), slope - base3, chain3);
                }

                sum0 += chain0;
                sum1 += chain1;
                sum2 += chain2;
                sum3 += chain3;
            }

            LaneSums.Of(sum0, sum1, sum2, sum3).StoreUnsafe(ref to, pixel);
            row0 = ref Unsafe.Add(ref row3, numClasses);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MakeMeans(ref readonly SoftmaxBlock<TWide, TLanes> block, int count)
    {
        ref float means = ref block.NumbersOf(PixelNumber.Mean);
        ref float owns = ref block.NumbersOf(PixelNumber.Own);
        ref float factors = ref block.NumbersOf(PixelNumber.Factor);
        ref float bases = ref block.NumbersOf(PixelNumber.Base);
        ref float slopes = ref block.NumbersOf(PixelNumber.OwnSlope);
        ref float gradient = ref block.NumbersOf(PixelNumber.OwnGradient);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes own = TLanes.Load(in owns, pixel);
            TLanes factor = TLanes.Load(in factors, pixel);
            TLanes slope = TLanes.Load(in slopes, pixel) - TLanes.Load(in bases, pixel);
            TLanes mean = factor * TLanes.MultiplyAdd(own, slope, TLanes.Load(in means, pixel));
            TLanes.Store(mean, ref means, pixel);
            TLanes.Store(own * factor * (slope - mean), ref gradient, pixel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void WriteOthers(ref readonly SoftmaxBlock<TWide, TLanes> block, int count, ref float gradient)
    {
        nuint lanes = (nuint)TLanes.Count, last = block.LastVector, numClasses = (nuint)block.NumClasses;
        ref float row = ref block.Rows;
        ref float factors = ref block.NumbersOf(PixelNumber.Factor);
        ref float bases = ref block.NumbersOf(PixelNumber.Base);
        ref float means = ref block.NumbersOf(PixelNumber.Mean);
        ref float slopes = ref others;
        TLanes lastSlopes = TLanes.Load(in slopes, last);
        for (nuint pixel = 0; pixel < (nuint)count; pixel++)
        {
            TLanes factor = TLanes.Broadcast(in factors, pixel);
            TLanes ofBase = TLanes.Broadcast(in bases, pixel);
            TLanes mean = TLanes.Broadcast(in means, pixel);

            // Before what it shares with the vector before it may be overwritten.
            TLanes ofLast = TLanes.Load(in row, last) * factor * (lastSlopes - ofBase - mean);
            for (nuint c = 0; c < last; c += lanes)
            {
                TLanes.Store(TLanes.Load(in row, c) * factor * (TLanes.Load(in slopes, c) - ofBase - mean), ref gradient, c);
            }

            TLanes.Store(ofLast, ref gradient, last);
            row = ref Unsafe.Add(ref row, numClasses);
            gradient = ref Unsafe.Add(ref gradient, numClasses);
        }
    }

    private static void WriteOwn(ref readonly SoftmaxBlock<TWide, TLanes> block, int count, ref float gradient)
    {
        if (WriteOfLabels(in block, count, ref gradient))
        {
            return;
        }

        for (int pixel = 0; pixel < count; pixel++)
        {
            if (Unsafe.Add(ref block.Labels, pixel) == block.NumClasses)
            {
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref gradient, pixel * block.NumClasses), block.NumClasses).Clear();
            }
        }
    }

    // Returns whether all pixels have a label.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static bool WriteOfLabels(ref readonly SoftmaxBlock<TWide, TLanes> block, int count, ref float gradient)
    {
        ref int labels = ref block.Labels;
        ref float owns = ref block.NumbersOf(PixelNumber.OwnGradient);
        int numClasses = block.NumClasses;
        bool areAll = true;
        for (int pixel = 0; pixel < count; pixel++)
        {
            int label = Unsafe.Add(ref labels, pixel);
            if (label < numClasses)
            {
                Unsafe.Add(ref gradient, label) = Unsafe.Add(ref owns, pixel);
            }
            else
            {
                areAll = false;
            }

            gradient = ref Unsafe.Add(ref gradient, numClasses);
        }

        return areAll;
    }

    /// <summary>What pixels have of their labels, with the labels and their slopes, on its way to the numbers of a block.</summary>
    internal readonly ref struct SlopedOwns(ref readonly SoftmaxBlock<TWide, TLanes> block, ref float ofClass, ref float others) : IRowOwner
    {
        private readonly ref int labels = ref block.Labels;
        private readonly ref float owns = ref block.NumbersOf(PixelNumber.Own);
        private readonly ref float slopes = ref block.NumbersOf(PixelNumber.OwnSlope);
        private readonly ref float ofClass = ref ofClass;
        private readonly ref float others = ref others;
        private readonly ref float otherSlopes = ref block.NumbersOf(PixelNumber.OtherSlope);
        private readonly int noClass = block.NumClasses;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Take(nuint pixel, nuint label, float own)
        {
            Unsafe.Add(ref labels, pixel) = (int)label;
            Unsafe.Add(ref owns, pixel) = own;
            Unsafe.Add(ref slopes, pixel) = Unsafe.Add(ref ofClass, label);
            Unsafe.Add(ref otherSlopes, pixel) = Unsafe.Add(ref others, label);
        }

        // Its other numbers are what they were: whatever comes of them, its gradient is set to 0 in the end.
        public void TakeNone(nuint pixel) => Unsafe.Add(ref labels, pixel) = noClass;
    }
}
