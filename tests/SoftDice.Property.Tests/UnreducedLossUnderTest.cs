using System;
using System.Linq;
using System.Runtime.Intrinsics;

using SoftDice.Kernels;
using SoftDice.Kernels.Tests;

namespace SoftDice.PropertyTests;

/// <summary>Losses that are not one number, as one: the sum of each times its factor.</summary>
internal sealed class UnreducedLossUnderTest<TLoss, TSums> : LossUnderTest
    where TLoss : ISoftDiceUnreducedLoss<TSums>
    where TSums : struct, ISoftDiceUnreducedSums<TSums>
{
    private readonly Lazy<SoftDiceOptions> options = new(AttributeOptions.Of<TLoss>);

    public override SoftDiceOptions Options => options.Value;

    public override TrainingKernel OfHardware =>
        Vector512.IsHardwareAccelerated ? new UnreducedKernel<TLoss, TSums, Lanes512>(Options)
        : Vector256.IsHardwareAccelerated ? new UnreducedKernel<TLoss, TSums, Lanes256>(Options)
        : Vector128.IsHardwareAccelerated ? new UnreducedKernel<TLoss, TSums, Lanes128>(Options)
        : OfOneLane;

    public override TrainingKernel OfOneLane => new UnreducedKernel<TLoss, TSums, ScalarLane>(Options);

    public override void Throws() => TLoss.Forward<byte>([], [], [], 1);

    public override double Forward<TLabel>(Data data, TLabel[] labels, Recipe recipe)
    {
        SumsSets sets = new(Options, recipe);
        double[] losses = new double[sets.Count * TSums.LossCount];
        TLoss.Forward<TLabel>(data.Predictions, labels, losses, recipe.BatchSize, recipe.Threads);
        return Total(sets, losses);
    }

    public override Result ForwardBackward<TLabel>(Data data, TLabel[] labels, Recipe recipe)
    {
        float[] gradient = new float[data.Predictions.Length];
        return new Result("ForwardBackward", Train(data.Predictions, labels, gradient, recipe), gradient);
    }

    public override Result AccumulateAndBackward<TLabel>(Data data, TLabel[] labels, Recipe recipe)
    {
        SumsSets sets = new(Options, recipe);
        float[] gradient = new float[data.Predictions.Length];
        double[] losses = new double[sets.Count * TSums.LossCount];
        double[] upstream = Upstream(sets);
        for (int set = 0; set < sets.Count; set++)
        {
            TSums sums = default;
            TLoss.Accumulate<TLabel>(ref sums, sets.Of(data.Predictions, set), sets.Of(labels, set), sets.BatchSize);
            TLoss.Backward<TLabel>(
                in sums, sets.Of(data.Predictions, set), sets.Of(labels, set), sets.Of(gradient, set), sets.Of(upstream, set), sets.BatchSize);
            sums.Losses(sets.Of(losses, set));
        }

        return new Result("Accumulate and Backward", Total(sets, losses), gradient);
    }

    public override Result InPlace<TLabel>(Data data, TLabel[] labels, Recipe recipe)
    {
        float[] memory = [.. data.Predictions];
        return new Result("ForwardBackward in place", Train(memory, labels, memory, recipe), memory);
    }

    private double Train<TLabel>(float[] predictions, TLabel[] labels, float[] gradient, Recipe recipe)
        where TLabel : unmanaged
    {
        SumsSets sets = new(Options, recipe);
        double[] losses = new double[sets.Count * TSums.LossCount];
        TLoss.ForwardBackward<TLabel>(predictions, labels, gradient, losses, Upstream(sets), recipe.BatchSize, recipe.Threads);
        return Total(sets, losses);
    }

    private static double[] Upstream(SumsSets sets)
    {
        double[] factors = UnreducedFactors.Of(sets.Options, TSums.LossCount);
        return [.. Enumerable.Range(0, sets.Count).SelectMany(set => factors.Select(factor => sets.Scale(set) * factor))];
    }

    // In the order of the kernels of the tests, bit for bit.
    private static double Total(SumsSets sets, double[] losses)
    {
        double[] factors = UnreducedFactors.Of(sets.Options, TSums.LossCount);
        double total = 0;
        for (int set = 0; set < sets.Count; set++)
        {
            total += sets.Factor(set) * sets.Of(losses, set).ToArray().Zip(factors, (loss, factor) => loss * factor).Sum();
        }

        return total;
    }
}

/// <summary>What the losses are multiplied by, those of all sets of sums.</summary>
internal static class UnreducedLossUnderTest
{
    public static double[] Factors(SumsSets sets, int losses)
    {
        double[] factors = UnreducedFactors.Of(sets.Options, losses / sets.Count);
        return [.. Enumerable.Range(0, sets.Count).SelectMany(set => factors.Select(factor => sets.Factor(set) * factor))];
    }
}
