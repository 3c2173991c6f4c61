using System.Runtime.CompilerServices;

namespace SoftDice.Kernels;

/// <summary>Gives the exponentials of the labels to another owner, and keeps them with their labels, to be put back into their rows.</summary>
/// <typeparam name="TOwner">The other owner.</typeparam>
/// <param name="owner">The same.</param>
/// <param name="labels">Where the labels go.</param>
/// <param name="owns">Where the exponentials go.</param>
internal readonly ref struct KeptOwns<TOwner>(TOwner owner, ref int labels, ref float owns) : IRowOwner
    where TOwner : struct, IRowOwner, allows ref struct
{
    private readonly TOwner owner = owner;
    private readonly ref int labels = ref labels;
    private readonly ref float owns = ref owns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(nuint pixel, nuint label, float own)
    {
        Unsafe.Add(ref labels, pixel) = (int)label;
        Unsafe.Add(ref owns, pixel) = own;
        owner.Take(pixel, label, own);
    }

    // What is put back into its row of zeros is 0 too, and not what a pixel before had.
    public void TakeNone(nuint pixel)
    {
        Unsafe.Add(ref labels, pixel) = 0;
        Unsafe.Add(ref owns, pixel) = 0;
        owner.TakeNone(pixel);
    }
}
