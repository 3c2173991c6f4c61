using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>2 to the power of 0, 1/8, 2/8 and so on to 7/8, times 1.29351830804: constants, as loads from a table would be in every loop.</summary>
/// <remarks>
/// Of all factors from 1 to 2, this one and its products with the other powers are those for which floats are nearest: none is off by more than 3.1·10⁻⁹ of it, which is 0.036 of
/// the distance of floats there. With 1 for a factor some would be off by a third. The first one times what 1 divided by it rounds to is 1.
/// </remarks>
internal static class Eighths
{
    private const float Power0 = 1.2935183f;
    private const float Power1 = 1.41059172f;
    private const float Power2 = 1.53826118f;
    private const float Power3 = 1.6774857f;
    private const float Power4 = 1.82931113f;
    private const float Power5 = 1.99487793f;
    private const float Power6 = 2.17542982f;
    private const float Power7 = 2.37232304f;

    /// <summary>One after the other.</summary>
    public static ReadOnlySpan<float> All => [Power0, Power1, Power2, Power3, Power4, Power5, Power6, Power7];

    /// <summary>The first four.</summary>
    public static Vector128<float> FirstFour
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(Power0, Power1, Power2, Power3);
    }

    /// <summary>The last four.</summary>
    public static Vector128<float> LastFour
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(Power4, Power5, Power6, Power7);
    }

    /// <summary>All eight.</summary>
    public static Vector256<float> Eight
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(Power0, Power1, Power2, Power3, Power4, Power5, Power6, Power7);
    }

    /// <summary>All eight, twice: an index of four bits finds the same as its lowest three.</summary>
    public static Vector512<float> EightTwice
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            Power0, Power1, Power2, Power3, Power4, Power5, Power6, Power7, Power0, Power1, Power2, Power3, Power4, Power5, Power6, Power7);
    }
}
