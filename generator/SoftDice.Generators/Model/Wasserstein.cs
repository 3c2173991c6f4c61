namespace SoftDice.Generators.Model;

/// <summary>What makes a loss the generalised Wasserstein Dice loss.</summary>
/// <param name="Distances">How far each class is from each label, a row a label, by the largest of them.</param>
/// <param name="Weights">What pixels weigh, by their label.</param>
internal sealed record Wasserstein(EquatableArray<double> Distances, WassersteinWeights Weights);
