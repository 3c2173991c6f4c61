using System;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>
/// How far a loss with targets (or class indices, as targets of 0 and 1) and its gradient may be off, from the operations that they are made of: each rounds once, and what went
/// in wrong comes out wrong. Terms of the first order, whose products are far below the thousandth that is added.
/// </summary>
internal sealed class OneHotBounds
{
    /// <summary>Half an ULP of float, relative.</summary>
    private const double U = 1.0 / (1 << 24);

    private const double DoubleUnit = 1.0 / (1L << 53);

    private const double HigherOrder = 1.001;

    /// <summary>The exponential is at most 1.02 ULP off, and is 0 where it would be a fraction of the least float.</summary>
    private const double ExpError = 2.04 * U;

    private readonly TrainingKernel kernel;
    private readonly int pixels;
    private readonly float[] predictions;
    private readonly double[] probability;
    private readonly double[] probabilityError;

    /// <param name="kernel">The loss.</param>
    /// <param name="predictions">Its predictions.</param>
    /// <param name="targets">Its targets, or its class indices as targets.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="addedIn">Images and pixels of each, if these are what is left of more, of which the others add zeros.</param>
    public OneHotBounds(
        TrainingKernel kernel,
        float[] predictions,
        float[] targets,
        int batchSize,
        double scale = 1,
        (int BatchSize, int Pixels)? addedIn = null)
    {
        this.kernel = kernel;
        SoftDiceOptions options = kernel.Options with { Labels = SoftDiceLabels.OneHot, IgnoreIndex = null };
        this.predictions = predictions;
        pixels = predictions.Length / batchSize / kernel.NumClasses;
        probability = new double[predictions.Length];
        probabilityError = new double[predictions.Length];
        for (int image = 0; image < batchSize; image++)
        {
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                FindProbabilities(image, pixel);
            }
        }

        int numClasses = kernel.NumClasses;

        // A float sum of k terms rounds k - 1 times. One of products rounds k times, whether each is rounded on its own or with its
        // addition. Beyond k terms, doubles are added: one for each lane of each chain, fewer than there are pixels.
        (int images, int ofImage) = addedIn ?? (batchSize, pixels);
        int turns = (int)Chains.PixelsPerChain(ofImage, kernel.Lanes, 16) / kernel.Lanes;
        double ofDoubles = ((images * ofImage) + 4) * DoubleUnit;
        double ofProbabilities = probabilityError.DefaultIfEmpty(0).Max();
        double ofNumerator = ofProbabilities + (turns * U) + ofDoubles;
        (double FalsePositives, double FalseNegatives)[] misses = Misses(targets);

        // What is below the normal floats is a multiple of the least one, which matters to sums that nothing is added to. A softmax takes
        // exponentials as they are where their sum is above e⁻²⁰, and divides by it.
        double leastProbability = kernel.Options.Activation switch
        {
            SoftDiceActivation.Softmax => float.Epsilon / Activations.TooSmallSum,
            SoftDiceActivation.Sigmoid => float.Epsilon,
            _ => 0,
        };
        if (options.WassersteinDistances.Count > 0)
        {
            WassersteinBounds ofDistances = new(
                options, probability, probabilityError, targets, pixels, turns, ofDoubles, leastProbability, Math.Abs(scale));
            LossError = HigherOrder * ofDistances.LossError;
            OverlapError = [.. Enumerable.Range(0, numClasses).Select(c => HigherOrder * ofDistances.OverlapError(c))];
            GradientError = ThroughActivation(ofDistances.Slope, ofDistances.SlopeError, batchSize, leastProbability);
            return;
        }

