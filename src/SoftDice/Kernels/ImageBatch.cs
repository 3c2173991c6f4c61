using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>The passes over a batch whose arguments have been checked, with sums for all of it or for each image.</summary>
internal static class ImageBatch<TKernel, TSums, TScale, TLabel>
    where TKernel : struct, IGradientKernel<TSums, TScale>
    where TSums : struct, ISoftDiceClassSums<TSums>
    where TScale : allows ref struct
    where TLabel : unmanaged
{
    /// <summary>Adds the images to their sums, and writes the gradient if it has a place to go, at the widest lanes of the hardware.</summary>
    /// <param name="call">The arguments, checked but for the labels' values.</param>
    /// <param name="sums">Sums of nothing.</param>
    /// <param name="pixels">Pixels of an image.</param>
    public static void Run(BatchCall<TLabel> call, ImageSums<TSums> sums, int pixels)
    {
        if (pixels == 0)
        {
            return;
        }

        Add(call, sums, pixels);
        if (!call.Gradient.IsEmpty)
        {
            Write(call, sums);
        }
    }

    /// <summary>Adds the images to their sums.</summary>
    /// <param name="call">The arguments, checked but for the labels' values.</param>
    /// <param name="sums">Sums of nothing.</param>
    /// <param name="pixels">Pixels of an image, at least 1.</param>
    public static void Add(BatchCall<TLabel> call, ImageSums<TSums> sums, int pixels)
    {
        if (Vector512.IsHardwareAccelerated)
            BatchSums<TKernel, TSums, Lanes512, TLabel>.Add(sums, call, pixels);
        else if (Vector256.IsHardwareAccelerated)
            BatchSums<TKernel, TSums, Lanes256, TLabel>.Add(sums, call, pixels);
        else if (Vector128.IsHardwareAccelerated)
            BatchSums<TKernel, TSums, Lanes128, TLabel>.Add(sums, call, pixels);
        else
            BatchSums<TKernel, TSums, ScalarLane, TLabel>.Add(sums, call, pixels);
    }

    /// <summary>Writes the gradient.</summary>
    /// <param name="call">The arguments, checked, and the labels with them.</param>
    /// <param name="sums">The sums of the images.</param>
    public static void Write(BatchCall<TLabel> call, ImageSums<TSums> sums)
    {
        if (Vector512.IsHardwareAccelerated)
            BatchGradient<TKernel, TSums, TScale, Lanes512, TLabel>.Write(sums, call, isAfterForward: true);
        else if (Vector256.IsHardwareAccelerated)
            BatchGradient<TKernel, TSums, TScale, Lanes256, TLabel>.Write(sums, call, isAfterForward: true);
        else if (Vector128.IsHardwareAccelerated)
            BatchGradient<TKernel, TSums, TScale, Lanes128, TLabel>.Write(sums, call, isAfterForward: true);
        else
            BatchGradient<TKernel, TSums, TScale, ScalarLane, TLabel>.Write(sums, call, isAfterForward: true);
    }
}
