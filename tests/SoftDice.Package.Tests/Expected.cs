using System;
using System.Linq;

namespace SoftDice.PackageTests;

/// <summary>What the consumers are to print, made from the definition alone: nothing of SoftDice is referenced here.</summary>
internal static class Expected
{
    private const int Classes = 3;
    private const int Pixels = 5;
    private const double Epsilon = 1e-5;

    // As in Consumers/Batch.cs, in (batch, class, pixel) and (batch, pixel). All are floats exactly.
    private static readonly double[] Predictions = [.. Enumerable.Range(0, 30).Select(index => ((index * 37 % 100) + 1) / 128d)];
    private static readonly int[] Labels = [.. Enumerable.Range(0, 10).Select(index => index * 7 % 3)];

    private static readonly (double Intersection, double Predicted, double Labelled)[] Sums = [.. Enumerable.Range(0, Classes).Select(SumsOf)];

    /// <summary>The mean of -ln((2·I + ε) / (P + T + ε)).</summary>
    public static double Loss { get; } = Sums.Average(sums =>
        -Math.Log(((2 * sums.Intersection) + Epsilon) / (sums.Predicted + sums.Labelled + Epsilon)));

    /// <summary>Its derivative by each prediction.</summary>
    public static double[] Gradient { get; } = [.. Enumerable.Range(0, Predictions.Length).Select(Slope)];

    /// <summary>Two images of a softmax of the predictions: the mean of the losses of each, and the mean cross-entropy of the pixels.</summary>
    public static double Logits { get; } = LogitLoss();

    private static double LogitLoss()
    {
        double[] probabilities = [.. Enumerable.Range(0, Predictions.Length).Select(Softmax)];
        double crossEntropy = Enumerable.Range(0, Labels.Length).Average(pixel =>
            -Math.Log(probabilities[IndexOf(pixel / Pixels, Labels[pixel], pixel % Pixels)]));
        double overlap = Enumerable.Range(0, Labels.Length / Pixels).SelectMany(image => Enumerable.Range(0, Classes).Select(c =>
        {
            double intersection = 0, predicted = 0, labelled = 0;
            for (int pixel = 0; pixel < Pixels; pixel++)
            {
                bool hit = Labels[(image * Pixels) + pixel] == c;
                double probability = probabilities[IndexOf(image, c, pixel)];
                intersection += hit ? probability : 0;
                predicted += probability;
                labelled += hit ? 1 : 0;
            }

            return -Math.Log(((2 * intersection) + Epsilon) / (predicted + labelled + Epsilon));
        })).Average();
        return overlap + crossEntropy;
    }

    private static double Softmax(int index)
    {
        int image = index / (Classes * Pixels), pixel = index % Pixels;
        return Math.Exp(Predictions[index]) / Enumerable.Range(0, Classes).Sum(c => Math.Exp(Predictions[IndexOf(image, c, pixel)]));
    }

    private static double Slope(int index)
    {
        int image = index / (Classes * Pixels), c = index / Pixels % Classes, pixel = index % Pixels;
        (double intersection, double predicted, double labelled) = Sums[c];
        double hit = Labels[(image * Pixels) + pixel] == c ? 2 / ((2 * intersection) + Epsilon) : 0;
        return ((1 / (predicted + labelled + Epsilon)) - hit) / Classes;
    }

    private static (double Intersection, double Predicted, double Labelled) SumsOf(int c)
    {
        double intersection = 0, predicted = 0, labelled = 0;
        for (int image = 0; image < Labels.Length / Pixels; image++)
        {
            for (int pixel = 0; pixel < Pixels; pixel++)
            {
                bool hit = Labels[(image * Pixels) + pixel] == c;
                double prediction = Predictions[IndexOf(image, c, pixel)];
                intersection += hit ? prediction : 0;
                predicted += prediction;
                labelled += hit ? 1 : 0;
            }
        }

        return (intersection, predicted, labelled);
    }

    private static int IndexOf(int image, int c, int pixel) => (((image * Classes) + c) * Pixels) + pixel;
}
