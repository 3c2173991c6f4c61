namespace SoftDice.Kernels;

/// <summary>How lanes without an instruction for it multiply by a power of two from 2⁻¹⁵² to 2⁹².</summary>
/// <remarks>
/// The power is made 2³² times too large, by shifting its number into the place of a float's exponent, and put right by a second
/// product: so that only this last one rounds, and results below the normal floats are rounded correctly.
/// </remarks>
public static class PowerOfTwo
{
    /// <summary>
    /// Added to a number, rounds it to a whole one, and leaves that, 127 (the bias of an exponent) and 32 in the low bits of the float.
    /// </summary>
    public const float IntoLowBits = 12582912f + 127 + 32;

    /// <summary>The same of a number that is to be rounded to eighths, which are left in the lowest three bits, below the others.</summary>
    public const float EighthsIntoLowBits = 1572864f + 127 + 32;

    /// <summary>Bits of a number of eighths that are no whole one.</summary>
    internal const int EighthBits = 3;

    /// <summary>The bits of a sign and an exponent.</summary>
    internal const int ExponentMask = unchecked((int)0xFF800000);

    /// <summary>Bits below the exponent.</summary>
    internal const int FractionBits = 23;

    /// <summary>The bits of 3/4: less these, a float's bits have in the place of the exponent how many powers of two it is above 3/4.</summary>
    internal const int ThreeQuarters = 0x3F400000;

    /// <summary>2⁻³².</summary>
    internal const float PutRight = 2.32830644e-10f;
}
