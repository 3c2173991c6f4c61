using System;
using System.Diagnostics.CodeAnalysis;

namespace SoftDice.Kernels;

/// <summary>
/// The loops of a loss with a term of each image and one of the batch: its gradient has a factor for each, as the second depends on all images.
/// </summary>
/// <typeparam name="TSums">The per-class sums of the loss.</typeparam>
[SuppressMessage("Design", "CA1033", Justification = "Emitted kernels have no other answer, and need none of their own.")]
public interface ICompoundLossKernel<TSums> : IGradientKernel<TSums, TermFactors>
    where TSums : struct, ISoftDiceCompoundSums<TSums>
{
    /// <summary>What the term of the overlap is multiplied by.</summary>
    static abstract double OverlapWeight { get; }

    /// <summary>What the term of the cross-entropy is multiplied by.</summary>
    static abstract double CrossEntropy { get; }

    /// <inheritdoc/>
    static int IGradientKernel<TSums, TermFactors>.FactorCount => 2;

    /// <inheritdoc/>
    static TermFactors IGradientKernel<TSums, TermFactors>.Scale(ReadOnlySpan<double> upstream) => new(upstream[0], upstream[1]);
}
