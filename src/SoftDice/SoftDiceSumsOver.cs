namespace SoftDice;

/// <summary>What the sums of a loss go over.</summary>
public enum SoftDiceSumsOver
{
    /// <summary>The whole batch, as if its images were one.</summary>
    Batch,

    /// <summary>
    /// Each image alone: every image has a loss of its own. Their mean is the loss of a batch, or with <see cref="SoftDiceReduction.Sum"/>
    /// their sum.
    /// </summary>
    Sample,
}
