using System;
using System.Numerics.Tensors;

namespace SoftDice.Benchmarks.Ratios;

/// <summary>A peer that computes something else is not timed: the run ends.</summary>
internal static class PeerCheck
{
    private const double FloatRounding = 1.0 / (1 << 24);

    // The exponential, the division and the few products on the way: rounded once each, wherever a peer is good at adding.
    private const int OtherRoundings = 64;

    /// <summary>What the loss may differ by, and the gradient as a part of its largest element.</summary>
    /// <remarks>A sum of n floats of one sign, one after another, is off by at most n·2⁻²⁴ of its size.</remarks>
    public static double Tolerance(IContender peer) => (peer.FloatChain + OtherRoundings) * FloatRounding;

    /// <summary>Throws unless the peer's loss and gradient are ours.</summary>
    public static void Check(CaseData data, IContender peer, double peerLoss, double ourLoss)
    {
        double error = Math.Abs(peerLoss - ourLoss);
        if (!(error <= Tolerance(peer)))
        {
            throw new InvalidOperationException(
                $"{data.Shape.Name}: {peer.Name} has the loss {peerLoss}, SoftDice {ourLoss}: off by {error:E1}, beyond {Tolerance(peer):E1}.");
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
        if (!(error <= Tolerance(peer)))
        {
            throw new InvalidOperationException(
                $"{data.Shape.Name}: the gradient of {peer.Name} is off by {error:E1} of the largest element, beyond {Tolerance(peer):E1}.");
        }
    }
}
