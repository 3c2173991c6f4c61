using System.Linq;

namespace SoftDice.Generators.Model;

/// <summary>How what the classes cost becomes one number; the defaults are those of the plain loss.</summary>
/// <param name="Reduction">Mean, sum or none.</param>
/// <param name="ClassWeights">A weight for each class, or nothing.</param>
/// <param name="NormalizeWeights">Whether the mean divides by the sum of the weights.</param>
/// <param name="Excluded">Classes that are left out, in order.</param>
/// <param name="AbsentClasses">What becomes of a class without labels.</param>
/// <param name="GeneralizedWeights">What classes weigh in the one ratio of all of them, if the loss is that.</param>
/// <param name="InfiniteWeights">What a class without labels weighs there.</param>
/// <param name="SumsOver">Whether sums go over the batch or over each image.</param>
/// <param name="Wasserstein">How far classes are from one another, if the loss is one ratio of that.</param>
internal sealed record Aggregation(
    Reduction Reduction = Reduction.Mean,
    EquatableArray<double> ClassWeights = default,
    bool NormalizeWeights = false,
    EquatableArray<int> Excluded = default,
    AbsentClasses AbsentClasses = AbsentClasses.Count,
    GeneralizedWeights GeneralizedWeights = GeneralizedWeights.None,
    InfiniteWeights InfiniteWeights = InfiniteWeights.LargestFinite,
    SumsOver SumsOver = SumsOver.Batch,
    Wasserstein? Wasserstein = null)
{
    /// <summary>Whether classes have weights.</summary>
    public bool HasWeights => ClassWeights.Count > 0;

    /// <summary>Whether the loss is not one number.</summary>
    public bool IsUnreduced => Reduction == Reduction.None;

    /// <summary>Whether each image has sums of its own.</summary>
    public bool IsPerSample => SumsOver == SumsOver.Sample;

    /// <summary>Whether the loss is one ratio of all classes.</summary>
    public bool IsGeneralized => GeneralizedWeights != GeneralizedWeights.None || HasDistances;

    /// <summary>Whether that is made of how far predictions are from their labels.</summary>
    public bool HasDistances => Wasserstein is not null;

    /// <summary>Whether the classes left out are the first ones, so that a loop can begin after them.</summary>
    public bool ExcludesFirst => Excluded.Count > 0 && Excluded[Excluded.Count - 1] == Excluded.Count - 1;

    /// <summary>The classes that are left.</summary>
    public int[] Counted(int numClasses) => [.. Enumerable.Range(0, numClasses).Except(Excluded)];
}
