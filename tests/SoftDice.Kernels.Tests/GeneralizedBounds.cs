using System;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>
/// What each class adds to the gradient of a generalised Dice loss, with how far it may be off when the sums of the classes are: terms of
/// the first order, by the derivatives of the one ratio.
/// </summary>
internal static class GeneralizedBounds
{
    private const double DoubleUnit = 1.0 / (1L << 53);

    /// <param name="options">The options.</param>
    /// <param name="sums">I, P and T of the classes.</param>
    /// <param name="scale">What the loss is multiplied by, without its sign.</param>
    /// <param name="ofNumerator">How far an intersection may be off, relative.</param>
    /// <param name="leastSum">How far an intersection may be off however small it is, absolute.</param>
    /// <param name="ofMiss">How far false positives and false negatives may be off, absolute, of each class.</param>
    /// <param name="ofTargets">How far the sum of the targets may be off, relative.</param>
    public static ClassBounds[] Of(
        SoftDiceOptions options,
        (double Intersection, double PredictionSum, double TargetSum)[] sums,
        double scale,
        double ofNumerator,
        double leastSum,
        (double FalsePositives, double FalseNegatives)[] ofMiss,
        double ofTargets)
    {
        double[] weights = Weights(options, [.. sums.Select(of => of.TargetSum)]);
        int power = options.GeneralizedWeights switch
        {
            SoftDiceGeneralizedWeights.Square => 2,
            SoftDiceGeneralizedWeights.Simple => 1,
            _ => 0,
        };
        double ofWeight = power * (ofTargets + DoubleUnit);
        double n = options.NumeratorSmoothing;
        double d = options.DenominatorSmoothing;
        double nError = 0;

        // The difference of two smoothings is rounded, and so is its sum with the numerator, which is the denominator: of a small one that may be much.
        double gapError = n == d ? 0 : 2 * DoubleUnit * (n + Math.Abs(d - n));
        double ofSums = (sums.Length + 3) * DoubleUnit;
        for (int c = 0; c < sums.Length; c++)
        {
            (double i, double p, double t) = sums[c];
            n += 2 * weights[c] * i;
            d += weights[c] * (p + t);
            nError += 2 * weights[c] * (leastSum + (i * (ofNumerator + ofWeight + ofSums)));
            gapError += weights[c] * (ofMiss[c].FalsePositives + ofMiss[c].FalseNegatives + ((ofWeight + ofSums) * Math.Abs(p + t - (2 * i))));
        }

        bool isFloored = d < options.DenominatorFloor;
        double fromFloor = options.DenominatorFloor > 0 ? Math.Abs(d - options.DenominatorFloor) : double.PositiveInfinity;
        d = Math.Max(d, options.DenominatorFloor);
        double rawError = nError + gapError;
        double dError = isFloored ? 0 : rawError;
        if (nError > ClassBounds.MostOfFirstOrder * n || dError > ClassBounds.MostOfFirstOrder * d)
        {
            nError = double.PositiveInfinity;
        }

        // A denominator that is lost in the rounding of its parts may come out as 0, whose slope is infinite.
        if (dError > ClassBounds.MostOfFirstOrder * d)
        {
            dError = double.PositiveInfinity;
        }

        bool isLog = options.Form == SoftDiceForm.NegativeLog;
        double byN = isLog ? -1 / n : -1 / d;
        double byNError = isLog ? nError / n / n : dError / d / d;
        double byD = isLog ? 1 / d : n / d / d;
        double byDError = isLog ? dError / d / d : (nError / d / d) + (2 * n * dError / d / d / d);
        bool isUndecided = fromFloor <= rawError;
        return
        [
            .. weights.Select((weight, c) => new ClassBounds
            {
                Other = isFloored ? 0 : scale * weight * byD,
                OtherError = isUndecided ? double.PositiveInfinity : isFloored || weight == 0 ? 0 : scale * weight * (byDError + (ofWeight * byD)),
                Step = scale * weight * 2 * byN,
                StepError = weight == 0 ? 0 : scale * weight * 2 * (byNError + (ofWeight * Math.Abs(byN))),

                // All of it once, at the first class.
                CostError = c > 0 ? 0 : scale * ((Math.Abs(byN) * nError) + (byD * dError)),
                Magnitude = c > 0 ? 0 : scale * (1 + Math.Abs(isLog ? Math.Log(n / d) : n / d)),
            }),
        ];
    }

    private static double[] Weights(SoftDiceOptions options, double[] targetSums)
    {
        double[] finite = new double[targetSums.Length];
        bool[] isInfinite = new bool[targetSums.Length];
        for (int c = 0; c < targetSums.Length; c++)
        {
            bool counts = !(c == 0 && !options.IncludeBackground) && !options.ExcludedClasses.Contains(c);
            isInfinite[c] = counts && targetSums[c] == 0 && options.GeneralizedWeights != SoftDiceGeneralizedWeights.Uniform;
            finite[c] = !counts || isInfinite[c] ? 0 : options.GeneralizedWeights switch
            {
                SoftDiceGeneralizedWeights.Square => Math.Pow(targetSums[c], -2),
                SoftDiceGeneralizedWeights.Simple => Math.Pow(targetSums[c], -1),
                _ => 1,
            };
        }

        double largest = options.InfiniteWeights == SoftDiceInfiniteWeights.Zero ? 0 : finite.Max();
        return [.. finite.Select((weight, c) => isInfinite[c] ? largest : weight)];
    }
}
