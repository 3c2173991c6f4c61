using System;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>
/// How far a generalised Wasserstein Dice loss and the slopes of its probabilities may be off, when each distance is: terms of the first order, by the
/// derivatives of the one ratio.
/// </summary>
internal sealed class WassersteinBounds
{
    private const double U = 1.0 / (1 << 24);
    private const double DoubleUnit = 1.0 / (1L << 53);

    private readonly SoftDiceOptions options;
    private readonly double[] right;
    private readonly double[] rightError;
    private readonly double[] wrong;
    private readonly double[] wrongError;
    private readonly double[] count;

    /// <param name="options">The options.</param>
    /// <param name="probability">In double, of each prediction.</param>
    /// <param name="probabilityError">How far each may be off, relative.</param>
    /// <param name="targets">The class indices as targets.</param>
    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="turns">Additions of a float sum.</param>
    /// <param name="ofDoubles">How far sums in double are off, relative to what they are of.</param>
    /// <param name="leastProbability">How far a probability may be off however small it is.</param>
    /// <param name="scale">What the gradient is multiplied by, without its sign.</param>
    public WassersteinBounds(
        SoftDiceOptions options,
        double[] probability,
        double[] probabilityError,
        float[] targets,
        int pixels,
        int turns,
        double ofDoubles,
        double leastProbability,
        double scale)
    {
        this.options = options;
        int numClasses = options.NumClasses;
        (right, rightError, wrong, wrongError, count) =
            (new double[numClasses], new double[numClasses], new double[numClasses], new double[numClasses], new double[numClasses]);
        Slope = new double[targets.Length];
        SlopeError = new double[targets.Length];
        double[] distances = [.. options.WassersteinDistances.Select(distance => distance / options.WassersteinDistances.Max())];
        for (int label = 0; label < targets.Length; label++)
        {
            if (targets[label] == 1)
            {
                AddPixel(label);
            }
        }

        (double[] slopes, double[] slopeErrors) = Slopes(scale);
        for (int label = 0; label < targets.Length; label++)
        {
            for (int c = 0; targets[label] == 1 && c < numClasses; c++)
            {
                // The slope is rounded to float, the distance is, and their product.
                int ofLabel = label / pixels % numClasses;
                double distance = distances[(ofLabel * numClasses) + c];
                int i = label + ((c - ofLabel) * pixels);
                Slope[i] = slopes[ofLabel] * distance;
                SlopeError[i] = distance == 0 ? 0 : (slopeErrors[ofLabel] * distance) + (3 * U * Math.Abs(Slope[i]));
            }
        }

        // A distance is a sum of products, of which each rounds and each addition does; the constants are rounded to float. What is left to 1 rounds
        // once more, and both go into float sums. The definition's own sums are in double.
        void AddPixel(int label)
        {
            int ofLabel = label / pixels % numClasses;
            double distance = 0;
            double magnitude = 0;
            double error = 0;
            for (int c = 0; c < numClasses; c++)
            {
                int i = label + ((c - ofLabel) * pixels);
                double term = distances[(ofLabel * numClasses) + c] * probability[i];
                distance += term;
                magnitude += Math.Abs(term);
                error += (Math.Abs(term) * (probabilityError[i] + U)) + leastProbability;
            }

            error += (numClasses + 1) * U * magnitude;
            double ofSums = (turns * U) + ofDoubles;
            wrong[ofLabel] += distance;
            wrongError[ofLabel] += error + (ofSums * Math.Abs(distance)) + ofDoubles;
            right[ofLabel] += 1 - distance;
            rightError[ofLabel] += error + ((U + ofSums) * Math.Abs(1 - distance)) + ofDoubles;
            count[ofLabel]++;
        }
    }

    public double LossError { get; private set; }

    /// <summary>d loss / d probability.</summary>
    public double[] Slope { get; }

    /// <summary>How far it may be off, absolute.</summary>
    public double[] SlopeError { get; }

