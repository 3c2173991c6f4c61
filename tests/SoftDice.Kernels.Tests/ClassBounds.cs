using System;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>
/// What one class adds to the loss and to the gradient, with how far each may be off when numerator and denominator are off: terms of the
/// first order, by the derivatives of the formula.
/// </summary>
internal sealed class ClassBounds
{
    /// <summary>Relative errors beyond this are not small, and terms of the first order say nothing of what they do: there is no bound then.</summary>
    public const double MostOfFirstOrder = 1e-3;

    /// <summary>Of a class that adds nothing, or is worked out elsewhere.</summary>
    public ClassBounds()
    {
    }

    /// <summary>Of one that counts.</summary>
    /// <param name="options">The options.</param>
    /// <param name="intersection">I.</param>
    /// <param name="predictionSum">P.</param>
    /// <param name="targetSum">T.</param>
    /// <param name="share">What the class's cost is multiplied by in the loss.</param>
    /// <param name="ofNumerator">How far the numerator may be off, relative.</param>
    /// <param name="ofMiss">How far false positives and false negatives may be off, absolute.</param>
    public ClassBounds(
        SoftDiceOptions options,
        double intersection,
        double predictionSum,
        double targetSum,
        double share,
        double ofNumerator,
        (double FalsePositives, double FalseNegatives) ofMiss)
    {
        // Every overlap is a Tversky index: of Dice with α = β = 1/2 and both sides doubled, of Jaccard with 1.
        (double side, double alpha, double beta) = options.Overlap switch
        {
            SoftDiceOverlap.Dice => (2.0, 0.5, 0.5),
            SoftDiceOverlap.Jaccard => (1.0, 1.0, 1.0),
            _ => (1.0, options.Alpha, options.Beta),
        };
        double falsePositives = predictionSum - intersection;
        double falseNegatives = targetSum - intersection;
        double n = (side * intersection) + options.NumeratorSmoothing;
        double d = (side * (intersection + (alpha * falsePositives) + (beta * falseNegatives))) + options.DenominatorSmoothing;
        bool isFloored = d < options.DenominatorFloor;
        double fromFloor = options.DenominatorFloor > 0 ? Math.Abs(d - options.DenominatorFloor) : double.PositiveInfinity;
        d = Math.Max(d, options.DenominatorFloor);
        double nError = ofNumerator * n;
        double gapError = side * ((alpha * ofMiss.FalsePositives) + (beta * ofMiss.FalseNegatives));
        double rawError = nError + gapError;
        double dError = isFloored ? 0 : rawError;
        if (nError > MostOfFirstOrder * n || dError > MostOfFirstOrder * d)
        {
            nError = double.PositiveInfinity;
        }

        // A denominator that is lost in the rounding of its parts may come out as 0, whose slope is infinite, and the cost NaN where the numerator is 0 too.
        if (dError > MostOfFirstOrder * d)
        {
            dError = double.PositiveInfinity;
        }

        // The derivatives of the cost by both, and what these are off.
        bool isLog = options.Form == SoftDiceForm.NegativeLog;
        double byN = isLog ? -1 / n : -1 / d;
        double byNError = isLog ? nError / n / n : dError / d / d;
        double byD = isLog ? 1 / d : n / d / d;
        double byDError = isLog ? dError / d / d : (nError / d / d) + (2 * n * dError / d / d / d);
        double costError = double.IsInfinity(dError) ? dError : (Math.Abs(byN) * nError) + (Math.Abs(byD) * dError);
        double factor = 1;
        double factorError = 0;
        if (options.Gamma != 1)
        {
            // Taken at both ends, as a power near 0 is nothing like its tangent.
            double cost = 1 - (n / d);
            double least = Math.Max(cost - costError, 0);
            factor = Slope(cost);
            factorError = Largest(Slope, factor);
            costError = Largest(of => Math.Pow(of, options.Gamma), Math.Pow(cost, options.Gamma));
            (byN, byNError) = (factor * byN, (factor * byNError) + (factorError * (Math.Abs(byN) + byNError)));
            (byD, byDError) = (factor * byD, (factor * byDError) + (factorError * (Math.Abs(byD) + byDError)));

            double Slope(double of) => options.Gamma * Math.Pow(of, options.Gamma - 1);

            double Largest(Func<double, double> function, double exact) =>
                Math.Max(Math.Abs(function(least) - exact), Math.Abs(function(cost + costError) - exact));
        }

        // Which side of the floor a denominator is on decides whether it has a slope.
        if (fromFloor <= rawError)
        {
            byDError = double.PositiveInfinity;
        }

        (double nStep, double dOther, double dStep) = (side, side * alpha, side * (1 - alpha - beta));
        if (isFloored)
        {
            (dOther, dStep) = (0, 0);
        }

        Other = share * byD * dOther;
        OtherError = share * Part(byDError, dOther);
        Step = share * ((byN * nStep) + (byD * dStep));
        StepError = share * ((byNError * nStep) + Part(byDError, Math.Abs(dStep)));
        if (options.SquaredDenominator)
        {
            (Other, OtherError) = (0, 0);
            (Step, StepError, Bend, BendError) = SquaredSlopes(options, n, nError, d, dError, gapError, isFloored);
            StepError = share * ((factor * StepError) + (factorError * (Math.Abs(Step) + StepError)));
            BendError = fromFloor <= rawError ? double.PositiveInfinity : share * ((factor * BendError) + (factorError * (Bend + BendError)));
            (Step, Bend) = (share * factor * Step, share * factor * Bend);
        }

        CostError = share * costError;
        Magnitude = share * (1 + Math.Abs(isLog ? Math.Log(n / d) : n / d));
    }