        double leastSum = batchSize * pixels * leastProbability;
        (double Intersection, double PredictionSum, double TargetSum)[] sums =
        [
            .. Enumerable.Range(0, numClasses).Select(c => SoftDiceReference.Sums<float>(options, predictions, targets, batchSize, c)),
        ];
        double[] shares = ClassBounds.Shares(options, [.. sums.Select(sum => sum.TargetSum)]);
        ClassBounds[] classes = new ClassBounds[numClasses];
        (double FalsePositives, double FalseNegatives)[] ofMiss = new (double, double)[numClasses];
        for (int c = 0; c < numClasses; c++)
        {
            // What the predictions miss is t·(1 - p) + p·(1 - t): the differences round, a product, and the sum of both; a probability that
            // is off changes this by as much at most.
            // A squared difference rounds as often, and is off by twice the difference times the error of the probability. A false positive of minima
            // is off by the error of the probability itself. What is below the normal floats may be lost altogether.
            double ofSum = ((turns + 2) * U) + ofDoubles;
            double ofFalsePositives = options switch
            {
                { SquaredDenominator: true } =>
                    (2 * Math.Sqrt(misses[c].FalsePositives * sums[c].PredictionSum)) + (ofProbabilities * sums[c].PredictionSum),
                { Intersection: SoftDiceIntersection.Minimum } => sums[c].PredictionSum,
                _ => Math.Abs(sums[c].PredictionSum - sums[c].Intersection),
            };
            ofMiss[c] = (
                (ofSum * misses[c].FalsePositives) + (ofProbabilities * ofFalsePositives) + leastSum,
                (ofSum * misses[c].FalseNegatives) + (ofProbabilities * Math.Abs(sums[c].Intersection)));
            classes[c] = shares[c] == 0
                ? new ClassBounds()
                : new ClassBounds(
                    options, sums[c].Intersection, sums[c].PredictionSum, sums[c].TargetSum, Math.Abs(scale) * shares[c], OfNumerator(c), ofMiss[c]);
        }

        // Without smoothing, one of a class that has no labels is exactly 0.
        double OfNumerator(int c) => leastSum == 0 || sums[c].Intersection + options.NumeratorSmoothing == 0
            ? ofNumerator
            : ofNumerator + (2 * leastSum / (sums[c].Intersection + options.NumeratorSmoothing));

        if (options.GeneralizedWeights != SoftDiceGeneralizedWeights.None)
        {
            double ofTargets = kernel.Options.Labels == SoftDiceLabels.OneHot ? (turns * U) + ofDoubles : 0;
            classes = GeneralizedBounds.Of(options, sums, Math.Abs(scale), ofNumerator, leastSum, ofMiss, ofTargets);
        }

        LossError = HigherOrder *
            (classes.Sum(of => of.CostError) + ((8 + numClasses) * DoubleUnit * classes.Sum(of => of.Magnitude))) / Math.Abs(scale);

        OverlapError = [.. Enumerable.Range(0, numClasses).Select(c => HigherOrder * OverlapErrorOf(c))];

        double[] slope = new double[predictions.Length];
        double[] slopeError = new double[predictions.Length];
        for (int i = 0; i < predictions.Length; i++)
        {
            // other + target · step: both go in rounded to float; the product rounds where it is not fused with the sum.
            ClassBounds of = classes[i / pixels % numClasses];
            // Of minima one slope or the other, and half of both between them; a probability that is NaN makes the slope NaN below.
            double difference = probability[i] - targets[i];
            double taken = options.Intersection == SoftDiceIntersection.Product ? targets[i] : difference < 0 ? 1 : difference > 0 ? 0 : 0.5;
            slope[i] = of.Other + (taken * of.Step) + (of.Bend * difference);
            bool isLost = kernel.Options.Labels == SoftDiceLabels.OneHot && double.IsInfinity(of.StepError);

            // A numerator that is lost in its rounding may come out as 0, with an infinite slope, and that times a target of 0 is NaN.
            double ofStep = isLost ? double.PositiveInfinity : taken == 0 ? 0 : taken * (of.StepError + (2 * U * Math.Abs(of.Step)));
            slopeError[i] = of.OtherError + (U * Math.Abs(of.Other)) + ofStep + (U * Math.Abs(slope[i]));

            // The bend is rounded to float, the difference is, and their product where it is not fused.
            double ofProbability = probability[i] * probabilityError[i];
            slopeError[i] += (difference == 0 ? 0 : Math.Abs(difference) * (of.BendError + (3 * U * of.Bend))) + (of.Bend * ofProbability);

            // The definition takes what p adds to D and what t adds to N apart, and so has double's rounding of both in their difference.
            slopeError[i] += of.Bend * (Math.Abs(probability[i]) + targets[i]) * (ofDoubles + (8 * DoubleUnit));

            // One that its error takes to the other side of its target, or from its target away, has the other slope.
            if (options.Intersection == SoftDiceIntersection.Minimum && Math.Abs(difference) <= ofProbability)
            {
                slopeError[i] += Math.Abs(of.Step);
            }
        }

