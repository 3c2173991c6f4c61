using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>The logits of a vector of pixels that the library looks at itself, as planes: seldom, so that they need not be found fast.</summary>
internal static class PixelLogits
{
    /// <summary>The first logit of class 0, and how many elements there are from each class to the next.</summary>
    public static ref float Planes<TLanes>(ReadOnlySpan<float> image, nuint pixel, int numClasses, SoftDiceLayout layout, out nuint step)
        where TLanes : struct, ILanes<TLanes>
    {
        if (layout == SoftDiceLayout.ChannelsFirst)
        {
            step = (nuint)(image.Length / numClasses);
            return ref Unsafe.Add(ref MemoryMarshal.GetReference(image), pixel);
        }

        step = (nuint)TLanes.Count;
        Span<float> planes = Scratch.Planes(TLanes.Count * numClasses);
        Turning.ToPlanes(image.Slice((int)pixel * numClasses, planes.Length), planes, numClasses);
        return ref MemoryMarshal.GetReference(planes);
    }
}
