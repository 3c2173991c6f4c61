using System;
using System.Linq;
using System.Numerics;

namespace SoftDice;

/// <summary>The cross-entropy of the definition with targets, as torch.nn.CrossEntropyLoss has it of class probabilities, with the reduction mean.</summary>
internal static class ReferenceTargetCrossEntropy
{
    /// <summary>Its part of the loss.</summary>
    public static double Loss<TLabel>(SoftDiceOptions options, ReadOnlySpan<float> logits, ReadOnlySpan<TLabel> targets, int batchSize)
        where TLabel : unmanaged, INumber<TLabel>
    {
        ReferenceCrossEntropy.RefuseOthers(options);
        int pixels = logits.Length / options.NumClasses / batchSize;
        double sum = 0;
        for (int i = 0; i < batchSize * pixels; i++)
        {
            double[] ofPixel = ReferenceCrossEntropy.OfPixel(options, logits, i / pixels, i % pixels, pixels);
            double[] shares = Shares(options, targets, i / pixels, i % pixels, pixels);
            sum += Enumerable.Range(0, options.NumClasses).Sum(c => shares[c] * ReferenceCrossEntropy.NegativeLog(ofPixel, c));
        }

        return pixels == 0 ? 0 : options.CrossEntropy * sum / (batchSize * pixels);
    }

    /// <summary>Adds its part of the gradient.</summary>
    public static void AddGradient<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> logits, ReadOnlySpan<TLabel> targets, int batchSize, double[] gradient)
        where TLabel : unmanaged, INumber<TLabel>
    {
        ReferenceCrossEntropy.RefuseOthers(options);
        int pixels = logits.Length / options.NumClasses / batchSize;
        for (int i = 0; i < batchSize * pixels; i++)
        {
            double[] ofPixel = ReferenceCrossEntropy.OfPixel(options, logits, i / pixels, i % pixels, pixels);
            double[] shares = Shares(options, targets, i / pixels, i % pixels, pixels);
            double[] probabilities = [.. ofPixel.Select((_, c) => Math.Exp(-ReferenceCrossEntropy.NegativeLog(ofPixel, c)))];
            for (int c = 0; c < options.NumClasses; c++)
            {
                // p times the sum of the shares, less that of the class: of the other classes' shares and probabilities, so that nothing cancels.
                double others = shares.Where((_, other) => other != c).Sum();
                double missing = probabilities.Where((_, other) => other != c).Sum();
                double slope = (others * probabilities[c]) - (shares[c] * missing);
                gradient[(((i / pixels * options.NumClasses) + c) * pixels) + (i % pixels)] += options.CrossEntropy / (batchSize * pixels) * slope;
            }
        }
    }

    // How much -ln p of each class has in the cost of a pixel.
    private static double[] Shares<TLabel>(SoftDiceOptions options, ReadOnlySpan<TLabel> targets, int image, int pixel, int pixels)
        where TLabel : unmanaged, INumber<TLabel>
    {
        double[] shares = new double[options.NumClasses];
        for (int c = 0; c < shares.Length; c++)
        {
            double target = double.CreateChecked(targets[(((image * shares.Length) + c) * pixels) + pixel]);
            double weight = options.CrossEntropyClassWeights.Count == 0 ? 1 : options.CrossEntropyClassWeights[c];
            shares[c] = weight * (((1 - options.LabelSmoothing) * target) + (options.LabelSmoothing / shares.Length));
        }

        return shares;
    }
}
