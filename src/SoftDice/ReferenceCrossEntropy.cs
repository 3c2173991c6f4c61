using System;
using System.Linq;
using System.Numerics;

using SoftDice.Kernels;

namespace SoftDice;

/// <summary>The cross-entropy of the definition, as torch.nn.CrossEntropyLoss has it with the reduction mean.</summary>
internal static class ReferenceCrossEntropy
{
    /// <summary>Its part of the loss.</summary>
    public static double Loss<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> logits, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged, INumber<TLabel>
    {
        RefuseOthers(options);
        int pixels = labels.Length / batchSize;
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (SoftDiceReference.IsIgnored(options, labels, i / pixels, i % pixels, pixels))
            {
                continue;
            }

            double[] ofPixel = OfPixel(options, logits, i / pixels, i % pixels, pixels);
            int label = int.CreateChecked(labels[i]);
            double spread = Enumerable.Range(0, options.NumClasses).Sum(c => Weight(options, c) * NegativeLog(ofPixel, c)) / options.NumClasses;
            sum += Rest(options) * Weight(options, label) * NegativeLog(ofPixel, label);
            sum += options.LabelSmoothing == 0 ? 0 : options.LabelSmoothing * spread;
        }

        // Where no pixel has a weight, there is nothing to take a mean of.
        double divisor = Divisor(options, labels, batchSize);
        return divisor == 0 ? 0 : options.CrossEntropy * sum / divisor;
    }

    /// <summary>Adds its part of the gradient.</summary>
    public static void AddGradient<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> logits, ReadOnlySpan<TLabel> labels, int batchSize, double[] gradient)
        where TLabel : unmanaged, INumber<TLabel>
    {
        RefuseOthers(options);
        int pixels = labels.Length / batchSize;
        double divisor = Divisor(options, labels, batchSize);
        double weights = Enumerable.Range(0, options.NumClasses).Sum(c => Weight(options, c));
        for (int i = 0; i < labels.Length && divisor != 0; i++)
        {
            if (SoftDiceReference.IsIgnored(options, labels, i / pixels, i % pixels, pixels))
            {
                continue;
            }

            double[] ofPixel = OfPixel(options, logits, i / pixels, i % pixels, pixels);
            int label = int.CreateChecked(labels[i]);
            for (int c = 0; c < options.NumClasses; c++)
            {
                double probability = Math.Exp(-NegativeLog(ofPixel, c));
                double ofLabel = Weight(options, label) * (c == label ? -Missing(ofPixel, c) : probability);
                double ofSpread = ((weights * probability) - Weight(options, c)) / options.NumClasses;
                double slope = (Rest(options) * ofLabel) + (options.LabelSmoothing * ofSpread);
                gradient[(((i / pixels * options.NumClasses) + c) * pixels) + (i % pixels)] += options.CrossEntropy / divisor * slope;
            }
        }
    }

    internal static double[] OfPixel(SoftDiceOptions options, ReadOnlySpan<float> logits, int image, int pixel, int pixels)
    {
        double[] ofPixel = new double[options.NumClasses];
        for (int c = 0; c < ofPixel.Length; c++)
        {
            ofPixel[c] = logits[(((image * ofPixel.Length) + c) * pixels) + pixel];
        }

        return ofPixel;
    }

    // -ln of a softmax is ln of the sum of e to the power of what the other logits are more: of the likeliest class, ln(1 + a small sum).
    internal static double NegativeLog(double[] ofPixel, int c)
    {
        double largest = ofPixel.Max();
        int likeliest = ofPixel[c] == largest ? c : Array.IndexOf(ofPixel, largest);
        double others = ofPixel.Where((_, other) => other != likeliest).Sum(logit => Math.Exp(logit - largest));
        return largest - ofPixel[c] + SumsMemory.NegativeLog(1, others);
    }

    // 1 less the softmax, from the other classes.
    internal static double Missing(double[] ofPixel, int c)
    {
        double sum = 0;
        for (int other = 0; other < ofPixel.Length; other++)
        {
            sum += other == c ? 0 : Math.Exp(-NegativeLog(ofPixel, other));
        }

        return sum;
    }

    private static double Rest(SoftDiceOptions options) => 1 - options.LabelSmoothing;

    private static double Weight(SoftDiceOptions options, int c) =>
        options.CrossEntropyClassWeights.Count == 0 ? 1 : options.CrossEntropyClassWeights[c];

    private static double Divisor<TLabel>(SoftDiceOptions options, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged, INumber<TLabel>
    {
        double divisor = 0;
        int pixels = labels.Length / batchSize;
        for (int i = 0; i < labels.Length; i++)
        {
            if (!SoftDiceReference.IsIgnored(options, labels, i / pixels, i % pixels, pixels))
            {
                divisor += Weight(options, int.CreateChecked(labels[i]));
            }
        }

        return divisor;
    }

    // The analyzer refuses these of an attribute.
    internal static void RefuseOthers(SoftDiceOptions options)
    {
        if (options.Activation != SoftDiceActivation.Softmax)
        {
            throw new ArgumentException(
                $"CrossEntropy is not 0 with the activation {options.Activation}; it is computed from logits, with Softmax or Sigmoid.",
                nameof(options));
        }

        if (options.Labels == SoftDiceLabels.OneHot && options.Mask.Count > 0)
        {
            throw new ArgumentException("CrossEntropy of a softmax with targets is not defined with a Mask yet; remove one of the two.", nameof(options));
        }

        if (options.CrossEntropyPositiveWeights.Count > 0)
        {
            throw new ArgumentException("CrossEntropyPositiveWeights are of a binary cross-entropy, and a softmax has none.", nameof(options));
        }
    }
}
