using System;

namespace SoftDice.Kernels.Tests;

/// <summary>How far the focal term of sigmoids and its gradient may be off, from the operations that they are made of.</summary>
internal sealed class SigmoidFocalBounds
{
    private const double U = 1.0 / (1 << 24);
    private const int ChainTurns = 16;
    private const int MostClassesInRegisters = 4;

    // An exponential below the normal floats is a multiple of the least one, and so is a power.
    private const double Least = 1.0 / (1L << 60) / (1L << 60);

    // e is 1.02 ULP off, in the quotient twice; its sum and the quotient round.
    private const double OfProbability = ((2 * 2.04) + 2) * U;

    // Of e; its logarithm, and the logit that is added.
    private const double OfLog = (2.04 + 1.7 + 1) * U;

    private readonly SoftDiceOptions options;

    public SigmoidFocalBounds(SoftDiceOptions options, float[] logits, float[] targets, int batchSize, double scale)
    {
        this.options = options;
        int pixels = logits.Length / batchSize / options.NumClasses;
        Slopes = new double[logits.Length];
        Gradient = new double[logits.Length];

        // Two additions an element and class at most, a product of three and the weights.
        double ofSum = ((2 * ChainTurns * MostClassesInRegisters) + 6) * U;
        for (int i = 0; i < logits.Length; i++)
        {
            int c = i / pixels % options.NumClasses;
            double weight = options.FocalClassWeights.Count == 0 ? 1 : options.FocalClassWeights[c];
            double yes = weight * (options.FocalAlpha ?? 1) * targets[i], no = weight * (1 - (options.FocalAlpha ?? 0)) * (1 - targets[i]);
            double slope = Math.Abs(scale) * options.Focal / logits.Length;
            foreach ((double share, double x) in new[] { (yes, (double)logits[i]), (no, -logits[i]) })
            {
                double missing = 1 / (1 + Math.Exp(x)), own = 1 / (1 + Math.Exp(-x));
                double e = Math.Exp(-Math.Abs(x));
                double negativeLog = Math.Max(-x, 0) + CrossEntropyBounds.LogOfOnePlus(e);
                double power = Math.Pow(missing, options.FocalGamma);
                Loss += share * ((power * negativeLog * (OfPower(x) + OfLog + ofSum)) + Least);

                double ofOne = power * (missing + (options.FocalGamma * own * negativeLog));
                Slopes[i] += slope * share * ofOne;
                Gradient[i] += slope * share * ((ofOne * (OfPower(x) + OfProbability + OfLog + (10 * U))) + ((1 + options.FocalGamma) * Least));
            }

            Gradient[i] += 2 * float.Epsilon;
        }

        Loss = logits.Length == 0 ? 0 : options.Focal * Loss / logits.Length;
    }

    /// <summary>Absolute, of its part of the loss.</summary>
    public double Loss { get; }

    /// <summary>The absolute values that its part of the slope at each logit is made of.</summary>
    public double[] Slopes { get; }

    /// <summary>Absolute, of its part of the slope at each logit.</summary>
    public double[] Gradient { get; }

    // By products, or by e to the power of γ times a logarithm, of which the exponential is 0 beyond 104.
    private double OfPower(double x)
    {
        double gamma = options.FocalGamma;
        double log = Math.Min(gamma * (Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)))), 110);
        return gamma is 0 or 1 or 2 or 3 or 4 ? gamma * (OfProbability + U) : (log * (OfLog + (2 * U))) + (2.04 * U);
    }
}
