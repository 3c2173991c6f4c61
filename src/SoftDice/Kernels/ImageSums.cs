using System.Runtime.CompilerServices;

namespace SoftDice.Kernels;

/// <summary>The sums that the images of a batch are added to: one for all of them, or one for each. The memory is kept in place elsewhere.</summary>
/// <param name="first">The first sums.</param>
/// <param name="isForEach">Whether the next image has the next ones.</param>
internal readonly unsafe struct ImageSums<TSums>(void* first, bool isForEach)
    where TSums : struct
{
    private readonly nint step = isForEach ? Unsafe.SizeOf<TSums>() : 0;

    /// <summary>The sums of an image.</summary>
    public ref TSums this[int image] => ref Unsafe.AsRef<TSums>((byte*)first + (image * step));
}
