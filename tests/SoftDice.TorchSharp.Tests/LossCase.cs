using System;

using static TorchSharp.torch;

namespace SoftDice.Torch.Tests;

/// <summary>A loss in its three ways of being computed.</summary>
public abstract class LossCase(Type lossType)
{
    private readonly SoftDiceOptions options = SoftDiceOptions.Of(lossType);

    public Type LossType => lossType;

    public string Name => lossType.Name;

    public SoftDiceOptions Options => options;

    /// <summary>Whether calls have a mask.</summary>
    public virtual bool HasMask => false;

    /// <summary>The type of predictions.</summary>
    public ScalarType ElementType => KernelsOfLoss.ElementType;

    internal abstract LossKernels KernelsOfLoss { get; }

    /// <summary>The module as it is used.</summary>
    public abstract Tensor Kernels(Tensor predictions, Tensor labels, Tensor? mask);

    /// <summary>The module as it is on other devices.</summary>
    public abstract Tensor Operations(Tensor predictions, Tensor labels, Tensor? mask);

    /// <summary>The same operations in double, whatever the loss's own type is.</summary>
    public Tensor Exact(Tensor predictions, Tensor labels, Tensor? mask)
    {
        LossInputs inputs = new(predictions, labels, mask, (int)predictions.shape[0]);
        Tensor losses = new TensorLoss(options, KernelsOfLoss).Of(inputs);
        return options.SumsOver == SoftDiceSumsOver.Batch ? losses.squeeze() : losses;
    }

    public override string ToString() => Name;
}

internal sealed class ReducedCase<TLoss, TSums, TElement>() : LossCase(typeof(TLoss))
    where TLoss : ISoftDiceLoss<TSums, TElement>
    where TSums : struct, ISoftDiceSums<TSums>
    where TElement : unmanaged
{
    internal override LossKernels KernelsOfLoss => new ReducedKernels<TLoss, TSums, TElement>(Options.SumsOver);

    public override Tensor Kernels(Tensor predictions, Tensor labels, Tensor? mask) =>
        new SoftDiceLossModule<TLoss, TSums, TElement>().call(predictions, labels);

    public override Tensor Operations(Tensor predictions, Tensor labels, Tensor? mask) =>
        new SoftDiceLossModule<TLoss, TSums, TElement> { UsesTensorOperations = true }.call(predictions, labels);
}

internal sealed class MaskedCase<TLoss, TSums, TElement>() : LossCase(typeof(TLoss))
    where TLoss : ISoftDiceMaskedLoss<TSums, TElement>
    where TSums : struct, ISoftDiceSums<TSums>
    where TElement : unmanaged
{
    public override bool HasMask => true;

    internal override LossKernels KernelsOfLoss => new MaskedKernels<TLoss, TSums, TElement>(Options.SumsOver);

    public override Tensor Kernels(Tensor predictions, Tensor labels, Tensor? mask) =>
        new SoftDiceMaskedLossModule<TLoss, TSums, TElement>().call(predictions, labels, mask!);

    public override Tensor Operations(Tensor predictions, Tensor labels, Tensor? mask) =>
        new SoftDiceMaskedLossModule<TLoss, TSums, TElement> { UsesTensorOperations = true }.call(predictions, labels, mask!);
}

internal sealed class UnreducedCase<TLoss, TSums, TElement>() : LossCase(typeof(TLoss))
    where TLoss : ISoftDiceUnreducedLoss<TSums, TElement>
    where TSums : struct, ISoftDiceUnreducedSums<TSums>
    where TElement : unmanaged
{
    internal override LossKernels KernelsOfLoss => new UnreducedKernels<TLoss, TSums, TElement>(Options.SumsOver);

    public override Tensor Kernels(Tensor predictions, Tensor labels, Tensor? mask) =>
        new SoftDiceUnreducedLossModule<TLoss, TSums, TElement>().call(predictions, labels);

    public override Tensor Operations(Tensor predictions, Tensor labels, Tensor? mask) =>
        new SoftDiceUnreducedLossModule<TLoss, TSums, TElement> { UsesTensorOperations = true }.call(predictions, labels);
}
