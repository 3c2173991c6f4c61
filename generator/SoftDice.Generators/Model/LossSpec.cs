namespace SoftDice.Generators.Model;

/// <summary>All that the generator knows of one annotated type: the value that the compiler caches between edits.</summary>
/// <param name="Target">Where the loss goes.</param>
/// <param name="Options">What it computes.</param>
/// <param name="HasTensors">Whether the project knows tensors, so that there are overloads for them.</param>
internal sealed record LossSpec(LossTarget Target, LossOptions Options, bool HasTensors = false);
