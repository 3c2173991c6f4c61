using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>Vectors of pixels out of loads that each lie in one line of the cache, wherever in a line the planes begin.</summary>
/// <remarks>
/// A load of 64 bytes that begins within a line takes two, and large arrays of .NET all begin 24 bytes into one. So lines are loaded whole, and a vector of pixels is joined from
/// the end of one and the beginning of the next, a permutation for each: pixels stay in the lanes where they would be without, and all sums keep their bits.
/// Narrower vectors are loaded as they lie: half of those of 32 bytes lie in one line anyway, and AVX2 has no such permutation. Nothing is read but the pixels.
/// </remarks>
/// <typeparam name="TLanes">The lanes.</typeparam>
internal readonly ref struct LineLoads<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly TLanes joined;
    private readonly TLanes turned;
    private readonly nuint toLine;

    /// <summary>Finds out where lines begin.</summary>
    /// <param name="plane">The first pixel to be read of a plane, whose memory may move: it is only slower then.</param>
    /// <param name="pixels">Elements from one plane to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe LineLoads(scoped ref readonly float plane, nint pixels)
    {
        int elements = pixels % Tiles.LineFloats == 0 ? Tiles.ToLine((nuint)Unsafe.AsPointer(ref Unsafe.AsRef(in plane))) : 0;
        toLine = (nuint)(elements > 0 ? elements : TLanes.Count);
        joined = Unsafe.BitCast<Lanes512, TLanes>(Lanes512.LanesFrom(TLanes.Count - (int)toLine));
        turned = Unsafe.BitCast<Lanes512, TLanes>(Lanes512.LanesFrom((int)toLine));
    }

    /// <summary>Whether these are lanes that it is for.</summary>
    public static bool AreThere
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(TLanes) == typeof(Lanes512) && Avx512F.IsSupported;
    }

    /// <summary>Elements from a vector of pixels to the line that completes it.</summary>
    public nuint ToLine => toLine;

    /// <summary>The first or the last vector of pixels, each of its two ends where the line that it belongs to has it: what comes before the first, or completes the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes End(ref readonly float plane, nuint pixel)
    {
        TLanes vector = TLanes.Load(in plane, pixel);
        return Join(vector, vector, turned);
    }

    /// <summary>What completes a vector of pixels, and comes before the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Next(ref readonly float plane, nuint pixel) => TLanes.Load(in plane, pixel + toLine);

    /// <summary>A vector of pixels, from what comes before it and what completes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Vector(TLanes before, TLanes next) => Join(before, next, joined);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Join(TLanes first, TLanes second, TLanes lanes) => Unsafe.BitCast<Lanes512, TLanes>(Lanes512.Join(
        Unsafe.BitCast<TLanes, Lanes512>(first), Unsafe.BitCast<TLanes, Lanes512>(second), Unsafe.BitCast<TLanes, Lanes512>(lanes)));
}
