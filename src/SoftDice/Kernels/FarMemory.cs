namespace SoftDice.Kernels;

/// <summary>A type argument of the loops through planes of probabilities: those of a batch come from so far that they are asked for far ahead, for which loops take fewer at a time.</summary>
/// <remarks>As a type, so that the loops compiled for either have no instruction of the other.</remarks>
public readonly record struct FarMemory;

/// <summary>The other one: a cache holds them, or the processor goes far ahead by itself.</summary>
public readonly record struct NearMemory;
