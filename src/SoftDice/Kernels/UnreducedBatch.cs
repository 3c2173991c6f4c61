using System;
using System.Runtime.Intrinsics;
using System.Threading;

namespace SoftDice.Kernels;

/// <summary>What generated entry points call where the loss is not one number: a loss for each class that counts, of the batch or of each image.</summary>
public static class UnreducedBatch
{
    /// <summary>The losses of a batch.</summary>
    /// <typeparam name="TKernel">The kernel of the loss.</typeparam>
    /// <typeparam name="TSums">The sums of the loss.</typeparam>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="losses">Where the losses go.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="sumsOver">Whether each image has losses of its own.</param>
    /// <param name="degreeOfParallelism">The most threads at work.</param>
    /// <param name="cancellationToken">Asked before each part.</param>
    public static void Forward<TKernel, TSums, TLabel>(
        ReadOnlyElementSpan predictions,
        ReadOnlySpan<TLabel> labels,
        Span<double> losses,
        int batchSize,
        SoftDiceSumsOver sumsOver,
        int degreeOfParallelism,
        CancellationToken cancellationToken)
        where TKernel : struct, IUnreducedLossKernel<TSums>
        where TSums : struct, ISoftDiceUnreducedSums<TSums>
        where TLabel : unmanaged => Run<TKernel, TSums, TLabel>(
            new BatchCall<TLabel>
            {
                Predictions = predictions,
                Labels = labels,
                BatchSize = batchSize,
                DegreeOfParallelism = degreeOfParallelism,
                Cancellation = cancellationToken,
            },
            losses,
            sumsOver);

    /// <summary>The losses of a batch, and the gradient of their sum, each times its factor.</summary>
    /// <typeparam name="TKernel">The kernel of the loss.</typeparam>
    /// <typeparam name="TSums">The sums of the loss.</typeparam>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    /// <param name="losses">Where the losses go.</param>
    /// <param name="upstream">The factors.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="sumsOver">Whether each image has losses of its own.</param>
    /// <param name="degreeOfParallelism">The most threads at work.</param>
    /// <param name="cancellationToken">Asked before each part.</param>
    public static void ForwardBackward<TKernel, TSums, TLabel>(
        ReadOnlyElementSpan predictions,
        ReadOnlySpan<TLabel> labels,
        ElementSpan gradient,
        Span<double> losses,
        ReadOnlySpan<double> upstream,
        int batchSize,
        SoftDiceSumsOver sumsOver,
        int degreeOfParallelism,
        CancellationToken cancellationToken)
        where TKernel : struct, IUnreducedLossKernel<TSums>
        where TSums : struct, ISoftDiceUnreducedSums<TSums>
        where TLabel : unmanaged
    {
        KernelGuard.Gradient(predictions, labels, gradient);
        KernelGuard.Gradient(gradient, losses, upstream);
        BatchCall<TLabel> call = new()
        {
            Predictions = predictions,
            Labels = labels,
            Gradient = gradient,
            BatchSize = batchSize,
            Upstream = upstream,
            DegreeOfParallelism = degreeOfParallelism,
            Cancellation = cancellationToken,
        };
        KernelGuard.Forward<TKernel, TSums, TLabel>(call);
        KernelGuard.LossCount(upstream.Length, TSums.LossCount, SumsCount(batchSize, sumsOver), nameof(upstream));
        Run<TKernel, TSums, TLabel>(call, losses, sumsOver);
    }

