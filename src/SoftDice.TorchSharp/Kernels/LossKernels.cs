using System;

using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>A generated loss as modules call it: its interfaces, types of predictions and types of labels are behind one pair of methods.</summary>
internal abstract class LossKernels
{
    /// <summary>The type of predictions and gradient.</summary>
    public abstract ScalarType ElementType { get; }

    /// <summary>The losses, one if they are reduced, and what the backward pass needs of the sums.</summary>
    public Tensor Forward(LossInputs inputs, int threads, out object? sums)
    {
        double[] losses = inputs.Labels.dtype switch
        {
            ScalarType.Byte or ScalarType.Bool => Forward<byte>(inputs, threads, out sums),
            ScalarType.Int8 => Forward<sbyte>(inputs, threads, out sums),
            ScalarType.Int16 => Forward<short>(inputs, threads, out sums),
            ScalarType.Int32 => Forward<int>(inputs, threads, out sums),
            ScalarType.Int64 => Forward<long>(inputs, threads, out sums),
            _ => Forward<float>(inputs, threads, out sums),
        };
        inputs.KeepAlive();
        // Not where the default device is: kernels are for the CPU.
        return tensor(losses, ScalarType.Float64, CPU);
    }

    /// <summary>The gradient of the losses times what comes from upstream.</summary>
    public Tensor Backward(LossInputs inputs, object? sums, Tensor upstream, int threads)
    {
        Tensor gradient = empty(inputs.Predictions.shape, ElementType, CPU);
        Tensor inDouble = upstream.to(ScalarType.Float64);
        Tensor inOnePiece = inDouble.contiguous();
        double[] factors = TensorMemory.Of<double>(inOnePiece).ToArray();
        GC.KeepAlive(upstream);
        GC.KeepAlive(inDouble);
        GC.KeepAlive(inOnePiece);
        if (gradient.numel() == 0)
        {
            return gradient;
        }

        switch (inputs.Labels.dtype)
        {
            case ScalarType.Byte or ScalarType.Bool:
                Backward<byte>(inputs, sums, factors, gradient, threads);
                break;
            case ScalarType.Int8:
                Backward<sbyte>(inputs, sums, factors, gradient, threads);
                break;
            case ScalarType.Int16:
                Backward<short>(inputs, sums, factors, gradient, threads);
                break;
            case ScalarType.Int32:
                Backward<int>(inputs, sums, factors, gradient, threads);
                break;
            case ScalarType.Int64:
                Backward<long>(inputs, sums, factors, gradient, threads);
                break;
            default:
                Backward<float>(inputs, sums, factors, gradient, threads);
                break;
        }

        inputs.KeepAlive();
        GC.KeepAlive(gradient);
        return gradient;
    }

    protected static ScalarType TypeOf<TElement>() =>
        typeof(TElement) == typeof(double) ? ScalarType.Float64
        : typeof(TElement) == typeof(Half) ? ScalarType.Float16
        : ScalarType.Float32;

    protected abstract double[] Forward<TLabel>(LossInputs inputs, int threads, out object? sums)
        where TLabel : unmanaged;

    protected abstract void Backward<TLabel>(LossInputs inputs, object? sums, double[] upstream, Tensor gradient, int threads)
        where TLabel : unmanaged;
}
