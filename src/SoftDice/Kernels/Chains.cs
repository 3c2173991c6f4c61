using System;

namespace SoftDice.Kernels;

/// <summary>How many floats a lane adds up before its sum is carried over to double.</summary>
public static class Chains
{
    /// <summary>
    /// The length of a chain in pixels: half the square root of the number of vectors, in whole vectors, but no more than the
    /// plan allows.
    /// </summary>
    /// <remarks>
    /// The rounding errors of m additions in a row grow like √m times a sum, and average out over n / m such sums: the relative
    /// error of the total is about m / √n. With m in proportion to √n a small image is as exact as a large one, and only a large
    /// one, where it matters, gets the speed of long chains.
    /// </remarks>
    /// <param name="pixels">Pixels to be added up.</param>
    /// <param name="lanes">Lanes of a vector.</param>
    /// <param name="mostTurns">The longest chain that the plan allows, in vectors.</param>
    /// <returns>A whole number of vectors, at least one.</returns>
    public static nuint PixelsPerChain(int pixels, int lanes, int mostTurns)
    {
        int turns = (int)(0.5f * MathF.Sqrt(pixels / lanes));
        return (nuint)(lanes * Math.Clamp(turns, 1, mostTurns));
    }

    /// <summary>
    /// Scratch memory of this thread for what chains leave: a call after the last one does what calls between them would do, for which the loops would clear their
    /// registers every time.
    /// </summary>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <param name="pixels">Pixels of all chains.</param>
    /// <param name="chain">Pixels of a chain, the last one excepted.</param>
    /// <param name="vectors">What each leaves, in vectors.</param>
    /// <returns>Room for it, one chain after the other.</returns>
    public static Span<float> Kept<TLanes>(int pixels, nuint chain, int vectors)
        where TLanes : struct, ILanes<TLanes> =>
        Scratch.Floats(vectors * TLanes.Count * ((pixels + (int)chain - 1) / (int)chain));
}
