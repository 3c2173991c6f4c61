using System;
using System.Collections.Generic;

namespace SoftDice.Samples.TrainPixels;

/// <summary>Evaluates whatever predicts, with whatever loss: the loss is a type parameter.</summary>
internal static class Evaluator
{
    /// <summary>Adds slices up, one at a time, as if they were one volume.</summary>
    /// <typeparam name="TLoss">A type annotated with <see cref="SoftDiceLossAttribute"/>.</typeparam>
    /// <typeparam name="TSums">Its sums.</typeparam>
    /// <param name="slices">The slices, all of one size.</param>
    /// <param name="predict">Writes the predictions (class, pixels) for a slice.</param>
    /// <returns>Sums, which know the loss and the Dice coefficient of each class.</returns>
    public static TSums AddUp<TLoss, TSums>(IReadOnlyList<Slice> slices, Action<Slice, Span<float>> predict)
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums>
    {
        float[] predictions = new float[TSums.ClassCount * slices[0].Labels.Length];
        TSums sums = default;
        foreach (Slice slice in slices)
        {
            predict(slice, predictions);
            TLoss.Accumulate(ref sums, predictions, slice.Labels, batchSize: 1);
        }

        return sums;
    }

    /// <summary>The mean of the Dice coefficients of all classes.</summary>
    /// <typeparam name="TSums">The sums of a loss.</typeparam>
    /// <param name="sums">The sums.</param>
    public static double MeanDice<TSums>(in TSums sums)
        where TSums : struct, ISoftDiceSums<TSums>
    {
        double total = 0;
        for (int c = 0; c < TSums.ClassCount; c++)
        {
            total += sums.Dice(c);
        }

        return total / TSums.ClassCount;
    }
}
