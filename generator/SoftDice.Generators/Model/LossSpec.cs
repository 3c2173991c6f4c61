namespace SoftDice.Generators.Model;

/// <summary>All that the generator knows of one annotated type: the value that the compiler caches between edits.</summary>
internal sealed record LossSpec(LossTarget Target, LossOptions Options);
