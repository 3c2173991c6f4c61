using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftDice.Kernels;

/// <summary>
/// The labels of a vector of pixels: a few classes with all lanes that they have, mostly one, and what is then left lane by lane. Finding a class waits for a
/// comparison and a label in turn, which is dearer than a lane where each has another label.
/// </summary>
internal ref struct LabelsOfVector<TLanes, TLabel>(PixelLabels<TLabel> labels, int numClasses)
    where TLanes : struct, ILanes<TLanes>
    where TLabel : unmanaged
{
    private const int MostClasses = 3;

    private readonly PixelLabels<TLabel> all = labels;
    private readonly int numClasses = numClasses;
    private nuint first;
    private int found;

    // A bit for each lane whose label is still to come.
    private uint left;

    /// <summary>The labels of the vector.</summary>
    public TLanes Labels { get; private set; }

    /// <summary>Goes to the vector that begins with a pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(nuint firstPixel)
    {
        Labels = all.Load<TLanes>(firstPixel);
        first = firstPixel;
        found = 0;
        left = (1u << TLanes.Count) - 1;
    }

    /// <summary>The next class, if there is another one and there have not been several. What is no class is passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NextClass(out int classIndex, out int pixels)
    {
        while (left != 0 && found < MostClasses)
        {
            classIndex = all.ClassIndex(first + (nuint)BitOperations.TrailingZeroCount(left));
            uint lanes = TLanes.LanesWhere(Labels, classIndex);
            found++;

            // The lane itself too, as a label that is no number has several in the lanes.
            left &= (left - 1) & ~lanes;
            if ((uint)classIndex < (uint)numClasses)
            {
                pixels = BitOperations.PopCount(lanes);
                return true;
            }
        }

        (classIndex, pixels) = (-1, 0);
        return false;
    }

    /// <summary>The next lane of those that are left after the classes. What is no class is passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NextLane(out int lane, out int classIndex)
    {
        while (left != 0)
        {
            lane = BitOperations.TrailingZeroCount(left);
            classIndex = all.ClassIndex(first + (nuint)lane);
            left &= left - 1;
            if ((uint)classIndex < (uint)numClasses)
            {
                return true;
            }
        }

        (lane, classIndex) = (0, -1);
        return false;
    }
}
