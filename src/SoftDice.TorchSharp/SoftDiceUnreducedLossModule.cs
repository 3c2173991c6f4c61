using System;

using SoftDice.Torch;

using static TorchSharp.torch;

namespace SoftDice;

/// <summary>
/// A generated loss with <see cref="SoftDiceReduction.None"/> as a module of TorchSharp: as <see cref="SoftDiceLossModule{TLoss, TSums, TElement}"/>,
/// with a loss for each class that counts.
/// </summary>
/// <remarks>
/// The losses are (L), or with <see cref="SoftDiceSumsOver.Sample"/> (B, L), where L is <see cref="ISoftDiceUnreducedSums{TSelf}.LossCount"/>: what
/// is made of them is up to the caller, and autograd brings the factors back.
/// </remarks>
/// <typeparam name="TLoss">The annotated type.</typeparam>
/// <typeparam name="TSums">Its sums, <c>TLoss.Sums</c>.</typeparam>
/// <typeparam name="TElement">The type that its kernels take: float, double or Half, by <see cref="SoftDiceLossAttribute.ElementType"/>.</typeparam>
public class SoftDiceUnreducedLossModule<TLoss, TSums, TElement> : nn.Module<Tensor, Tensor, Tensor>
    where TLoss : ISoftDiceUnreducedLoss<TSums, TElement>
    where TSums : struct, ISoftDiceUnreducedSums<TSums>
    where TElement : unmanaged
{
    private readonly LossCall lossCall;

    /// <summary>A module for the loss.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="TLoss"/> is not annotated.</exception>
    public SoftDiceUnreducedLossModule()
        : base(typeof(TLoss).Name)
    {
        SoftDiceOptions options = SoftDiceOptions.Of(typeof(TLoss));
        lossCall = new LossCall(options, new UnreducedKernels<TLoss, TSums, TElement>(options.SumsOver));
    }

    /// <inheritdoc cref="SoftDiceLossModule{TLoss, TSums, TElement}.Options"/>
    public SoftDiceOptions Options => lossCall.Options;

    /// <inheritdoc cref="SoftDiceLossModule{TLoss, TSums, TElement}.DegreeOfParallelism"/>
    public int? DegreeOfParallelism
    {
        get => lossCall.DegreeOfParallelism;
        set => lossCall.DegreeOfParallelism = value;
    }

    /// <inheritdoc cref="SoftDiceLossModule{TLoss, TSums, TElement}.UsesTensorOperations"/>
    internal bool UsesTensorOperations
    {
        get => lossCall.UsesTensorOperations;
        set => lossCall.UsesTensorOperations = value;
    }

    /// <summary>The losses of a batch.</summary>
    /// <param name="predictions">Probabilities, or logits with an activation.</param>
    /// <param name="labels">Class indices or targets.</param>
    /// <returns>The losses.</returns>
    /// <exception cref="ArgumentException">Shapes, types or devices do not fit, or labels require a gradient.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is wrong.</exception>
    public override Tensor forward(Tensor predictions, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(labels);
        return lossCall.Forward(predictions, labels, mask: null);
    }
}

/// <summary>
/// <see cref="SoftDiceUnreducedLossModule{TLoss, TSums, TElement}"/> of floats, which predictions are unless the attribute says otherwise.
/// </summary>
/// <typeparam name="TLoss">The annotated type.</typeparam>
/// <typeparam name="TSums">Its sums, <c>TLoss.Sums</c>.</typeparam>
public sealed class SoftDiceUnreducedLossModule<TLoss, TSums> : SoftDiceUnreducedLossModule<TLoss, TSums, float>
    where TLoss : ISoftDiceUnreducedLoss<TSums>
    where TSums : struct, ISoftDiceUnreducedSums<TSums>;
