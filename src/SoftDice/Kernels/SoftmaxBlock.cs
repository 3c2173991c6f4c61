using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>Softmax of some pixels whose classes lie side by side, as they lie: in scratch memory, or where exponentials are kept.</summary>
/// <remarks>
/// Exponentials are of single elements, so that no lane is wasted on the end of a row. Sums over the classes of a pixel are made a vector of classes at a time, and
/// the vectors of four pixels are added up over their lanes at once.
/// </remarks>
/// <typeparam name="TWide">The lanes of what is done element by element.</typeparam>
/// <typeparam name="TLanes">The lanes of what is done row by row, of which there are no more than classes.</typeparam>
internal ref partial struct SoftmaxBlock<TWide, TLanes>
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

    private readonly ref float scratch;
    private readonly ref float numbers;
    private readonly ref int labels;
    private readonly ref float slopes;
    private readonly TLanes newSlopes;
    private ref float rows;

    /// <summary>In this thread's scratch memory.</summary>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="slopes">What each exponential is multiplied by in <see cref="PixelNumber.Base"/>; empty where nobody asks for that.</param>
    public SoftmaxBlock(int numClasses, ReadOnlySpan<float> slopes = default)
    {
        NumClasses = numClasses;
        Pixels = numClasses <= MostClassesOfMostPixels ? MostPixels : LeastPixels;

        // With as many rows more as sums reach behind the last one.
        int ofRows = (((Pixels + LaneSums.Unit) * numClasses) + Tiles.LineFloats - 1) / Tiles.LineFloats * Tiles.LineFloats;
        Span<float> all = Scratch.Exponentials(Tiles.LineFloats + ofRows + (((int)PixelNumber.Count + 1) * Stride));
        scratch = ref all[Tiles.LineFloats];
        rows = ref scratch;
        numbers = ref all[Tiles.LineFloats + ofRows];
        labels = ref Unsafe.As<float, int>(ref Unsafe.Add(ref numbers, (int)PixelNumber.Count * Stride));

        Span<float> lanes = stackalloc float[TLanes.Count];
        lanes[((TLanes.Count - (numClasses % TLanes.Count)) % TLanes.Count)..].Fill(1);
        IsNew = TLanes.Load(in MemoryMarshal.GetReference(lanes), 0);
        this.slopes = ref MemoryMarshal.GetReference(slopes);
        newSlopes = slopes.IsEmpty ? default : TLanes.Load(in this.slopes, LastVector) * IsNew;
    }

    public readonly int NumClasses { get; }

    /// <summary>Pixels of a block, but for the last one.</summary>
    public readonly int Pixels { get; }

    /// <summary>The class that the last vector of a row begins with: one before the end of the vector before it, as the next row belongs to another pixel.</summary>
    public readonly nuint LastVector => (nuint)(NumClasses - TLanes.Count);

    /// <summary>1 for each class of the last vector that no other has, and 0 for those that one has.</summary>
    public readonly TLanes IsNew { get; }

    /// <summary>Exponentials, a row of all classes for each pixel.</summary>
    public readonly ref float Rows => ref rows;

    /// <summary>The line of memory before the rows in scratch memory: what takes their place may begin in it, as each row then goes where the one before was.</summary>
    public readonly ref float LineBefore => ref Unsafe.Subtract(ref scratch, Tiles.LineFloats);

    /// <summary>The label of each pixel, or as many as there are classes where it takes no part, if the owner leaves it here.</summary>
    public readonly ref int Labels => ref labels;

    /// <summary>A number of each pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref float NumbersOf(PixelNumber number) => ref Unsafe.Add(ref numbers, (int)number * Stride);

    /// <summary>
    /// Exponentials of some pixels in their rows, and for each pixel the factor that makes probabilities of them; and where there are slopes, the sum of the exponentials
    /// times these, as what is to become the base.
    /// </summary>
    public readonly void Compute<TProbabilities>(ReadOnlySpan<float> image, int firstPixel, int count)
        where TProbabilities : struct
    {
        ref float logits = ref Unsafe.Add(ref MemoryMarshal.GetReference(image), firstPixel * NumClasses);
        AddExponentials<TProbabilities>(ref logits, ref rows, (nuint)(count * NumClasses));
        AddRows(ref rows, count, ref NumbersOf(PixelNumber.Sum), ref NumbersOf(PixelNumber.Base));
        MakeFactors(ref logits, count);
    }

    /// <summary>
    /// Takes each pixel's exponential of its label out of the row, which has 0 there then. Of a pixel that takes no part, or whose label is wrong, the row is all 0, and
    /// so is the factor.
    /// </summary>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    public readonly bool TakeOwn<TLabel, TOwner>(PixelLabels<TLabel> imageLabels, int firstPixel, int count, TOwner owner)
        where TLabel : unmanaged
        where TOwner : struct, IRowOwner, allows ref struct
    {
        if (!imageLabels.IgnoresPixels)
        {
            return TakeOwn(ref MemoryMarshal.GetReference(imageLabels.Labels[firstPixel..]), count, owner);
        }

        bool areRight = LoadLabels(imageLabels, firstPixel, count);
        TakeOwn(ref labels, count, owner);
        return areRight;
    }

    // Each block asks for the next one, as its other loops leave the hardware nothing to foresee; but not where exponentials are kept, which is faster without. The next
    // logits are loaded before exponentials are stored: a load waits for the store before it if this goes to nearly the same place in its page of 4 KB.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddExponentials<TProbabilities>(ref float logits, ref float rows, nuint count)
        where TProbabilities : struct
    {
        LogitExponential<TWide> exponential = new();
        nuint lanes = (nuint)TWide.Count;
        nuint last = count - lanes;
        TWide x0 = TWide.Load(in logits, 0);
        TWide x1 = TWide.Load(in logits, nuint.Min(lanes, last));
        nuint i = 0;
        for (; i + lanes < last; i += 2 * lanes)
        {
            if (typeof(TProbabilities) == typeof(ComputedProbabilities))
            {
                Prefetch.At(in logits, i + count);
                Prefetch.At(in logits, i + lanes + count);
            }

            TWide e0 = exponential.Of(x0);
            TWide e1 = exponential.Of(x1);
            x0 = TWide.Load(in logits, nuint.Min(i + (2 * lanes), last));
            x1 = TWide.Load(in logits, nuint.Min(i + (3 * lanes), last));
            TWide.Store(e0, ref rows, i);
            TWide.Store(e1, ref rows, i + lanes);
        }

        for (; i < last; i += lanes)
        {
            TWide.Store(exponential.Of(TWide.Load(in logits, i)), ref rows, i);
        }

        TWide.Store(exponential.Of(TWide.Load(in logits, last)), ref rows, last);
    }

    // Returns whether all are labels of classes.
    private readonly bool TakeOwn<TLabel, TOwner>(ref TLabel from, int count, TOwner owner)
        where TLabel : unmanaged
        where TOwner : struct, IRowOwner, allows ref struct
    {
        bool areAll = true;
        for (int pixel = TakeOwn(ref from, 0, count, owner); pixel < count; pixel = TakeOwn(ref from, pixel + 1, count, owner))
        {
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref rows, pixel * NumClasses), NumClasses).Clear();
            Unsafe.Add(ref NumbersOf(PixelNumber.Factor), pixel) = 0;
            owner.TakeNone((nuint)pixel);
            areAll = false;
        }

        return areAll;
    }

    // Up to a pixel whose label is no class: a call in the loop would cost it its registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly int TakeOwn<TLabel, TOwner>(ref TLabel from, int first, int count, TOwner owner)
        where TLabel : unmanaged
        where TOwner : struct, IRowOwner, allows ref struct
    {
        TOwner taker = owner;
        nuint numClasses = (nuint)NumClasses, pixel = (nuint)first;
        ref float row = ref Unsafe.Add(ref rows, pixel * numClasses);
        for (; pixel < (nuint)count; pixel++)
        {
            nuint label = (uint)LabelLoads.LoadOne(in from, pixel);
            if (label >= numClasses)
            {
                break;
            }

            ref float own = ref Unsafe.Add(ref row, label);
            taker.Take(pixel, label, own);
            own = 0;
            row = ref Unsafe.Add(ref row, numClasses);
        }

        return (int)pixel;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly bool LoadLabels<TLabel>(PixelLabels<TLabel> imageLabels, int firstPixel, int count)
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
}
