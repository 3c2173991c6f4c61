using System.Runtime.CompilerServices;

namespace SoftDice.Kernels;

/// <summary>The focal term of a class by itself: (1 - p) to the power of γ times -ln p, with p the sigmoid of the right answer's logit.</summary>
/// <remarks>
/// Of a logit x that is wrong above 0 and right below, 1 - p is the sigmoid of x, and with e to the power of minus its magnitude -ln p is
/// ln(1 + e), and x more where that is positive; -ln(1 - p) is ln(1 + e), and -x more where x is negative.
/// </remarks>
public static class SigmoidFocal
{
    // Beyond that a probability is 0, and stays it when it is multiplied by this.
    private const float MostMagnitude = 1e30f;

    /// <summary>The cost.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="wrong">The logit, or minus it where it should be positive.</param>
    /// <param name="e">Its <see cref="Activations.ExpOfNegativeMagnitude"/>.</param>
    /// <param name="log">The <see cref="Logarithm.OfOnePlus"/> of that.</param>
    /// <param name="gamma">γ, 0 to 100.</param>
    /// <returns>Float lanes, not negative.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Cost<TLanes>(TLanes wrong, TLanes e, TLanes log, float gamma)
        where TLanes : struct, ILanes<TLanes> =>
        Power(wrong, e, log, gamma) * (TLanes.AtLeast(wrong, default) + log);

    /// <summary>Its slope by the logit that is wrong above 0.</summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="wrong">The logit, or minus it where it should be positive.</param>
    /// <param name="e">Its <see cref="Activations.ExpOfNegativeMagnitude"/>.</param>
    /// <param name="log">The <see cref="Logarithm.OfOnePlus"/> of that.</param>
    /// <param name="gamma">γ, 0 to 100.</param>
    /// <returns>(1 - p) to the power of γ times (1 - p + γ·p·(-ln p)): float lanes, not negative, finite also at an infinite logit.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Slope<TLanes>(TLanes wrong, TLanes e, TLanes log, float gamma)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes missing = Activations.Sigmoid(wrong, e);
        if (gamma == 0)
        {
            return missing;
        }

        TLanes right = Activations.Sigmoid(default(TLanes) - wrong, e);
        TLanes minusMagnitude = TLanes.AtLeast(TLanes.NegativeMagnitude(wrong), TLanes.Broadcast(-MostMagnitude));
        TLanes negativeLog = log - TLanes.SelectBySign(wrong, default, minusMagnitude);
        return Power(wrong, e, log, gamma) * TLanes.MultiplyAdd(TLanes.Broadcast(gamma) * right, negativeLog, missing);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Power<TLanes>(TLanes wrong, TLanes e, TLanes log, float gamma)
        where TLanes : struct, ILanes<TLanes> => FocalPower.IsWhole(gamma)
            ? FocalPower.Whole(Activations.Sigmoid(wrong, e), gamma)
            : FocalPower.OfNegativeLog(TLanes.AtLeast(default(TLanes) - wrong, default) + log, gamma);
}
