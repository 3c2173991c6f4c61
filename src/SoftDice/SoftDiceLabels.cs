namespace SoftDice;

/// <summary>What the labels of a loss are.</summary>
public enum SoftDiceLabels
{
    /// <summary>The class of each pixel, in the layout (batch, pixels).</summary>
    ClassIndex,

    /// <summary>
    /// How much each pixel belongs to each class: a one-hot or soft target of the predictions' shape, 0 to 1, as byte or float.
    /// Classes need not exclude each other.
    /// </summary>
    OneHot,
}
