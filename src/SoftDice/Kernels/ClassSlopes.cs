using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>
/// d loss / d probability of a class, with the class beside it: the three numbers of a comparison and a selection, which lanes then take
/// from memory, where registers have to be filled through the busiest port of the processor.
/// </summary>
/// <param name="classIndex">The class.</param>
/// <param name="own">The slope where the label is the class; of targets, or with a squared denominator, what is multiplied by the target.</param>
/// <param name="other">The slope elsewhere, or where the target is 0; with a squared denominator, what is multiplied by the difference from the target.</param>
[StructLayout(LayoutKind.Sequential)]
[SuppressMessage("Performance", "CA1815", Justification = "Scratch memory: nobody compares it.")]
public readonly struct ClassSlopes(int classIndex, float own, float other)
{
    /// <summary>The class.</summary>
    public int ClassIndex { get; } = classIndex;

    /// <summary>The slope where the label is the class; of targets, or with a squared denominator, what is multiplied by the target.</summary>
    public float Own { get; } = own;

    /// <summary>The slope elsewhere, or where the target is 0; with a squared denominator, what is multiplied by the difference from the target.</summary>
    public float Other { get; } = other;
}
