using System;
using System.Threading;

using SoftDice.Kernels;

namespace SoftDice;

/// <summary>
/// What every type annotated with <see cref="SoftDiceLossAttribute"/> implements where it can be a type argument, so that
/// generic code (an evaluator, a training loop) can take any generated loss as a type parameter.
/// </summary>
/// <remarks>
/// <para>
/// Layout: predictions are (batch, class, pixels) and labels (batch, pixels), both row-major, so that PyTorch's (B, C, H, W) and
/// (B, H, W) or (B, 1, H, W) fit as they are, with any number of spatial dimensions. A label type is read where it lies, without
/// a copy.
/// </para>
/// <para>
/// With <see cref="SoftDiceLayout.ChannelsLast"/>, predictions, gradient and targets are (batch, pixels, class) instead of (batch, class, pixels).
/// </para>
/// <para>
/// Exactness: at most 16 predictions of a class follow one another in a float sum, everything beyond is in double; what is added up over the classes of a pixel is in float. For probabilities from 0 to 1 and
/// class indices the loss is off by at most 1.9·10⁻⁶ of itself, near 0 too; on images of random predictions by some 10⁻⁹; -ln of a Wasserstein overlap near 0 is off by more, as distances near 1 are. Through a softmax or
/// a sigmoid, a probability is off by some 10⁻⁷ of itself. A sum of 16 must fit a float: predictions up to 2·10³⁷, by the largest weight of a cross-entropy that is above 1. What NaN, infinities,
/// absent classes and empty
/// input give is that of the definition, <see cref="SoftDiceReference"/>.
/// </para>
/// <para>
/// Doubles are rounded to float before anything else, and Halfs are floats already; a gradient is made of floats, and rounded if it is of Halfs
/// (<see cref="SoftDiceElementType"/>).
/// </para>
/// <para>
/// Reproducibility: the same call gives the same bits at the same vector width and any degree of parallelism, and may differ in the
/// last ones at another width. The sums of a batch have the same bits as those of its images accumulated one after the other.
/// </para>
/// <para>
/// With <see cref="SoftDiceSumsOver.Sample"/>, sums are those of one image: members that take sums take a batch of one image, or one part of it at
/// a time, and refuse any other with an <see cref="ArgumentOutOfRangeException"/>. Their gradient is that of the image's own loss: for the mean
/// over a batch, pass a scale of 1 / images. With a cross-entropy as well, which is a mean over the pixels of the batch, that is the same where these have equal
/// weights in each image (<see cref="ISoftDiceCompoundSums{TSelf}"/>).
/// </para>
/// <para>
/// Members may be called from several threads at the same time, each with sums and a gradient of its own. None allocates, except an
/// exception, and blocks of working memory that a thread keeps from its first call on; they do not grow with the image, but where each image has sums of
/// its own with the number of images.
/// </para>
/// </remarks>
/// <typeparam name="TSums">The per-class sums of the loss, a struct nested in the annotated type.</typeparam>
/// <typeparam name="TElement">The type of predictions and gradient, by <see cref="SoftDiceElementType"/>: float, double or Half.</typeparam>
public interface ISoftDiceLoss<TSums, TElement>
    where TSums : struct, ISoftDiceSums<TSums>
    where TElement : unmanaged
{
    /// <summary>The loss of a batch. It is NaN if a prediction that counts is NaN.</summary>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
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

    /// <summary>The loss of a batch, and its gradient with respect to the predictions.</summary>
    /// <typeparam name="TLabel">
    /// One of byte, sbyte, short, ushort, int, uint, long and float; with one-hot labels, byte or float.
    /// </typeparam>
    /// <param name="predictions">Probabilities, or logits with an activation, (batch, class, pixels) in row-major order.</param>
    /// <param name="labels">Class indices, (batch, pixels), or targets, (batch, class, pixels), in row-major order.</param>
    /// <param name="gradient">
    /// Where d loss / d prediction goes, as many as predictions: the memory of the predictions themselves, which are then gone, or
    /// memory that overlaps neither them nor the labels.
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
    /// <param name="gradient">
    /// Where d loss / d prediction goes, as many as predictions: the memory of the predictions themselves, which are then gone, or
    /// memory that overlaps neither them nor the labels.
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
    /// <param name="gradient">
    /// Where d loss / d prediction goes, as many as predictions: the memory of the predictions themselves, which are then gone, or
    /// memory that overlaps neither them nor the labels.
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
        Span<TElement> gradient,
        int batchSize,
        double scale = 1,
        int degreeOfParallelism = 1,
        CancellationToken cancellationToken = default)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged;
}

/// <summary><see cref="ISoftDiceLoss{TSums, TElement}"/> of floats, which predictions are unless <see cref="SoftDiceLossAttribute.ElementType"/> says otherwise.</summary>
/// <typeparam name="TSums">The per-class sums of the loss, a struct nested in the annotated type.</typeparam>
public interface ISoftDiceLoss<TSums> : ISoftDiceLoss<TSums, float>
    where TSums : struct, ISoftDiceSums<TSums>;
