using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>Activations of a tile: logits of some pixels in, their probabilities out, a row a class.</summary>
/// <remarks>
/// Loops over lanes are optimised from the first call on, and compiled on their own: inside their caller they could exceed the JIT's
/// budget for inlining the lanes.
/// </remarks>
public static partial class Activations
{
    // exp(x) = 2ⁿ·exp(r) with n = round(x / ln 2) and r = x - n·ln 2.
    internal const float InverseLn2 = 1.44269502f;

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

    // Whether a product and a sum are rounded once.
    private static bool IsFused => Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>The exponential function for x ≤ 60.</summary>
    /// <remarks>
    /// At most 0.90 ULP off for every float from -104 to 60 (1.02 without fused multiply-add), exactly 1 at 0, exactly 0 below -103.98, NaN for NaN; the same bits at
    /// every width. The built-in vector exponential computes in double, half as many lanes at a time, and gives 1.0000001 at 0.
    /// </remarks>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="x">Float lanes, none above 60.</param>
    /// <returns>Float lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Exp<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> =>
        ExpInRange(TLanes.AtLeast(x, TLanes.Broadcast(Lowest)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes ExpInRange<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes biased = TLanes.MultiplyAdd(x, TLanes.Broadcast(InverseLn2), TLanes.Broadcast(PowerOfTwo.IntoLowBits));
        TLanes n = biased - TLanes.Broadcast(PowerOfTwo.IntoLowBits);
        TLanes r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2High), x);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2Low), r);

        // Each step waits for the one before; several exponentials side by side fill the time.
        TLanes e = TLanes.MultiplyAdd(TLanes.Broadcast(C6), r, TLanes.Broadcast(C5));
        e = TLanes.MultiplyAdd(e, r, TLanes.Broadcast(C4));
        e = TLanes.MultiplyAdd(e, r, TLanes.Broadcast(C3));
        e = TLanes.MultiplyAdd(e, r, TLanes.Broadcast(C2));
        if (!IsFused)
        {
            // A product that is rounded before 1 is added should be small.
            return TLanes.TimesPowerOfTwo(TLanes.Broadcast(1) + TLanes.MultiplyAdd(r * r, e, r), n, biased);
        }

        e = TLanes.MultiplyAdd(e, r, TLanes.Broadcast(1));
        e = TLanes.MultiplyAdd(e, r, TLanes.Broadcast(1));
        return TLanes.TimesPowerOfTwo(e, n, biased);
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

    /// <summary>The sigmoid, given e to the power of minus the logit's magnitude: the same bits as of the logit alone.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="x">Float lanes.</param>
    /// <param name="e">Their <see cref="ExpOfNegativeMagnitude"/>.</param>
    /// <returns>Float lanes, 0 to 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Sigmoid<TLanes>(TLanes x, TLanes e)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes one = TLanes.Broadcast(1);
        return TLanes.SelectBySign(x, e, one) / (one + e);
    }

    /// <summary>e to the power of minus the magnitude of a logit, which a sigmoid is made of, and its logarithm.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="x">Float lanes.</param>
    /// <returns>Float lanes, 0 to 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes ExpOfNegativeMagnitude<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> =>
        Exp(TLanes.NegativeMagnitude(x));

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
}
