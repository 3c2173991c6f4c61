using System;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>How far a loss of several terms and its gradient may be off: each term by its own bound, and the additions of both.</summary>
internal sealed class LossBounds
{
    private const double U = 1.0 / (1 << 24);

    /// <param name="kernel">The loss.</param>
    /// <param name="predictions">Its predictions.</param>
    /// <param name="labels">Its class indices, which only terms of a softmax ask for.</param>
    /// <param name="targets">Its targets, or its class indices as targets.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="addedIn">Images and pixels of each, if these are what is left of more, of which the others add zeros.</param>
    /// <param name="termDivisor">What the sum of the cross-entropy is divided by, if these are pixels of more.</param>
    public LossBounds(
        TrainingKernel kernel,
        float[] predictions,
        int[] labels,
        float[] targets,
        int batchSize,
        double scale,
        (int BatchSize, int Pixels)? addedIn = null,
        double? termDivisor = null)
    {
        SoftDiceOptions options = kernel.Options with { IgnoreIndex = null, Mask = [] };
        OneHotBounds ofOverlap = new(kernel, predictions, targets, batchSize, scale, addedIn);
        if (options is { CrossEntropy: 0, Focal: 0 })
        {
            (LossError, GradientError) = (ofOverlap.LossError, ofOverlap.GradientError);
            return;
        }

        (double Loss, double[] Gradient, double[] Slopes)[] terms =
        [
            .. options.CrossEntropy == 0 ? [] : new[] { OfCrossEntropy(options, predictions, labels, targets, batchSize, scale, termDivisor) },
            .. options.Focal == 0 ? [] : new[] { OfFocal(options, predictions, labels, targets, batchSize, scale) },
        ];
        LossError = (options.OverlapWeight * ofOverlap.LossError) + terms.Sum(term => term.Loss);

        // The weight of the overlap goes into slopes that are floats anyway. What is off by fractions of the least float is so without it.
        double weight = Math.Max(options.OverlapWeight, 1);
        SoftDiceOptions alone = options with { CrossEntropy = 0, Focal = 0, FocalAlpha = null };
        double[] slopes = SoftDiceReference.Gradient<float>(
            alone with { Labels = SoftDiceLabels.OneHot }, predictions, targets, batchSize);
        GradientError =
        [
            .. slopes.Select((slope, i) => (weight * ofOverlap.GradientError[i]) + terms.Sum(term => term.Gradient[i]) +
                (2 * U * ((Math.Abs(scale * slope) * 4) + terms.Sum(term => term.Slopes[i]))) + float.Epsilon),
        ];
    }

    public double LossError { get; }

    /// <summary>Absolute, of the slope at each prediction.</summary>
    public double[] GradientError { get; }

    private static (double Loss, double[] Gradient, double[] Slopes) OfFocal(
        SoftDiceOptions options, float[] logits, int[] labels, float[] targets, int batchSize, double scale)
    {
        if (options.Activation == SoftDiceActivation.Sigmoid)
        {
            SigmoidFocalBounds ofSigmoid = new(options, logits, targets, batchSize, scale);
            return (ofSigmoid.Loss, ofSigmoid.Gradient, ofSigmoid.Slopes);
        }

        FocalBounds ofLabels = new(options, logits, labels, batchSize, scale);
        return (ofLabels.Loss, ofLabels.Gradient, ofLabels.Slopes);
    }

    private static (double Loss, double[] Gradient, double[] Slopes) OfCrossEntropy(
        SoftDiceOptions options, float[] logits, int[] labels, float[] targets, int batchSize, double scale, double? termDivisor)
    {
        if (options.Activation == SoftDiceActivation.Sigmoid)
        {
            BinaryCrossEntropyBounds binary = new(options, logits, targets, batchSize, scale, termDivisor);
            return (binary.Loss, binary.Gradient, binary.Slopes);
        }

        if (options.Labels == SoftDiceLabels.OneHot)
        {
            TargetCrossEntropyBounds ofTargets = new(options, logits, targets, batchSize, scale, termDivisor);
            return (ofTargets.Loss, ofTargets.Gradient, ofTargets.Slopes);
        }

        CrossEntropyBounds ofLabels = new(options, logits, labels, batchSize, scale, termDivisor);
        return (ofLabels.Loss, ofLabels.Gradient, ofLabels.Slopes);
    }
}
