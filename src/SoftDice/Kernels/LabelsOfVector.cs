using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>The classes that a vector of pixels has labels of, each once: mostly one, which two instructions find.</summary>
internal ref struct LabelsOfVector<TLanes, TLabel>
    where TLanes : struct, ILanes<TLanes>
    where TLabel : unmanaged
{
    private readonly PixelLabels<TLabel> all;

    // For each class, the pixel after the one that it was last found at.
    private readonly Span<int> foundAt;

    private TLanes labels;
    private nuint first;
    private nuint pixel;
    private nuint end;

    public LabelsOfVector(PixelLabels<TLabel> labels, int numClasses)
    {
        all = labels;
        foundAt = Scratch.Classes(numClasses);
        foundAt.Clear();
    }

    /// <summary>The labels of the vector.</summary>
    public readonly TLanes Labels => labels;

    /// <summary>Goes to the vector that begins with a pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(nuint firstPixel)
    {
        labels = all.Load<TLanes>(firstPixel);
        first = firstPixel;
        pixel = firstPixel;
        bool areAlike = TLanes.NumberUnless(labels, all.ClassIndex(firstPixel)) == 0;
        end = firstPixel + (areAlike ? 1 : (nuint)TLanes.Count);
    }

    /// <summary>The next class of the vector, if there is another one. What is no class is passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Next(out int classIndex)
    {
        while (pixel < end)
        {
            classIndex = all.ClassIndex(pixel);
            pixel++;
            if ((uint)classIndex < (uint)foundAt.Length && Unsafe.Add(ref MemoryMarshal.GetReference(foundAt), classIndex) <= (int)first)
            {
                Unsafe.Add(ref MemoryMarshal.GetReference(foundAt), classIndex) = (int)pixel;
                return true;
            }
        }

        classIndex = -1;
        return false;
    }
}
