using System;
using System.Globalization;

using Shared;

using SoftDice;

#pragma warning disable CS0436 // The library has an internal type of the same name, which this project may see.

namespace Losses;

[SoftDiceLoss(NumClasses = 3)]
internal static partial class HiddenLoss;

internal static class Program
{
    private static void Main()
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"loss {HiddenLoss.Forward(Batch.Predictions, Batch.Labels, Batch.Size):R}"));
    }
}