    /// <summary>The gradient of a batch, at the widest lanes of the hardware.</summary>
    /// <typeparam name="TKernel">The kernel of the loss.</typeparam>
    /// <typeparam name="TSums">The sums of the loss.</typeparam>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="sums">The sums of everything that the losses are computed over.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    /// <param name="upstream">A factor for each loss.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="degreeOfParallelism">The most threads at work.</param>
    /// <param name="cancellationToken">Asked before each part.</param>
    public static void Backward<TKernel, TSums, TLabel>(
        in TSums sums,
        ReadOnlyElementSpan predictions,
        ReadOnlySpan<TLabel> labels,
        ElementSpan gradient,
        ReadOnlySpan<double> upstream,
        int batchSize,
        int degreeOfParallelism,
        CancellationToken cancellationToken)
        where TKernel : struct, IUnreducedLossKernel<TSums>
        where TSums : struct, ISoftDiceUnreducedSums<TSums>
        where TLabel : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
            Backward<TKernel, TSums, Lanes512, TLabel>(in sums, predictions, labels, gradient, upstream, batchSize, degreeOfParallelism, cancellationToken);
        else if (Vector256.IsHardwareAccelerated)
            Backward<TKernel, TSums, Lanes256, TLabel>(in sums, predictions, labels, gradient, upstream, batchSize, degreeOfParallelism, cancellationToken);
        else if (Vector128.IsHardwareAccelerated)
            Backward<TKernel, TSums, Lanes128, TLabel>(in sums, predictions, labels, gradient, upstream, batchSize, degreeOfParallelism, cancellationToken);
        else
            Backward<TKernel, TSums, ScalarLane, TLabel>(in sums, predictions, labels, gradient, upstream, batchSize, degreeOfParallelism, cancellationToken);
    }

    /// <summary>The gradient of a batch.</summary>
    /// <typeparam name="TKernel">The kernel of the loss.</typeparam>
    /// <typeparam name="TSums">The sums of the loss.</typeparam>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="sums">The sums of everything that the losses are computed over.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    /// <param name="upstream">A factor for each loss.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="degreeOfParallelism">The most threads at work.</param>
    /// <param name="cancellationToken">Asked before each part.</param>
    public static void Backward<TKernel, TSums, TLanes, TLabel>(
        in TSums sums,
        ReadOnlyElementSpan predictions,
        ReadOnlySpan<TLabel> labels,
        ElementSpan gradient,
        ReadOnlySpan<double> upstream,
        int batchSize,
        int degreeOfParallelism,
        CancellationToken cancellationToken)
        where TKernel : struct, IUnreducedLossKernel<TSums>
        where TSums : struct, ISoftDiceUnreducedSums<TSums>
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        BatchCall<TLabel> call = new()
        {
            Predictions = predictions,
            Labels = labels,
            Gradient = gradient,
            BatchSize = batchSize,
            Upstream = upstream,
            DegreeOfParallelism = degreeOfParallelism,
            Cancellation = cancellationToken,
        };
        KernelGuard.Gradient(gradient, losses: default, upstream);
        KernelGuard.Backward<TKernel, TSums, TLabel>(call);
        KernelGuard.LossCount(upstream.Length, TSums.LossCount, 1, nameof(upstream));
        BatchGradient<TKernel, TSums, ReadOnlySpan<double>, TLanes, TLabel>.Write(in sums, call, isAfterForward: false);
    }

    private static void Run<TKernel, TSums, TLabel>(BatchCall<TLabel> call, Span<double> losses, SoftDiceSumsOver sumsOver)
        where TKernel : struct, IUnreducedLossKernel<TSums>
        where TSums : struct, ISoftDiceUnreducedSums<TSums>
        where TLabel : unmanaged
    {
        int pixels = KernelGuard.Forward<TKernel, TSums, TLabel>(call);
        int count = SumsCount(call.BatchSize, sumsOver);
        KernelGuard.LossCount(losses.Length, TSums.LossCount, count, nameof(losses));

        using SumsBlock<TSums> block = new(call.BatchSize, sumsOver, pixels);
        ImageBatch<TKernel, TSums, ReadOnlySpan<double>, TLabel>.Run(call, block.Sums, pixels);
        for (int i = 0; i < count; i++)
        {
            block.Sums[i].Losses(losses.Slice(i * TSums.LossCount, TSums.LossCount));
        }
    }

    private static int SumsCount(int batchSize, SoftDiceSumsOver sumsOver) => sumsOver == SoftDiceSumsOver.Sample ? batchSize : 1;
}
