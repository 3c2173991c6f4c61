using System;
using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>The sums of a loss as arrays, with its value.</summary>
internal sealed record ClassSums(double[] Intersection, double[] Miss, double[] TargetSum, double[] Dice, double Loss)
{
    /// <summary>The sum of absolute values that the misses are made of, which bounds their rounding errors.</summary>
    public double[] MissMagnitude { get; init; } = [];

    /// <summary>P of the definition, where these are the definition's sums.</summary>
    public double[] PredictionSum { get; init; } = [];

    public static ClassSums Of<TSums>(TSums sums)
        where TSums : struct, ISoftDiceSums<TSums>
    {
        int[] classes = [.. Enumerable.Range(0, TSums.ClassCount)];
        return new ClassSums(
            [.. classes.Select(c => sums.Intersection(c))],
            [.. classes.Select(c => sums.Miss(c))],
            [.. classes.Select(c => sums.TargetSum(c))],
            [.. classes.Select(c => sums.Dice(c))],
            sums.Loss());
    }

    /// <summary>The definition, all classes in one pass where the reference makes one for each.</summary>
    /// <remarks>
    /// The reference reads the batch once a class, which at 4,096 classes is too slow for a table of tests. A test of its own
    /// holds this against the reference.
    /// </remarks>
    public static ClassSums Define(SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<int> labels, int batchSize)
    {
        int pixels = labels.Length / batchSize;
        double[] intersection = new double[options.NumClasses];
        double[] predictionSum = new double[options.NumClasses];
        double[] miss = new double[options.NumClasses];
        double[] magnitude = new double[options.NumClasses];
        double[] targetSum = new double[options.NumClasses];
        for (int i = 0; i < predictions.Length; i++)
        {
            (int plane, int pixel) = Math.DivRem(i, pixels);
            (int image, int c) = Math.DivRem(plane, options.NumClasses);
            bool isClass = labels[(image * pixels) + pixel] == c;
            double missed = isClass ? 1.0 - predictions[i] : predictions[i];
            predictionSum[c] += predictions[i];
            miss[c] += missed;
            magnitude[c] += Math.Abs(missed);
            intersection[c] += isClass ? predictions[i] : 0;
            targetSum[c] += isClass ? 1 : 0;
        }

        double[] dice = new double[options.NumClasses];
        for (int c = 0; c < dice.Length; c++)
        {
            dice[c] = ((2 * intersection[c]) + options.Epsilon) / (predictionSum[c] + targetSum[c] + options.Epsilon);
        }

        return new ClassSums(intersection, miss, targetSum, dice, dice.Sum(d => -Math.Log(d)) / options.NumClasses)
        {
            MissMagnitude = magnitude,
            PredictionSum = predictionSum,
        };
    }
}
