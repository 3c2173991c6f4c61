using System;
using System.Threading;

namespace SoftDice.Kernels;

/// <summary>
/// What generated entry points call where each image has sums and a loss of its own. What these losses come to is their sum here; a mean is
/// that, and a gradient, by the number of images.
/// </summary>
public static class SampleBatch
{
    /// <summary>The sum of the losses of the images.</summary>
    /// <typeparam name="TKernel">The kernel of the loss.</typeparam>
    /// <typeparam name="TSums">The sums of the loss.</typeparam>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels, with a mask where the loss has one.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="degreeOfParallelism">The most threads at work.</param>
    /// <param name="cancellationToken">Asked before each part.</param>
    /// <returns>The sum, in the order of the images.</returns>
    public static double Forward<TKernel, TSums, TLabel>(
        ReadOnlyElementSpan predictions,
        PixelLabels<TLabel> labels,
        int batchSize,
        int degreeOfParallelism,
        CancellationToken cancellationToken)
        where TKernel : struct, ILossKernel<TSums>
        where TSums : struct, ISoftDiceSums<TSums>
        where TLabel : unmanaged
    {
        BatchCall<TLabel> call = new()
        {
            Predictions = predictions,
            Labels = labels,
            BatchSize = batchSize,
            DegreeOfParallelism = degreeOfParallelism,
            Cancellation = cancellationToken,
        };
        return Run<TKernel, TSums, TLabel>(call, KernelGuard.Forward<TKernel, TSums, TLabel>(call));
    }

    /// <summary>The sum of the losses of the images, and its gradient.</summary>
    /// <typeparam name="TKernel">The kernel of the loss.</typeparam>
    /// <typeparam name="TSums">The sums of the loss.</typeparam>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels, with a mask where the loss has one.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="degreeOfParallelism">The most threads at work.</param>
    /// <param name="cancellationToken">Asked before each part.</param>
    /// <returns>The sum, in the order of the images.</returns>
    public static double ForwardBackward<TKernel, TSums, TLabel>(
        ReadOnlyElementSpan predictions,
        PixelLabels<TLabel> labels,
        ElementSpan gradient,
        int batchSize,
        double scale,
        int degreeOfParallelism,
        CancellationToken cancellationToken)
        where TKernel : struct, ILossKernel<TSums>
        where TSums : struct, ISoftDiceSums<TSums>
        where TLabel : unmanaged
    {
        BatchCall<TLabel> call = new()
        {
            Predictions = predictions,
            Labels = labels,
            Gradient = gradient,
            BatchSize = batchSize,
            Upstream = new ReadOnlySpan<double>(in scale),
            DegreeOfParallelism = degreeOfParallelism,
            Cancellation = cancellationToken,
        };
        KernelGuard.Gradient(call);
        return Run<TKernel, TSums, TLabel>(call, KernelGuard.Forward<TKernel, TSums, TLabel>(call));
    }

    private static double Run<TKernel, TSums, TLabel>(BatchCall<TLabel> call, int pixels)
        where TKernel : struct, ILossKernel<TSums>
        where TSums : struct, ISoftDiceSums<TSums>
        where TLabel : unmanaged
    {
        if (pixels == 0)
        {
            return call.BatchSize * default(TSums).Loss();
        }

        using SumsBlock<TSums> block = new(call.BatchSize, SoftDiceSumsOver.Sample, pixels);
        ImageBatch<TKernel, TSums, double, TLabel>.Run(call, block.Sums, pixels);
        double total = 0;
        for (int image = 0; image < call.BatchSize; image++)
        {
            total += block.Sums[image].Loss();
        }

        return total;
    }
}
