namespace SoftDice.Generators.Model;

/// <summary>Terms that are added to the overlap's, from the same pass; the defaults are those of the plain loss, which has none.</summary>
/// <param name="CrossEntropy">The weight of the cross-entropy, 0 for none.</param>
/// <param name="OverlapWeight">The weight of the overlap's term.</param>
/// <param name="ClassWeights">A weight for the pixels of each class in the cross-entropy, or nothing.</param>
/// <param name="LabelSmoothing">The share of a label that all classes have alike.</param>
/// <param name="PositiveWeights">In a binary cross-entropy, a weight for what belongs to each class, or nothing.</param>
internal sealed record Compound(
    double CrossEntropy = 0,
    double OverlapWeight = 1,
    EquatableArray<double> ClassWeights = default,
    double LabelSmoothing = 0,
    EquatableArray<double> PositiveWeights = default)
{
    /// <summary>Whether there is a cross-entropy.</summary>
    public bool HasCrossEntropy => CrossEntropy > 0;

    /// <summary>Whether pixels of different classes weigh differently.</summary>
    public bool HasWeights => ClassWeights.Count > 0;

    /// <summary>Whether what belongs to a class and what does not weigh differently.</summary>
    public bool HasPositiveWeights => PositiveWeights.Count > 0;

    /// <summary>Whether labels are smoothed.</summary>
    public bool IsSmoothed => LabelSmoothing > 0;
}
