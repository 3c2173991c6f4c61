using System;

namespace SoftDice.Samples.TrainPixels;

/// <summary>The optimiser of Kingma and Ba, 2015, with the paper's constants.</summary>
/// <param name="count">Number of weights.</param>
internal sealed class Adam(int count)
{
    private const double MeanDecay = 0.9;
    private const double SquareDecay = 0.999;
    private const double NoDivisionByZero = 1e-8;

    private readonly double[] mean = new double[count];
    private readonly double[] meanSquare = new double[count];
    private int steps;

    /// <summary>Moves every weight against its gradient.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="gradient">d loss / d weight.</param>
    /// <param name="learningRate">How far a weight moves whose gradient does not change: so far a step.</param>
    public void Step(Span<float> weights, ReadOnlySpan<float> gradient, double learningRate)
    {
        // Both means begin at 0. These take out what is still left of that.
        steps++;
        double meanWarm = 1 - Math.Pow(MeanDecay, steps);
        double squareWarm = 1 - Math.Pow(SquareDecay, steps);

        for (int i = 0; i < weights.Length; i++)
        {
            double g = gradient[i];
            mean[i] = (MeanDecay * mean[i]) + ((1 - MeanDecay) * g);
            meanSquare[i] = (SquareDecay * meanSquare[i]) + ((1 - SquareDecay) * g * g);
            double direction = mean[i] / meanWarm / (Math.Sqrt(meanSquare[i] / squareWarm) + NoDivisionByZero);
            weights[i] -= (float)(learningRate * direction);
        }
    }
}
