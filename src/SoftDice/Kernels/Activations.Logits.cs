using System.Runtime.CompilerServices;

namespace SoftDice.Kernels;

// Which logits a softmax takes as they are.
public static partial class Activations
{
    /// <summary>
    /// K·e⁻²⁰. A softmax takes its logits as they are where the exponentials of a pixel add up to more than this, and K·e⁶⁰ at most. Then none
    /// has overflowed, and each that is within 67 of the largest logit is a normal float.
    /// </summary>
    public const float TooSmallSum = 2.66614004e-9f;

    /// <summary>K·e⁶⁰.</summary>
    public const float MostSum = 1.47720749e26f;

    // Below this the exponential rounds to 0, and the exponent would leave its range.
    internal const float LowestLogit = -105f;

    /// <summary>
    /// A logit less the largest of its pixel where the sum of the exponentials tells that logits as they are will not do, and as it is elsewhere.
    /// Its <see cref="LogitExponential{TLanes}"/> is then right: none overflows, and that of the largest is K.
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
