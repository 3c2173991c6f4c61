using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>Predictions of one of the types that they can have.</summary>
/// <remarks>
/// Spans convert to it by themselves, so that the library has one way for all types, as far as loops do not read the elements.
/// </remarks>
[SuppressMessage("Usage", "CA2225", Justification = "Nobody has to name this type.")]
public readonly ref struct ReadOnlyElementSpan
{
    private readonly ref readonly byte first;

    internal ReadOnlyElementSpan(ref readonly byte first, int length, SoftDiceElementType type)
    {
        this.first = ref first;
        Length = length;
        Type = type;
    }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>What the elements are.</summary>
    public SoftDiceElementType Type { get; }

    /// <summary>Number of bytes, which may be more than a span can hold.</summary>
    internal nint ByteLength => (nint)Length * Elements.Size(Type);

    /// <summary>Predictions that are floats.</summary>
    /// <param name="elements">The floats.</param>
    public static implicit operator ReadOnlyElementSpan(ReadOnlySpan<float> elements) => Of(elements, SoftDiceElementType.Float);

    /// <summary>Predictions that are doubles.</summary>
    /// <param name="elements">The doubles.</param>
    public static implicit operator ReadOnlyElementSpan(ReadOnlySpan<double> elements) => Of(elements, SoftDiceElementType.Double);

    /// <summary>Predictions that are Halfs.</summary>
    /// <param name="elements">The Halfs.</param>
    public static implicit operator ReadOnlyElementSpan(ReadOnlySpan<Half> elements) => Of(elements, SoftDiceElementType.Half);

    /// <summary>The first byte, for pinning.</summary>
    internal ref readonly byte GetPinnableReference() => ref first;

    private static ReadOnlyElementSpan Of<T>(ReadOnlySpan<T> elements, SoftDiceElementType type)
        where T : unmanaged =>
        new(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(elements)), elements.Length, type);
}
