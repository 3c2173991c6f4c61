namespace SoftDice;

/// <summary>What pixels weigh in a generalised Wasserstein Dice loss, by their label.</summary>
public enum SoftDiceWassersteinWeights
{
    /// <summary>
    /// What pixels of class 0, the background, predict right counts for nothing, and of all others alike; what is predicted wrong counts
    /// everywhere. <c>N = 2·Σ H + ε</c> over the classes from 1 on, and <c>D = N + Σ E</c> over all.
    /// </summary>
    Foreground,

    /// <summary>
    /// Every pixel weighs 1 / (T + 1), with T the number of pixels of its class: <c>N = 2·Σ H / (T + 1) + ε</c> and
    /// <c>D = N + Σ E / (T + 1)</c> over all classes.
    /// </summary>
    InverseSize,
}
