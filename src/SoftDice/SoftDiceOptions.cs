using System;

namespace SoftDice;

/// <summary>The options of <see cref="SoftDiceLossAttribute"/> as values, for <see cref="SoftDiceReference"/>.</summary>
public sealed record SoftDiceOptions
{
    /// <summary>Options for a number of classes, everything else at its default.</summary>
    /// <param name="numClasses">1 to <see cref="SoftDiceLossAttribute.MaxNumClasses"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public SoftDiceOptions(int numClasses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numClasses, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numClasses, SoftDiceLossAttribute.MaxNumClasses);
        NumClasses = numClasses;
    }

    /// <summary>Number of classes.</summary>
    public int NumClasses { get; }

    /// <summary>What turns the predictions into probabilities.</summary>
    public SoftDiceActivation Activation { get; init; }

    /// <summary>What the labels are.</summary>
    public SoftDiceLabels Labels { get; init; }

    /// <summary>The smoothing ε, finite and not negative; 1e-5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double Epsilon
    {
        get;
        init
        {
            if (!double.IsFinite(value) || value < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "Epsilon must be finite and not negative.");
            }

            field = value;
        }
    }

    = 1e-5;
}
