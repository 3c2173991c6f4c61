using System;
using System.Globalization;
using System.Numerics.Tensors;

using Shared;

using SoftDice;

namespace Consumer;

[SoftDiceLoss(NumClasses = 3)]
internal static partial class TissueLoss;

internal static class Program
{
    private static void Main()
    {
        ReadOnlyTensorSpan<float> predictions = new(Batch.Predictions, [Batch.Size, 3, 5]);
        ReadOnlyTensorSpan<byte> labels = new(Batch.Labels, [Batch.Size, 5]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"loss {TissueLoss.Forward(predictions, labels):R}"));
    }
}
