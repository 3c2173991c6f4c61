namespace SoftDice.Generators.Model;

/// <summary>A focal term beside that of the overlap; the defaults are those of the plain loss, which has none.</summary>
/// <param name="Factor">What the term is multiplied by, 0 for none.</param>
/// <param name="Gamma">The power of what is missing.</param>
/// <param name="ClassWeights">A weight for each class, or nothing.</param>
/// <param name="Alpha">Of each class by itself, the weight of what belongs to it, where the rest has 1 less this; or nothing.</param>
internal sealed record Focal(double Factor = 0, double Gamma = 2, EquatableArray<double> ClassWeights = default, double? Alpha = null)
{
    /// <summary>Whether there is one.</summary>
    public bool IsThere => Factor > 0;

    /// <summary>Whether classes weigh differently.</summary>
    public bool HasWeights => ClassWeights.Count > 0;
}
