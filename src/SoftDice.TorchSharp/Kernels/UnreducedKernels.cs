using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>A loss that is a number for each class, or for each image and class.</summary>
internal sealed class UnreducedKernels<TLoss, TSums, TElement>(SoftDiceSumsOver sumsOver) : LossKernels
    where TLoss : ISoftDiceUnreducedLoss<TSums, TElement>
    where TSums : struct, ISoftDiceUnreducedSums<TSums>
    where TElement : unmanaged
{
    public override ScalarType ElementType => TypeOf<TElement>();

    protected override double[] Forward<TLabel>(LossInputs inputs, int threads, out object? sums)
    {
        if (sumsOver == SoftDiceSumsOver.Sample)
        {
            // Those of one image say nothing of a batch: the backward pass makes its own.
            sums = null;
            double[] ofImages = new double[inputs.BatchSize * TSums.LossCount];
            TLoss.Forward<TLabel>(
                TensorMemory.Of<TElement>(inputs.Predictions), TensorMemory.Of<TLabel>(inputs.Labels), ofImages, inputs.BatchSize, threads);
            return ofImages;
        }

        TSums added = default;
        TLoss.Accumulate<TLabel>(
            ref added, TensorMemory.Of<TElement>(inputs.Predictions), TensorMemory.Of<TLabel>(inputs.Labels), inputs.BatchSize, threads);
        sums = added;
        double[] losses = new double[TSums.LossCount];
        added.Losses(losses);
        return losses;
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
                upstream,
                inputs.BatchSize,
                threads);
            return;
        }

        TLoss.ForwardBackward<TLabel>(
            TensorMemory.Of<TElement>(inputs.Predictions),
            TensorMemory.Of<TLabel>(inputs.Labels),
            TensorMemory.Of<TElement>(gradient),
            new double[upstream.Length],
            upstream,
            inputs.BatchSize,
            threads);
    }
}
