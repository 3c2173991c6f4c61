using System;
using System.Runtime.Intrinsics;

using SoftDice.Kernels;
using SoftDice.Kernels.Tests;

namespace SoftDice.PropertyTests;

/// <summary>The same of a loss with a mask.</summary>
internal sealed class MaskedLossUnderTest<TLoss, TSums> : LossUnderTest
    where TLoss : ISoftDiceMaskedLoss<TSums>
    where TSums : struct, ISoftDiceSums<TSums>
{
    // Later, as there are none of an attribute that is wrong.
    private readonly Lazy<SoftDiceOptions> options = new(AttributeOptions.Of<TLoss>);

    public override SoftDiceOptions Options => options.Value;

    public override TrainingKernel OfHardware =>
        Vector512.IsHardwareAccelerated ? new MaskedKernel<TLoss, TSums, Lanes512>(Options)
        : Vector256.IsHardwareAccelerated ? new MaskedKernel<TLoss, TSums, Lanes256>(Options)
        : Vector128.IsHardwareAccelerated ? new MaskedKernel<TLoss, TSums, Lanes128>(Options)
        : OfOneLane;

    public override TrainingKernel OfOneLane => new MaskedKernel<TLoss, TSums, ScalarLane>(Options);

    public override void Throws() => TLoss.Forward<byte>([], [], [], 1);

    public override double Forward<TLabel>(Data data, TLabel[] labels, Recipe recipe) =>
        TLoss.Forward<TLabel>(data.Predictions, labels, data.Mask, recipe.BatchSize, recipe.Threads);

    public override Result ForwardBackward<TLabel>(Data data, TLabel[] labels, Recipe recipe)
    {
        float[] gradient = new float[data.Predictions.Length];
        double loss = TLoss.ForwardBackward<TLabel>(data.Predictions, labels, data.Mask, gradient, recipe.BatchSize, recipe.Scale, recipe.Threads);
        return new Result("ForwardBackward", loss, gradient);
    }

    public override Result AccumulateAndBackward<TLabel>(Data data, TLabel[] labels, Recipe recipe)
    {
        SumsSets sets = new(Options, recipe);
        float[] gradient = new float[data.Predictions.Length];
        double total = 0;
        for (int set = 0; set < sets.Count; set++)
        {
            TSums sums = default;
            Span<float> predictions = sets.Of(data.Predictions, set);
            Span<TLabel> ofSet = sets.Of(labels, set);
            Span<bool> mask = sets.Of(data.Mask, set);
            TLoss.Accumulate<TLabel>(ref sums, predictions, ofSet, mask, sets.BatchSize);
            TLoss.Backward<TLabel>(in sums, predictions, ofSet, mask, sets.Of(gradient, set), sets.BatchSize, sets.Scale(set));
            total += sums.Loss();
        }

        return new Result("Accumulate and Backward", total / sets.Divisor, gradient);
    }

    public override Result InPlace<TLabel>(Data data, TLabel[] labels, Recipe recipe)
    {
        float[] memory = [.. data.Predictions];
        double loss = TLoss.ForwardBackward<TLabel>(memory, labels, data.Mask, memory, recipe.BatchSize, recipe.Scale, recipe.Threads);
        return new Result("ForwardBackward in place", loss, memory);
    }
}
