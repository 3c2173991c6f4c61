using System.Runtime.CompilerServices;

namespace SoftDice.Kernels;

/// <summary>
/// The exponential of a softmax. That does not change if all of a pixel are multiplied by the same number, so that this is K·exp(x), where that number K is free.
/// Only <c>new()</c> makes one: of a default one, all exponentials are K. With AVX-512 a loop has the constants in registers: each as an operand in memory is a load, and loads were what it waited for.
/// </summary>
/// <remarks>
/// exp(x) = 2ⁿ·exp(r), with n = x / ln 2 rounded to eighths and r what is left of x. |r| is at most ln 2 / 16, for which a cubic will do, where <see cref="Activations.Exp"/>
/// has a polynomial of degree 6. Of n, a whole part goes into the exponent; and of the eighths one of eight floats comes from a register. Such floats are
/// rounded: that of 2 to the power of 3/8 is a third of a ULP off, and so would be all exponentials near it. But for one K all eight are within 0.036 ULP of a float.
/// </remarks>
/// <typeparam name="TLanes">The lanes.</typeparam>
public readonly ref struct LogitExponential<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    // ln 2 in two parts, the first with so few bits that its product with any number of eighths is exact.
    private const float Ln2HighOfEighths = 0.693115234375f;
    private const float Ln2LowOfEighths = 3.19461833e-5f;

    // (exp(r) - 1 - r) / r² for |r| at most ln 2 / 16, by the method of Remez for the smallest relative error of exp: 2⁻²⁵·⁷, but for a factor, which K has.
    private const float A2 = 0.500078022f;
    private const float A3 = 0.166681543f;

    // More than that is not exact, but more than e⁶⁰ still.
    private const float Highest = 64;

    private readonly TLanes inverseLn2;
    private readonly TLanes intoLowBits;
    private readonly TLanes minusLn2High;
    private readonly TLanes minusLn2Low;
    private readonly TLanes a3;
    private readonly TLanes a2;
    private readonly TLanes one;

    /// <summary>Makes the constants, in the method of the loop that uses them and behind its calls of others: no register of a vector is kept over a call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LogitExponential()
    {
        if (typeof(TLanes) == typeof(Lanes512))
        {
            inverseLn2 = Held(Activations.InverseLn2);
            intoLowBits = Held(PowerOfTwo.EighthsIntoLowBits);
            minusLn2High = Held(-Ln2HighOfEighths);
            minusLn2Low = Held(-Ln2LowOfEighths);
            a3 = Held(A3);
            a2 = Held(A2);
            one = Held(1);
        }
    }

    /// <summary>
    /// K·exp(x) of a logit that may be anything, with K = 1.2935183305, which no softmax shows. For every float from -105 to 60 at most 0.91 ULP off, and 0.88 where the
    /// result is a normal float (0.91 without fused multiply-add), exactly 0 from -104.25 on; the same bits at every width. What it is elsewhere shows in the sum over
    /// the classes: above 60, more than <see cref="Activations.MostSum"/>, less than 0, or NaN; below -105, 0, or far below also ±∞ or NaN, which the exponential of
    /// <see cref="Activations.RelativeWhereOutOfRange"/> puts right. Where AVX-512 scales, and no logit is clamped, the 0 of one below -1.5·10⁷ may be -0.
    /// </summary>
    /// <param name="x">Float lanes.</param>
    /// <returns>Float lanes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of(TLanes x)
    {
        // Of sixteen registers a loop needs all for other things.
        TLanes inverseLn2 = typeof(TLanes) == typeof(Lanes512) ? this.inverseLn2 : TLanes.Broadcast(Activations.InverseLn2);
        TLanes intoLowBits = typeof(TLanes) == typeof(Lanes512) ? this.intoLowBits : TLanes.Broadcast(PowerOfTwo.EighthsIntoLowBits);
        TLanes minusLn2High = typeof(TLanes) == typeof(Lanes512) ? this.minusLn2High : TLanes.Broadcast(-Ln2HighOfEighths);
        TLanes minusLn2Low = typeof(TLanes) == typeof(Lanes512) ? this.minusLn2Low : TLanes.Broadcast(-Ln2LowOfEighths);
        TLanes a3 = typeof(TLanes) == typeof(Lanes512) ? this.a3 : TLanes.Broadcast(A3);
        TLanes a2 = typeof(TLanes) == typeof(Lanes512) ? this.a2 : TLanes.Broadcast(A2);
        TLanes one = typeof(TLanes) == typeof(Lanes512) ? this.one : TLanes.Broadcast(1);

        x = TLanes.WithinPowers(x, Activations.LowestLogit, Highest);
        TLanes biased = TLanes.MultiplyAdd(x, inverseLn2, intoLowBits);
        TLanes n = biased - intoLowBits;
        TLanes r = TLanes.MultiplyAdd(n, minusLn2High, x);
        r = TLanes.MultiplyAdd(n, minusLn2Low, r);
        TLanes power = TLanes.EighthPowers(biased);
        TLanes e = TLanes.MultiplyAdd(a3, r, a2);
        e = TLanes.MultiplyAdd(e, r, one);
        return TLanes.TimesWholePower(TLanes.MultiplyAdd(power * r, e, power), n, biased);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Held(float value) => Unsafe.BitCast<Lanes512, TLanes>(Lanes512.Held(value));
}
