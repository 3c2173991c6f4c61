using System;
using System.Runtime.Intrinsics;
using System.Threading;

namespace SoftDice.Kernels;

/// <summary>
/// What generated entry points call where the overlap of each image is taken by itself and the cross-entropy is a mean over the batch: what it
/// divides by is known once all images have been added up, and goes into the gradient of each.
/// </summary>
public static class CompoundBatch
{
    /// <summary>The loss of a batch.</summary>
    /// <typeparam name="TKernel">The kernel of the loss.</typeparam>
    /// <typeparam name="TSums">The sums of the loss.</typeparam>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels, with a mask where the loss has one.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="divisor">What the sum of the overlap's terms is divided by: the number of images, or 1.</param>
    /// <param name="degreeOfParallelism">The most threads at work.</param>
    /// <param name="cancellationToken">Asked before each part.</param>
    /// <returns>The loss.</returns>
    public static double Forward<TKernel, TSums, TLabel>(
        ReadOnlyElementSpan predictions,
        PixelLabels<TLabel> labels,
        int batchSize,
        int divisor,
        int degreeOfParallelism,
        CancellationToken cancellationToken)
        where TKernel : struct, ICompoundLossKernel<TSums>
        where TSums : struct, ISoftDiceCompoundSums<TSums>
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
        return Run<TKernel, TSums, TLabel>(call, divisor, scale: 1);
    }

    /// <summary>The loss of a batch and its gradient.</summary>
    /// <typeparam name="TKernel">The kernel of the loss.</typeparam>
    /// <typeparam name="TSums">The sums of the loss.</typeparam>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels, with a mask where the loss has one.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="divisor">What the sum of the overlap's terms is divided by: the number of images, or 1.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="degreeOfParallelism">The most threads at work.</param>
    /// <param name="cancellationToken">Asked before each part.</param>
    /// <returns>The loss.</returns>
    public static double ForwardBackward<TKernel, TSums, TLabel>(
        ReadOnlyElementSpan predictions,
        PixelLabels<TLabel> labels,
        ElementSpan gradient,
        int batchSize,
        int divisor,
        double scale,
        int degreeOfParallelism,
        CancellationToken cancellationToken)
        where TKernel : struct, ICompoundLossKernel<TSums>
        where TSums : struct, ISoftDiceCompoundSums<TSums>
        where TLabel : unmanaged
    {
        BatchCall<TLabel> call = new()
        {
            Predictions = predictions,
            Labels = labels,
            Gradient = gradient,
            BatchSize = batchSize,
            DegreeOfParallelism = degreeOfParallelism,
            Cancellation = cancellationToken,
        };
        KernelGuard.Gradient(call);
        return Run<TKernel, TSums, TLabel>(call, divisor, scale);
    }

    /// <summary>The gradient of the loss of one image, at the widest lanes of the hardware.</summary>
    /// <typeparam name="TKernel">The kernel of the loss.</typeparam>
    /// <typeparam name="TSums">The sums of the loss.</typeparam>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="sums">The sums of the image.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels, with a mask where the loss has one.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="degreeOfParallelism">The most threads at work.</param>
    /// <param name="cancellationToken">Asked before each part.</param>
    public static void Backward<TKernel, TSums, TLabel>(
        in TSums sums,
        ReadOnlyElementSpan predictions,
        PixelLabels<TLabel> labels,
        ElementSpan gradient,
        double scale,
        int degreeOfParallelism,
        CancellationToken cancellationToken)
        where TKernel : struct, ICompoundLossKernel<TSums>
        where TSums : struct, ISoftDiceCompoundSums<TSums>
        where TLabel : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
            Backward<TKernel, TSums, Lanes512, TLabel>(in sums, predictions, labels, gradient, scale, degreeOfParallelism, cancellationToken);
        else if (Vector256.IsHardwareAccelerated)
            Backward<TKernel, TSums, Lanes256, TLabel>(in sums, predictions, labels, gradient, scale, degreeOfParallelism, cancellationToken);
        else if (Vector128.IsHardwareAccelerated)
            Backward<TKernel, TSums, Lanes128, TLabel>(in sums, predictions, labels, gradient, scale, degreeOfParallelism, cancellationToken);
        else
            Backward<TKernel, TSums, ScalarLane, TLabel>(in sums, predictions, labels, gradient, scale, degreeOfParallelism, cancellationToken);
    }

    /// <summary>The gradient of the loss of one image.</summary>
    /// <typeparam name="TKernel">The kernel of the loss.</typeparam>
    /// <typeparam name="TSums">The sums of the loss.</typeparam>
    /// <typeparam name="TLanes">The lanes.</typeparam>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="sums">The sums of the image.</param>
    /// <param name="predictions">The predictions.</param>
    /// <param name="labels">The labels, with a mask where the loss has one.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    /// <param name="scale">What the gradient is multiplied by.</param>
    /// <param name="degreeOfParallelism">The most threads at work.</param>
    /// <param name="cancellationToken">Asked before each part.</param>
    public static void Backward<TKernel, TSums, TLanes, TLabel>(
        in TSums sums,
        ReadOnlyElementSpan predictions,
        PixelLabels<TLabel> labels,
        ElementSpan gradient,
        double scale,
        int degreeOfParallelism,
        CancellationToken cancellationToken)
        where TKernel : struct, ICompoundLossKernel<TSums>
        where TSums : struct, ISoftDiceCompoundSums<TSums>
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        ReadOnlySpan<double> factors = [scale, CrossEntropyFactor<TKernel, TSums>(scale, sums.CrossEntropyWeight)];
        BatchCall<TLabel> call = new()
        {
            Predictions = predictions,
            Labels = labels,
            Gradient = gradient,
            BatchSize = 1,
            Upstream = factors,
            DegreeOfParallelism = degreeOfParallelism,
            Cancellation = cancellationToken,
        };
        KernelGuard.Backward<TKernel, TSums, TLabel>(call);
        BatchGradient<TKernel, TSums, TermFactors, TLanes, TLabel>.Write(in sums, call, isAfterForward: false);
    }

    private static double Run<TKernel, TSums, TLabel>(BatchCall<TLabel> call, int divisor, double scale)
        where TKernel : struct, ICompoundLossKernel<TSums>
        where TSums : struct, ISoftDiceCompoundSums<TSums>
        where TLabel : unmanaged
    {
        int pixels = KernelGuard.Forward<TKernel, TSums, TLabel>(call);
        if (pixels == 0)
        {
            return TKernel.OverlapWeight * (call.BatchSize * default(TSums).OverlapLoss() / divisor);
        }

        using SumsBlock<TSums> block = new(call.BatchSize, SoftDiceSumsOver.Sample, pixels);
        ImageBatch<TKernel, TSums, TermFactors, TLabel>.Add(call, block.Sums, pixels);
        double overlap = 0, crossEntropy = 0, weight = 0;
        for (int image = 0; image < call.BatchSize; image++)
        {
            ref readonly TSums sums = ref block.Sums[image];
            overlap += sums.OverlapLoss();
            crossEntropy += sums.CrossEntropySum;
            weight += sums.CrossEntropyWeight;
        }

        if (!call.Gradient.IsEmpty)
        {
            ReadOnlySpan<double> factors = [scale / divisor, CrossEntropyFactor<TKernel, TSums>(scale, weight)];
            ImageBatch<TKernel, TSums, TermFactors, TLabel>.Write(call with { Upstream = factors }, block.Sums);
        }

        return (TKernel.OverlapWeight * (overlap / divisor)) + (TKernel.CrossEntropy * (weight == 0 ? 0 : crossEntropy / weight));
    }

    // What each pixel's cross-entropy is multiplied by; where no pixel has a weight, there is nothing to take a mean of.
    private static double CrossEntropyFactor<TKernel, TSums>(double scale, double weight)
        where TKernel : struct, ICompoundLossKernel<TSums>
        where TSums : struct, ISoftDiceCompoundSums<TSums> => weight == 0 ? 0 : scale * TKernel.CrossEntropy / weight;
}
