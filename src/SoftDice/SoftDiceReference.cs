using System;
using System.Numerics;

using SoftDice.Kernels;

namespace SoftDice;

/// <summary>
/// The definition of the loss: plain loops over doubles, one class after the other, to be read rather than run. Every generated
/// kernel is tested against it.
/// </summary>
/// <remarks>
/// <para>Source of the formula: soft Dice with a negative logarithm, Milletari et al., "V-Net", 3DV 2016, in its linear form.</para>
/// <para>What the edges give follows from the formula:</para>
/// <list type="bullet">
/// <item>an empty batch, or a class that is neither predicted nor labelled: (0 + ε) / (0 + 0 + ε) = 1, which costs 0;</item>
/// <item>a class that is predicted but not labelled: -ln(ε / (P + ε)), which is large;</item>
/// <item>with ε = 0, the first of these is 0/0 = NaN, and the second is +∞;</item>
/// <item>a NaN prediction makes P of its class NaN, and so the loss;</item>
/// <item>an infinite prediction makes P infinite: the loss is +∞ if its pixel has another label, else NaN (∞/∞).</item>
/// </list>
/// </remarks>
public static class SoftDiceReference
{
    /// <summary>The loss of a batch.</summary>
    /// <typeparam name="TLabel">One of byte, sbyte, short, ushort, int, uint, long and float.</typeparam>
    /// <param name="options">Number of classes and smoothing.</param>
    /// <param name="predictions">Probabilities, (batch, class, pixels) in row-major order.</param>
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
    /// <param name="options">Number of classes and smoothing.</param>
    /// <param name="predictions">Probabilities, (batch, class, pixels) in row-major order.</param>
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
    /// <param name="options">Number of classes and smoothing.</param>
    /// <param name="predictions">Probabilities, (batch, class, pixels) in row-major order.</param>
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
        int numClasses = options.NumClasses;
        int pixels = KernelGuard.PixelsPerImage<TLabel>(predictions.Length, labels.Length, batchSize, numClasses);
        KernelGuard.ClassIndex(classIndex, numClasses);

        double intersection = 0;
        double predictionSum = 0;
        double targetSum = 0;
        for (int image = 0; image < batchSize; image++)
        {
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                double prediction = predictions[(((image * numClasses) + classIndex) * pixels) + pixel];
                double label = double.CreateChecked(labels[(image * pixels) + pixel]);
                if (label != Math.Floor(label) || label < 0 || label >= numClasses)
                {
                    throw KernelGuard.LabelOutOfRange(labels, batchSize, numClasses);
                }

                predictionSum += prediction;
                if (label == classIndex)
                {
                    intersection += prediction;
                    targetSum++;
                }
            }
        }

        return (intersection, predictionSum, targetSum);
    }
}
