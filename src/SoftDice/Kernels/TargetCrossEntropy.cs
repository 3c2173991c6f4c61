using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>The cross-entropy of pixels with targets: the sum of t·(-ln p), with p the softmax of the logits.</summary>
/// <remarks>
/// -ln p of a class is that of the likeliest one and what its logit is less than the likeliest's. The first is ln(1 + the others' exponentials by
/// its own), which is exact where one class is nearly certain; and no term is negative. The sums over the classes of a pixel are
/// floats: that of the others' exponentials is a chain of all classes, those of shares and costs one of a quarter of them, and each addition may be off by 6·10⁻⁸ of the sum.
/// </remarks>
public static class TargetCrossEntropy
{
    /// <summary>Rows of scratch memory behind those of the softmax.</summary>
    public const int MoreRows = 4;

    /// <summary>The sum over a tile, from its exponentials and from the logits that these were made of.</summary>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">byte or float.</typeparam>
    /// <param name="rows">The rows of the softmax, with the exponentials of the tile, and as many more as are needed here.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="image">The logits of the image, (class, pixels).</param>
    /// <param name="targets">The targets of the image, (class, pixels).</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="rest">What is left of each target: 1 less the smoothing.</param>
    /// <param name="spread">What of it goes to each class: the smoothing by their number.</param>
    /// <param name="weights">What -ln p of a class is multiplied by, for each class; none for 1.</param>
    /// <returns>Four numbers that add up to the sum.</returns>
    /// <exception cref="ArgumentException">A tile of this size is not in the image, or does not fit the rows.</exception>
    public static Vector256<double> OfTile<TLanes, TLabel>(
        Span<float> rows,
        int stride,
        ReadOnlySpan<float> image,
        ReadOnlySpan<TLabel> targets,
        int start,
        int count,
        int numClasses,
        float rest,
        float spread,
        ReadOnlySpan<float> weights)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        Tiles.Check(image, start, count, rows, stride, numClasses, SoftmaxTile.MoreRows + MoreRows);
        if (targets.Length != image.Length)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"targets has {targets.Length} elements; there is one for each of {image.Length} logits."), nameof(targets));
        }

        FindLikeliest<TLanes>(rows, stride, image, start, count, numClasses);
        return Add<TLanes, TLabel>(rows, stride, image, targets, start, count, numClasses, rest, spread, weights);
    }

    // The largest logit of each pixel, its exponential and those of the others. Along rows, as the logits of a pixel may lie in one set of the
    // cache, and four classes at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void FindLikeliest<TLanes>(Span<float> rows, int stride, ReadOnlySpan<float> image, int start, int count, int numClasses)
        where TLanes : struct, ILanes<TLanes>
    {
        int pixels = image.Length / numClasses;
        ref float firstPlane = ref MemoryMarshal.GetReference(image[start..]);
        ref float firstRow = ref MemoryMarshal.GetReference(rows);
        ref float likeliest = ref Unsafe.Add(ref firstRow, (numClasses + SoftmaxTile.MoreRows) * stride);
        ref float owns = ref Unsafe.Add(ref likeliest, stride);
        ref float others = ref Unsafe.Add(ref owns, stride);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes.Store(TLanes.Load(in firstPlane, pixel), ref likeliest, pixel);
            TLanes.Store(TLanes.Load(in firstRow, pixel), ref owns, pixel);
            TLanes.Store(default, ref others, pixel);
        }

        int c = 1;
        for (; c <= numClasses - 4; c += 4)
        {
            ref float plane0 = ref Unsafe.Add(ref firstPlane, (nint)c * pixels);
            ref float plane1 = ref Unsafe.Add(ref plane0, pixels);
            ref float plane2 = ref Unsafe.Add(ref plane1, pixels);
            ref float plane3 = ref Unsafe.Add(ref plane2, pixels);
            ref float row0 = ref Unsafe.Add(ref firstRow, c * stride);
            ref float row1 = ref Unsafe.Add(ref row0, stride);
            ref float row2 = ref Unsafe.Add(ref row1, stride);
            ref float row3 = ref Unsafe.Add(ref row2, stride);
            for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
            {
                TLanes most = TLanes.Load(in likeliest, pixel), own = TLanes.Load(in owns, pixel), rest = TLanes.Load(in others, pixel);
                Compare(TLanes.Load(in plane0, pixel), TLanes.Load(in row0, pixel), ref most, ref own, ref rest);
                Compare(TLanes.Load(in plane1, pixel), TLanes.Load(in row1, pixel), ref most, ref own, ref rest);
                Compare(TLanes.Load(in plane2, pixel), TLanes.Load(in row2, pixel), ref most, ref own, ref rest);
                Compare(TLanes.Load(in plane3, pixel), TLanes.Load(in row3, pixel), ref most, ref own, ref rest);
                TLanes.Store(most, ref likeliest, pixel);
                TLanes.Store(own, ref owns, pixel);
                TLanes.Store(rest, ref others, pixel);
            }
        }

        for (; c < numClasses; c++)
        {
            ref float plane = ref Unsafe.Add(ref firstPlane, (nint)c * pixels);
            ref float row = ref Unsafe.Add(ref firstRow, c * stride);
            for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
            {
                TLanes most = TLanes.Load(in likeliest, pixel), own = TLanes.Load(in owns, pixel), rest = TLanes.Load(in others, pixel);
                Compare(TLanes.Load(in plane, pixel), TLanes.Load(in row, pixel), ref most, ref own, ref rest);
                TLanes.Store(most, ref likeliest, pixel);
                TLanes.Store(own, ref owns, pixel);
                TLanes.Store(rest, ref others, pixel);
            }
        }
    }

    // In this order a NaN ends up in one of the exponentials.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compare<TLanes>(TLanes logit, TLanes e, ref TLanes most, ref TLanes own, ref TLanes rest)
        where TLanes : struct, ILanes<TLanes>
    {
        rest += TLanes.SelectWhereLarger(logit, most, own, e);
        own = TLanes.SelectWhereLarger(logit, most, e, own);
        most = TLanes.SelectWhereLarger(logit, most, logit, most);
    }

    // What each class costs more than the likeliest, and what that costs, times the shares that they have.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Vector256<double> Add<TLanes, TLabel>(
        Span<float> rows,
        int stride,
        ReadOnlySpan<float> image,
        ReadOnlySpan<TLabel> targets,
        int start,
        int count,
        int numClasses,
        float rest,
        float spread,
        ReadOnlySpan<float> weights)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        int pixels = image.Length / numClasses;
        ref float firstPlane = ref MemoryMarshal.GetReference(image[start..]);
        ref TLabel firstTarget = ref MemoryMarshal.GetReference(targets[start..]);
        ref float likeliest = ref MemoryMarshal.GetReference(rows[((numClasses + SoftmaxTile.MoreRows) * stride)..]);
        ref float owns = ref Unsafe.Add(ref likeliest, stride);
        ref float shares = ref Unsafe.Add(ref owns, stride);
        ref float costs = ref Unsafe.Add(ref shares, stride);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes others = TLanes.Load(in shares, pixel);
            TLanes.Store(Logarithm.OfOnePlus(others / TLanes.Load(in owns, pixel)), ref owns, pixel);
            TLanes.Store(default, ref shares, pixel);
            TLanes.Store(default, ref costs, pixel);
        }

        TLanes ofRest = TLanes.Broadcast(rest), ofSpread = TLanes.Broadcast(spread);
        int c = 0;
        for (; c <= numClasses - 4; c += 4)
        {
            ref float plane0 = ref Unsafe.Add(ref firstPlane, (nint)c * pixels);
            ref float plane1 = ref Unsafe.Add(ref plane0, pixels);
            ref float plane2 = ref Unsafe.Add(ref plane1, pixels);
            ref float plane3 = ref Unsafe.Add(ref plane2, pixels);
            ref TLabel target0 = ref Unsafe.Add(ref firstTarget, (nint)c * pixels);
            ref TLabel target1 = ref Unsafe.Add(ref target0, pixels);
            ref TLabel target2 = ref Unsafe.Add(ref target1, pixels);
            ref TLabel target3 = ref Unsafe.Add(ref target2, pixels);
            TLanes weight0 = Weight<TLanes>(weights, c), weight1 = Weight<TLanes>(weights, c + 1);
            TLanes weight2 = Weight<TLanes>(weights, c + 2), weight3 = Weight<TLanes>(weights, c + 3);
            for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
            {
                TLanes most = TLanes.Load(in likeliest, pixel);
                TLanes share0 = weight0 * TLanes.MultiplyAdd(TLanes.LoadTargets(in target0, pixel), ofRest, ofSpread);
                TLanes share1 = weight1 * TLanes.MultiplyAdd(TLanes.LoadTargets(in target1, pixel), ofRest, ofSpread);
                TLanes share2 = weight2 * TLanes.MultiplyAdd(TLanes.LoadTargets(in target2, pixel), ofRest, ofSpread);
                TLanes share3 = weight3 * TLanes.MultiplyAdd(TLanes.LoadTargets(in target3, pixel), ofRest, ofSpread);
                TLanes cost0 = share0 * (most - TLanes.Load(in plane0, pixel)), cost1 = share1 * (most - TLanes.Load(in plane1, pixel));
                TLanes cost2 = share2 * (most - TLanes.Load(in plane2, pixel)), cost3 = share3 * (most - TLanes.Load(in plane3, pixel));
                TLanes.Store(TLanes.Load(in shares, pixel) + (share0 + share1 + (share2 + share3)), ref shares, pixel);
                TLanes.Store(TLanes.Load(in costs, pixel) + (cost0 + cost1 + (cost2 + cost3)), ref costs, pixel);
            }
        }

        for (; c < numClasses; c++)
        {
            ref float plane = ref Unsafe.Add(ref firstPlane, (nint)c * pixels);
            ref TLabel target = ref Unsafe.Add(ref firstTarget, (nint)c * pixels);
            TLanes weight = Weight<TLanes>(weights, c);
            for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
            {
                TLanes share = weight * TLanes.MultiplyAdd(TLanes.LoadTargets(in target, pixel), ofRest, ofSpread);
                TLanes cost = share * (TLanes.Load(in likeliest, pixel) - TLanes.Load(in plane, pixel));
                TLanes.Store(TLanes.Load(in shares, pixel) + share, ref shares, pixel);
                TLanes.Store(TLanes.Load(in costs, pixel) + cost, ref costs, pixel);
            }
        }

        Vector256<double> sum = default;
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            sum += TLanes.ToDouble(TLanes.MultiplyAdd(TLanes.Load(in shares, pixel), TLanes.Load(in owns, pixel), TLanes.Load(in costs, pixel)));
        }

        return sum;
    }

    private static TLanes Weight<TLanes>(ReadOnlySpan<float> weights, int c)
        where TLanes : struct, ILanes<TLanes> => TLanes.Broadcast(weights.IsEmpty ? 1 : weights[c]);
}
