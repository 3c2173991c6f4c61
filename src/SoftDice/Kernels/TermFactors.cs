namespace SoftDice.Kernels;

/// <summary>What the gradient's terms are multiplied by, where they are of different images.</summary>
/// <param name="Overlap">What the overlap of an image is multiplied by, beside its weight.</param>
/// <param name="CrossEntropy">What the cross-entropy of a pixel is multiplied by: its weight, and what the mean over the batch divides by, are in it.</param>
public readonly record struct TermFactors(double Overlap, double CrossEntropy);
