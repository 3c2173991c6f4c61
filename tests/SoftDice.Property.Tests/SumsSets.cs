using System;

namespace SoftDice.PropertyTests;

/// <summary>The images of a batch that have sums together: all of them, or each alone; and what the losses of each set are multiplied by.</summary>
internal readonly record struct SumsSets(SoftDiceOptions Options, Recipe Recipe)
{
    public int Count => Options.SumsOver == SoftDiceSumsOver.Sample ? Recipe.BatchSize : 1;

    /// <summary>Images of a set.</summary>
    public int BatchSize => Recipe.BatchSize / Count;

    /// <summary>What the sum over the sets is divided by.</summary>
    public double Divisor => Options.Reduction == SoftDiceReduction.Mean ? Count : 1;

    /// <summary>What the loss of a set, or each of its losses beside a factor of the loss, is multiplied by in that sum: not the same for all.</summary>
    public double Factor(int set) => Options.Reduction == SoftDiceReduction.None ? 1 + (set % 3) : 1;

    /// <summary>What its gradient is multiplied by.</summary>
    public double Scale(int set) => Recipe.Scale / Divisor * Factor(set);

    /// <summary>The part of an array that is a set's.</summary>
    public Span<T> Of<T>(T[] all, int set) => all.AsSpan(all.Length / Count * set, all.Length / Count);
}
