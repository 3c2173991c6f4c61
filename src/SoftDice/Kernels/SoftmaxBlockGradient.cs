using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>The gradient of the logits of some pixels whose classes lie side by side.</summary>
/// <remarks>
/// The slope of logit k is p_k·(s_k - Σ p·s), with s the slopes of the probabilities. The slope of the class that is likelier than all others together, if there is one, is
/// taken from each: where that class is nearly certain, its slope and the sum would cancel.
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

    /// <summary>Writes the gradient of pixels whose softmax the block has.</summary>
    /// <param name="block">The block.</param>
    /// <param name="count">Number of pixels.</param>
    /// <param name="gradient">Where it goes, which may begin in the line before the rows of the block.</param>
    public void Write(ref readonly SoftmaxBlock<TWide, TLanes> block, int count, ref float gradient)
    {
        LoadOwnSlopes(in block, count);
        SelectLikely(in block, count);
        AddLikely(in block, count);
        AddSlopes(in block, count);
        MakeMeans(in block, count);
        WriteOthers(in block, count, ref gradient);
        WriteOwn(in block, count, ref gradient);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void LoadOwnSlopes(ref readonly SoftmaxBlock<TWide, TLanes> block, int count)
    {
        ref int labels = ref block.Labels;
        ref float slopes = ref block.NumbersOf(PixelNumber.OwnSlope);
        ref float ofClass = ref owns;
        int numClasses = block.NumClasses;
        for (int pixel = 0; pixel < count; pixel++)
        {
            int label = Unsafe.Add(ref labels, pixel);
            Unsafe.Add(ref slopes, pixel) = label < numClasses ? Unsafe.Add(ref ofClass, label) : 0;
        }
    }

    // Of each pixel, in a vector that is 0 elsewhere, the slope of the likely class, if that is not the label's.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void SelectLikely(ref readonly SoftmaxBlock<TWide, TLanes> block, int count)
    {
        nuint lanes = (nuint)TLanes.Count, last = block.LastVector, numClasses = (nuint)block.NumClasses;
        ref float row = ref block.Rows;
        ref float to = ref block.Partials;
        ref float halves = ref block.NumbersOf(PixelNumber.Half);
        ref float slopes = ref others;
        TLanes ofLast = newOthers;
        for (nuint pixel = 0; pixel < (nuint)count; pixel++)
        {
            TLanes half = TLanes.Broadcast(in halves, pixel);
            TLanes ofLikely = TLanes.SelectWhereLarger(TLanes.Load(in row, last), half, ofLast, default);
            for (nuint c = 0; c < last; c += lanes)
            {
                ofLikely = TLanes.SelectWhereLarger(TLanes.Load(in row, c), half, TLanes.Load(in slopes, c), ofLikely);
            }

            TLanes.Store(ofLikely, ref to, pixel * lanes);
            row = ref Unsafe.Add(ref row, numClasses);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddLikely(ref readonly SoftmaxBlock<TWide, TLanes> block, int count)
    {
        ref float likely = ref block.NumbersOf(PixelNumber.LikelySlope);
        ref float owns = ref block.NumbersOf(PixelNumber.Own);
        ref float halves = ref block.NumbersOf(PixelNumber.Half);
        ref float slopes = ref block.NumbersOf(PixelNumber.OwnSlope);
        LaneSums.Of<TLanes>(ref block.Partials, count, ref likely);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes ofLikely = TLanes.SelectWhereLarger(
                TLanes.Load(in owns, pixel), TLanes.Load(in halves, pixel), TLanes.Load(in slopes, pixel), TLanes.Load(in likely, pixel));
            TLanes.Store(ofLikely, ref likely, pixel);
        }
    }

    // Of each pixel, in a vector to be added up, the others' exponentials times what their slopes are more than that of the likely class, for which that is 0.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void AddSlopes(ref readonly SoftmaxBlock<TWide, TLanes> block, int count)
    {
        nuint lanes = (nuint)TLanes.Count, last = block.LastVector, numClasses = (nuint)block.NumClasses;
        ref float row = ref block.Rows;
        ref float to = ref block.Partials;
        ref float likely = ref block.NumbersOf(PixelNumber.LikelySlope);
        ref float slopes = ref others;
        TLanes isNew = block.IsNew, ofLast = newOthers;
        for (nuint pixel = 0; pixel < (nuint)count; pixel++)
        {
            TLanes ofLikely = TLanes.Broadcast(in likely, pixel);
            TLanes sum = TLanes.Load(in row, last) * (ofLast - (isNew * ofLikely));
            for (nuint c = 0; c < last;)
            {
                nuint end = nuint.Min(c + (SoftmaxBlock<TWide, TLanes>.ChainVectors * lanes), last);
                TLanes chain = default;
                for (; c < end; c += lanes)
                {
                    chain = TLanes.MultiplyAdd(TLanes.Load(in row, c), TLanes.Load(in slopes, c) - ofLikely, chain);
                }

                sum += chain;
            }

            TLanes.Store(sum, ref to, pixel * lanes);
            row = ref Unsafe.Add(ref row, numClasses);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MakeMeans(ref readonly SoftmaxBlock<TWide, TLanes> block, int count)
    {
        ref float means = ref block.NumbersOf(PixelNumber.Mean);
        ref float owns = ref block.NumbersOf(PixelNumber.Own);
        ref float factors = ref block.NumbersOf(PixelNumber.Factor);
        ref float likely = ref block.NumbersOf(PixelNumber.LikelySlope);
        ref float slopes = ref block.NumbersOf(PixelNumber.OwnSlope);
        ref float gradient = ref block.NumbersOf(PixelNumber.OwnGradient);
        LaneSums.Of<TLanes>(ref block.Partials, count, ref means);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes own = TLanes.Load(in owns, pixel);
            TLanes factor = TLanes.Load(in factors, pixel);
            TLanes slope = TLanes.Load(in slopes, pixel) - TLanes.Load(in likely, pixel);
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
        ref float likely = ref block.NumbersOf(PixelNumber.LikelySlope);
        ref float means = ref block.NumbersOf(PixelNumber.Mean);
        ref float slopes = ref others;
        TLanes lastSlopes = TLanes.Load(in slopes, last);
        for (nuint pixel = 0; pixel < (nuint)count; pixel++)
        {
            TLanes factor = TLanes.Broadcast(in factors, pixel);
            TLanes ofLikely = TLanes.Broadcast(in likely, pixel);
            TLanes mean = TLanes.Broadcast(in means, pixel);

            // Before what it shares with the vector before it may be overwritten.
            TLanes ofLast = TLanes.Load(in row, last) * factor * (lastSlopes - ofLikely - mean);
            for (nuint c = 0; c < last; c += lanes)
            {
                TLanes.Store(TLanes.Load(in row, c) * factor * (TLanes.Load(in slopes, c) - ofLikely - mean), ref gradient, c);
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
}
