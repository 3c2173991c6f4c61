namespace SoftDice.Kernels;

/// <summary>A type argument of the loops through planes of probabilities: the library finds that a batch is asked for far ahead, as <see cref="Prefetch.IsFar"/> says.</summary>
/// <remarks>As a type, so that the loops compiled for either have no instruction of the other.</remarks>
public readonly record struct FarMemory;

/// <summary>The other one, for everything else.</summary>
public readonly record struct NearMemory;
