namespace SoftDice;

/// <summary>What a class without labels weighs in the generalised Dice loss, where its weight 1 / T or 1 / T² would be infinite.</summary>
public enum SoftDiceInfiniteWeights
{
    /// <summary>As much as the class that weighs most of those that have labels and are not left out; 0 if there is none.</summary>
    LargestFinite,

    /// <summary>Nothing: it costs 0 and has no gradient.</summary>
    Zero,
}
