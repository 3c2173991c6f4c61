using System;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>How far the focal term of a softmax and its gradient may be off, from the operations that they are made of.</summary>
internal sealed class FocalBounds
{
    private const double U = 1.0 / (1 << 24);
    private const int ChainTurns = 16;

    // What is missing is held at 2⁻¹²⁵ where its logarithm is taken, and below the normal floats it has fewer digits.
    private const double Least = 1.0 / (1L << 60) / (1L << 60);

    public FocalBounds(SoftDiceOptions options, float[] logits, int[] labels, int batchSize, double scale)
    {
        int numClasses = options.NumClasses;
        int pixels = labels.Length / batchSize;
        double gamma = options.FocalGamma;
        double range = logits.Length == 0 ? 0 : Math.Min(logits.Max() - logits.Min(), 110);

        // A probability, and the sum of the others: exponentials and their sum, each 1.02 ULP off, the additions, the quotient, the product;
        // of logits less the largest, e to the power is off by as much relatively as these are absolutely.
        double ofProbability = (4.08 + (2 * numClasses) + 1 + range) * U;

        // Its logarithm, of a ratio of two such, and the power.
        double ofLog = (2 * ofProbability) + ((1 + 1.7) * U);
        Gradient = new double[logits.Length];
        Slopes = new double[logits.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            int first = (i / pixels * numClasses * pixels) + (i % pixels);
            double[] x = [.. Enumerable.Range(0, numClasses).Select(c => (double)logits[first + (c * pixels)])];
            double sum = x.Sum(logit => Math.Exp(logit - x.Max()));
            double own = Math.Exp(x[labels[i]] - x.Max()) / sum;
            double missing = x.Where((_, c) => c != labels[i]).Sum(logit => Math.Exp(logit - x.Max())) / sum;
            double weight = options.FocalClassWeights.Count == 0 ? 1 : options.FocalClassWeights[labels[i]];
            double negativeLog = own == 0 ? x.Max() - x[labels[i]] + Math.Log(sum) : SumsOf(own, missing);

            // By products, or by e to the power of γ times a logarithm, which is off by the ratio and by its own digits.
            double ofPower = gamma * (ofProbability + U);
            ofPower += gamma is 0 or 1 or 2 or 3 or 4 ? 0 : (gamma * (ofProbability + U)) + (gamma * 3.7 * U * Math.Min(-Math.Log(missing), 110)) + (2.04 * U);
            double cost = weight * Math.Pow(missing, gamma) * negativeLog;
            Loss += (cost * (ofPower + ofLog + ((4 + ChainTurns) * U))) + (weight * Least);

            double bend = missing == 0 ? 0 : 1 + (gamma * own * negativeLog / missing);
            double ofBend = ofLog + (2 * ofProbability) + (5 * U);
            for (int c = 0; c < numClasses; c++)
            {
                double share = c == labels[i] ? missing : Math.Exp(x[c] - x.Max()) / sum;
                double slope = labels.Length == 0 ? 0 : Math.Abs(scale) * options.Focal / labels.Length * weight;
                double ofPixel = slope * Math.Pow(missing, gamma) * bend * share;
                Slopes[first + (c * pixels)] = ofPixel;
                Gradient[first + (c * pixels)] = (ofPixel * (ofPower + ofBend + ofProbability + (6 * U))) + (slope * (1 + gamma) * Least) + (2 * float.Epsilon);
            }
        }

        Loss = labels.Length == 0 ? 0 : options.Focal * Loss / labels.Length;
    }

    /// <summary>Absolute, of its part of the loss.</summary>
    public double Loss { get; }

    /// <summary>The absolute values that its part of the slope at each logit is made of.</summary>
    public double[] Slopes { get; }

    /// <summary>Absolute, of its part of the slope at each logit.</summary>
    public double[] Gradient { get; }

    // ln(1 + x) of a small x is x.
    private static double SumsOf(double own, double missing)
    {
        double ratio = missing / own;
        return CrossEntropyBounds.LogOfOnePlus(ratio);
    }
}
