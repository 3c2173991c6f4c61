using System;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>How far a cross-entropy and its gradient may be off, from the operations that they are made of.</summary>
internal sealed class CrossEntropyBounds
{
    private const double U = 1.0 / (1 << 24);
    private const int ChainTurns = 16;

    /// <param name="options">The loss.</param>
    /// <param name="logits">Its logits.</param>
    /// <param name="labels">Its class indices.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="ofAll">What the sum is divided by, if these are pixels of more.</param>
    public CrossEntropyBounds(SoftDiceOptions options, float[] logits, int[] labels, int batchSize, double scale, double? ofAll)
    {
        int numClasses = options.NumClasses;
        int pixels = labels.Length / batchSize;
        double range = logits.Length == 0 ? 0 : logits.Max() - logits.Min();
        double[] weights = options.CrossEntropyClassWeights.Count == 0
            ? [.. Enumerable.Repeat(1.0, numClasses)] : [.. options.CrossEntropyClassWeights];
        double divisor = ofAll ?? Divisor(options, labels);
        double s = options.LabelSmoothing;
        double all = s / numClasses * weights.Sum();

        // A probability: its exponential and the sum of them, each 1.02 ULP off, the additions, the quotient, the product.
        double ofProbability = ((4.08 + numClasses + 1) * U);

        // A product of a chain has this once for each factor, with a rounding; what it misses to 1 once, with the additions over the
        // classes and two roundings for each term. Then a quotient, a logarithm, a weight rounded to float and its product. Where a chain
        // is done again, differences of logits round, of which e to the power is off by as much relatively as they are absolutely.
        double relative = (ChainTurns * (ofProbability + U)) + ofProbability + ((numClasses + (2 * ChainTurns)) * U) + ((1 + 1.7 + 2) * U) + (range * U);

        // The parts of a smoothed cost are differences of logits with their signs, none larger than the range.
        double magnitude = 0;
        Gradient = new double[logits.Length];
        Slopes = new double[logits.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            int first = (i / pixels * numClasses * pixels) + (i % pixels);
            double[] x = [.. Enumerable.Range(0, numClasses).Select(c => (double)logits[first + (c * pixels)])];
            double sum = x.Sum(logit => Math.Exp(logit - x.Max()));
            double others = x.Where((_, c) => c != Array.IndexOf(x, x.Max())).Sum(logit => Math.Exp(logit - x.Max()));
            double own = weights[labels[i]];
            magnitude += (((1 - s) * own) + all) * (x.Max() - x[labels[i]] + LogOfOnePlus(others));
            magnitude += s / numClasses * x.Select((logit, c) => weights[c] * Math.Abs(logit - x[labels[i]])).Sum();
            for (int c = 0; c < numClasses; c++)
            {
                // Of the label, what the others have: 1 less p is 0 in double long before that is.
                double share = (c == labels[i] ? x.Where((_, k) => k != c) : [x[c]]).Sum(logit => Math.Exp(logit - x.Max())) / sum;
                double terms = ((((1 - s) * own) + all) * share) + (c == labels[i] ? all : 0) + (s / numClasses * weights[c]);
                Slopes[first + (c * pixels)] = divisor == 0 ? 0 : Math.Abs(scale) * options.CrossEntropy / divisor * terms;
                Gradient[first + (c * pixels)] = Slopes[first + (c * pixels)] * (ofProbability + ((numClasses + 7) * U));
            }
        }

        Loss = divisor == 0 ? 0 : options.CrossEntropy * relative * magnitude / divisor;
    }

    /// <summary>ln(1 + x), also of an x that is lost beside 1 in double: a cost of 10⁻²⁶ has an error too.</summary>
    public static double LogOfOnePlus(double x) => x < 1e-8 ? x : Math.Log(1 + x);

    /// <summary>What the sum over these pixels is divided by: the weights of their labels.</summary>
    public static double Divisor(SoftDiceOptions options, int[] labels) =>
        labels.Sum(label => options.CrossEntropyClassWeights.Count == 0 ? 1 : options.CrossEntropyClassWeights[label]);

    /// <summary>Absolute, of its part of the loss.</summary>
    public double Loss { get; }

    /// <summary>The absolute values that its part of the slope at each logit is made of.</summary>
    public double[] Slopes { get; }

    /// <summary>Absolute, of its part of the slope at each logit.</summary>
    public double[] Gradient { get; }
}
