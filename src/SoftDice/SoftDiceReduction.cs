namespace SoftDice;

/// <summary>How what the classes cost becomes one number.</summary>
public enum SoftDiceReduction
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,
}
