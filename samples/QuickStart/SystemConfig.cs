namespace SoftDice.Samples.QuickStart;

/// <summary>Configuration for reproducible results.</summary>
/// <param name="Seed">Seed of the random number generator.</param>
/// <remarks>
/// The notebook's class of this name also asks cuDNN for determinism. There is nothing to ask for here: a generated loss is
/// the same on every run.
/// </remarks>
internal sealed record SystemConfig(uint Seed = 42);
