using System;
using System.Threading;

using SoftDice.Kernels;

namespace SoftDice;

/// <summary>
/// What every type annotated with <see cref="SoftDiceLossAttribute"/> and <see cref="SoftDiceLossAttribute.Mask"/> implements where it can be a
/// type argument: the members of <see cref="ISoftDiceLoss{TSums, TElement}"/>, with a mask after the labels.
/// </summary>
/// <remarks>
/// A pixel for which the mask is false is as if it were not there: its predictions, NaN included, and its label, whatever it is, are in no
/// sum, and its gradient is exactly 0. The pixels of a mask lie as those of class indices do, in either layout. A mask of bytes is one of bools as
/// <c>MemoryMarshal.Cast&lt;byte, bool&gt;(bytes)</c>. All that <see cref="ISoftDiceLoss{TSums, TElement}"/> says of layout, exactness, reproducibility and
/// threads is true of these members too.
/// </remarks>
/// <typeparam name="TSums">The per-class sums of the loss, a struct nested in the annotated type.</typeparam>
/// <typeparam name="TElement">The type of predictions and gradient, by <see cref="SoftDiceElementType"/>: float, double or Half.</typeparam>
public interface ISoftDiceMaskedLoss<TSums, TElement>
    where TSums : struct, ISoftDiceSums<TSums>
    where TElement : unmanaged
{
    /// <summary>The loss of a batch. It is NaN if a prediction that counts is NaN.</summary>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="mask">Of each pixel, (batch, pixels), whether it takes part; a byte that is neither 0 nor 1 is true.</param>
    /// <param name="batchSize">
    /// Number of images in the batch, at least 1. It says where one image ends: another one that divides the labels gives another
    /// loss, and no error.
    /// </param>
    /// <param name="degreeOfParallelism">
    /// The most threads at work: the calling one, and others of the thread pool. The result has the same bits for any number.
    /// </param>
    /// <param name="cancellationToken">Asked before each part of an image, which takes a millisecond or so.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit each other or the batch size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The batch size or the degree of parallelism is below 1, or a label is wrong.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="TLabel"/> is not one of the label types.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    static abstract double Forward<TLabel>(
        ReadOnlySpan<TElement> predictions,
        ReadOnlySpan<TLabel> labels,
        ReadOnlySpan<bool> mask,
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
    /// <param name="mask">Of each pixel, (batch, pixels), whether it takes part; a byte that is neither 0 nor 1 is true.</param>
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
        ReadOnlySpan<bool> mask,
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
    /// <param name="mask">Of each pixel, (batch, pixels), whether it takes part; a byte that is neither 0 nor 1 is true.</param>
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
        ReadOnlySpan<bool> mask,
        int batchSize,
        int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged;

    /// <summary>The loss of a batch, and its gradient with respect to the predictions.</summary>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="mask">Of each pixel, (batch, pixels), whether it takes part; a byte that is neither 0 nor 1 is true.</param>
    /// <param name="gradient">
    /// Where d loss / d prediction goes, as many as predictions: the memory of the predictions themselves, which are then gone, or
    /// memory that overlaps neither them, nor the labels, nor the mask.
    /// </param>
    /// <param name="batchSize">
    /// Number of images in the batch, at least 1. It says where one image ends: another one that divides the labels gives another
    /// loss, and no error.
    /// </param>
    /// <param name="scale">What the gradient is multiplied by: the derivative of something larger with respect to this loss.</param>
    /// <param name="degreeOfParallelism">
    /// The most threads at work: the calling one, and others of the thread pool. The result has the same bits for any number.
    /// </param>
    /// <param name="cancellationToken">Asked before each part of an image, which takes a millisecond or so.</param>
    /// <returns>The loss, not scaled.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or the gradient overlaps its input. Nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The batch size or the degree of parallelism is below 1, or a label is wrong. Nothing is written, unless a label is wrong that is read along with logits: their
    /// probabilities or exponentials may be in the gradient's place then, though never in that of the predictions.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="TLabel"/> is not one of the label types.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, perhaps with a part of the gradient, or of such numbers, written.</exception>
    static abstract double ForwardBackward<TLabel>(
        ReadOnlySpan<TElement> predictions,
        ReadOnlySpan<TLabel> labels,
        ReadOnlySpan<bool> mask,
        Span<TElement> gradient,
        int batchSize,
        double scale = 1,
        int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLabel : unmanaged;

    /// <summary>The gradient of <c>sums.Loss()</c> with respect to the predictions of a batch that was added to the sums.</summary>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="sums">The sums of everything that the loss was computed over, of which this batch is a part.</param>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="mask">Of each pixel, (batch, pixels), whether it takes part; a byte that is neither 0 nor 1 is true.</param>
    /// <param name="gradient">
    /// Where d loss / d prediction goes, as many as predictions: the memory of the predictions themselves, which are then gone, or
    /// memory that overlaps neither them, nor the labels, nor the mask.
    /// </param>
    /// <param name="batchSize">
    /// Number of images in the batch, at least 1. It says where one image ends: another one that divides the labels gives another
    /// loss, and no error.
    /// </param>
    /// <param name="scale">What the gradient is multiplied by: the derivative of something larger with respect to this loss.</param>
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
        ReadOnlySpan<bool> mask,
        Span<TElement> gradient,
        int batchSize,
        double scale = 1,
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
    /// <param name="mask">Of each pixel, (batch, pixels), whether it takes part; a byte that is neither 0 nor 1 is true.</param>
    /// <param name="gradient">
    /// Where d loss / d prediction goes, as many as predictions: the memory of the predictions themselves, which are then gone, or
    /// memory that overlaps neither them, nor the labels, nor the mask.
    /// </param>
    /// <param name="batchSize">
    /// Number of images in the batch, at least 1. It says where one image ends: another one that divides the labels gives another
    /// loss, and no error.
    /// </param>
    /// <param name="scale">What the gradient is multiplied by: the derivative of something larger with respect to this loss.</param>
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
        ReadOnlySpan<bool> mask,
        Span<TElement> gradient,
        int batchSize,
        double scale = 1,
        int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged;
}

/// <summary><see cref="ISoftDiceMaskedLoss{TSums, TElement}"/> of floats, which predictions are unless <see cref="SoftDiceLossAttribute.ElementType"/> says otherwise.</summary>
/// <typeparam name="TSums">The per-class sums of the loss, a struct nested in the annotated type.</typeparam>
public interface ISoftDiceMaskedLoss<TSums> : ISoftDiceMaskedLoss<TSums, float>
    where TSums : struct, ISoftDiceSums<TSums>;
