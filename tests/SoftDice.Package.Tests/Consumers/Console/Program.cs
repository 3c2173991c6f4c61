using System;
using System.Globalization;

using Shared;

using SoftDice;

namespace Consumer;

[SoftDiceLoss(NumClasses = 3)]
internal static partial class TissueLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, IgnoreIndex = 255, SumsOver = SoftDiceSumsOver.Sample)]
internal static partial class LogitLoss;

internal static class Program
{
    private static void Main()
    {
        float[] gradient = new float[Batch.Predictions.Length];
        double loss = TissueLoss.ForwardBackward(Batch.Predictions, Batch.Labels, gradient, Batch.Size);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"loss {loss:R}"));
        foreach (float slope in gradient)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"slope {slope:R}"));
        }

        loss = LogitLoss.ForwardBackward(Batch.Predictions, Batch.Labels, gradient, Batch.Size);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"logits {loss:R}"));
    }
}
