using System;
using System.Linq;
using System.Numerics;

using SoftDice.Kernels;

namespace SoftDice;

public static partial class SoftDiceReference
{
    /// <summary>The gradient of the loss with respect to the predictions.</summary>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="options">What is computed.</param>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="batchSize">Number of images in the batch, at least 1.</param>
    /// <returns>d loss / d prediction, one for each prediction.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit each other or the batch size, or the reduction is None, so that there is no one loss.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1, or a label is wrong.</exception>
    public static double[] Gradient<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged, INumber<TLabel>
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Reduction == SoftDiceReduction.None)
        {
            throw new ArgumentException("With Reduction = None the loss is not one number; give a factor for each.", nameof(options));
        }

        ReferenceFormula.Refuse(options);
        Pixels(options, predictions, labels, batchSize);
        int sets = SetsOfSums(options, batchSize);
        double share = options.Reduction == SoftDiceReduction.Mean ? 1.0 / sets : 1;
        return GradientOf(options, predictions, labels, batchSize, [.. Enumerable.Repeat(share, sets)]);
    }

    /// <summary>The gradient with respect to the predictions of the sum of the losses, each times a factor, where they are not reduced to one.</summary>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="options">What is computed, with the reduction None.</param>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="batchSize">Number of images in the batch, at least 1.</param>
    /// <param name="upstream">A factor for each of <see cref="Losses"/>.</param>
    /// <returns>d (Σ factor · loss) / d prediction, one for each prediction.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit each other, the batch size or the number of losses, or the reduction is not None.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1, or a label is wrong.</exception>
    public static double[] Gradient<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize, ReadOnlySpan<double> upstream)
        where TLabel : unmanaged, INumber<TLabel>
    {
        int losses = Losses(options, predictions, labels, batchSize).Length;
        int sets = SetsOfSums(options, batchSize);
        KernelGuard.LossCount(upstream.Length, losses / sets, sets, nameof(upstream));
        return GradientOf(options, predictions, labels, batchSize, upstream);
    }

    // Image by image, or all of them together: each set of sums has its part of the factors.
    private static double[] GradientOf<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize, ReadOnlySpan<double> upstream)
        where TLabel : unmanaged, INumber<TLabel>
    {
        if (options.Layout == SoftDiceLayout.ChannelsLast)
        {
            int pixels = predictions.Length / batchSize / options.NumClasses;
            ReferencePlanes<TLabel> planes = ReferencePlanes<TLabel>.Of(options, predictions, labels, batchSize, pixels);
            return planes.TurnBack(GradientOf<TLabel>(planes.Options, planes.Predictions, planes.Labels, batchSize, upstream), batchSize, pixels);
        }

        int sets = SetsOfSums(options, batchSize);
        int length = predictions.Length / sets;
        int labelLength = labels.Length / sets;
        int losses = upstream.Length / sets;
        double[] gradient = new double[predictions.Length];
        for (int set = 0; set < sets; set++)
        {
            GradientOfSums(
                options.OfPixels(set * length / options.NumClasses, length / options.NumClasses),
                predictions.Slice(set * length, length),
                labels.Slice(set * labelLength, labelLength),
                batchSize / sets,
                upstream.Slice(set * losses, losses)).CopyTo(gradient, set * length);
        }

        // Of the batch, whatever the sums of the overlap go over.
        if (options.CrossEntropy != 0 && options.Activation == SoftDiceActivation.Sigmoid)
        {
            ReferenceBinaryCrossEntropy.AddGradient(options, predictions, labels, batchSize, gradient);
        }
        else if (options.CrossEntropy != 0 && options.Labels == SoftDiceLabels.OneHot)
        {
            ReferenceTargetCrossEntropy.AddGradient(options, predictions, labels, batchSize, gradient);
        }
        else if (options.CrossEntropy != 0)
        {
            ReferenceCrossEntropy.AddGradient(options, predictions, labels, batchSize, gradient);
        }

        if (options.Focal != 0)
        {
            ReferenceFocal.AddGradient(options, predictions, labels, batchSize, gradient);
        }

        return gradient;
    }

    private static double[] GradientOfSums<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize, ReadOnlySpan<double> upstream)
        where TLabel : unmanaged, INumber<TLabel>
    {
        int numClasses = options.NumClasses;
        int pixels = Pixels(options, predictions, labels, batchSize);

        ClassTotal[] totals = Totals(options, predictions, labels, batchSize);
        double[] other = new double[numClasses];
        double[] step = new double[numClasses];
        for (int c = 0; c < numClasses; c++)
        {
            double factor = upstream[ReferenceFormula.IndexOfLoss(options, c)];
            (double ofOther, double ofStep) = ReferenceFormula.Slopes(options, totals, c);
            (other[c], step[c]) = (factor * ofOther, factor * ofStep);
        }

        double[] gradient = new double[predictions.Length];
        for (int image = 0; image < batchSize; image++)
        {
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                if (IsIgnored(options, labels, image, pixel, pixels))
                {
                    continue;
                }

                // The mean slope under the probabilities: what a softmax takes from each class, because they add up to 1.
                double mean = 0;
                for (int c = 0; c < numClasses && options.Activation == SoftDiceActivation.Softmax; c++)
                {
                    mean += Probability(options, predictions, image, c, pixel, pixels) * Slope(predictions, labels, image, c, pixel);
                }

                for (int c = 0; c < numClasses; c++)
                {
                    double slope = Slope(predictions, labels, image, c, pixel);
                    int index = (((image * numClasses) + c) * pixels) + pixel;
                    gradient[index] = options.Activation switch
                    {
                        SoftDiceActivation.Softmax => Probability(options, predictions, image, c, pixel, pixels) * (slope - mean),
                        SoftDiceActivation.Sigmoid => Sigmoid(predictions[index]) * Sigmoid(-predictions[index]) * slope,
                        _ => slope,
                    };
                    gradient[index] *= options.OverlapWeight;
                }
            }
        }

        return gradient;

        // By the chain rule: what the probability of this pixel adds to P, and to I.
        double Slope(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int image, int c, int pixel)
        {
            if (WassersteinFormula.Is(options))
            {
                int label = int.CreateChecked(labels[(image * pixels) + pixel]);
                return other[label] * WassersteinFormula.Distance(options, label, c);
            }

            double probability = Probability(options, predictions, image, c, pixel, pixels);
            double target = Target(options, labels, image, c, pixel, pixels);
            double ofPredictionSum = options.SquaredDenominator ? 2 * probability : 1;
            return IsOut(options, target) || IsBeyond(options, probability, target)
                ? other[c] * ofPredictionSum
                : (other[c] * ofPredictionSum) + (step[c] * OfIntersection(options, probability, target));
        }
    }

    // Then a minimum is the target, and what a numerator of 0 makes of the step does not matter.
    private static bool IsBeyond(SoftDiceOptions options, double probability, double target) =>
        options.Intersection == SoftDiceIntersection.Minimum && probability > target;

    // A minimum has a slope of 1 up to the target and of 0 beyond, and in between the mean of both.
    private static double OfIntersection(SoftDiceOptions options, double probability, double target) =>
        options.Intersection == SoftDiceIntersection.Product ? target
        : probability < target ? 1
        : 0.5;
}
