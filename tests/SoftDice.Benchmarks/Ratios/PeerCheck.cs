using System;
using System.Numerics.Tensors;

namespace SoftDice.Benchmarks.Ratios;

/// <summary>A peer that computes something else is not timed: the run ends.</summary>
internal static class PeerCheck
{
    /// <summary>
    /// Peers add floats up in floats, in whichever order. A sum of n of them in one chain is off by at most n·2⁻²⁴; blocks, lanes and
    /// chance leave a small part of that. These are what the worst of them needs, rounded up to a power of ten: see the last column.
    /// </summary>
    public const double LossTolerance = 1e-4;

    /// <summary>As a part of the largest element of the gradient.</summary>
    public const double GradientTolerance = 1e-4;

    /// <summary>Throws unless the peer's loss and gradient are ours.</summary>
    public static void Check(CaseData data, IContender peer, double peerLoss, double ourLoss)
    {
        double error = Math.Abs(peerLoss - ourLoss) / Math.Abs(ourLoss);
        if (!(error <= LossTolerance))
        {
            throw new InvalidOperationException(
                $"{data.Shape.Name}: {peer.Name} has the loss {peerLoss}, SoftDice {ourLoss}: off by {error:E1}, beyond {LossTolerance:E0}.");
        }

        if (data.Shape.Mode.WithGradient)
        {
            CheckGradient(data, peer);
        }
    }

    private static void CheckGradient(CaseData data, IContender peer)
    {
        float[] difference = new float[data.Gradient.Length];
        peer.CopyGradientTo(difference);
        TensorPrimitives.Subtract(difference, data.Gradient, difference);
        double error = Math.Abs(TensorPrimitives.MaxMagnitude<float>(difference) / TensorPrimitives.MaxMagnitude<float>(data.Gradient));
        if (!(error <= GradientTolerance))
        {
            throw new InvalidOperationException(
                $"{data.Shape.Name}: the gradient of {peer.Name} is off by {error:E1} of the largest element, beyond {GradientTolerance:E0}.");
        }
    }
}
