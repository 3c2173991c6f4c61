using System;
using System.Numerics;

using SoftDice.Kernels;

namespace SoftDice;

/// <summary>The focal term of the definition: (1 - p) to the power of γ times -ln p, with p the probability of the right answer.</summary>
internal static class ReferenceFocal
{
    /// <summary>Its part of the loss.</summary>
    public static double Loss<TLabel>(SoftDiceOptions options, ReadOnlySpan<float> logits, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged, INumber<TLabel>
    {
        Refuse(options);
        double sum = 0;
        if (options.Activation == SoftDiceActivation.Sigmoid)
        {
            for (int i = 0; i < logits.Length; i++)
            {
                (double yes, double no, bool isHard) = Shares(options, labels, logits.Length / batchSize, i);

                // Of class indices one answer is right, whatever the other one would cost; of targets, ∞ times 0 is NaN.
                sum += isHard && no == 0 ? yes * OfLogit(options, logits[i])
                    : isHard && yes == 0 ? no * OfLogit(options, -logits[i])
                    : (yes * OfLogit(options, logits[i])) + (no * OfLogit(options, -logits[i]));
            }

            return logits.IsEmpty ? 0 : options.Focal * sum / logits.Length;
        }

        int pixels = labels.Length / batchSize;
        int counted = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (!SoftDiceReference.IsIgnored(options, labels, i / pixels, i % pixels, pixels))
            {
                double[] ofPixel = ReferenceCrossEntropy.OfPixel(options, logits, i / pixels, i % pixels, pixels);
                int label = int.CreateChecked(labels[i]);
                double negativeLog = ReferenceCrossEntropy.NegativeLog(ofPixel, label);
                sum += Weight(options, label) * Math.Pow(ReferenceCrossEntropy.Missing(ofPixel, label), options.FocalGamma) * negativeLog;
                counted++;
            }
        }

        return counted == 0 ? 0 : options.Focal * sum / counted;
    }

    /// <summary>Adds its part of the gradient.</summary>
    public static void AddGradient<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> logits, ReadOnlySpan<TLabel> labels, int batchSize, double[] gradient)
        where TLabel : unmanaged, INumber<TLabel>
    {
        Refuse(options);
        if (options.Activation == SoftDiceActivation.Sigmoid)
        {
            for (int i = 0; i < logits.Length; i++)
            {
                (double yes, double no, _) = Shares(options, labels, logits.Length / batchSize, i);
                gradient[i] += options.Focal / logits.Length * ((no * SlopeOfLogit(options, -logits[i])) - (yes * SlopeOfLogit(options, logits[i])));
            }

            return;
        }

        int pixels = labels.Length / batchSize;
        int counted = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            counted += SoftDiceReference.IsIgnored(options, labels, i / pixels, i % pixels, pixels) ? 0 : 1;
        }

        for (int i = 0; i < labels.Length; i++)
        {
            if (SoftDiceReference.IsIgnored(options, labels, i / pixels, i % pixels, pixels))
            {
                continue;
            }

            double[] ofPixel = ReferenceCrossEntropy.OfPixel(options, logits, i / pixels, i % pixels, pixels);
            int label = int.CreateChecked(labels[i]);
            double missing = ReferenceCrossEntropy.Missing(ofPixel, label);
            double ofLabel = Weight(options, label) * PixelWeight(options.FocalGamma, ReferenceCrossEntropy.NegativeLog(ofPixel, label), missing);
            for (int c = 0; c < options.NumClasses; c++)
            {
                double slope = c == label ? -missing : Math.Exp(-ReferenceCrossEntropy.NegativeLog(ofPixel, c));
                gradient[(((i / pixels * options.NumClasses) + c) * pixels) + (i % pixels)] += options.Focal / counted * ofLabel * slope;
            }
        }
    }

    // What the slopes of -ln p are multiplied by: the power, and what that changes by.
    private static double PixelWeight(double gamma, double negativeLog, double missing)
    {
        double probability = Math.Exp(-negativeLog);
        return missing == 0 ? gamma == 0 ? 1 : 0
            : Math.Pow(missing, gamma) * (1 + (probability == 0 ? 0 : gamma * probability * negativeLog / missing));
    }

    // The cost where the logit should be large.
    private static double OfLogit(SoftDiceOptions options, double x) => Math.Pow(Sigmoid(-x), options.FocalGamma) * NegativeLog(x);

    // Minus its slope.
    private static double SlopeOfLogit(SoftDiceOptions options, double x) =>
        Sigmoid(-x) * PixelWeight(options.FocalGamma, NegativeLog(x), Sigmoid(-x));

    // How much both answers have in the cost of an element; and whether one is right and the other wrong.
    private static (double Yes, double No, bool IsHard) Shares<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<TLabel> labels, int elementsPerImage, int element)
        where TLabel : unmanaged, INumber<TLabel>
    {
        int pixels = elementsPerImage / options.NumClasses;
        (int plane, int pixel) = Math.DivRem(element, pixels);
        (int image, int c) = Math.DivRem(plane, options.NumClasses);
        double target = options.Labels == SoftDiceLabels.OneHot
            ? double.CreateChecked(labels[element])
            : double.CreateChecked(labels[(image * pixels) + pixel]) == (options.NumClasses == 1 ? 1 : c) ? 1 : 0;
        double weight = Weight(options, c);
        return (
            weight * (options.FocalAlpha ?? 1) * target,
            weight * (1 - (options.FocalAlpha ?? 0)) * (1 - target),
            options.Labels == SoftDiceLabels.ClassIndex);
    }

    private static double Weight(SoftDiceOptions options, int c) => options.FocalClassWeights.Count == 0 ? 1 : options.FocalClassWeights[c];

    // -ln of the sigmoid of x is ln(1 + e to the power of -x), without overflow.
    private static double NegativeLog(double x) => Math.Max(-x, 0) + SumsMemory.NegativeLog(1, Math.Exp(-Math.Abs(x)));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    // The analyzer refuses these of an attribute.
    private static void Refuse(SoftDiceOptions options)
    {
        if (options.Activation == SoftDiceActivation.None ||
            (options.Activation == SoftDiceActivation.Softmax && options.Labels != SoftDiceLabels.ClassIndex))
        {
            throw new ArgumentException(
                $"Focal is not 0 with the activation {options.Activation} and labels of the kind {options.Labels}; it is computed with " +
                "Sigmoid, or with Softmax and ClassIndex.",
                nameof(options));
        }

        if (options.FocalAlpha is not null && options.Activation == SoftDiceActivation.Softmax)
        {
            throw new ArgumentException("FocalAlpha is about a class by itself, and of a softmax there is none.", nameof(options));
        }
    }
}
