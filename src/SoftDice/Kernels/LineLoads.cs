using System.Runtime.CompilerServices;

namespace SoftDice.Kernels;

/// <summary>Vectors of pixels out of loads that, but for the first and the last of a tile, each lie in one line of the cache.</summary>
/// <remarks>
/// A load of 64 bytes that begins within a line takes two, and large arrays of .NET mostly begin 24 bytes into one. So lines are loaded whole, and a vector of pixels is joined from
/// the end of one and the beginning of the next, a permutation for each: pixels stay in the lanes where they would be without, and all sums keep their bits.
/// Where planes begin at different places in a line, or within an element, vectors are loaded as they lie. So are narrower ones: half of those of 32 bytes lie in one line
/// anyway, and AVX2 has no such permutation. Nothing is read but the pixels of the tile, of which there is a vector at least. For lanes of AVX-512: who calls asks for
/// <c>typeof(TLanes) == typeof(Lanes512) &amp;&amp; Avx512F.IsSupported</c> by itself, as the JIT inlines what is dead behind a property.
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

    /// <summary>Elements from a vector of pixels to the line that completes it, where that is not its own.</summary>
    public nuint ToLine => toLine % (nuint)TLanes.Count;

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
