namespace SoftDice;

/// <summary>
/// The sums of one image, or of a part of one, where the overlap of each image is taken by itself and the cross-entropy is a mean over the
/// batch: the terms apart, so that those of several images can be put together.
/// </summary>
/// <remarks>
/// The loss of a batch is <see cref="SoftDiceLossAttribute.OverlapWeight"/> times the mean, or the sum, of <see cref="OverlapLoss"/> over its
/// images, and <see cref="SoftDiceLossAttribute.CrossEntropy"/> times the sum of <see cref="CrossEntropySum"/> over them by that of
/// <see cref="CrossEntropyWeight"/>. <see cref="ISoftDiceSums{TSelf}.Loss"/> is that of a batch of this one image.
/// </remarks>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
public interface ISoftDiceCompoundSums<TSelf> : ISoftDiceSums<TSelf>
    where TSelf : struct, ISoftDiceCompoundSums<TSelf>
{
    /// <summary>What the cross-entropies of the pixels come to, times their weights where they have any.</summary>
    double CrossEntropySum { get; }

    /// <summary>What that is divided by in a batch of this image: the number of its terms, or the sum of the weights of its labels.</summary>
    double CrossEntropyWeight { get; }

    /// <summary>The term of the overlap, before its weight.</summary>
    /// <returns>The term.</returns>
    double OverlapLoss();

    /// <summary>The term of the cross-entropy, before its weight.</summary>
    /// <returns>The term; 0 where no pixel has a weight.</returns>
    double CrossEntropyLoss();
}
