using System;

namespace SoftDice.Samples.RealLabels;

/// <summary>How far two losses of the same predictions may be apart if only the order of the additions differs.</summary>
internal static class LossRounding
{
    /// <summary>Half of the distance from 1 to the next double: the largest relative error of one operation.</summary>
    private const double UnitRoundoff = 1.0 / (1L << 53);

    /// <summary>The bound.</summary>
    /// <param name="loss">One of the two losses.</param>
    /// <param name="addends">How many doubles each class's sums are added up from.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <remarks>
    /// <para>
    /// Adding n numbers that are not negative, in any order, gives their sum within a relative (n - 1)·u, so two orders differ
    /// by twice that at most. It applies to I, the numerator of a class, and to P in its denominator (T is a whole number, and
    /// exact). So the quotients differ by a relative 4·(n - 1)·u, their logarithms by that in absolute terms, and the mean of
    /// the logarithms too.
    /// </para>
    /// <para>
    /// Then each loss is computed from its sums: four operations a class up to the quotient, a logarithm that is right to two
    /// units, one addition a class and a division, relative to the loss.
    /// </para>
    /// </remarks>
    public static double Bound(double loss, int addends, int numClasses)
    {
        double fromSums = 4.0 * (addends - 1);
        double fromFormula = 2 * (4 + ((2 + numClasses + 1) * Math.Abs(loss)));

        return (fromSums + fromFormula) * UnitRoundoff;
    }
}
