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

        if (Vector512.IsHardwareAccelerated)
            Run<Lanes512>(call, sums, pixels);
        else if (Vector256.IsHardwareAccelerated)
            Run<Lanes256>(call, sums, pixels);
        else if (Vector128.IsHardwareAccelerated)
            Run<Lanes128>(call, sums, pixels);
        else
            Run<ScalarLane>(call, sums, pixels);
    }

    private static void Run<TLanes>(BatchCall<TLabel> call, ImageSums<TSums> sums, int pixels)
        where TLanes : struct, ILanes<TLanes>
    {
        BatchSums<TKernel, TSums, TLanes, TLabel>.Add(sums, call, pixels);
        if (!call.Gradient.IsEmpty)
        {
            BatchGradient<TKernel, TSums, TScale, TLanes, TLabel>.Write(sums, call, checksLabels: false);
        }
    }
}
