using System;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>How far a cross-entropy of targets and its gradient may be off, from the operations that they are made of.</summary>
internal sealed class TargetCrossEntropyBounds
{
    private const double U = 1.0 / (1 << 24);
    private const int ChainTurns = 16;
    private const int MostClassesInRegisters = 4;

    // Where a softmax takes the largest logit from the others, these differences round, and those beyond are 0.
    private const double MostDifference = 104;

    // Exponentials below the normal floats are multiples of the least one, and a sum is at least e to the power of -20.
    private const double LeastProbability = float.Epsilon / 2.06115369e-9;

    /// <param name="options">The loss.</param>
    /// <param name="logits">Its logits.</param>
    /// <param name="targets">Its targets.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="ofAll">What the sum is divided by, if these are pixels of more.</param>
    public TargetCrossEntropyBounds(SoftDiceOptions options, float[] logits, float[] targets, int batchSize, double scale, double? ofAll)
    {
        int numClasses = options.NumClasses;
        int pixels = logits.Length / batchSize / numClasses;
        double divisor = ofAll ?? batchSize * pixels;
        double s = options.LabelSmoothing;

        // A share: two constants rounded to float and a sum, then a weight rounded and its product. Their sum, that of their products; and in registers a chain, to
        // which each turn adds what every class costs, and what the likeliest does. From tiles, pixels are added in double.
        double ofShare = 5 * U;
        double ofSums = (numClasses + 4 + (numClasses <= MostClassesInRegisters ? ChainTurns * (numClasses + 1) : 1)) * U;

        // A probability: its exponential and the sum of them, each 1.02 ULP off, the additions, the quotient, the product.
        double ofProbability = (4.08 + numClasses + 1 + MostDifference) * U;
        double loss = 0;
        Slopes = new double[logits.Length];
        Gradient = new double[logits.Length];
        for (int i = 0; i < batchSize * pixels; i++)
        {
            int first = (i / pixels * numClasses * pixels) + (i % pixels);
            double[] x = [.. Enumerable.Range(0, numClasses).Select(c => (double)logits[first + (c * pixels)])];
            double[] shares =
            [
                .. Enumerable.Range(0, numClasses).Select(c => (options.CrossEntropyClassWeights.Count == 0 ? 1 : options.CrossEntropyClassWeights[c]) *
                    (((1 - s) * targets[first + (c * pixels)]) + (s / numClasses))),
            ];
            double largest = x.Max();
            int likeliest = Array.IndexOf(x, largest);
            double others = x.Where((_, c) => c != likeliest).Sum(logit => Math.Exp(logit - largest));
            double all = shares.Sum();

            // Differences of logits, and a logarithm.
            loss += x.Select((logit, c) => shares[c] == 0 ? 0 : shares[c] * (largest - logit)).Sum() * (ofShare + ofSums + U);
            loss += all * CrossEntropyBounds.LogOfOnePlus(others) * (ofShare + ofSums + ofProbability + (2.7 * U));
            loss += 4 * all * numClasses * LeastProbability;

            for (int c = 0; c < numClasses; c++)
            {
                double p = Math.Exp(x[c] - largest) / (1 + others);
                double missing = x.Where((_, other) => other != c).Sum(logit => Math.Exp(logit - largest)) / (1 + others);
                double factor = Math.Abs(scale) * options.CrossEntropy / divisor;

                // Of a class that is likelier than all others together, from these; of others from its own. Near 1/2 it may be either.
                double fromOthers = all - shares[c] + (all * missing);
                double fromOwn = (all * p) + shares[c];
                double terms = p > 0.5 + ofProbability ? fromOthers : p < 0.5 - ofProbability ? fromOwn : Math.Max(fromOwn, fromOthers);
                Slopes[first + (c * pixels)] = factor * terms;
                Gradient[first + (c * pixels)] = (factor * terms * (ofShare + ofProbability + ((numClasses + 6) * U))) +
                    (4 * factor * all * numClasses * LeastProbability);
            }
        }

        Loss = pixels == 0 ? 0 : options.CrossEntropy / divisor * loss;
    }

    /// <summary>Absolute, of its part of the loss.</summary>
    public double Loss { get; }

    /// <summary>The absolute values that its part of the slope at each logit is made of.</summary>
    public double[] Slopes { get; }

    /// <summary>Absolute, of its part of the slope at each logit.</summary>
    public double[] Gradient { get; }
}
