using System;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Losses;

/// <summary>The generated loss of a case. All calls of them are in this file, and direct, so that the disassembler can follow.</summary>
internal static class GeneratedLoss
{
    /// <summary>The loss of the batch, with its gradient written where the case has one.</summary>
    public static double Run(CaseData data, int threads) => data.Shape.Mode.WithGradient
        ? ForwardBackward(data.Shape, data.Predictions, data.Labels, data.Gradient, threads)
        : Forward(data.Shape, data.Predictions, data.Labels, threads);

    private static double Forward(CaseShape shape, float[] predictions, byte[] labels, int threads) =>
        (shape.Classes, shape.Mode.FromLogits) switch
        {
            (2, false) => Loss2.Forward<byte>(predictions, labels, shape.Batch, threads),
            (3, false) => Loss3.Forward<byte>(predictions, labels, shape.Batch, threads),
            (19, false) => Loss19.Forward<byte>(predictions, labels, shape.Batch, threads),
            (150, false) => Loss150.Forward<byte>(predictions, labels, shape.Batch, threads),
            (3, true) => Softmax3.Forward<byte>(predictions, labels, shape.Batch, threads),
            (19, true) => Softmax19.Forward<byte>(predictions, labels, shape.Batch, threads),
            (150, true) => Softmax150.Forward<byte>(predictions, labels, shape.Batch, threads),
            _ => throw NoLoss(shape),
        };

    private static double ForwardBackward(CaseShape shape, float[] predictions, byte[] labels, float[] gradient, int threads) =>
        (shape.Classes, shape.Mode.FromLogits) switch
        {
            (2, false) => Loss2.ForwardBackward<byte>(predictions, labels, gradient, shape.Batch, 1, threads),
            (3, false) => Loss3.ForwardBackward<byte>(predictions, labels, gradient, shape.Batch, 1, threads),
            (19, false) => Loss19.ForwardBackward<byte>(predictions, labels, gradient, shape.Batch, 1, threads),
            (150, false) => Loss150.ForwardBackward<byte>(predictions, labels, gradient, shape.Batch, 1, threads),
            (3, true) => Softmax3.ForwardBackward<byte>(predictions, labels, gradient, shape.Batch, 1, threads),
            (19, true) => Softmax19.ForwardBackward<byte>(predictions, labels, gradient, shape.Batch, 1, threads),
            (150, true) => Softmax150.ForwardBackward<byte>(predictions, labels, gradient, shape.Batch, 1, threads),
            _ => throw NoLoss(shape),
        };

    private static ArgumentException NoLoss(CaseShape shape) => new($"No loss is annotated for {shape.Name}.", nameof(shape));
}
