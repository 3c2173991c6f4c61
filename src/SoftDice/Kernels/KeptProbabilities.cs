namespace SoftDice.Kernels;

/// <summary>
/// A type argument of the loops of a softmax: the forward pass of a call leaves the probabilities where the gradient goes, and the backward pass finds them there;
/// where rows of many classes are taken as they lie, the exponentials that they are made of.
/// </summary>
/// <remarks>
/// Loops compare types: the JIT does not even import what such a comparison rules out, so that it is no part of what may be inlined into a method, as it would be
/// behind a static property of the type.
/// </remarks>
public readonly record struct KeptProbabilities;

/// <summary>The other one: each pass computes the probabilities.</summary>
public readonly record struct ComputedProbabilities;
