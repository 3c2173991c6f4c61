using System;
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
/// <item>sigmoid of ±∞ is 1 or 0.</item>
/// </list>
/// </remarks>
public static class SoftDiceReference
{
    /// <summary>The loss of a batch.</summary>
    /// <typeparam name="TLabel">One of byte, sbyte, short, ushort, int, uint, long and float.</typeparam>
    /// <param name="options">Number of classes, activation and smoothing.</param>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels) in row-major order.</param>
    /// <param name="batchSize">Number of images in the batch, at least 1.</param>
    /// <returns>The mean over the classes of -ln of <see cref="Dice"/>.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit each other or the batch size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1, or a label is not a class.</exception>
    public static double Loss<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged, INumber<TLabel>
    {
        ArgumentNullException.ThrowIfNull(options);
        double loss = 0;
        for (int c = 0; c < options.NumClasses; c++)
        {
            loss -= Math.Log(Dice(options, predictions, labels, batchSize, c));
        }

        return loss / options.NumClasses;
    }

    /// <summary>The smoothed Dice coefficient of one class.</summary>
    /// <typeparam name="TLabel">One of byte, sbyte, short, ushort, int, uint, long and float.</typeparam>
    /// <param name="options">Number of classes, activation and smoothing.</param>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels) in row-major order.</param>
    /// <param name="batchSize">Number of images in the batch, at least 1.</param>
    /// <param name="classIndex">The class, 0 to the number of classes - 1.</param>
    /// <returns>(2·I + ε) / (P + T + ε).</returns>
    /// <exception cref="ArgumentException">The lengths do not fit each other or the batch size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The batch size is below 1, a label is not a class, or there is no such class.
    /// </exception>
    public static double Dice<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize, int classIndex)
        where TLabel : unmanaged, INumber<TLabel>
    {
        (double intersection, double predictionSum, double targetSum) =
            Sums(options, predictions, labels, batchSize, classIndex);

        return ((2 * intersection) + options.Epsilon) / (predictionSum + targetSum + options.Epsilon);
    }

    /// <summary>The three sums that the coefficient of one class is made of.</summary>
    /// <typeparam name="TLabel">One of byte, sbyte, short, ushort, int, uint, long and float.</typeparam>
    /// <param name="options">Number of classes, activation and smoothing.</param>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels) in row-major order.</param>
    /// <param name="batchSize">Number of images in the batch, at least 1.</param>
    /// <param name="classIndex">The class, 0 to the number of classes - 1.</param>
    /// <returns>I, P and T.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit each other or the batch size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The batch size is below 1, a label is not a class, or there is no such class.
    /// </exception>
    public static (double Intersection, double PredictionSum, double TargetSum) Sums<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize, int classIndex)
        where TLabel : unmanaged, INumber<TLabel>
    {
        ArgumentNullException.ThrowIfNull(options);
        int pixels = KernelGuard.PixelsPerImage<TLabel>(predictions.Length, labels.Length, batchSize, options.NumClasses);
        KernelGuard.ClassIndex(classIndex, options.NumClasses);

        double intersection = 0;
        double predictionSum = 0;
        double targetSum = 0;
        for (int image = 0; image < batchSize; image++)
        {
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                double probability = Probability(options, predictions, image, classIndex, pixel, pixels);
                predictionSum += probability;
                if (IsClass(options, labels, (image * pixels) + pixel, batchSize, classIndex))
                {
                    intersection += probability;
                    targetSum++;
                }
            }
        }

        return (intersection, predictionSum, targetSum);
    }

    /// <summary>The gradient of the loss with respect to the predictions.</summary>
    /// <typeparam name="TLabel">One of byte, sbyte, short, ushort, int, uint, long and float.</typeparam>
    /// <param name="options">Number of classes, activation and smoothing.</param>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels) in row-major order.</param>
    /// <param name="batchSize">Number of images in the batch, at least 1.</param>
    /// <returns>d loss / d prediction, one for each prediction.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit each other or the batch size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1, or a label is not a class.</exception>
    public static double[] Gradient<TLabel>(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize)
        where TLabel : unmanaged, INumber<TLabel>
    {
        ArgumentNullException.ThrowIfNull(options);
        int numClasses = options.NumClasses;
        int pixels = KernelGuard.PixelsPerImage<TLabel>(predictions.Length, labels.Length, batchSize, numClasses);

        // With respect to the probability of class c, -ln(N / D) / C with N = 2·I + ε and D = P + T + ε has the slope
        // (1/D - 2/N) / C where the label is c, and (1/D) / C elsewhere.
        double[] own = new double[numClasses];
        double[] other = new double[numClasses];
        for (int c = 0; c < numClasses; c++)
        {
            (double intersection, double predictionSum, double targetSum) = Sums(options, predictions, labels, batchSize, c);
            other[c] = 1 / (predictionSum + targetSum + options.Epsilon) / numClasses;
            own[c] = other[c] - (2 / ((2 * intersection) + options.Epsilon) / numClasses);
        }

        double[] gradient = new double[predictions.Length];
        for (int image = 0; image < batchSize; image++)
        {
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                // The mean slope under the probabilities: what a softmax takes from each class, because they add up to 1.
                double mean = 0;
                for (int c = 0; c < numClasses && options.Activation == SoftDiceActivation.Softmax; c++)
                {
                    mean += Probability(options, predictions, image, c, pixel, pixels) * Slope(labels, image, c, pixel);
                }

                for (int c = 0; c < numClasses; c++)
                {
                    double slope = Slope(labels, image, c, pixel);
                    int index = (((image * numClasses) + c) * pixels) + pixel;
                    gradient[index] = options.Activation switch
                    {
                        SoftDiceActivation.Softmax => Probability(options, predictions, image, c, pixel, pixels) * (slope - mean),
                        SoftDiceActivation.Sigmoid => Sigmoid(predictions[index]) * Sigmoid(-predictions[index]) * slope,
                        _ => slope,
                    };
                }
            }
        }

        return gradient;

        double Slope(ReadOnlySpan<TLabel> labels, int image, int c, int pixel) =>
            IsClass(options, labels, (image * pixels) + pixel, batchSize, c) ? own[c] : other[c];
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

    private static bool IsClass<TLabel>(SoftDiceOptions options, ReadOnlySpan<TLabel> labels, int index, int batchSize, int classIndex)
        where TLabel : unmanaged, INumber<TLabel>
    {
        // One channel of sigmoid is the foreground: its labels are 0 and 1, and 1 is its class.
        bool isBinary = options.Activation == SoftDiceActivation.Sigmoid && options.NumClasses == 1;
        int labelValues = isBinary ? 2 : options.NumClasses;
        double label = double.CreateChecked(labels[index]);
        if (label != Math.Floor(label) || label < 0 || label >= labelValues)
        {
            throw KernelGuard.LabelOutOfRange(labels, batchSize, labelValues);
        }

        return label == (isBinary ? 1 : classIndex);
    }
}