    /// <summary>How far the overlap of a class may be off.</summary>
    public double OverlapError(int c)
    {
        SoftDiceOptions alone = new(options.NumClasses)
        {
            NumeratorSmoothing = options.NumeratorSmoothing,
            DenominatorSmoothing = options.DenominatorSmoothing,
            DenominatorFloor = options.DenominatorFloor,
            Form = SoftDiceForm.Negative,
        };
        double numerator = (2 * right[c]) + options.NumeratorSmoothing;
        double ofNumerator = rightError[c] == 0 ? 0 : 2 * rightError[c] / Math.Abs(numerator);
        ClassBounds of = new(alone, right[c], right[c], right[c] + wrong[c], 1, ofNumerator, (0, wrongError[c]));
        return of.CostError + (8 * DoubleUnit * of.Magnitude);
    }

    private (double[] Slopes, double[] Errors) Slopes(double scale)
    {
        (double Right, double Wrong)[] weights =
        [
            .. count.Select((labels, c) => options.WassersteinWeights == SoftDiceWassersteinWeights.InverseSize
                ? (1 / (labels + 1), 1 / (labels + 1))
                : (c == 0 ? 0.0 : 1.0, 1.0)),
        ];
        double ofSums = (count.Length + 6) * DoubleUnit;
        double n = options.NumeratorSmoothing + weights.Select((weight, c) => 2 * weight.Right * right[c]).Sum();
        double nError = weights.Select((weight, c) => 2 * weight.Right * (rightError[c] + (ofSums * Math.Abs(right[c])))).Sum();
        double gap = options.DenominatorSmoothing - options.NumeratorSmoothing + weights.Select((weight, c) => weight.Wrong * wrong[c]).Sum();
        double gapError = weights.Select((weight, c) => weight.Wrong * (wrongError[c] + (ofSums * Math.Abs(wrong[c])))).Sum() +
            (ofSums * (options.DenominatorSmoothing + options.NumeratorSmoothing));
        double d = n + gap;
        double rawError = nError + gapError;
        bool isFloored = d < options.DenominatorFloor;
        bool isUndecided = options.DenominatorFloor > 0 && Math.Abs(d - options.DenominatorFloor) <= rawError;
        d = Math.Max(d, options.DenominatorFloor);
        double dError = isFloored ? 0 : rawError;
        if (nError > ClassBounds.MostOfFirstOrder * Math.Abs(n) || dError > ClassBounds.MostOfFirstOrder * Math.Abs(d))
        {
            // Not small any more.
            LossError = double.PositiveInfinity;
            return (new double[count.Length], [.. count.Select(_ => double.PositiveInfinity)]);
        }

        bool isLog = options.Form == SoftDiceForm.NegativeLog;
        double rest = isFloored ? 1 : gap / d;
        double restError = isFloored ? 0 : (gapError / Math.Abs(d)) + (Math.Abs(gap) * dError / d / d);
        (double by, double byError) = isLog ? (n, nError) : (d, dError);
        double ofRight = 2 * rest / by;
        double ofRightError = 2 * ((restError / Math.Abs(by)) + (Math.Abs(rest) * byError / by / by));
        double ofWrong = isFloored ? 0 : isLog ? 1 / d : n / d / d;
        double ofWrongError = isFloored ? 0 : isLog ? dError / d / d : (nError / d / d) + (2 * Math.Abs(n) * dError / Math.Abs(d * d * d));

        // A loss near its optimum is as exact as what predictions miss, unless the definition's own rounding is more.
        double errorByN = nError * (isLog ? Math.Abs((1 / n) - (isFloored ? 0 : 1 / d)) : Math.Abs(isFloored ? 1 / d : gap / d / d));
        double errorByGap = isFloored ? 0 : gapError * Math.Abs(isLog ? 1 / d : n / d / d);
        LossError = errorByN + errorByGap + ((8 + count.Length) * DoubleUnit * (1 + Math.Abs(isLog ? Math.Log(n / d) : n / d)));
        return (
            [.. weights.Select(weight => scale * ((weight.Right * ofRight) + (weight.Wrong * ofWrong)))],
            [
                .. weights.Select(weight => isUndecided
                    ? double.PositiveInfinity
                    : (scale * ((weight.Right * ofRightError) + (weight.Wrong * ofWrongError))) +
                        (8 * DoubleUnit * scale * (weight.Right + weight.Wrong) * ((1 / Math.Abs(by)) + (1 / Math.Abs(d))))),
            ]);
    }
}
