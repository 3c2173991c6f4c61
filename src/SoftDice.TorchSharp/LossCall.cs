using System;
using System.Globalization;

using TorchSharp;

using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>What the modules have in common: the way from tensors to a loss that autograd knows of.</summary>
internal sealed class LossCall(SoftDiceOptions options, LossKernels kernels)
{
    private readonly TensorLoss tensorLoss = new(options, kernels);

    public SoftDiceOptions Options => options;

    public LossKernels Kernels => kernels;

    public bool UsesTensorOperations { get; set; }

    public int? DegreeOfParallelism
    {
        get;
        set => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value),
                value,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"DegreeOfParallelism is {value}; it is the most threads at work, at least 1, or null for torch's number."));
    }

    public int Threads => DegreeOfParallelism ?? get_num_threads();

    public Tensor Forward(Tensor predictions, Tensor labels, Tensor? mask)
    {
        HandedOver.Release();
        using DisposeScope scope = NewDisposeScope();
        LossInputs inputs = LossInputs.Checked(options, kernels.ElementType, predictions, labels, mask);
        bool isOnCpu = predictions.device_type == DeviceType.CPU && !UsesTensorOperations;
        Tensor loss = isOnCpu ? OfKernels(inputs) : OfTensors(inputs);
        return loss.MoveToOuterDisposeScope();
    }

    /// <summary>The loss by tensor operations, which has all derivatives.</summary>
    public Tensor OfTensors(LossInputs inputs) => Shaped(tensorLoss.Of(inputs), inputs);

    /// <summary>Losses in their shape and type: no dimension, (L) or (B, L), and for a batch of no images (0, L).</summary>
    public Tensor Shaped(Tensor losses, LossInputs inputs)
    {
        Tensor typed = losses.to(kernels.ElementType == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32);
        if (options.Reduction != SoftDiceReduction.None)
        {
            return typed.reshape([]);
        }

        return options.SumsOver == SoftDiceSumsOver.Sample
            ? typed.reshape(inputs.BatchSize, -1).narrow(0, 0, inputs.Predictions.shape[0])
            : typed.reshape(-1);
    }

    private Tensor OfKernels(LossInputs inputs)
    {
        bool hasGradient = is_grad_enabled() && inputs.Predictions.requires_grad;
        inputs = inputs.Contiguous();
        return hasGradient
            ? KernelFunction.apply(inputs.Predictions, inputs.Labels, inputs.Mask!, inputs.BatchSize, this)
            : Shaped(kernels.Forward(inputs, Threads, out _), inputs);
    }
}
