using System;
using System.Collections.Generic;

using SoftDice.Benchmarks.Peers.Onnx;
using SoftDice.Benchmarks.Peers.Torch;
using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Peers;

/// <summary>Who takes part in which case.</summary>
internal static class PeerList
{
    // Exponentials one after the other, a call: some 15 ns each.
    private const int MostOfNaive = 1 << 26;

    /// <summary>The peers of a case, one after another: each may hold as much memory as the case itself.</summary>
    public static IEnumerable<Func<IContender>> For(CaseData data, bool withTorch)
    {
        CaseShape shape = data.Shape;
        if (shape.Threads == 1)
        {
            if (RemarkOnNaive(shape) is null)
            {
                yield return () => new NaiveLoops(data);
            }

            yield return () => new TensorPrimitivesLoss(data);
        }

        if (!shape.Mode.WithGradient)
        {
            // The faster of the two: with 3 classes comparing is, by far, and with 19 gathering.
            yield return () => new OnnxLoss(data, shape.Classes < 10 ? OnnxFormulation.Compare : OnnxFormulation.Gather);
        }

        if (withTorch)
        {
            foreach (TorchFormulation formulation in Enum.GetValues<TorchFormulation>())
            {
                if (Remark(shape, formulation) is null)
                {
                    yield return () => new TorchLoss(data, formulation);
                }
            }
        }
    }

    /// <summary>What is left out of a case, and why.</summary>
    public static IEnumerable<string> Remarks(CaseShape shape, bool withTorch)
    {
        if (shape.Threads == 1 && RemarkOnNaive(shape) is string onNaive)
        {
            yield return onNaive;
        }

        if (withTorch)
        {
            foreach (TorchFormulation formulation in Enum.GetValues<TorchFormulation>())
            {
                if (Remark(shape, formulation) is string remark)
                {
                    yield return remark;
                }
            }
        }
    }

    // An exponential of each logit by itself, forward and again with the gradient.
    private static string? RemarkOnNaive(CaseShape shape) =>
        shape.Mode.FromLogits && shape.Mode.PredictionReads * shape.Predictions > MostOfNaive ? "naive C#: left out, a call takes a second" : null;

    // The backward of a channel's select fills a tensor as large as all predictions, once for each class.
    private static string? Remark(CaseShape shape, TorchFormulation formulation) =>
        formulation == TorchFormulation.Notebook && shape.Mode.WithGradient && shape.Classes > 19
            ? "libtorch, notebook: left out, a call takes some 20 seconds"
            : null;
}
