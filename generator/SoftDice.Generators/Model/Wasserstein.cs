using System.Linq;

namespace SoftDice.Generators.Model;

/// <summary>What makes a loss the generalised Wasserstein Dice loss.</summary>
/// <param name="Distances">How far each class is from each label, a row a label, by the largest of them.</param>
/// <param name="Weights">What pixels weigh, by their label.</param>
internal sealed record Wasserstein(EquatableArray<double> Distances, WassersteinWeights Weights)
{
    /// <summary>The classes that are at a distance from a label, with that, as floats can tell.</summary>
    public (int ClassIndex, float Distance)[] From(int label, int numClasses) =>
    [
        .. Enumerable.Range(0, numClasses)
            .Select(c => (c, (float)Distances[(label * numClasses) + c]))
            .Where(pair => pair.Item2 != 0),
    ];
}
