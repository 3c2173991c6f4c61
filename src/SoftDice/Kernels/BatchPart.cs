using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>A range of pixels of one image: what a kernel is called for.</summary>
internal readonly unsafe ref struct BatchPart<TLabel>
    where TLabel : unmanaged
{
    /// <summary>Elements of a line of the cache.</summary>
    public const int LineFloats = 16;

    // Fewer are not worth the two ends.
    private const int LeastLines = 16;

    public ReadOnlySpan<float> Image { get; init; }

    public ReadOnlySpan<TLabel> Labels { get; init; }

    public Span<float> Gradient { get; init; }

    public int Start { get; init; }

    public int End { get; init; }

    /// <summary>Where whole vectors end and single pixels begin.</summary>
    public int VectorEnd(int lanes) => End - ((End - Start) % lanes);

    /// <summary>Where the first whole line of the gradient begins, in the plane of the first class.</summary>
    public int FirstLine
    {
        get
        {
            nuint address = (nuint)Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetReference(Gradient), Start));
            return Start + (int)((LineFloats - (address / sizeof(float) % LineFloats)) % LineFloats);
        }
    }

    /// <summary>Whether whole lines of all planes can be written at once, but for those at the ends.</summary>
    public bool IsMadeOfLines(int lanes) =>
        LineFloats % lanes == 0 && Start % LineFloats == 0 && End % LineFloats == 0 && End - Start >= LeastLines * LineFloats;
}
