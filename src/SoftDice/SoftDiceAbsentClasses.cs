namespace SoftDice;

/// <summary>What becomes of a class that no label is of, T = 0. One whose predictions hold a NaN makes the loss NaN all the same.</summary>
public enum SoftDiceAbsentClasses
{
    /// <summary>It costs what the formula says, like any other.</summary>
    Count,

    /// <summary>It costs 0 and has no gradient, and a mean is still over all classes.</summary>
    Zero,

    /// <summary>It costs 0 and has no gradient, and a mean is over the others; without others the loss is 0.</summary>
    Skip,
}
