namespace SoftDice;

/// <summary>How what the classes cost becomes one number.</summary>
public enum SoftDiceReduction
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>
    /// It does not: the loss is a number for each class that counts, times its weight, and the gradient is that of their sum times numbers
    /// given for each. The annotated type then implements <see cref="ISoftDiceUnreducedLoss{TSums}"/>.
    /// </summary>
    None,
}
