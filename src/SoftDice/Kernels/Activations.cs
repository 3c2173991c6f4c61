using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>Activations of a tile: logits of some pixels in, their probabilities out, a row a class.</summary>
/// <remarks>
/// Loops over lanes are optimised from the first call on, and compiled on their own: inside their caller they could exceed the JIT's
/// budget for inlining the lanes.
/// </remarks>
public static class Activations
{
    // exp(x) = 2ⁿ·exp(r) with n = round(x / ln 2) and r = x - n·ln 2. Adding Magic leaves n in the low bits of a float.
    private const float Magic = 12582912f;
    private const float InverseLn2 = 1.44269502f;

    // ln 2 in two parts, the first with so few bits that its product with any n is exact.
    private const float Ln2High = 0.693145751953125f;
    private const float Ln2Low = 1.42860677e-6f;

    // Below this the result rounds to 0, and the exponent would leave its range.
    private const float Lowest = -104f;

    // (exp(r) - 1 - r) / r² for |r| at most ln 2 / 2, by the method of Remez for the smallest relative error of exp: 2⁻²⁸.
    private const float C2 = 0.49999994f;
    private const float C3 = 0.16666521f;
    private const float C4 = 0.041668389f;
    private const float C5 = 0.0083687454f;
    private const float C6 = 0.001381454f;

    // The power of two is made 2⁶⁴ times too large and put right by a second product, which rounds subnormal results correctly.
    private const float ExponentBias = 127 + 64;
    private const float TwoToMinus64 = 5.42101086e-20f;

