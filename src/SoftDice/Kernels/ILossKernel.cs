using System;
using System.Diagnostics.CodeAnalysis;

namespace SoftDice.Kernels;

/// <summary>The loops of a loss that is one number: it has one loss, and one factor.</summary>
/// <typeparam name="TSums">The per-class sums of the loss.</typeparam>
[SuppressMessage("Design", "CA1033", Justification = "Emitted kernels have no other answer, and need none of their own.")]
public interface ILossKernel<TSums> : IGradientKernel<TSums, double>
    where TSums : struct, ISoftDiceSums<TSums>
{
    /// <inheritdoc/>
    static int IGradientKernel<TSums, double>.FactorCount => 1;

    /// <inheritdoc/>
    static double IGradientKernel<TSums, double>.Scale(ReadOnlySpan<double> upstream) => upstream[0];
}