    // An error that has no bound does not matter to what has nothing of it.
    private static double Part(double error, double of) => of == 0 ? 0 : error * of;

    // The slope is Step·t + Bend·(p - t), with the step as the gap by both denominators: see the text of the generator.
    private static (double Step, double StepError, double Bend, double BendError) SquaredSlopes(
        SoftDiceOptions options, double n, double nError, double d, double dError, double gapError, bool isFloored)
    {
        bool isLog = options.Form == SoftDiceForm.NegativeLog;
        double side = options.Overlap == SoftDiceOverlap.Dice ? 2 : 1;
        (double by, double byError) = isLog ? (n, nError) : (d, dError);
        double gap = d - n;
        double rest = isFloored ? 1 : gap / d;
        double restError = isFloored ? 0 : (gapError / d) + (Math.Abs(gap) * dError / d / d);
        double bend = isFloored ? 0 : isLog ? 2 / d : 2 * n / d / d;
        double bendError = isFloored ? 0 : isLog ? 2 * dError / d / d : (2 * nError / d / d) + (4 * n * dError / d / d / d);
        return (-side * rest / by, side * ((restError / by) + (rest * byError / by / by)), bend, bendError);
    }

    /// <summary>d loss / d probability where the target is 0.</summary>
    public double Other { get; init; }

    public double OtherError { get; init; }

    /// <summary>How much more it is where the target is 1.</summary>
    public double Step { get; init; }

    public double StepError { get; init; }

    /// <summary>With a squared denominator, what the difference of a prediction from its target is multiplied by.</summary>
    public double Bend { get; init; }

    public double BendError { get; init; }

    public double CostError { get; init; }

    /// <summary>What the rounding of the loss itself is relative to.</summary>
    public double Magnitude { get; init; }

    /// <summary>What the cost of each class is multiplied by in the loss; 0 for those that add nothing.</summary>
    public static double[] Shares(SoftDiceOptions options, double[] targetSums)
    {
        double[] weights =
        [
            .. targetSums.Select((targetSum, c) =>
                (c == 0 && !options.IncludeBackground) || options.ExcludedClasses.Contains(c) ? double.NaN
                : options.ClassWeights.Count == 0 ? 1 : options.ClassWeights[c]),
        ];
        bool[] isAbsent = [.. targetSums.Select(targetSum => targetSum == 0 && options.AbsentClasses != SoftDiceAbsentClasses.Count)];
        double divisor = 0;
        for (int c = 0; c < weights.Length; c++)
        {
            bool isInMean = !double.IsNaN(weights[c]) && !(isAbsent[c] && options.AbsentClasses == SoftDiceAbsentClasses.Skip);
            divisor += !isInMean ? 0 : options.NormalizeWeights ? weights[c] : 1;
        }

        divisor = options.Reduction == SoftDiceReduction.Sum ? 1 : divisor;
        return [.. weights.Select((weight, c) => double.IsNaN(weight) || isAbsent[c] ? 0 : weight / divisor)];
    }
}
