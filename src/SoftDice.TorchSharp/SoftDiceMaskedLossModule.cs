using System;

using SoftDice.Torch;

using static TorchSharp.torch;

namespace SoftDice;

/// <summary>
/// A generated loss with <see cref="SoftDiceLossAttribute.Mask"/> as a module of TorchSharp: as
/// <see cref="SoftDiceLossModule{TLoss, TSums, TElement}"/>, with a mask after the labels.
/// </summary>
/// <remarks>The mask has the shape of class indices and is bool, or uint8 of which every number but 0 is true.</remarks>
/// <typeparam name="TLoss">The annotated type.</typeparam>
/// <typeparam name="TSums">Its sums, <c>TLoss.Sums</c>.</typeparam>
/// <typeparam name="TElement">The type that its kernels take: float, double or Half, by <see cref="SoftDiceLossAttribute.ElementType"/>.</typeparam>
public class SoftDiceMaskedLossModule<TLoss, TSums, TElement> : nn.Module<Tensor, Tensor, Tensor, Tensor>
    where TLoss : ISoftDiceMaskedLoss<TSums, TElement>
    where TSums : struct, ISoftDiceSums<TSums>
    where TElement : unmanaged
{
    private readonly LossCall lossCall;

    /// <summary>A module for the loss.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="TLoss"/> is not annotated.</exception>
    public SoftDiceMaskedLossModule()
        : base(typeof(TLoss).Name)
    {
        SoftDiceOptions options = SoftDiceOptions.Of(typeof(TLoss));
        lossCall = new LossCall(options, new MaskedKernels<TLoss, TSums, TElement>(options.SumsOver));
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

    /// <summary>The loss of a batch.</summary>
    /// <param name="predictions">Probabilities, or logits with an activation.</param>
    /// <param name="labels">Class indices or targets.</param>
    /// <param name="mask">Of each pixel, whether it takes part.</param>
    /// <returns>The loss, a tensor without dimensions.</returns>
    /// <exception cref="ArgumentException">Shapes, types or devices do not fit, or labels require a gradient.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label inside of the mask is wrong.</exception>
    public override Tensor forward(Tensor predictions, Tensor labels, Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(mask);
        return lossCall.Forward(predictions, labels, mask);
    }
}

/// <summary>
/// <see cref="SoftDiceMaskedLossModule{TLoss, TSums, TElement}"/> of floats, which predictions are unless the attribute says otherwise.
/// </summary>
/// <typeparam name="TLoss">The annotated type.</typeparam>
/// <typeparam name="TSums">Its sums, <c>TLoss.Sums</c>.</typeparam>
public sealed class SoftDiceMaskedLossModule<TLoss, TSums> : SoftDiceMaskedLossModule<TLoss, TSums, float>
    where TLoss : ISoftDiceMaskedLoss<TSums>
    where TSums : struct, ISoftDiceSums<TSums>;
