using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>
/// Softmax of some pixels whose classes lie side by side, in scratch memory, as they lie. The label's exponential stands apart, and is 0 in its row.
/// </summary>
/// <remarks>
/// Exponentials are of single elements, so that no lane is wasted on the end of a row. Sums over the classes of a pixel are made a vector of classes at a time, and
/// the vectors of four pixels are added up over their lanes at once.
/// </remarks>
/// <typeparam name="TWide">The lanes of what is done element by element.</typeparam>
/// <typeparam name="TLanes">The lanes of what is done row by row, of which there are no more than classes.</typeparam>
internal readonly ref struct SoftmaxBlock<TWide, TLanes>
    where TWide : struct, ILanes<TWide>
    where TLanes : struct, ILanes<TLanes>
{
    // Rows that the first level of the cache keeps, and fewer where there are more classes than that. Whole lines, as what goes past the cache is written so.
    private const int MostPixels = 32;
    private const int LeastPixels = 16;
    private const int MostClassesOfMostPixels = 256;

    // Numbers of the pixels of a block, of which loops over pixels do whole vectors.
    private const int Stride = MostPixels + 16;

    // Vectors that are added up before their sum goes to that of all: a float sum of thousands of classes would lose digits.
    internal const int ChainVectors = 16;

    private readonly ref float rows;
    private readonly ref float numbers;
    private readonly ref float partials;
    private readonly ref int labels;

    /// <summary>In this thread's scratch memory.</summary>
    /// <param name="numClasses">Number of classes.</param>
    public SoftmaxBlock(int numClasses)
    {
        NumClasses = numClasses;
        Pixels = numClasses <= MostClassesOfMostPixels ? MostPixels : LeastPixels;
        int ofPartials = Stride * TLanes.Count;
        int beforeRows = (ofPartials + (2 * Tiles.LineFloats) - 1) / Tiles.LineFloats * Tiles.LineFloats;
        int ofRows = (((Pixels + 1) * numClasses) + Tiles.LineFloats - 1) / Tiles.LineFloats * Tiles.LineFloats;
        Span<float> all = Scratch.Exponentials(beforeRows + ofRows + (((int)PixelNumber.Count + 1) * Stride));
        partials = ref all[0];
        rows = ref all[beforeRows];
        numbers = ref all[beforeRows + ofRows];
        labels = ref Unsafe.As<float, int>(ref Unsafe.Add(ref numbers, (int)PixelNumber.Count * Stride));

        Span<float> lanes = stackalloc float[TLanes.Count];
        lanes[((TLanes.Count - (numClasses % TLanes.Count)) % TLanes.Count)..].Fill(1);
        IsNew = TLanes.Load(in MemoryMarshal.GetReference(lanes), 0);
    }

    public int NumClasses { get; }

    /// <summary>Pixels of a block, but for the last one.</summary>
    public int Pixels { get; }

    /// <summary>The class that the last vector of a row begins with: one before the end of the vector before it, as the next row belongs to another pixel.</summary>
    public nuint LastVector => (nuint)(NumClasses - TLanes.Count);

    /// <summary>1 for each class of the last vector that no other has, and 0 for those that one has.</summary>
    public TLanes IsNew { get; }

    /// <summary>Exponentials, a row of all classes for each pixel.</summary>
    public ref float Rows => ref rows;

    /// <summary>The line of memory before the rows: what takes their place may begin in it, as each row then goes where the one before was.</summary>
    public ref float LineBefore => ref Unsafe.Subtract(ref rows, Tiles.LineFloats);

    /// <summary>A vector for each pixel, whose lanes are to be added up.</summary>
    public ref float Partials => ref partials;

    /// <summary>The label of each pixel; as many as there are classes where it takes no part.</summary>
    public ref int Labels => ref labels;

    /// <summary>A number of each pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float NumbersOf(PixelNumber number) => ref Unsafe.Add(ref numbers, (int)number * Stride);

    /// <summary>
    /// Exponentials of some pixels in their rows, but of the labels apart; and for each pixel the factor that makes probabilities of them, and half of their sum.
    /// A pixel that takes no part, or whose label is wrong, has 0 in its row and 1 apart.
    /// </summary>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    public bool Compute<TLabel>(ReadOnlySpan<float> image, PixelLabels<TLabel> imageLabels, int firstPixel, int count)
        where TLabel : unmanaged
    {
        ref float logits = ref Unsafe.Add(ref MemoryMarshal.GetReference(image), firstPixel * NumClasses);
        AddExponentials(ref logits, ref rows, (nuint)(count * NumClasses));
        bool areRight = TakeOwn(imageLabels, firstPixel, count);
        AddRows(ref rows, count);
        MakeFactors(ref logits, count);
        return areRight;
    }

    // Each block asks for the next one, as its other loops leave the hardware nothing to foresee.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddExponentials(ref float logits, ref float rows, nuint count)
    {
        nuint lanes = (nuint)TWide.Count;
        nuint last = count - lanes;
        nuint i = 0;
        for (; i + lanes < last; i += 2 * lanes)
        {
            Prefetch.At(in logits, i + count);
            Prefetch.At(in logits, i + lanes + count);
            TWide e0 = Activations.ExpOfLogit(TWide.Load(in logits, i));
            TWide e1 = Activations.ExpOfLogit(TWide.Load(in logits, i + lanes));
            TWide.Store(e0, ref rows, i);
            TWide.Store(e1, ref rows, i + lanes);
        }

        for (; i < last; i += lanes)
        {
            TWide.Store(Activations.ExpOfLogit(TWide.Load(in logits, i)), ref rows, i);
        }

        TWide.Store(Activations.ExpOfLogit(TWide.Load(in logits, last)), ref rows, last);
    }

    // Returns whether all labels are right.
    private bool TakeOwn<TLabel>(PixelLabels<TLabel> imageLabels, int firstPixel, int count)
        where TLabel : unmanaged
    {
        if (!imageLabels.IgnoresPixels)
        {
            return TakeOwn(ref MemoryMarshal.GetReference(imageLabels.Labels[firstPixel..]), count);
        }

        bool areRight = LoadLabels(imageLabels, firstPixel, count);
        TakeOwn(ref labels, count);
        return areRight;
    }

    // Returns whether all are labels of classes.
    private bool TakeOwn<TLabel>(ref TLabel from, int count)
        where TLabel : unmanaged
    {
        bool areAll = true;
        for (int pixel = TakeOwn(ref from, 0, count); pixel < count; pixel = TakeOwn(ref from, pixel + 1, count))
        {
            Unsafe.Add(ref labels, pixel) = NumClasses;
            Unsafe.Add(ref NumbersOf(PixelNumber.Own), pixel) = 1;
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref rows, pixel * NumClasses), NumClasses).Clear();
            areAll = false;
        }

        return areAll;
    }

    // Up to a pixel whose label is no class: a call in the loop would cost it its registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private int TakeOwn<TLabel>(ref TLabel from, int pixel, int count)
        where TLabel : unmanaged
    {
        int numClasses = NumClasses;
        ref float row = ref Unsafe.Add(ref rows, pixel * numClasses);
        ref float owns = ref NumbersOf(PixelNumber.Own);
        ref int to = ref labels;
        for (; pixel < count; pixel++)
        {
            int label = LabelLoads.LoadOne(in from, (nuint)pixel);
            if ((uint)label >= (uint)numClasses)
            {
                break;
            }

            ref float own = ref Unsafe.Add(ref row, label);
            Unsafe.Add(ref to, pixel) = label;
            Unsafe.Add(ref owns, pixel) = own;
            own = 0;
            row = ref Unsafe.Add(ref row, numClasses);
        }

        return pixel;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private bool LoadLabels<TLabel>(PixelLabels<TLabel> imageLabels, int firstPixel, int count)
        where TLabel : unmanaged
    {
        bool areRight = true;
        for (int pixel = 0; pixel < count; pixel++)
        {
            int label = imageLabels.ClassIndex((nuint)(firstPixel + pixel));
            areRight &= (uint)label < (uint)NumClasses || label == IgnoredPixels.Label;
            Unsafe.Add(ref labels, pixel) = label;
        }

        return areRight;
    }

    // Two rows at a time, as the additions of one wait for each other; behind the last one there is memory for one more.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void AddRows(ref float row, int count)
    {
        nuint lanes = (nuint)TLanes.Count, last = LastVector, numClasses = (nuint)NumClasses;
        TLanes isNew = IsNew;
        ref float to = ref partials;
        for (nuint pixel = 0; pixel < (nuint)count; pixel += 2)
        {
            ref float next = ref Unsafe.Add(ref row, numClasses);
            TLanes sum0 = TLanes.Load(in row, last) * isNew;
            TLanes sum1 = TLanes.Load(in next, last) * isNew;
            for (nuint c = 0; c < last;)
            {
                nuint end = nuint.Min(c + (ChainVectors * lanes), last);
                TLanes chain0 = default, chain1 = default;
                for (; c < end; c += lanes)
                {
                    chain0 += TLanes.Load(in row, c);
                    chain1 += TLanes.Load(in next, c);
                }

                sum0 += chain0;
                sum1 += chain1;
            }

            TLanes.Store(sum0, ref to, pixel * lanes);
            TLanes.Store(sum1, ref to, (pixel + 1) * lanes);
            row = ref Unsafe.Add(ref next, numClasses);
        }
    }

    // Sums become factors and halves, and pixels whose sum is out of range are done again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void MakeFactors(ref float logits, int count)
    {
        ref float sums = ref NumbersOf(PixelNumber.Sum);
        ref float owns = ref NumbersOf(PixelNumber.Own);
        ref float factors = ref NumbersOf(PixelNumber.Factor);
        ref float halves = ref NumbersOf(PixelNumber.Half);
        LaneSums.Of<TLanes>(ref partials, count, ref sums);
        for (int pixel = 0; pixel < count; pixel += TLanes.Count)
        {
            nuint at = (nuint)pixel;
            TLanes sum = TLanes.Load(in sums, at) + TLanes.Load(in owns, at);
            if (!TLanes.AreWithin(sum, Activations.TooSmallSum, Activations.MostSum))
            {
                TLanes.Store(sum, ref sums, at);
                ComputeAgain(ref logits, pixel, Math.Min(pixel + TLanes.Count, count));
                sum = TLanes.Load(in sums, at);
            }

            TLanes.Store(TLanes.Broadcast(1) / sum, ref factors, at);
            TLanes.Store(sum * TLanes.Broadcast(0.5f), ref halves, at);
        }
    }

    // Relative to the largest logit, of pixels whose sum is out of range, NaN included; so the bits of the others do not depend on them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void ComputeAgain(ref float logits, int first, int end)
    {
        ref float sums = ref NumbersOf(PixelNumber.Sum);
        ref float owns = ref NumbersOf(PixelNumber.Own);
        Span<float> total = stackalloc float[LaneSums.Unit];
        for (int pixel = first; pixel < end; pixel++)
        {
            float sum = Unsafe.Add(ref sums, pixel);
            if (sum > Activations.TooSmallSum && sum <= Activations.MostSum)
            {
                continue;
            }

            ref float row = ref Unsafe.Add(ref rows, pixel * NumClasses);
            ref float own = ref Unsafe.Add(ref row, Unsafe.Add(ref labels, pixel));
            WriteRelative(ref Unsafe.Add(ref logits, pixel * NumClasses), ref row, sum);
            Unsafe.Add(ref owns, pixel) = own;
            own = 0;
            AddRows(ref row, 1);
            LaneSums.Of<TLanes>(ref partials, 1, ref MemoryMarshal.GetReference(total));
            Unsafe.Add(ref sums, pixel) = total[0] + Unsafe.Add(ref owns, pixel);
        }
    }

    private void WriteRelative(ref float logits, ref float row, float sum)
    {
        float largest = float.NegativeInfinity;
        foreach (float logit in MemoryMarshal.CreateReadOnlySpan(ref logits, NumClasses))
        {
            largest = MathF.Max(largest, logit);
        }

        for (nuint c = 0, last = LastVector; ; c = nuint.Min(c + (nuint)TLanes.Count, last))
        {
            TLanes x = Activations.RelativeWhereOutOfRange(TLanes.Broadcast(sum), TLanes.Load(in logits, c), TLanes.Broadcast(largest));
            TLanes.Store(Activations.ExpOfLogit(x), ref row, c);
            if (c == last)
            {
                return;
            }
        }
    }
}
