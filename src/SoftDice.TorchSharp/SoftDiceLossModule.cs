using System;

using SoftDice.Torch;

using static TorchSharp.torch;

namespace SoftDice;

/// <summary>A generated loss as a module of TorchSharp: predictions and labels in, the loss out, and its gradient by autograd.</summary>
/// <remarks>
/// <para>
/// Shapes: predictions are (B, C, S...), with <see cref="SoftDiceLayout.ChannelsLast"/> (B, S..., C); labels are (B, S...) or (B, 1, S...), or (B,
/// S..., 1) with channels last; targets have the shape of the predictions. Nothing is broadcast. The loss has no dimensions, and is float32, or
/// float64 where <typeparamref name="TElement"/> is double.
/// </para>
/// <para>
/// Types: predictions are of <typeparamref name="TElement"/>, or of a type that it holds without loss, such as float16 and bfloat16 where it is
/// float. Class indices are of any integer type, bool or float32; targets of any type, which is made float32 unless it is uint8, bool or float32.
/// </para>
/// <para>
/// On the CPU the generated kernels work on the tensors' own memory: nothing is copied that is contiguous and of the right type. For the backward pass
/// autograd keeps predictions, labels and mask, as copies where they had to be copied, and the sums of the classes. On other devices, and where a
/// second derivative is asked for, the same numbers come from tensor operations.
/// </para>
/// <para>
/// Labels and masks are constants: those that require a gradient are refused. Predictions and labels must not be changed in place between the forward
/// and the backward pass.
/// </para>
/// </remarks>
/// <typeparam name="TLoss">The annotated type.</typeparam>
/// <typeparam name="TSums">Its sums, <c>TLoss.Sums</c>.</typeparam>
/// <typeparam name="TElement">The type that its kernels take: float, double or Half, by <see cref="SoftDiceLossAttribute.ElementType"/>.</typeparam>
public class SoftDiceLossModule<TLoss, TSums, TElement> : nn.Module<Tensor, Tensor, Tensor>
    where TLoss : ISoftDiceLoss<TSums, TElement>
    where TSums : struct, ISoftDiceSums<TSums>
    where TElement : unmanaged
{
    private readonly LossCall lossCall;

    /// <summary>A module for the loss.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="TLoss"/> is not annotated.</exception>
    public SoftDiceLossModule()
        : base(typeof(TLoss).Name)
    {
        SoftDiceOptions options = SoftDiceOptions.Of(typeof(TLoss));
        lossCall = new LossCall(options, new ReducedKernels<TLoss, TSums, TElement>(options.SumsOver));
    }

    /// <summary>The options of the loss.</summary>
    public SoftDiceOptions Options => lossCall.Options;

    /// <summary>
    /// The most threads that a call has at work on the CPU; null, the default, for as many as <see cref="get_num_threads"/> says then.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? DegreeOfParallelism
    {
        get => lossCall.DegreeOfParallelism;
        set => lossCall.DegreeOfParallelism = value;
    }

    /// <summary>Whether tensor operations are used on the CPU too: for comparison with the kernels. False by default.</summary>
    internal bool UsesTensorOperations
    {
        get => lossCall.UsesTensorOperations;
        set => lossCall.UsesTensorOperations = value;
    }

    /// <summary>The loss of a batch.</summary>
    /// <param name="predictions">Probabilities, or logits with an activation.</param>
    /// <param name="labels">Class indices or targets.</param>
    /// <returns>The loss, a tensor without dimensions.</returns>
    /// <exception cref="ArgumentException">Shapes, types or devices do not fit, or labels require a gradient.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is wrong.</exception>
    public override Tensor forward(Tensor predictions, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(labels);
        return lossCall.Forward(predictions, labels, mask: null);
    }
}

/// <summary><see cref="SoftDiceLossModule{TLoss, TSums, TElement}"/> of floats, which predictions are unless the attribute says otherwise.</summary>
/// <typeparam name="TLoss">The annotated type.</typeparam>
/// <typeparam name="TSums">Its sums, <c>TLoss.Sums</c>.</typeparam>
public sealed class SoftDiceLossModule<TLoss, TSums> : SoftDiceLossModule<TLoss, TSums, float>
    where TLoss : ISoftDiceLoss<TSums>
    where TSums : struct, ISoftDiceSums<TSums>;