        GradientError = ThroughActivation(slope, slopeError, batchSize, leastProbability);

        // The overlap is off as a loss of 1 - d of this class alone would be.
        double OverlapErrorOf(int c)
        {
            SoftDiceOptions alone = options with { Form = SoftDiceForm.Negative, Gamma = 1 };
            ClassBounds of = new(alone, sums[c].Intersection, sums[c].PredictionSum, sums[c].TargetSum, 1, OfNumerator(c), ofMiss[c]);
            return of.CostError + (8 * DoubleUnit * of.Magnitude);
        }
    }

    /// <summary>In double, of each prediction.</summary>
    public ReadOnlySpan<double> Probabilities => probability;

    public double LossError { get; }

    /// <summary>Absolute, of the overlap of each class.</summary>
    public double[] OverlapError { get; }

    /// <summary>Absolute, of the slope at each prediction.</summary>
    public double[] GradientError { get; }

    // From slopes of the probabilities to those of the predictions.
    private double[] ThroughActivation(double[] slope, double[] slopeError, int batchSize, double leastProbability)
    {
        double[] errors = new double[predictions.Length];
        for (int i = 0; i < predictions.Length; i++)
        {
            errors[i] = kernel.Options.Activation switch
            {
                SoftDiceActivation.None => slopeError[i],

                // e / (1 + e)²: e twice in the square, but for e / (1 + e) of it, at most half; a sum, a square, a quotient; the product.
                SoftDiceActivation.Sigmoid => probability[i] / (1 + Math.Exp(predictions[i])) *
                    (slopeError[i] + (((2 * ExpError) + (5 * U)) * Math.Abs(slope[i]))),
                _ => 0,
            };
        }

        if (kernel.Options.Activation == SoftDiceActivation.Softmax)
        {
            for (int image = 0; image < batchSize; image++)
            {
                for (int pixel = 0; pixel < pixels; pixel++)
                {
                    FindSoftmaxErrors(image, pixel, slope, slopeError, errors);
                }
            }
        }

        // A probability, and its product with the slope.
        double absolute = 4 * leastProbability * (1 + slope.Select(Math.Abs).DefaultIfEmpty(0).Max());
        for (int i = 0; i < predictions.Length; i++)
        {
            errors[i] = (HigherOrder * errors[i]) + absolute;
        }

        return errors;
    }

    // For each class, the sum of the absolute values that the misses are made of.
    private (double FalsePositives, double FalseNegatives)[] Misses(float[] targets)
    {
        (double FalsePositives, double FalseNegatives)[] misses = new (double, double)[kernel.NumClasses];
        for (int i = 0; i < targets.Length; i++)
        {
            ref (double FalsePositives, double FalseNegatives) ofClass = ref misses[i / pixels % kernel.NumClasses];
            double difference = probability[i] - targets[i];
            (double falsePositive, double falseNegative) = kernel.Options switch
            {
                // Both together.
                { SquaredDenominator: true } => (difference * difference, 0),
                { Intersection: SoftDiceIntersection.Minimum } => (Math.Max(difference, 0), Math.Max(-difference, 0)),
                _ => ((1 - targets[i]) * Math.Abs(probability[i]), targets[i] * Math.Abs(1 - probability[i])),
            };
            ofClass.FalsePositives += falsePositive;
            ofClass.FalseNegatives += falseNegative;
        }

        return misses;
    }

    private void FindProbabilities(int image, int pixel)
    {
        int numClasses = kernel.NumClasses;
        int[] ofPixel = [.. Enumerable.Range(0, numClasses).Select(c => (((image * numClasses) + c) * pixels) + pixel)];
        double largest = ofPixel.Max(i => predictions[i]);
        double sum = ofPixel.Sum(i => Math.Exp(predictions[i] - largest));
        double sumError = ofPixel.Sum(i => Math.Exp(predictions[i] - largest) / sum * ExpErrorBelow(largest, i)) + ((numClasses - 1) * U);
        foreach (int i in ofPixel)
        {
            (probability[i], probabilityError[i]) = kernel.Options.Activation switch
            {
                // The exponential, the sum of them, its reciprocal, the product.
                SoftDiceActivation.Softmax => (Math.Exp(predictions[i] - largest) / sum, ExpErrorBelow(largest, i) + sumError + U + U),

                // e / (1 + e): e, the sum, at most half of e in it, the quotient.
                SoftDiceActivation.Sigmoid => (1 / (1 + Math.Exp(-predictions[i])), (1.5 * ExpError) + U + U),
                _ => (predictions[i], 0),
            };
        }
    }

    // The difference from the largest logit, if that is what is taken, is rounded, and an error of an exponent is a relative one of the
    // power, where there is one: below, it is 0.
    private double ExpErrorBelow(double largest, int i)
    {
        double below = largest - predictions[i];
        return below > 104 ? 0 : ExpError + (U * below);
    }

    // p·(d - Σ p·d), with d the slopes less that of the class whose probability is above 1/2, if there is one: its own is exactly 0.
    private void FindSoftmaxErrors(int image, int pixel, double[] slope, double[] slopeError, double[] errors)
    {
        int numClasses = kernel.NumClasses;
        int[] ofPixel = [.. Enumerable.Range(0, numClasses).Select(c => (((image * numClasses) + c) * pixels) + pixel)];
        int likeliest = ofPixel.MaxBy(i => probability[i]);
        double margin = probabilityError[likeliest];
        if (probability[likeliest] > 0.5 - margin)
        {
            AddErrors(likeliest);
        }

        if (probability[likeliest] < 0.5 + margin)
        {
            AddErrors(reference: -1);
        }

        // Either way is right near 1/2, and the larger error counts.
        void AddErrors(int reference)
        {
            double taken = reference < 0 ? 0 : slope[reference];
            double mean = ofPixel.Sum(i => probability[i] * (slope[i] - taken));

            // Many classes: Σ p·s and Σ p, both without the reference, and only then the difference.
            double meanError = ofPixel.Sum(i => i == reference ? 0 : probability[i] * (DifferenceError(i) +
                ((probabilityError[i] + ((numClasses + 2) * U)) * (Math.Abs(slope[i]) + Math.Abs(taken)))));

            // The definition takes no such reference, and so has double's rounding of the slopes themselves in it.
            double meanMagnitude = ofPixel.Sum(i => probability[i] * Math.Abs(slope[i]));
            foreach (int i in ofPixel)
            {
                double factor = slope[i] - taken - mean;
                double ofDefinition = (numClasses + 8) * DoubleUnit * (Math.Abs(slope[i]) + meanMagnitude);
                errors[i] = Math.Max(errors[i], probability[i] *
                    (DifferenceError(i) + meanError + ofDefinition + ((probabilityError[i] + U + U) * Math.Abs(factor))));
            }

            double DifferenceError(int i) => i == reference
                ? 0
                : slopeError[i] + (reference < 0 ? 0 : slopeError[reference]) + (U * Math.Abs(slope[i] - taken));
        }
    }
}
