using System;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>How far a binary cross-entropy and its gradient may be off, from the operations that they are made of.</summary>
internal sealed class BinaryCrossEntropyBounds
{
    private const double U = 1.0 / (1 << 24);
    private const int ChainTurns = 16;
    private const int MostClassesInRegisters = 4;

    /// <param name="options">The loss.</param>
    /// <param name="logits">Its logits.</param>
    /// <param name="targets">Its targets.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="ofAll">What the sum is divided by, if these are pixels of more.</param>
    public BinaryCrossEntropyBounds(SoftDiceOptions options, float[] logits, float[] targets, int batchSize, double scale, double? ofAll)
    {
        double divisor = ofAll ?? logits.Length;
        int pixels = logits.Length / batchSize / options.NumClasses;
        double half = options.LabelSmoothing / 2;

        // A product of 1 + e, less 1: a multiplication and an addition a turn and class, each once relative to all of it; e is 1.02 ULP off.
        // A logarithm. Beside it a float sum of logits times a share.
        double relative = ((2 * ChainTurns * MostClassesInRegisters) + 2.04 + 1.7 + (ChainTurns * MostClassesInRegisters) + 5) * U;

        // A smoothed share is rounded as a number of about 1, whatever it is.
        double ofShare = half == 0 ? 0 : 3 * U;
        double loss = 0;
        Slopes = new double[logits.Length];
        Gradient = new double[logits.Length];
        for (int i = 0; i < logits.Length; i++)
        {
            int c = i / pixels % options.NumClasses;
            double weight = options.CrossEntropyClassWeights.Count == 0 ? 1 : options.CrossEntropyClassWeights[c];
            double positive = options.CrossEntropyPositiveWeights.Count == 0 ? 1 : options.CrossEntropyPositiveWeights[c];
            double share = ((1 - options.LabelSmoothing) * targets[i]) + half;
            double x = logits[i];
            double log = CrossEntropyBounds.LogOfOnePlus(Math.Exp(-Math.Abs(x)));
            double ofOne = share == 0 ? 0 : positive * share * (Math.Max(-x, 0) + log);
            double ofNone = share == 1 ? 0 : (1 - share) * (Math.Max(x, 0) + log);
            loss += weight * ((relative * (ofOne + ofNone)) + (ofShare == 0 ? 0 : ofShare * (1 + positive) * (Math.Abs(x) + log)));

            // An exponential below the normal floats is a multiple of the least one.
            loss += 4 * weight * (1 + positive) * float.Epsilon;

            // e, once more in the sum that is divided by; the sum, the quotient, the product; weights; the product and the difference.
            double p = 1 / (1 + Math.Exp(-x)), missing = 1 / (1 + Math.Exp(x));
            double slope = Math.Abs(scale) * options.CrossEntropy / divisor * weight;
            Slopes[i] = slope * (((1 - share) * p) + (positive * share * missing));
            Gradient[i] = (Slopes[i] * (((1.5 * 2.04) + 10) * U)) + (slope * ofShare * (p + (positive * missing))) +
                (4 * float.Epsilon * (1 + (slope * (1 + positive))));
        }

        Loss = logits.Length == 0 ? 0 : options.CrossEntropy / divisor * loss;
    }

    /// <summary>Absolute, of its part of the loss.</summary>
    public double Loss { get; }

    /// <summary>The absolute values that its part of the slope at each logit is made of.</summary>
    public double[] Slopes { get; }

    /// <summary>Absolute, of its part of the slope at each logit.</summary>
    public double[] Gradient { get; }
}
