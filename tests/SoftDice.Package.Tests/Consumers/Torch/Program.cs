using System;
using System.Globalization;

using Shared;

using SoftDice;

using static TorchSharp.torch;

namespace Consumer;

// A static class cannot be a type argument, and nobody makes an object of this one.
[SoftDiceLoss(NumClasses = 3)]
internal abstract partial class TissueLoss;

internal static class Program
{
    private static void Main()
    {
        using SoftDiceLossModule<TissueLoss, TissueLoss.Sums> loss = new();
        using Tensor predictions = tensor(Batch.Predictions, [Batch.Size, 3, 5], requires_grad: true);
        using Tensor labels = tensor(Batch.Labels, [Batch.Size, 5]);
        using Tensor value = loss.call(predictions, labels);
        value.backward();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"loss {value.item<float>():R}"));
        using Tensor gradient = predictions.grad!;
        foreach (float slope in gradient.data<float>())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"slope {slope:R}"));
        }
    }
}
