using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>A loss that is one number.</summary>
internal sealed class ReducedKernels<TLoss, TSums, TElement>(SoftDiceSumsOver sumsOver) : LossKernels
    where TLoss : ISoftDiceLoss<TSums, TElement>
    where TSums : struct, ISoftDiceSums<TSums>
    where TElement : unmanaged
{
    public override ScalarType ElementType => TypeOf<TElement>();

    protected override double[] Forward<TLabel>(LossInputs inputs, int threads, out object? sums)
    {
        if (sumsOver == SoftDiceSumsOver.Sample)
        {
            // Those of one image say nothing of a batch: the backward pass makes its own.
            sums = null;
            return
            [
                TLoss.Forward<TLabel>(
                    TensorMemory.Of<TElement>(inputs.Predictions), TensorMemory.Of<TLabel>(inputs.Labels), inputs.BatchSize, threads),
            ];
        }

        TSums added = default;
        TLoss.Accumulate<TLabel>(
            ref added, TensorMemory.Of<TElement>(inputs.Predictions), TensorMemory.Of<TLabel>(inputs.Labels), inputs.BatchSize, threads);
        sums = added;
        return [added.Loss()];
    }

    protected override void Backward<TLabel>(LossInputs inputs, object? sums, double[] upstream, Tensor gradient, int threads)
    {
        if (sums is TSums added)
        {
            TLoss.Backward<TLabel>(
                in added,
                TensorMemory.Of<TElement>(inputs.Predictions),
                TensorMemory.Of<TLabel>(inputs.Labels),
                TensorMemory.Of<TElement>(gradient),
                inputs.BatchSize,
                upstream[0],
                threads);
            return;
        }

        TLoss.ForwardBackward<TLabel>(
            TensorMemory.Of<TElement>(inputs.Predictions),
            TensorMemory.Of<TLabel>(inputs.Labels),
            TensorMemory.Of<TElement>(gradient),
            inputs.BatchSize,
            upstream[0],
            threads);
    }
}
