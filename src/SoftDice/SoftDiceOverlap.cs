namespace SoftDice;

/// <summary>How the overlap d of predictions and labels is measured, before smoothing.</summary>
public enum SoftDiceOverlap
{
    /// <summary>The Dice coefficient 2·I / (P + T).</summary>
    Dice,

    /// <summary>The Jaccard coefficient, or intersection over union: I / (P + T - I).</summary>
    Jaccard,
}
