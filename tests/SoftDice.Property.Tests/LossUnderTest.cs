using System;
using System.Linq;
using System.Reflection;
using System.Runtime.Intrinsics;

using SoftDice.Kernels;
using SoftDice.Kernels.Tests;

namespace SoftDice.PropertyTests;

/// <summary>What one way of calling a loss gives.</summary>
internal sealed record Result(string Way, double Loss, float[] Gradient);

/// <summary>A loss that has been compiled and loaded, with its types out of the way.</summary>
internal abstract class LossUnderTest
{
    public abstract SoftDiceOptions Options { get; }

    /// <summary>The kernel at the width of the hardware, and at one lane.</summary>
    public abstract TrainingKernel OfHardware { get; }

    public abstract TrainingKernel OfOneLane { get; }

    public static LossUnderTest Of(Type loss)
    {
        Type sums = loss.GetNestedType("Sums")!;
        bool isUnreduced = sums.GetInterfaces().Any(type => type.Name == typeof(ISoftDiceUnreducedSums<>).Name);
        bool hasMask = loss.GetInterfaces().Any(type => type.Name == typeof(ISoftDiceMaskedLoss<,>).Name);
        Type wrapper = isUnreduced ? typeof(UnreducedLossUnderTest<,>) : hasMask ? typeof(MaskedLossUnderTest<,>) : typeof(LossUnderTest<,>);
        Type adapter = isUnreduced ? typeof(ElementUnreducedLoss<,,>) : hasMask ? typeof(ElementMaskedLoss<,,>) : typeof(ElementLoss<,,>);
        SoftDiceLossAttribute asked = loss.GetCustomAttribute<SoftDiceLossAttribute>()!;
        Type ofFloats = asked.ElementType switch
        {
            SoftDiceElementType.Double => adapter.MakeGenericType(loss, sums, typeof(double)),
            SoftDiceElementType.Half => adapter.MakeGenericType(loss, sums, typeof(Half)),
            _ => loss,
        };
        LossUnderTest wrapped = (LossUnderTest)Activator.CreateInstance(wrapper.MakeGenericType(ofFloats, sums))!;
        return asked.Layout == SoftDiceLayout.ChannelsLast ? new ChannelsLastLossUnderTest(wrapped) : wrapped;
    }

    /// <summary>Calls the loss with nothing.</summary>
    public abstract void Throws();

    public abstract double Forward<TLabel>(Data data, TLabel[] labels, Recipe recipe)
        where TLabel : unmanaged;

    public abstract Result ForwardBackward<TLabel>(Data data, TLabel[] labels, Recipe recipe)
        where TLabel : unmanaged;

    public abstract Result AccumulateAndBackward<TLabel>(Data data, TLabel[] labels, Recipe recipe)
        where TLabel : unmanaged;

    /// <summary>The gradient in the predictions' own memory.</summary>
    public abstract Result InPlace<TLabel>(Data data, TLabel[] labels, Recipe recipe)
        where TLabel : unmanaged;
}

internal sealed class LossUnderTest<TLoss, TSums> : LossUnderTest
    where TLoss : ISoftDiceLoss<TSums>
    where TSums : struct, ISoftDiceSums<TSums>
{
    // Later, as there are none of an attribute that is wrong.
    private readonly Lazy<SoftDiceOptions> options = new(AttributeOptions.Of<TLoss>);

    public override SoftDiceOptions Options => options.Value;

    public override TrainingKernel OfHardware =>
        Vector512.IsHardwareAccelerated ? new TrainingKernel<TLoss, TSums, Lanes512>(Options)
        : Vector256.IsHardwareAccelerated ? new TrainingKernel<TLoss, TSums, Lanes256>(Options)
        : Vector128.IsHardwareAccelerated ? new TrainingKernel<TLoss, TSums, Lanes128>(Options)
        : OfOneLane;

    public override TrainingKernel OfOneLane => new TrainingKernel<TLoss, TSums, ScalarLane>(Options);

    public override void Throws() => TLoss.Forward<byte>([], [], 1);

    public override double Forward<TLabel>(Data data, TLabel[] labels, Recipe recipe) =>
        TLoss.Forward<TLabel>(data.Predictions, labels, recipe.BatchSize, recipe.Threads);

    public override Result ForwardBackward<TLabel>(Data data, TLabel[] labels, Recipe recipe)
    {
        float[] gradient = new float[data.Predictions.Length];
        double loss = TLoss.ForwardBackward<TLabel>(data.Predictions, labels, gradient, recipe.BatchSize, recipe.Scale, recipe.Threads);
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
            TLoss.Accumulate<TLabel>(ref sums, sets.Of(data.Predictions, set), sets.Of(labels, set), sets.BatchSize);
            TLoss.Backward<TLabel>(
                in sums, sets.Of(data.Predictions, set), sets.Of(labels, set), sets.Of(gradient, set), sets.BatchSize, sets.Scale(set));
            total += sums.Loss();
        }

        return new Result("Accumulate and Backward", total / sets.Divisor, gradient);
    }

    public override Result InPlace<TLabel>(Data data, TLabel[] labels, Recipe recipe)
    {
        float[] memory = [.. data.Predictions];
        double loss = TLoss.ForwardBackward<TLabel>(memory, labels, memory, recipe.BatchSize, recipe.Scale, recipe.Threads);
        return new Result("ForwardBackward in place", loss, memory);
    }
}
