using System;
using System.Collections.Generic;

namespace SoftDice.Benchmarks.Losses;

/// <summary>A generated loss as two delegates. Everything here that calls a generated loss calls it through this file.</summary>
internal sealed class GeneratedLoss
{
    /// <summary>The largest degree of parallelism that the entry points take.</summary>
    public const int MaxThreads = 1;

    private static readonly Dictionary<int, GeneratedLoss> Probabilities = new()
    {
        [2] = Of<Loss2, Loss2.Sums>(),
        [3] = Of<Loss3, Loss3.Sums>(),
        [19] = Of<Loss19, Loss19.Sums>(),
        [150] = Of<Loss150, Loss150.Sums>(),
    };

    private static readonly Dictionary<int, GeneratedLoss> Logits = new()
    {
        [3] = Of<Softmax3, Softmax3.Sums>(),
        [19] = Of<Softmax19, Softmax19.Sums>(),
        [150] = Of<Softmax150, Softmax150.Sums>(),
    };

    private readonly Func<float[], byte[], int, int, double> forward;
    private readonly Func<float[], byte[], float[], int, int, double> forwardBackward;

    private GeneratedLoss(
        Func<float[], byte[], int, int, double> forward, Func<float[], byte[], float[], int, int, double> forwardBackward)
    {
        this.forward = forward;
        this.forwardBackward = forwardBackward;
    }

    /// <summary>The loss for a number of classes, from logits through softmax or from probabilities.</summary>
    public static GeneratedLoss For(int numClasses, bool fromLogits) => (fromLogits ? Logits : Probabilities)[numClasses];

    /// <summary>The loss of a batch.</summary>
    public double Forward(float[] predictions, byte[] labels, int batchSize, int threads) =>
        forward(predictions, labels, batchSize, threads);

    /// <summary>The loss of a batch, with its gradient written.</summary>
    public double ForwardBackward(float[] predictions, byte[] labels, float[] gradient, int batchSize, int threads) =>
        forwardBackward(predictions, labels, gradient, batchSize, threads);

    // The number of threads goes no further while the entry points have no parameter for it: see MaxThreads.
    private static GeneratedLoss Of<TLoss, TSums>()
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums> => new(
            (predictions, labels, batchSize, _) => TLoss.Forward<byte>(predictions, labels, batchSize),
            (predictions, labels, gradient, batchSize, _) => TLoss.ForwardBackward<byte>(predictions, labels, gradient, batchSize, 1));
}
