using System;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Options;

/// <summary>A loss with an option, over a batch whose plain loss is timed beside it.</summary>
/// <param name="Option">The option, as the attribute has it.</param>
/// <param name="Shape">The batch, and the way in which both losses are called.</param>
/// <param name="Run">Computes the loss with the option.</param>
internal sealed record OptionCase(string Option, CaseShape Shape, Func<CaseData, double> Run)
{
    /// <summary>How many times as long as the plain loss it may take, if that is said.</summary>
    public double? Most { get; init; }

    /// <summary>What to do to the batch before both losses see it.</summary>
    public Action<CaseData>? Prepare { get; init; }
}
