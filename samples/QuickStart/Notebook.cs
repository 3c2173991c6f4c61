using System;

namespace SoftDice.Samples.QuickStart;

/// <summary>The inputs of the notebook's example, made again number by number.</summary>
internal static class Notebook
{
    public const int BatchSize = 1;
    public const int Height = 224;
    public const int Width = 224;

    /// <summary>What the notebook printed: a float, so one step at this size is 2^-23, about 1.2e-7.</summary>
    public const double PrintedLoss = 1.8738912343978882;

    private const int Pixels = Height * Width;
    private const int SquareSide = 50;

    /// <summary>
    /// Labels (1, 224, 224): class 1 in rows and columns 0 to 49, class 2 in rows and columns 50 to 99, class 0 elsewhere.
    /// A byte a label is what label files hold, and what a generated loss reads fastest.
    /// </summary>
    public static byte[] GroundTruth()
    {
        byte[] labels = new byte[BatchSize * Pixels];
        FillSquare(labels, start: 0, label: 1);
        FillSquare(labels, start: SquareSide, label: 2);

        return labels;
    }

    /// <summary>Predictions (1, 3, 224, 224): uniform numbers, turned into probabilities by a softmax over the classes.</summary>
    /// <param name="config">Has the seed.</param>
    public static float[] Prediction(SystemConfig config)
    {
        MersenneTwister random = new(config.Seed);
        float[] prediction = new float[BatchSize * TissueLoss.NumClasses * Pixels];
        for (int i = 0; i < prediction.Length; i++)
        {
            prediction[i] = random.NextUniform();
        }

        for (int pixel = 0; pixel < Pixels; pixel++)
        {
            SoftmaxOverClasses(prediction, pixel);
        }

        return prediction;
    }

    private static void FillSquare(byte[] labels, int start, byte label)
    {
        for (int row = start; row < start + SquareSide; row++)
        {
            labels.AsSpan((row * Width) + start, SquareSide).Fill(label);
        }
    }

    private static void SoftmaxOverClasses(float[] values, int pixel)
    {
        // Classes are the outer dimension: the values of one pixel lie a whole plane apart.
        float largest = float.NegativeInfinity;
        for (int i = pixel; i < values.Length; i += Pixels)
        {
            largest = MathF.Max(largest, values[i]);
        }

        float sum = 0;
        for (int i = pixel; i < values.Length; i += Pixels)
        {
            values[i] = MathF.Exp(values[i] - largest);
            sum += values[i];
        }

        for (int i = pixel; i < values.Length; i += Pixels)
        {
            values[i] /= sum;
        }
    }
}
