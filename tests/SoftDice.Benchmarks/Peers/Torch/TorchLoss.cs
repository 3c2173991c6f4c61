using System;
using System.Linq;
using System.Runtime.InteropServices;

using SoftDice.Benchmarks.Ratios;

using TorchSharp;

using static TorchSharp.torch;

namespace SoftDice.Benchmarks.Peers.Torch;

/// <summary>libtorch over the same predictions, without copying them. Its labels are made before the clock runs.</summary>
internal sealed class TorchLoss : IContender
{
    private const float Overflowing = 200;
    private const int VectorOfAll = 1024;

    private readonly CaseShape shape;
    private readonly TorchFormulation formulation;
    private readonly Tensor predictions;
    private readonly Tensor labels;
    private Tensor? gradient;

    public TorchLoss(CaseData data, TorchFormulation formulation)
    {
        shape = data.Shape;
        this.formulation = formulation;
        FloatChain = formulation == TorchFormulation.Gather ? data.LargestClass : shape.Pixels / 4;
        set_num_threads(shape.Threads);
        predictions = frombuffer(data.Predictions, ScalarType.Float32)
            .reshape(shape.Batch, shape.Classes, shape.Height, shape.Width)
            .requires_grad_(shape.Mode.WithGradient);

        // An index must be int64; to be compared, a byte is the fastest.
        Tensor flat = formulation == TorchFormulation.Notebook
            ? frombuffer(data.Labels, ScalarType.Byte)
            : frombuffer(data.Labels.Select(label => (long)label).ToArray(), ScalarType.Int64);
        labels = flat.reshape(shape.Batch, shape.Height, shape.Width);
    }

    public string Name => $"libtorch, {formulation.ToString().ToLowerInvariant()}";

    // Sums of tensors go in cascades, in four lanes or more; index_add adds a class's pixels one after another.
    public int FloatChain { get; }

    // malloc has collected all of its temporaries after the fourth.
    public int WarmCalls => 4;

    // Its exponential loads an infinity for the lanes that overflow. In a softmax there are none, and such a load presumably never has its page of the library mapped again where the
    // system has taken that away, while it takes the processor long to find that nothing is to be loaded: samples fell behind it. Lanes that do overflow have the page mapped.
    public void BeforeTurn()
    {
        using DisposeScope scope = NewDisposeScope();
        full(VectorOfAll, -Overflowing).sigmoid().sum().item<float>();
    }

    public double Run()
    {
        using DisposeScope scope = NewDisposeScope();
        if (!shape.Mode.WithGradient)
        {
            using (no_grad())
            {
                return Loss().item<float>();
            }
        }

        gradient?.Dispose();
        Tensor loss = Loss();
        gradient = autograd.grad([loss], [predictions])[0].MoveToOuterDisposeScope();
        return loss.item<float>();
    }

    public void CopyGradientTo(Span<float> destination) =>
        MemoryMarshal.Cast<byte, float>(gradient!.contiguous().bytes).CopyTo(destination);

    public void Dispose()
    {
        gradient?.Dispose();
        predictions.Dispose();
        labels.Dispose();
    }

    private Tensor Loss() => TorchFormulas.Loss(
        formulation, shape.Mode.FromLogits ? predictions.softmax(1) : predictions, labels);
}
