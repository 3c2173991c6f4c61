namespace SoftDice.Generators.Plan;

/// <summary>Pixels whose probabilities are made at a time, in memory that stays in the cache.</summary>
/// <param name="Pixels">Pixels, in whole vectors of the widest kind.</param>
/// <param name="Stride">Elements from one class's row to the next.</param>
internal sealed record ScratchTile(int Pixels, int Stride);
