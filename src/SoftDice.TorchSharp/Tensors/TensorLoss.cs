using System;

using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>The loss by tensor operations: sums of the classes with a gradient in closed form, and the formula over them by autograd.</summary>
internal sealed class TensorLoss(SoftDiceOptions options, LossKernels kernels)
{
    private readonly TensorFormula formula = new(options);

    /// <summary>The losses of a batch: one, or (sets of sums, losses of each).</summary>
    public Tensor Of(LossInputs inputs)
    {
        Tensor planes = Planes(inputs.Predictions, inputs.BatchSize);
        PlaneLabels labels = PlaneLabels.Of(options, inputs, planes);
        if (!labels.AreRight)
        {
            // The kernels find the first that is wrong, and say so.
            kernels.Forward(inputs.OnCpu(), threads: 1, out _);
            throw new InvalidOperationException("The labels changed while they were being read.");
        }

        Tensor sums = OverlapSums.apply(planes, labels.Index!, labels.Targets!, labels.Valid!, options);
        Tensor loss = formula.Of(sums);
        return options is { CrossEntropy: 0, Focal: 0 }
            ? loss
            : (options.OverlapWeight * loss) + TermSums.apply(planes, labels.Index!, labels.Targets!, labels.Valid!, options);
    }

    // (B, C, pixels), in float or double.
    private Tensor Planes(Tensor predictions, int batchSize)
    {
        Tensor typed = predictions.dtype == ScalarType.Float64 ? predictions : predictions.to(ScalarType.Float32);
        return PlaneLabels.ToPlanes(typed, batchSize, options.NumClasses, options.Layout);
    }
}
