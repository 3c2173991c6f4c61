using System;
using System.Runtime.Intrinsics;
using System.Threading;

namespace SoftDice.Kernels;

/// <summary>
/// What generated entry points call: the part of a loss that does not depend on its options. It chooses the width of the vectors,
/// checks the arguments, and takes the batch through the kernel, on one thread or on several.
/// </summary>
public static class Batch
{
    /// <summary>Adds a batch to sums, at the widest lanes of the hardware.</summary>
    /// <typeparam name="TKernel">The kernel of the loss.</typeparam>
    /// <typeparam name="TSums">The sums of the loss.</typeparam>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="sums">The sums; left as they were if this throws.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels, with a mask where the loss has one.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="degreeOfParallelism">The most threads at work.</param>
    /// <param name="cancellationToken">Asked before each part.</param>
    public static void Accumulate<TKernel, TSums, TLabel>(
        ref TSums sums,
        ReadOnlyElementSpan predictions,
        PixelLabels<TLabel> labels,
        int batchSize,
        int degreeOfParallelism,
        CancellationToken cancellationToken)
        where TKernel : struct, ISumsKernel<TSums>
        where TSums : struct, ISoftDiceClassSums<TSums>
        where TLabel : unmanaged =>
        Add<TKernel, TSums, TLabel>(ref sums, new BatchCall<TLabel>
        {
            Predictions = predictions,
            Labels = labels,
            BatchSize = batchSize,
            DegreeOfParallelism = degreeOfParallelism,
            Cancellation = cancellationToken,
        });

    /// <summary>Adds a batch to sums.</summary>
    /// <typeparam name="TKernel">The kernel of the loss.</typeparam>
    /// <typeparam name="TSums">The sums of the loss.</typeparam>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="sums">The sums; left as they were if this throws.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels, with a mask where the loss has one.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="degreeOfParallelism">The most threads at work.</param>
    /// <param name="cancellationToken">Asked before each part.</param>
    public static void Accumulate<TKernel, TSums, TLanes, TLabel>(
        ref TSums sums,
        ReadOnlyElementSpan predictions,
        PixelLabels<TLabel> labels,
        int batchSize,
        int degreeOfParallelism,
        CancellationToken cancellationToken)
        where TKernel : struct, ISumsKernel<TSums>
        where TSums : struct, ISoftDiceClassSums<TSums>
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged =>
        BatchSums<TKernel, TSums, TLanes, TLabel>.Add(ref sums, new BatchCall<TLabel>
        {
            Predictions = predictions,
            Labels = labels,
            BatchSize = batchSize,
            DegreeOfParallelism = degreeOfParallelism,
            Cancellation = cancellationToken,
        });

    /// <summary>The loss of a batch and its gradient, at the widest lanes of the hardware.</summary>
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
    /// <returns>The loss.</returns>
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
        // Before anything else, so that nothing is computed for a gradient that has no place to go.
        KernelGuard.Gradient(call);
        TSums sums = default;
        Add<TKernel, TSums, TLabel>(ref sums, call);
        Write<TKernel, TSums, TLabel>(in sums, call, isAfterForward: true);
        return sums.Loss();
    }

    /// <summary>The gradient of a batch, at the widest lanes of the hardware.</summary>
    /// <typeparam name="TKernel">The kernel of the loss.</typeparam>
    /// <typeparam name="TSums">The sums of the loss.</typeparam>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="sums">The sums of everything that the loss is computed over.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels, with a mask where the loss has one.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="degreeOfParallelism">The most threads at work.</param>
    /// <param name="cancellationToken">Asked before each part.</param>
    public static void Backward<TKernel, TSums, TLabel>(
        in TSums sums,
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
        KernelGuard.Backward<TKernel, TSums, TLabel>(call);
        Write<TKernel, TSums, TLabel>(in sums, call, isAfterForward: false);
    }

    /// <summary>The gradient of a batch.</summary>
    /// <typeparam name="TKernel">The kernel of the loss.</typeparam>
    /// <typeparam name="TSums">The sums of the loss.</typeparam>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="sums">The sums of everything that the loss is computed over.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels, with a mask where the loss has one.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="degreeOfParallelism">The most threads at work.</param>
    /// <param name="cancellationToken">Asked before each part.</param>
    public static void Backward<TKernel, TSums, TLanes, TLabel>(
        in TSums sums,
        ReadOnlyElementSpan predictions,
        PixelLabels<TLabel> labels,
        ElementSpan gradient,
        int batchSize,
        double scale,
        int degreeOfParallelism,
        CancellationToken cancellationToken)
        where TKernel : struct, ILossKernel<TSums>
        where TSums : struct, ISoftDiceSums<TSums>
        where TLanes : struct, ILanes<TLanes>
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
        KernelGuard.Backward<TKernel, TSums, TLabel>(call);
        BatchGradient<TKernel, TSums, double, TLanes, TLabel>.Write(in sums, call, isAfterForward: false);
    }

    private static void Add<TKernel, TSums, TLabel>(ref TSums sums, BatchCall<TLabel> call)
        where TKernel : struct, ISumsKernel<TSums>
        where TSums : struct, ISoftDiceClassSums<TSums>
        where TLabel : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
            BatchSums<TKernel, TSums, Lanes512, TLabel>.Add(ref sums, call);
        else if (Vector256.IsHardwareAccelerated)
            BatchSums<TKernel, TSums, Lanes256, TLabel>.Add(ref sums, call);
        else if (Vector128.IsHardwareAccelerated)
            BatchSums<TKernel, TSums, Lanes128, TLabel>.Add(ref sums, call);
        else
            BatchSums<TKernel, TSums, ScalarLane, TLabel>.Add(ref sums, call);
    }

    private static void Write<TKernel, TSums, TLabel>(in TSums sums, BatchCall<TLabel> call, bool isAfterForward)
        where TKernel : struct, ILossKernel<TSums>
        where TSums : struct, ISoftDiceSums<TSums>
        where TLabel : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
            BatchGradient<TKernel, TSums, double, Lanes512, TLabel>.Write(in sums, call, isAfterForward);
        else if (Vector256.IsHardwareAccelerated)
            BatchGradient<TKernel, TSums, double, Lanes256, TLabel>.Write(in sums, call, isAfterForward);
        else if (Vector128.IsHardwareAccelerated)
            BatchGradient<TKernel, TSums, double, Lanes128, TLabel>.Write(in sums, call, isAfterForward);
        else
            BatchGradient<TKernel, TSums, double, ScalarLane, TLabel>.Write(in sums, call, isAfterForward);
    }
}
