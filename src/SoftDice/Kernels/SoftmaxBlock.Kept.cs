using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

// Exponentials that the forward pass of a call leaves where the gradient goes, for the backward pass.
internal ref partial struct SoftmaxBlock<TWide, TLanes>
{
    /// <summary>
    /// Puts the rows of the next pixels where they are kept. Some rows are added up at once, and behind those of another number is memory of others: they stay in scratch memory.
    /// </summary>
    /// <param name="kept">Where those of the image are kept.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="count">Number of pixels.</param>
    public void MoveTo(Span<float> kept, int firstPixel, int count) =>
        rows = ref count % LaneSums.Unit == 0 ? ref kept[firstPixel * NumClasses] : ref scratch;

    /// <summary>An owner that leaves the exponentials of the labels here as well, to be put back.</summary>
    /// <param name="owner">The owner.</param>
    public readonly KeptOwns<TOwner> Keeping<TOwner>(TOwner owner)
        where TOwner : struct, IRowOwner, allows ref struct => new(owner, ref labels, ref NumbersOf(PixelNumber.Own));

    /// <summary>Leaves the exponentials of some pixels where they are kept, those of the labels among them.</summary>
    /// <param name="kept">Where those of the image are kept.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="count">Number of pixels.</param>
    public readonly void Keep(Span<float> kept, int firstPixel, int count)
    {
        PutBackOwn(count);
        if (Unsafe.AreSame(ref rows, ref scratch))
        {
            MemoryMarshal.CreateSpan(ref scratch, count * NumClasses).CopyTo(kept[(firstPixel * NumClasses)..]);
        }
    }

    /// <summary>As <see cref="Compute"/>, of exponentials that have been kept.</summary>
    /// <param name="kept">Where those of the image are.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="count">Number of pixels.</param>
    public void Take(Span<float> kept, int firstPixel, int count)
    {
        MoveTo(kept, firstPixel, count);
        if (Unsafe.AreSame(ref rows, ref scratch))
        {
            kept.Slice(firstPixel * NumClasses, count * NumClasses).CopyTo(MemoryMarshal.CreateSpan(ref scratch, count * NumClasses));
        }

        AddRows(ref rows, count, ref NumbersOf(PixelNumber.Sum), ref NumbersOf(PixelNumber.Base));
        MakeKeptFactors(count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void PutBackOwn(int count)
    {
        ref float row = ref rows;
        ref float owns = ref NumbersOf(PixelNumber.Own);
        ref int ofPixels = ref labels;
        nuint numClasses = (nuint)NumClasses;
        for (nuint pixel = 0; pixel < (nuint)count; pixel++)
        {
            Unsafe.Add(ref row, Unsafe.Add(ref ofPixels, pixel)) = Unsafe.Add(ref owns, pixel);
            row = ref Unsafe.Add(ref row, numClasses);
        }
    }

    // No sum is out of range any more, but those of pixels that take no part, which are 0, and NaN.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void MakeKeptFactors(int count)
    {
        ref float sums = ref NumbersOf(PixelNumber.Sum);
        ref float factors = ref NumbersOf(PixelNumber.Factor);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes.Store(TLanes.Broadcast(1) / TLanes.Load(in sums, pixel), ref factors, pixel);
        }
    }
}
