namespace SoftDice;

/// <summary>How the overlap d of predictions and labels is measured, before smoothing.</summary>
public enum SoftDiceOverlap
{
    /// <summary>The Dice coefficient 2·I / (P + T).</summary>
    Dice,

    /// <summary>The Jaccard coefficient, or intersection over union: I / (P + T - I).</summary>
    Jaccard,

    /// <summary>
    /// The Tversky index I / (I + α·FP + β·FN), where FP = P - I is what is predicted for a class beside its labels, FN = T - I what is not
    /// predicted on them. With α = β = 1/2 it is the Dice coefficient, with 1 that of Jaccard, but for smoothing.
    /// </summary>
    Tversky,
}
