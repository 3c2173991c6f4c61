using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>Elements that are no floats, on their way into the loops and back.</summary>
internal static unsafe class Elements
{
    /// <summary>Bytes of an element.</summary>
    public static int Size(SoftDiceElementType type) => type switch
    {
        SoftDiceElementType.Double => sizeof(double),
        SoftDiceElementType.Half => sizeof(Half),
        _ => sizeof(float),
    };

    /// <summary>Rounds elements to floats; Halfs are exact.</summary>
    /// <param name="source">The first element.</param>
    /// <param name="type">What elements are, not floats.</param>
    /// <param name="floats">Where they go.</param>
    public static void ToFloats(void* source, SoftDiceElementType type, Span<float> floats)
    {
        if (type == SoftDiceElementType.Half)
        {
            HalfBits.ToFloats(new ReadOnlySpan<Half>(source, floats.Length), floats);
        }
        else
        {
            ToFloats(new ReadOnlySpan<double>(source, floats.Length), floats);
        }
    }

    /// <summary>Makes elements of floats, rounded if they are Halfs.</summary>
    /// <param name="floats">The floats.</param>
    /// <param name="destination">Where the first element goes.</param>
    /// <param name="type">What elements are, not floats.</param>
    public static void FromFloats(ReadOnlySpan<float> floats, void* destination, SoftDiceElementType type)
    {
        if (type == SoftDiceElementType.Half)
        {
            HalfBits.FromFloats(floats, new Span<Half>(destination, floats.Length));
        }
        else
        {
            FromFloats(floats, new Span<double>(destination, floats.Length));
        }
    }

    private static void ToFloats(ReadOnlySpan<double> doubles, Span<float> floats)
    {
        ref double from = ref MemoryMarshal.GetReference(doubles);
        ref float to = ref MemoryMarshal.GetReference(floats);
        int i = 0;
        for (; i <= doubles.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256.Narrow(
                Vector256.LoadUnsafe(ref from, (nuint)i),
                Vector256.LoadUnsafe(ref from, (nuint)(i + Vector256<double>.Count))).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < doubles.Length; i++)
        {
            floats[i] = (float)doubles[i];
        }
    }

    private static void FromFloats(ReadOnlySpan<float> floats, Span<double> doubles)
    {
        ref float from = ref MemoryMarshal.GetReference(floats);
        ref double to = ref MemoryMarshal.GetReference(doubles);
        int i = 0;
        for (; i <= floats.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.LoadUnsafe(ref from, (nuint)i));
            low.StoreUnsafe(ref to, (nuint)i);
            high.StoreUnsafe(ref to, (nuint)(i + Vector256<double>.Count));
        }

        for (; i < floats.Length; i++)
        {
            doubles[i] = floats[i];
        }
    }
}
