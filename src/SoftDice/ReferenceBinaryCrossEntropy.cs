using System;
using System.Numerics;

using SoftDice.Kernels;

namespace SoftDice;

/// <summary>
/// The cross-entropy of the definition where each class has a sigmoid of its own, as torch.nn.BCEWithLogitsLoss has it with the reduction mean.
/// </summary>
internal static class ReferenceBinaryCrossEntropy
{
    /// <summary>Its part of the loss.</summary>
    public static double Loss<TLabel>(SoftDiceOptions options, ReadOnlySpan<float> logits, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged, INumber<TLabel>
    {
        double sum = 0;
        int elements = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (IsIgnored(options, labels, logits.Length / batchSize, i))
            {
                continue;
            }

            elements++;
            (double yes, double no, bool isHard) = Shares(options, labels, logits.Length / batchSize, i);
            double cost = isHard
                ? yes == 0 ? no * NegativeLog(-logits[i]) : yes * NegativeLog(logits[i])
                : (yes * NegativeLog(logits[i])) + (no * NegativeLog(-logits[i]));
            sum += cost;
        }

        return elements == 0 ? 0 : options.CrossEntropy * sum / elements;
    }

    /// <summary>Adds its part of the gradient.</summary>
    public static void AddGradient<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> logits, ReadOnlySpan<TLabel> labels, int batchSize, double[] gradient)
        where TLabel : unmanaged, INumber<TLabel>
    {
        int elements = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            elements += IsIgnored(options, labels, logits.Length / batchSize, i) ? 0 : 1;
        }

        for (int i = 0; i < logits.Length; i++)
        {
            if (IsIgnored(options, labels, logits.Length / batchSize, i))
            {
                continue;
            }

            (double yes, double no, _) = Shares(options, labels, logits.Length / batchSize, i);
            gradient[i] += options.CrossEntropy / elements * ((no * Sigmoid(logits[i])) - (yes * Sigmoid(-logits[i])));
        }
    }

    // Whether an element is of a pixel that takes no part.
    private static bool IsIgnored<TLabel>(SoftDiceOptions options, ReadOnlySpan<TLabel> labels, int elementsPerImage, int element)
        where TLabel : unmanaged, INumber<TLabel>
    {
        int pixels = elementsPerImage / options.NumClasses;
        return SoftDiceReference.IsIgnored(options, labels, element / elementsPerImage, element % pixels, pixels);
    }

    // How much -ln p and -ln(1 - p) have in the cost of an element; and whether it is one of the two alone, whatever the other one is.
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
        double share = ((1 - options.LabelSmoothing) * target) + (options.LabelSmoothing / 2);
        double weight = options.CrossEntropyClassWeights.Count == 0 ? 1 : options.CrossEntropyClassWeights[c];
        double positive = options.CrossEntropyPositiveWeights.Count == 0 ? 1 : options.CrossEntropyPositiveWeights[c];
        bool isHard = options.Labels == SoftDiceLabels.ClassIndex && options.LabelSmoothing == 0;
        return (weight * positive * share, weight * (1 - share), isHard);
    }

    // -ln of the sigmoid of x is ln(1 + e to the power of -x), without overflow.
    private static double NegativeLog(double x) => Math.Max(-x, 0) + SumsMemory.NegativeLog(1, Math.Exp(-Math.Abs(x)));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
