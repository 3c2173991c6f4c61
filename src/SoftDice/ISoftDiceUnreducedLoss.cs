using System;
using System.Threading;

using SoftDice.Kernels;

namespace SoftDice;

/// <summary>
/// What a type annotated with <see cref="SoftDiceLossAttribute"/> implements instead of <see cref="ISoftDiceLoss{TSums, TElement}"/> if its
/// <see cref="SoftDiceReduction"/> is <see cref="SoftDiceReduction.None"/>: the loss is a number for each class that counts, or with
/// <see cref="SoftDiceSumsOver.Sample"/> for each image and each such class.
/// </summary>
/// <remarks>
/// Layout, exactness, reproducibility, threads, memory and what sums over samples take are those of <see cref="ISoftDiceLoss{TSums, TElement}"/>. Losses are
/// (<see cref="ISoftDiceUnreducedSums{TSelf}.LossCount"/>), or with sums over samples (batch, <see cref="ISoftDiceUnreducedSums{TSelf}.LossCount"/>)
/// in row-major order, of classes in their order without those that are left out; and so is what comes from upstream.
/// With <see cref="SoftDiceLayout.ChannelsLast"/>, predictions, gradient and targets are (batch, pixels, class) instead of (batch, class, pixels).
/// </remarks>
/// <typeparam name="TSums">The per-class sums of the loss, a struct nested in the annotated type.</typeparam>
/// <typeparam name="TElement">The type of predictions and gradient, by <see cref="SoftDiceElementType"/>: float, double or Half.</typeparam>
public interface ISoftDiceUnreducedLoss<TSums, TElement>
    where TSums : struct, ISoftDiceUnreducedSums<TSums>
    where TElement : unmanaged
{
    /// <summary>The losses of a batch. That of a class is NaN if a prediction for it is NaN, at a pixel that counts.</summary>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="losses">Where the losses go, in their shape; nothing of it is read.</param>
    /// <param name="batchSize">
    /// Number of images in the batch, at least 1. It says where one image ends: another one that divides the labels gives another
    /// loss, and no error.
    /// </param>
    /// <param name="degreeOfParallelism">
    /// The most threads at work: the calling one, and others of the thread pool. The result has the same bits for any number.
    /// </param>
    /// <param name="cancellationToken">Asked before each part of an image, which takes a millisecond or so.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, the batch size or the number of losses. Nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The batch size or the degree of parallelism is below 1, or a label is wrong.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="TLabel"/> is not one of the label types.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    static abstract void Forward<TLabel>(
        ReadOnlySpan<TElement> predictions,
        ReadOnlySpan<TLabel> labels,
        Span<double> losses,
        int batchSize,
        int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLabel : unmanaged;

    /// <summary>Adds the sums of a batch to <paramref name="sums"/>, which is left as it was if this throws.</summary>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="sums">The sums so far; <c>default</c> to begin with.</param>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="batchSize">
    /// Number of images in the batch, at least 1. It says where one image ends: another one that divides the labels gives another
    /// loss, and no error.
    /// </param>
    /// <param name="degreeOfParallelism">
    /// The most threads at work: the calling one, and others of the thread pool. The result has the same bits for any number.
    /// </param>
    /// <param name="cancellationToken">Asked before each part of an image, which takes a millisecond or so.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other or the batch size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The batch size or the degree of parallelism is below 1, or a label is wrong.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="TLabel"/> is not one of the label types.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    static abstract void Accumulate<TLabel>(
        ref TSums sums,
        ReadOnlySpan<TElement> predictions,
        ReadOnlySpan<TLabel> labels,
        int batchSize,
        int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLabel : unmanaged;

    /// <summary>
    /// The same as <see cref="Accumulate{TLabel}"/> with the vector width chosen by the caller instead of by the hardware:
    /// for tests and measurements.
    /// </summary>
    /// <typeparam name="TLanes">
    /// <see cref="Lanes512"/>, <see cref="Lanes256"/>, <see cref="Lanes128"/>, <see cref="ScalarLane"/> or lanes of your own.
    /// </typeparam>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="sums">The sums so far; <c>default</c> to begin with.</param>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="batchSize">
    /// Number of images in the batch, at least 1. It says where one image ends: another one that divides the labels gives another
    /// loss, and no error.
    /// </param>
    /// <param name="degreeOfParallelism">
    /// The most threads at work: the calling one, and others of the thread pool. The result has the same bits for any number.
    /// </param>
    /// <param name="cancellationToken">Asked before each part of an image, which takes a millisecond or so.</param>
    static abstract void Accumulate<TLanes, TLabel>(
        ref TSums sums,
        ReadOnlySpan<TElement> predictions,
        ReadOnlySpan<TLabel> labels,
        int batchSize,
        int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged;

    /// <summary>
    /// The losses of a batch, and the gradient with respect to the predictions of their sum, each times what comes from upstream. Where that
    /// depends on the losses, take them from <see cref="Forward{TLabel}"/> first.
    /// </summary>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="gradient">
    /// Where d loss / d prediction goes, as many as predictions: the memory of the predictions themselves, which are then gone, or
    /// memory that overlaps neither them nor the labels.
    /// </param>
    /// <param name="losses">Where the losses go, in their shape; nothing of it is read.</param>
    /// <param name="upstream">
    /// What each loss is multiplied by in the gradient, in the losses' shape: the derivatives of something larger with respect to them.
    /// </param>
    /// <param name="batchSize">
    /// Number of images in the batch, at least 1. It says where one image ends: another one that divides the labels gives another
    /// loss, and no error.
    /// </param>
    /// <param name="degreeOfParallelism">
    /// The most threads at work: the calling one, and others of the thread pool. The result has the same bits for any number.
    /// </param>
    /// <param name="cancellationToken">Asked before each part of an image, which takes a millisecond or so.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the gradient overlaps its input or the losses. Nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The batch size or the degree of parallelism is below 1, or a label is wrong. Nothing is written, unless a label is wrong that is read along with logits: their
    /// probabilities or exponentials may be in the gradient's place then, though never in that of the predictions.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="TLabel"/> is not one of the label types.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, perhaps with a part of the gradient, or of such numbers, written.</exception>
    static abstract void ForwardBackward<TLabel>(
        ReadOnlySpan<TElement> predictions,
        ReadOnlySpan<TLabel> labels,
        Span<TElement> gradient,
        Span<double> losses,
        ReadOnlySpan<double> upstream,
        int batchSize,
        int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLabel : unmanaged;

    /// <summary>
    /// The gradient of the sum of the losses of the sums, each times what comes from upstream, with respect to the predictions of a batch that
    /// was added to them.
    /// </summary>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="sums">The sums of everything that the loss was computed over, of which this batch is a part.</param>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="gradient">
    /// Where d loss / d prediction goes, as many as predictions: the memory of the predictions themselves, which are then gone, or
    /// memory that overlaps neither them nor the labels.
    /// </param>
    /// <param name="upstream">
    /// What each loss is multiplied by in the gradient, in the losses' shape: the derivatives of something larger with respect to them.
    /// </param>
    /// <param name="batchSize">
    /// Number of images in the batch, at least 1. It says where one image ends: another one that divides the labels gives another
    /// loss, and no error.
    /// </param>
    /// <param name="degreeOfParallelism">
    /// The most threads at work: the calling one, and others of the thread pool. The result has the same bits for any number.
    /// </param>
    /// <param name="cancellationToken">Asked before each part of an image, which takes a millisecond or so.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the gradient overlaps its input. Nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The batch size or the degree of parallelism is below 1, or a label is wrong. Nothing is written.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="TLabel"/> is not one of the label types.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, perhaps with a part of the gradient written.</exception>
    static abstract void Backward<TLabel>(
        in TSums sums,
        ReadOnlySpan<TElement> predictions,
        ReadOnlySpan<TLabel> labels,
        Span<TElement> gradient,
        ReadOnlySpan<double> upstream,
        int batchSize,
        int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLabel : unmanaged;

    /// <summary>
    /// The same as <see cref="Backward{TLabel}"/> with the vector width chosen by the caller instead of by the hardware: for tests
    /// and measurements.
    /// </summary>
    /// <typeparam name="TLanes">
    /// <see cref="Lanes512"/>, <see cref="Lanes256"/>, <see cref="Lanes128"/>, <see cref="ScalarLane"/> or lanes of your own.
    /// </typeparam>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="sums">The sums of everything that the loss was computed over, of which this batch is a part.</param>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="gradient">
    /// Where d loss / d prediction goes, as many as predictions: the memory of the predictions themselves, which are then gone, or
    /// memory that overlaps neither them nor the labels.
    /// </param>
    /// <param name="upstream">
    /// What each loss is multiplied by in the gradient, in the losses' shape: the derivatives of something larger with respect to them.
    /// </param>
    /// <param name="batchSize">
    /// Number of images in the batch, at least 1. It says where one image ends: another one that divides the labels gives another
    /// loss, and no error.
    /// </param>
    /// <param name="degreeOfParallelism">
    /// The most threads at work: the calling one, and others of the thread pool. The result has the same bits for any number.
    /// </param>
    /// <param name="cancellationToken">Asked before each part of an image, which takes a millisecond or so.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the gradient overlaps its input. Nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The batch size or the degree of parallelism is below 1, or a label is wrong. Nothing is written.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="TLabel"/> is not one of the label types.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, perhaps with a part of the gradient written.</exception>
    static abstract void Backward<TLanes, TLabel>(
        in TSums sums,
        ReadOnlySpan<TElement> predictions,
        ReadOnlySpan<TLabel> labels,
        Span<TElement> gradient,
        ReadOnlySpan<double> upstream,
        int batchSize,
        int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged;
}

/// <summary><see cref="ISoftDiceUnreducedLoss{TSums, TElement}"/> of floats, which predictions are unless <see cref="SoftDiceLossAttribute.ElementType"/> says otherwise.</summary>
/// <typeparam name="TSums">The per-class sums of the loss, a struct nested in the annotated type.</typeparam>
public interface ISoftDiceUnreducedLoss<TSums> : ISoftDiceUnreducedLoss<TSums, float>
    where TSums : struct, ISoftDiceUnreducedSums<TSums>;
