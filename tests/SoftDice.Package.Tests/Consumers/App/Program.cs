using System;
using System.Globalization;

using Losses;

using Shared;

using SoftDice;

namespace App;

/// <summary>No code is written for this one, as the generator is not here.</summary>
[SoftDiceLoss(NumClasses = 3)]
internal static partial class NotWritten;

internal static class Program
{
    private static void Main()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"loss {Evaluate<TissueLoss, TissueLoss.Sums>():R}"));
    }

    private static double Evaluate<TLoss, TSums>()
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums> =>
        TLoss.Forward<byte>(Batch.Predictions, Batch.Labels, Batch.Size);
}
