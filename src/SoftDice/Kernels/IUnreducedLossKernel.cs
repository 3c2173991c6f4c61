using System;
using System.Diagnostics.CodeAnalysis;

namespace SoftDice.Kernels;

/// <summary>The loops of a loss with <see cref="SoftDiceReduction.None"/>, which takes a factor for each of its losses.</summary>
/// <typeparam name="TSums">The per-class sums of the loss.</typeparam>
[SuppressMessage("Design", "CA1033", Justification = "Emitted kernels have no other answer, and need none of their own.")]
public interface IUnreducedLossKernel<TSums> : IGradientKernel<TSums, ReadOnlySpan<double>>
    where TSums : struct, ISoftDiceUnreducedSums<TSums>
{
    /// <inheritdoc/>
    static int IGradientKernel<TSums, ReadOnlySpan<double>>.FactorCount => TSums.LossCount;

    /// <inheritdoc/>
    static ReadOnlySpan<double> IGradientKernel<TSums, ReadOnlySpan<double>>.Scale(ReadOnlySpan<double> upstream) => upstream;
}
