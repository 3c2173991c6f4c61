namespace SoftDice.Kernels;

/// <summary>
/// A register of one, two or four pieces of four floats, each of which stays for itself: with one piece a square of four pixels and four classes is four registers,
/// with four pieces it is of sixteen pixels.
/// </summary>
internal interface IPieces<TSelf>
    where TSelf : struct, IPieces<TSelf>
{
    /// <summary>Number of pieces.</summary>
    static abstract int Count { get; }

    /// <summary>Pieces from memory, one after the other.</summary>
    static abstract TSelf Load(ref readonly float first);

    /// <summary>Pieces from memory, with so many floats from the beginning of one to that of the next.</summary>
    static abstract TSelf Gather(ref readonly float first, nint step);

    /// <summary>Pieces to memory, one after the other.</summary>
    static abstract void Store(TSelf pieces, ref float first);

    /// <summary>
    /// Pieces of four registers to memory: the first of each, then the second of each, with so many floats from the beginning of one to that of
    /// the next. They are written in this order, so that each may write over the next.
    /// </summary>
    static abstract void Scatter(TSelf p0, TSelf p1, TSelf p2, TSelf p3, ref float first, nint step);

    /// <summary>Of each piece, the floats of both lower halves in turn.</summary>
    static abstract TSelf ZipLow(TSelf left, TSelf right);

    /// <summary>Of each piece, the floats of both upper halves in turn.</summary>
    static abstract TSelf ZipHigh(TSelf left, TSelf right);
}
