using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>A gradient of one of the types that predictions can have, as <see cref="ReadOnlyElementSpan"/> is of predictions.</summary>
[SuppressMessage("Usage", "CA2225", Justification = "Nobody has to name this type.")]
public readonly ref struct ElementSpan
{
    private readonly ref byte first;

    private ElementSpan(ref byte first, int length, SoftDiceElementType type)
    {
        this.first = ref first;
        Length = length;
        Type = type;
    }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>What the elements are.</summary>
    public SoftDiceElementType Type { get; }

    /// <summary>Whether there is no element.</summary>
    internal bool IsEmpty => Length == 0;

    /// <summary>A gradient in floats.</summary>
    /// <param name="elements">The floats.</param>
    public static implicit operator ElementSpan(Span<float> elements) => Of(elements, SoftDiceElementType.Float);

    /// <summary>A gradient in doubles.</summary>
    /// <param name="elements">The doubles.</param>
    public static implicit operator ElementSpan(Span<double> elements) => Of(elements, SoftDiceElementType.Double);

    /// <summary>A gradient in Halfs.</summary>
    /// <param name="elements">The Halfs.</param>
    public static implicit operator ElementSpan(Span<Half> elements) => Of(elements, SoftDiceElementType.Half);

    /// <summary>The same to be read only.</summary>
    /// <param name="elements">The elements.</param>
    public static implicit operator ReadOnlyElementSpan(ElementSpan elements) =>
        new(in elements.first, elements.Length, elements.Type);

    /// <summary>The first byte, for pinning.</summary>
    internal ref byte GetPinnableReference() => ref first;

    private static ElementSpan Of<T>(Span<T> elements, SoftDiceElementType type)
        where T : unmanaged =>
        new(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(elements)), elements.Length, type);
}