    /// <summary>The exponential function for x ≤ 0.</summary>
    /// <remarks>
    /// At most 1.01 ULP off for every float from -104 to 0, exactly 1 at 0, exactly 0 below -103.98, NaN for NaN; the same bits at
    /// every width. The built-in vector exponential computes in double, half as many lanes at a time, and gives 1.0000001 at 0.
    /// </remarks>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="x">Float lanes, none above 0.</param>
    /// <returns>Float lanes, 0 to 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Exp<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        x = TLanes.AtLeast(x, TLanes.Broadcast(Lowest));
        TLanes biased = TLanes.MultiplyAdd(x, TLanes.Broadcast(InverseLn2), TLanes.Broadcast(Magic));
        TLanes n = biased - TLanes.Broadcast(Magic);
        TLanes r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2High), x);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2Low), r);

        TLanes q = TLanes.MultiplyAdd(TLanes.Broadcast(C6), r, TLanes.Broadcast(C5));
        q = TLanes.MultiplyAdd(q, r, TLanes.Broadcast(C4));
        q = TLanes.MultiplyAdd(q, r, TLanes.Broadcast(C3));
        q = TLanes.MultiplyAdd(q, r, TLanes.Broadcast(C2));
        TLanes fraction = TLanes.Broadcast(1) + TLanes.MultiplyAdd(r * r, q, r);

        TLanes power = TLanes.ShiftIntoExponent(biased + TLanes.Broadcast(ExponentBias));
        return fraction * power * TLanes.Broadcast(TwoToMinus64);
    }

    /// <summary>Sigmoid, 1 / (1 + exp(-x)), without overflow on either side.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="x">Float lanes.</param>
    /// <returns>Float lanes, 0 to 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Sigmoid<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes one = TLanes.Broadcast(1);
        TLanes e = Exp(TLanes.NegativeMagnitude(x));
        return TLanes.SelectBySign(x, e, one) / (one + e);
    }

    /// <summary>The slope of the sigmoid, p·(1 - p), without the cancellation that this has near 1.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="x">Float lanes, logits.</param>
    /// <returns>Float lanes, 0 to 1/4.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes SigmoidSlope<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes e = Exp(TLanes.NegativeMagnitude(x));
        TLanes onePlus = TLanes.Broadcast(1) + e;
        return e / (onePlus * onePlus);
    }

    /// <summary>Softmax over the classes of each pixel of a tile.</summary>
    /// <remarks>
    /// The largest logit of a pixel is subtracted first, so that no exponential overflows. A pixel with a NaN, with +∞, or with
    /// nothing but -∞ is NaN in all classes, as in PyTorch.
    /// </remarks>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <param name="image">The logits of an image, (class, pixels).</param>
    /// <param name="pixels">Pixels of the image.</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="rows">The probabilities, (class, pixels of the tile), and two rows more for work.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="numClasses">Number of classes.</param>
    public static void Softmax<TLanes>(ReadOnlySpan<float> image, int pixels, int start, Span<float> rows, int count, int numClasses)
        where TLanes : struct, ILanes<TLanes>
    {
        // All passes go along rows: at the same place of every row they would meet in the same few sets of the cache.
        ref float largest = ref Row(rows, numClasses * count, count);
        ref float sum = ref Row(rows, (numClasses + 1) * count, count);
        Fill<TLanes>(ref largest, count, float.NegativeInfinity);
        Fill<TLanes>(ref sum, count, 0);
        for (int c = 0; c < numClasses; c++)
        {
            TakeLarger<TLanes>(in Row(image, (c * pixels) + start, count), ref largest, count);
        }

        for (int c = 0; c < numClasses; c++)
        {
            TakeExponentials<TLanes>(
                in Row(image, (c * pixels) + start, count), in largest, ref Row(rows, c * count, count), ref sum, count);
        }

        Invert<TLanes>(ref sum, count);
        for (int c = 0; c < numClasses; c++)
        {
            Multiply<TLanes>(ref Row(rows, c * count, count), in sum, count);
        }
    }

    /// <summary>Sigmoid of every logit of a tile.</summary>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <param name="image">The logits of an image, (class, pixels).</param>
    /// <param name="pixels">Pixels of the image.</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="rows">The probabilities, (class, pixels of the tile).</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="numClasses">Number of classes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Sigmoid<TLanes>(ReadOnlySpan<float> image, int pixels, int start, Span<float> rows, int count, int numClasses)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int c = 0; c < numClasses; c++)
        {
            ref readonly float logits = ref Row(image, (c * pixels) + start, count);
            ref float row = ref Row(rows, c * count, count);
            for (nuint i = 0; i < (nuint)count; i += (nuint)TLanes.Count)
            {
                TLanes.Store(Sigmoid(TLanes.Load(in logits, i)), ref row, i);
            }
        }
    }

    private static ref readonly float Row(ReadOnlySpan<float> image, int start, int count) =>
        ref MemoryMarshal.GetReference(image.Slice(start, count));

    private static ref float Row(Span<float> rows, int start, int count) =>
        ref MemoryMarshal.GetReference(rows.Slice(start, count));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Fill<TLanes>(ref float row, int count, float value)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint i = 0; i < (nuint)count; i += (nuint)TLanes.Count)
        {
            TLanes.Store(TLanes.Broadcast(value), ref row, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TakeLarger<TLanes>(ref readonly float logits, ref float largest, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint i = 0; i < (nuint)count; i += (nuint)TLanes.Count)
        {
            TLanes.Store(TLanes.AtLeast(TLanes.Load(in largest, i), TLanes.Load(in logits, i)), ref largest, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TakeExponentials<TLanes>(
        ref readonly float logits, ref readonly float largest, ref float row, ref float sum, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint i = 0; i < (nuint)count; i += (nuint)TLanes.Count)
        {
            TLanes e = Exp(TLanes.Load(in logits, i) - TLanes.Load(in largest, i));
            TLanes.Store(e, ref row, i);
            TLanes.Store(TLanes.Load(in sum, i) + e, ref sum, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Invert<TLanes>(ref float row, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint i = 0; i < (nuint)count; i += (nuint)TLanes.Count)
        {
            TLanes.Store(TLanes.Broadcast(1) / TLanes.Load(in row, i), ref row, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Multiply<TLanes>(ref float row, ref readonly float factors, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint i = 0; i < (nuint)count; i += (nuint)TLanes.Count)
        {
            TLanes.Store(TLanes.Load(in row, i) * TLanes.Load(in factors, i), ref row, i);
        }
    }
}
