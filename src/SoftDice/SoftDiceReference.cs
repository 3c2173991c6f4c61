using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

using SoftDice.Kernels;

namespace SoftDice;

/// <summary>
/// The definition of the loss and of its gradient: plain loops over doubles, to be read rather than run. Every generated kernel is
/// tested against it.
/// </summary>
/// <remarks>
/// <para>Source of the formula: soft Dice with a negative logarithm, Milletari et al., "V-Net", 3DV 2016, in its linear form.</para>
/// <para>What the edges give follows from the formula:</para>
/// <list type="bullet">
/// <item>an empty batch, or a class that is neither predicted nor labelled: (0 + ε) / (0 + 0 + ε) = 1, which costs 0;</item>
/// <item>a class that is predicted but not labelled: -ln(ε / (P + ε)), which is large;</item>
/// <item>with ε = 0, the first of these is 0/0 = NaN, and the second is +∞;</item>
/// <item>a NaN prediction makes P of its class NaN, and so the loss;</item>
/// <item>an infinite probability makes P infinite: the loss is +∞ if its pixel has another label, else NaN (∞/∞);</item>
/// <item>softmax of a pixel with a NaN, with +∞, or with nothing but -∞ is NaN; a -∞ beside finite logits is the probability 0;</item>
/// <item>sigmoid of ±∞ is 1 or 0;</item>
/// <item>a pixel whose label is the ignored one, or for which a mask is false, is as if it were not there, and has a gradient of 0, whatever is predicted.</item>
/// </list>
/// <para>
/// That is with the options at their defaults. In general a class c has the overlap d = N / D, with N = 2·I + its smoothing and
/// D = P + T + its own (or for Jaccard I and P + T - I, for Tversky I and
/// I + α·(P - I) + β·(T - I)), D at least its floor; I is of products or minima, P and T may be of squares; it costs -ln d, (1 - d) to the
/// power of γ, or -d; and the loss is the mean or sum of these times their weights, over the classes that count. Generalised weights or
/// Wasserstein distances make one d of all classes instead. Where the layout has the classes of a pixel side by side, predictions, targets and gradient are
/// (batch, pixels, class). With sums over samples a batch is its images, one by one: its loss is the mean or sum of theirs. A
/// cross-entropy and a focal term are added to that if they are asked for, as means over the batch in any case.
/// </para>
/// </remarks>
public static partial class SoftDiceReference
{
    /// <summary>The loss of a batch.</summary>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="options">What is computed.</param>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="batchSize">Number of images in the batch, at least 1.</param>
    /// <returns>The mean over the classes of -ln of <see cref="Dice"/>, or what the options ask for.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit each other or the batch size, or the reduction is None, so that there is no one loss.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1, or a label is wrong.</exception>
    public static double Loss<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged, INumber<TLabel>
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Reduction == SoftDiceReduction.None)
        {
            throw new ArgumentException("With Reduction = None the loss is not one number; ask for Losses.", nameof(options));
        }

        ReferenceFormula.Refuse(options);
        int pixels = Pixels(options, predictions, labels, batchSize);
        if (options.Layout == SoftDiceLayout.ChannelsLast)
        {
            ReferencePlanes<TLabel> planes = ReferencePlanes<TLabel>.Of(options, predictions, labels, batchSize, pixels);
            return Loss<TLabel>(planes.Options, planes.Predictions, planes.Labels, batchSize);
        }

        int sets = SetsOfSums(options, batchSize);
        double loss = 0;
        for (int set = 0; set < sets; set++)
        {
            loss += ReferenceFormula.Loss(options, TotalsOf(set, sets, options, predictions, labels, batchSize));
        }

        double overlap = options.Reduction == SoftDiceReduction.Mean ? loss / sets : loss;
        double crossEntropy = options.CrossEntropy == 0 ? 0
            : options.Activation == SoftDiceActivation.Sigmoid ? ReferenceBinaryCrossEntropy.Loss(options, predictions, labels, batchSize)
            : options.Labels == SoftDiceLabels.OneHot ? ReferenceTargetCrossEntropy.Loss(options, predictions, labels, batchSize)
            : ReferenceCrossEntropy.Loss(options, predictions, labels, batchSize);
        double focal = options.Focal == 0 ? 0 : ReferenceFocal.Loss(options, predictions, labels, batchSize);
        return (options.OverlapWeight * overlap) + crossEntropy + focal;
    }

    /// <summary>The losses of a batch where they are not reduced to one number.</summary>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="options">What is computed, with the reduction None.</param>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="batchSize">Number of images in the batch, at least 1.</param>
    /// <returns>
    /// What each class costs that is not left out, times its weight, or the one cost of a generalised Dice loss; with sums over samples, that of
    /// the first image, then that of the second, and so on.
    /// </returns>
    /// <exception cref="ArgumentException">The lengths do not fit each other or the batch size, or the reduction is not None.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1, or a label is wrong.</exception>
    public static double[] Losses<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged, INumber<TLabel>
    {
        ArgumentNullException.ThrowIfNull(options);
        RefuseReduced(options);
        ReferenceFormula.Refuse(options);
        int pixels = Pixels(options, predictions, labels, batchSize);
        if (options.Layout == SoftDiceLayout.ChannelsLast)
        {
            ReferencePlanes<TLabel> planes = ReferencePlanes<TLabel>.Of(options, predictions, labels, batchSize, pixels);
            return Losses<TLabel>(planes.Options, planes.Predictions, planes.Labels, batchSize);
        }

        int sets = SetsOfSums(options, batchSize);
        List<double> losses = [];
        for (int set = 0; set < sets; set++)
        {
            losses.AddRange(ReferenceFormula.Losses(options, TotalsOf(set, sets, options, predictions, labels, batchSize)));
        }

        return [.. losses];
    }

    /// <summary>The overlap of one class: the smoothed Dice coefficient, or what the options ask for.</summary>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="options">What is computed.</param>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="batchSize">Number of images in the batch, at least 1.</param>
    /// <param name="classIndex">The class, 0 to the number of classes - 1.</param>
    /// <returns>d; by default (2·I + ε) / (P + T + ε).</returns>
    /// <exception cref="ArgumentException">The lengths do not fit each other or the batch size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The batch size is below 1, a label is wrong, or there is no such class.
    /// </exception>
    public static double Dice<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize, int classIndex)
        where TLabel : unmanaged, INumber<TLabel>
    {
        (double intersection, double predictionSum, double targetSum) =
            Sums(options, predictions, labels, batchSize, classIndex);

        return ReferenceFormula.Overlap(options, new ClassTotal(intersection, predictionSum, targetSum));
    }

    /// <summary>
    /// The three sums that the coefficient of one class is made of: of products of prediction and target, or of the smaller of the two; and of
    /// predictions and of targets, or of their squares.
    /// </summary>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="options">What is computed.</param>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="batchSize">Number of images in the batch, at least 1.</param>
    /// <param name="classIndex">The class, 0 to the number of classes - 1.</param>
    /// <returns>I, P and T.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit each other or the batch size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The batch size is below 1, a label is wrong, or there is no such class.
    /// </exception>
    public static (double Intersection, double PredictionSum, double TargetSum) Sums<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize, int classIndex)
        where TLabel : unmanaged, INumber<TLabel>
    {
        ArgumentNullException.ThrowIfNull(options);
        ReferenceFormula.Refuse(options);
        int pixels = Pixels(options, predictions, labels, batchSize);
        KernelGuard.ClassIndex(classIndex, options.NumClasses);
        if (options.Layout == SoftDiceLayout.ChannelsLast)
        {
            ReferencePlanes<TLabel> planes = ReferencePlanes<TLabel>.Of(options, predictions, labels, batchSize, pixels);
            return Sums<TLabel>(planes.Options, planes.Predictions, planes.Labels, batchSize, classIndex);
        }

        double intersection = 0;
        double predictionSum = 0;
        double targetSum = 0;
        for (int image = 0; image < batchSize; image++)
        {
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                if (IsIgnored(options, labels, image, pixel, pixels))
                {
                    continue;
                }

                if (WassersteinFormula.Is(options))
                {
                    // What is predicted for a label is what it is not away from it.
                    bool isOfClass = Target(options, labels, image, classIndex, pixel, pixels) == 1;
                    double right = isOfClass ? 1 - Distance(options, predictions, image, classIndex, pixel, pixels) : 0;
                    (intersection, predictionSum, targetSum) = (intersection + right, predictionSum + right, targetSum + (isOfClass ? 1 : 0));
                    continue;
                }

                double probability = Probability(options, predictions, image, classIndex, pixel, pixels);
                double target = Target(options, labels, image, classIndex, pixel, pixels);
                predictionSum += options.SquaredDenominator ? probability * probability : probability;
                targetSum += options.SquaredDenominator ? target * target : target;
                intersection += IsOut(options, target) ? 0
                    : options.Intersection == SoftDiceIntersection.Minimum ? Math.Min(probability, target)
                    : probability * target;
            }
        }

        return (intersection, predictionSum, targetSum);
    }

    // The mean distance of a pixel's prediction from its label.
    private static double Distance(SoftDiceOptions options, ReadOnlySpan<float> predictions, int image, int label, int pixel, int pixels)
    {
        double distance = 0;
        for (int c = 0; c < options.NumClasses; c++)
        {
            distance += WassersteinFormula.Distance(options, label, c) * Probability(options, predictions, image, c, pixel, pixels);
        }

        return distance;
    }

    private static int SetsOfSums(SoftDiceOptions options, int batchSize) => options.SumsOver == SoftDiceSumsOver.Sample ? batchSize : 1;

    private static ClassTotal[] TotalsOf<TLabel>(
        int set, int sets, SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged, INumber<TLabel>
    {
        int length = predictions.Length / sets;
        int labelLength = labels.Length / sets;
        int pixels = length / options.NumClasses;
        SoftDiceOptions ofSet = options.OfPixels(set * pixels, pixels);
        return Totals(ofSet, predictions.Slice(set * length, length), labels.Slice(set * labelLength, labelLength), batchSize / sets);
    }

    private static void RefuseReduced(SoftDiceOptions options)
    {
        if (options.Reduction != SoftDiceReduction.None)
        {
            throw new ArgumentException(
                $"The options reduce the losses to one number, by Reduction = {options.Reduction}; with None there are several.", nameof(options));
        }
    }

    private static ClassTotal[] Totals<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged, INumber<TLabel>
    {
        ClassTotal[] totals = new ClassTotal[options.NumClasses];
        for (int c = 0; c < totals.Length; c++)
        {
            (double intersection, double predictionSum, double targetSum) = Sums(options, predictions, labels, batchSize, c);
            totals[c] = new ClassTotal(intersection, predictionSum, targetSum);
        }

        return totals;
    }

    private static int Pixels<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged
    {
        int pixels = KernelGuard.PixelsPerImage<TLabel>(
            predictions.Length, labels.Length, batchSize, options.NumClasses, options.Labels);
        if (options.Mask.Count > 0)
        {
            KernelGuard.Mask(options.Mask.Count, batchSize, pixels);
        }

        PixelLabels<TLabel> masked = new(labels, options.Mask.ToArray());
        return LabelGuard.FindWrong(masked, batchSize, Rule(options), options.NumClasses) is { } wrong
            ? throw wrong
            : pixels;
    }

    private static double Probability(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, int image, int c, int pixel, int pixels)
    {
        ReadOnlySpan<float> ofImage = predictions.Slice(image * options.NumClasses * pixels, options.NumClasses * pixels);
        double prediction = ofImage[(c * pixels) + pixel];
        return options.Activation switch
        {
            SoftDiceActivation.Softmax => Softmax(prediction, ofImage, pixel, pixels),
            SoftDiceActivation.Sigmoid => Sigmoid(prediction),
            _ => prediction,
        };
    }

    // The largest logit is subtracted first, so that no exponential overflows.
    private static double Softmax(double own, ReadOnlySpan<float> image, int pixel, int pixels)
    {
        double largest = double.NegativeInfinity;
        for (int i = pixel; i < image.Length; i += pixels)
        {
            largest = Math.Max(largest, image[i]);
        }

        double sum = 0;
        for (int i = pixel; i < image.Length; i += pixels)
        {
            sum += Math.Exp(image[i] - largest);
        }

        return Math.Exp(own - largest) / sum;
    }

    private static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    // One channel of sigmoid is the foreground: its labels are 0 and 1, and 1 is its class.
    private static bool IsBinary(SoftDiceOptions options) => options.Activation == SoftDiceActivation.Sigmoid && options.NumClasses == 1;

    private static LabelRule Rule(SoftDiceOptions options) =>
        new(
            options.Labels,
            IsBinary(options) ? 2 : options.NumClasses,
            options.IgnoreIndex ?? IgnoredPixels.None,
            options.Layout == SoftDiceLayout.ChannelsLast);

    // A pixel that takes no part, whatever its prediction.
    internal static bool IsIgnored<TLabel>(SoftDiceOptions options, ReadOnlySpan<TLabel> labels, int image, int pixel, int pixels)
        where TLabel : unmanaged, INumber<TLabel> =>
        (options.Mask.Count > 0 && !options.Mask[(image * pixels) + pixel]) ||
        (options.IgnoreIndex is int ignored && double.CreateChecked(labels[(image * pixels) + pixel]) == ignored);

    // A pixel labelled with another class does not count, whatever its prediction; with targets, ∞ times 0 is NaN.
    private static bool IsOut(SoftDiceOptions options, double target) => target == 0 && options.Labels == SoftDiceLabels.ClassIndex;

    // How much a pixel belongs to a class.
    private static double Target<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<TLabel> labels, int image, int classIndex, int pixel, int pixels)
        where TLabel : unmanaged, INumber<TLabel>
    {
        if (options.Labels == SoftDiceLabels.OneHot)
        {
            return double.CreateChecked(labels[(((image * options.NumClasses) + classIndex) * pixels) + pixel]);
        }

        return double.CreateChecked(labels[(image * pixels) + pixel]) == (IsBinary(options) ? 1 : classIndex) ? 1 : 0;
    }
}
