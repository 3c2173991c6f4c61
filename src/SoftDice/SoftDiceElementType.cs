using System.Diagnostics.CodeAnalysis;

namespace SoftDice;

/// <summary>The type of predictions and of their gradient.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The values are types.")]
public enum SoftDiceElementType
{
    /// <summary>float, 32 bits: what the loops compute in.</summary>
    Float,

    /// <summary>
    /// double, 64 bits. Predictions are rounded to float on their way into the loops, and the gradient is made of floats: what double precision
    /// there is, is that of the sums, as with the other types. Beyond 3.4·10³⁸ a prediction is infinite.
    /// </summary>
    Double,

    /// <summary>
    /// <see cref="System.Half"/>, 16 bits, each of which a float holds exactly. The gradient is rounded to it: an entry of the gradient
    /// of a mean over many pixels may be less than the least Half, 6·10⁻⁸, so that such a gradient is asked for with a scale that is divided out later.
    /// </summary>
    Half,
}
