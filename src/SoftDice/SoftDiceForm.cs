namespace SoftDice;

/// <summary>What a class costs, given its overlap d.</summary>
public enum SoftDiceForm
{
    /// <summary>-ln d: 0 where a class is met exactly, without bound where it is missed.</summary>
    NegativeLog,

    /// <summary>1 - d, from 0 to 1.</summary>
    OneMinus,

    /// <summary>-d, from -1 to 0. The gradient is that of <see cref="OneMinus"/>.</summary>
    Negative,
}
