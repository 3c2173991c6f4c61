namespace SoftDice;

/// <summary>
/// What a class weighs in the generalised Dice loss: one ratio of the weighted sums of all classes instead of a mean over ratios. Weights come
/// from the targets alone, so that they have no gradient.
/// </summary>
/// <remarks>Source: Sudre et al., "Generalised Dice overlap as a deep learning loss function", DLMIA 2017.</remarks>
public enum SoftDiceGeneralizedWeights
{
    /// <summary>The loss is not the generalised one: each class has a ratio of its own.</summary>
    None,

    /// <summary>1: every pixel counts alike.</summary>
    Uniform,

    /// <summary>1 / T: every class counts alike, as far as it is labelled.</summary>
    Simple,

    /// <summary>1 / T²: the smaller a class, the more it counts.</summary>
    Square,
}
