using System;
using System.Linq;

namespace SoftDice.PropertyTests.ComingFrom;

/// <summary>The loss of a row as users call it, with its types out of the way: one number, or those that are not reduced to one.</summary>
internal abstract class RowLoss
{
    public static RowLoss Of(Type loss)
    {
        Type sums = loss.GetNestedType("Sums")!;
        bool isUnreduced = sums.GetInterfaces().Any(type => type.Name == typeof(ISoftDiceUnreducedSums<>).Name);
        bool hasMask = loss.GetInterfaces().Any(type => type.Name == typeof(ISoftDiceMaskedLoss<>).Name);
        Type wrapper = isUnreduced ? typeof(UnreducedRowLoss<,>) : hasMask ? typeof(MaskedRowLoss<,>) : typeof(ReducedRowLoss<,>);
        return (RowLoss)Activator.CreateInstance(wrapper.MakeGenericType(loss, sums))!;
    }

    /// <summary>What the gradient takes a loss times: not the same for all of them.</summary>
    public static double Upstream(int loss) => 1 + (loss % 3);

    /// <summary>The loss, where it is one number.</summary>
    public double Forward<TLabel>(float[] predictions, TLabel[] labels, int batchSize, bool[]? mask = null)
        where TLabel : unmanaged => Losses(predictions, labels, batchSize, mask).Single();

    public abstract double[] Losses<TLabel>(float[] predictions, TLabel[] labels, int batchSize, bool[]? mask = null)
        where TLabel : unmanaged;

    /// <summary>The losses, and the gradient of their sum, each times <see cref="Upstream"/>.</summary>
    public abstract double[] ForwardBackward<TLabel>(
        float[] predictions, TLabel[] labels, float[] gradient, int batchSize, bool[]? mask = null)
        where TLabel : unmanaged;
}

internal sealed class ReducedRowLoss<TLoss, TSums> : RowLoss
    where TLoss : ISoftDiceLoss<TSums>
    where TSums : struct, ISoftDiceSums<TSums>
{
    public override double[] Losses<TLabel>(float[] predictions, TLabel[] labels, int batchSize, bool[]? mask = null) =>
        [TLoss.Forward<TLabel>(predictions, labels, batchSize)];

    public override double[] ForwardBackward<TLabel>(
        float[] predictions, TLabel[] labels, float[] gradient, int batchSize, bool[]? mask = null) =>
        [TLoss.ForwardBackward<TLabel>(predictions, labels, gradient, batchSize, Upstream(0))];
}

internal sealed class MaskedRowLoss<TLoss, TSums> : RowLoss
    where TLoss : ISoftDiceMaskedLoss<TSums>
    where TSums : struct, ISoftDiceSums<TSums>
{
    public override double[] Losses<TLabel>(float[] predictions, TLabel[] labels, int batchSize, bool[]? mask = null) =>
        [TLoss.Forward<TLabel>(predictions, labels, mask, batchSize)];

    public override double[] ForwardBackward<TLabel>(
        float[] predictions, TLabel[] labels, float[] gradient, int batchSize, bool[]? mask = null) =>
        [TLoss.ForwardBackward<TLabel>(predictions, labels, mask, gradient, batchSize, Upstream(0))];
}

internal sealed class UnreducedRowLoss<TLoss, TSums> : RowLoss
    where TLoss : ISoftDiceUnreducedLoss<TSums>
    where TSums : struct, ISoftDiceUnreducedSums<TSums>
{
    private static readonly bool IsPerSample =
        Kernels.Tests.AttributeOptions.Of<TLoss>().SumsOver == SoftDiceSumsOver.Sample;

    public override double[] Losses<TLabel>(float[] predictions, TLabel[] labels, int batchSize, bool[]? mask = null)
    {
        double[] losses = new double[Count(batchSize)];
        TLoss.Forward<TLabel>(predictions, labels, losses, batchSize);
        return losses;
    }

    public override double[] ForwardBackward<TLabel>(
        float[] predictions, TLabel[] labels, float[] gradient, int batchSize, bool[]? mask = null)
    {
        double[] losses = new double[Count(batchSize)];
        double[] upstream = [.. Enumerable.Range(0, losses.Length).Select(Upstream)];
        TLoss.ForwardBackward<TLabel>(predictions, labels, gradient, losses, upstream, batchSize);
        return losses;
    }

    private static int Count(int batchSize) => TSums.LossCount * (IsPerSample ? batchSize : 1);
}
