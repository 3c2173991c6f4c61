using System;
using System.Linq;

using SoftDice.Kernels;

using TorchSharp;

using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>The tensors of a call, which fit each other.</summary>
/// <param name="Predictions">Predictions of the type that the loss takes.</param>
/// <param name="Labels">Class indices: of an integer type, bool or float32; targets: uint8, bool or float32.</param>
/// <param name="Mask">The mask, bool or uint8, if there is one.</param>
/// <param name="BatchSize">The number of images; 1 for a batch of none, which is one of no pixels.</param>
internal sealed record LossInputs(Tensor Predictions, Tensor Labels, Tensor? Mask, int BatchSize)
{
    /// <summary>Checks tensors, and converts what can be without loss.</summary>
    public static LossInputs Checked(SoftDiceOptions options, ScalarType element, Tensor predictions, Tensor labels, Tensor? mask)
    {
        RefuseOtherDevice(predictions, labels, nameof(labels));
        RefuseGradient(labels, nameof(labels));
        nint[] lengths = Lengths(predictions);
        if (mask is null)
        {
            int batchSize = TensorShape.BatchSize(lengths, Lengths(labels), options.NumClasses, options.Labels, options.Layout);
            return new LossInputs(AsElements(predictions, element), AsLabels(labels, options.Labels), null, batchSize);
        }

        RefuseOtherDevice(predictions, mask, nameof(mask));
        RefuseGradient(mask, nameof(mask));
        int masked = TensorShape.BatchSize(lengths, Lengths(labels), Lengths(mask), options.NumClasses, options.Labels, options.Layout);
        return new LossInputs(AsElements(predictions, element), AsLabels(labels, options.Labels), AsMask(mask), masked);
    }

    /// <summary>The same with each tensor in one piece, which those that are already are left as they are for.</summary>
    public LossInputs Contiguous() => new(Predictions.contiguous(), Labels.contiguous(), Mask?.contiguous(), BatchSize);

    /// <summary>The same on the CPU.</summary>
    public LossInputs OnCpu() => new LossInputs(Predictions.detach().cpu(), Labels.cpu(), Mask?.cpu(), BatchSize).Contiguous();

    /// <summary>Called after spans over the tensors were used: a span does not keep its tensor.</summary>
    public void KeepAlive()
    {
        GC.KeepAlive(Predictions);
        GC.KeepAlive(Labels);
        GC.KeepAlive(Mask);
    }

    private static nint[] Lengths(Tensor tensor) => [.. tensor.shape.Select(length => (nint)length)];

    private static Tensor AsElements(Tensor predictions, ScalarType element)
    {
        bool isExact = (predictions.dtype, element) switch
        {
            (ScalarType.Float16 or ScalarType.BFloat16, ScalarType.Float32 or ScalarType.Float64) => true,
            (ScalarType.Float32, ScalarType.Float64) => true,
            (ScalarType type, _) => type == element,
        };
        return isExact
            ? predictions.to(element)
            : throw new ArgumentException(
                $"predictions are {predictions.dtype}, and the loss takes {element}, which does not hold them without loss. Convert them " +
                $"(predictions.to(ScalarType.{element})), or give the loss another ElementType.",
                nameof(predictions));
    }

    private static Tensor AsLabels(Tensor labels, SoftDiceLabels kind)
    {
        ScalarType type = labels.dtype;
        if (kind == SoftDiceLabels.OneHot)
        {
            bool isKnown = type is ScalarType.Byte or ScalarType.Bool or ScalarType.Float32;
            return isKnown ? labels : labels.to(ScalarType.Float32);
        }

        bool isInteger = type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64;
        return isInteger || type is ScalarType.Bool or ScalarType.Float32
            ? labels
            : throw new ArgumentException(
                $"labels are {type}; class indices are of an integer type, bool or float32. Convert them (labels.to(ScalarType.Int64)), or set " +
                "Labels = OneHot if they are targets.",
                nameof(labels));
    }

    private static Tensor AsMask(Tensor mask) => mask.dtype is ScalarType.Bool or ScalarType.Byte
        ? mask
        : throw new ArgumentException(
            $"mask is {mask.dtype}; it is bool, or uint8, and says of each pixel whether it takes part. Make it so (mask.ne(0)).", nameof(mask));

    private static void RefuseOtherDevice(Tensor predictions, Tensor other, string name)
    {
        if (predictions.device_type != other.device_type || predictions.device_index != other.device_index)
        {
            throw new ArgumentException(
                $"{name} are on {other.device}, and predictions on {predictions.device}. Bring them there ({name}.to(predictions.device)).", name);
        }
    }

    private static void RefuseGradient(Tensor constant, string name)
    {
        if (constant.requires_grad && is_grad_enabled())
        {
            throw new ArgumentException(
                $"{name} require a gradient, and the loss has none with respect to them. Pass {name}.detach() if they are constants.", name);
        }
    }
}
