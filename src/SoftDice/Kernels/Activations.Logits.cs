using System.Runtime.CompilerServices;

namespace SoftDice.Kernels;

// The exponentials of a softmax. It does not change if all of a pixel are multiplied by the same number, so that these are K·exp(x), where that number K is free.
public static partial class Activations
{
    // ln 2 in two parts, the first with so few bits that its product with any number of eighths is exact.
    private const float Ln2HighOfEighths = 0.693115234375f;
    private const float Ln2LowOfEighths = 3.19461833e-5f;

    // (exp(r) - 1 - r) / r² for |r| at most ln 2 / 16, by the method of Remez for the smallest relative error of exp: 2⁻²⁵·⁷, but for a factor, which K has.
    private const float A2 = 0.500078022f;
    private const float A3 = 0.166681543f;

    // Below this the result rounds to 0, and the exponent would leave its range.
    private const float LowestLogit = -105f;

    // More than that is not exact, but more than e⁶⁰ still.
    private const float HighestLogit = 64;

    /// <summary>
    /// K·e⁻²⁰. A softmax takes its logits as they are where the exponentials of a pixel add up to more than this, and K·e⁶⁰ at most. Then none
    /// has overflowed, and each that is within 67 of the largest logit is a normal float.
    /// </summary>
    public const float TooSmallSum = 2.66614004e-9f;

    /// <summary>K·e⁶⁰.</summary>
    public const float MostSum = 1.47720749e26f;

    /// <summary>
    /// K·exp(x) of a logit that may be anything, with K = 1.2935183305, which no softmax shows. For every float from -105 to 60 at most 0.91 ULP off, and 0.88 where the
    /// result is a normal float (0.91 without fused multiply-add), exactly 0 from -104.25 on; the same bits at every width. What it is elsewhere shows in the sum over
    /// the classes: above 60, more than <see cref="MostSum"/>, less than 0, or NaN; below -105, 0, or far below also ±∞ or NaN, which the exponential of
    /// <see cref="RelativeWhereOutOfRange"/> puts right. Where AVX-512 scales, and no logit is clamped, the 0 of one below -1.5·10⁷ may be -0.
    /// </summary>
    /// <remarks>
    /// exp(x) = 2ⁿ·exp(r), with n = x / ln 2 rounded to eighths and r what is left of x. |r| is at most ln 2 / 16, for which a cubic will do, where <see cref="Exp"/>
    /// has a polynomial of degree 6. Of n, a whole part goes into the exponent; and of the eighths one of eight floats comes from a register. Such floats are
    /// rounded: that of 2 to the power of 3/8 is a third of a ULP off, and so would be all exponentials near it. But for one K all eight are within 0.036 ULP of a float.
    /// </remarks>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="x">Float lanes.</param>
    /// <returns>Float lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes ExpOfLogit<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        x = TLanes.WithinPowers(x, LowestLogit, HighestLogit);
        TLanes biased = TLanes.MultiplyAdd(x, TLanes.Broadcast(InverseLn2), TLanes.Broadcast(PowerOfTwo.EighthsIntoLowBits));
        TLanes n = biased - TLanes.Broadcast(PowerOfTwo.EighthsIntoLowBits);
        TLanes r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2HighOfEighths), x);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2LowOfEighths), r);
        TLanes power = TLanes.EighthPowers(biased);
        TLanes e = TLanes.MultiplyAdd(TLanes.Broadcast(A3), r, TLanes.Broadcast(A2));
        e = TLanes.MultiplyAdd(e, r, TLanes.Broadcast(1));
        return TLanes.TimesWholePower(TLanes.MultiplyAdd(power * r, e, power), n, biased);
    }

    /// <summary>
    /// A logit less the largest of its pixel where the sum of the exponentials tells that logits as they are will not do, and as it is elsewhere.
    /// Its <see cref="ExpOfLogit"/> is then right: none overflows, and that of the largest is K.
    /// </summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="sum">The sum over the classes, of logits as they are.</param>
    /// <param name="x">A logit.</param>
    /// <param name="largest">The largest logit of the pixel.</param>
    /// <returns>Float lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes RelativeWhereOutOfRange<TLanes>(TLanes sum, TLanes x, TLanes largest)
        where TLanes : struct, ILanes<TLanes>
    {
        // In this order a sum that is NaN is out of range.
        TLanes relative = TLanes.AtLeast(x - largest, TLanes.Broadcast(LowestLogit));
        TLanes unlessTooLarge = TLanes.SelectWhereLarger(sum, TLanes.Broadcast(MostSum), relative, x);
        return TLanes.SelectWhereLarger(sum, TLanes.Broadcast(TooSmallSum), unlessTooLarge, relative);
    }
}
