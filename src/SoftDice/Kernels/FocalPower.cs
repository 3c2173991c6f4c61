using System.Runtime.CompilerServices;

namespace SoftDice.Kernels;

/// <summary>Powers of what a probability misses to 1, which focal terms are weighed with.</summary>
internal static class FocalPower
{
    // More than that is no faster by products.
    private const int MostProducts = 4;

    /// <summary>Whether a power is one of a few products; the JIT knows it of a constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsWhole(float gamma) => gamma is 0 or 1 or 2 or 3 or MostProducts;

    /// <summary>Such a power.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Whole<TLanes>(TLanes missing, float gamma)
        where TLanes : struct, ILanes<TLanes> => gamma switch
        {
            0 => TLanes.Broadcast(1),
            1 => missing,
            2 => missing * missing,
            3 => missing * missing * missing,
            _ => missing * missing * (missing * missing),
        };

    /// <summary>Any power, given -ln of what is missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes OfNegativeLog<TLanes>(TLanes negativeLog, float gamma)
        where TLanes : struct, ILanes<TLanes> =>
        Activations.Exp(TLanes.Broadcast(-gamma) * negativeLog);
}
