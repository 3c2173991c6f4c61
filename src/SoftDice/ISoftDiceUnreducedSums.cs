using System;

namespace SoftDice;

/// <summary>The sums of a loss with <see cref="SoftDiceReduction.None"/>, which is a number for each class that counts.</summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
public interface ISoftDiceUnreducedSums<TSelf> : ISoftDiceClassSums<TSelf>
    where TSelf : struct, ISoftDiceUnreducedSums<TSelf>
{
    /// <summary>
    /// Number of losses that sums have: the classes that are not left out, in their order; 1 for a generalised Dice loss.
    /// </summary>
    static abstract int LossCount { get; }

    /// <summary>The losses of everything added so far; for sums of nothing, those of an empty batch.</summary>
    /// <param name="losses">Where they go: <see cref="LossCount"/> elements.</param>
    /// <exception cref="ArgumentException">There are more or fewer elements.</exception>
    void Losses(Span<double> losses);
}
