using System;

namespace SoftDice;

/// <summary>
/// The per-class sums that a soft Dice loss is made of, in double: a struct of fixed size without references. Sums add, so a
/// loss can be computed over tiles, files, threads or machines. What the sums of every loss have; the loss itself is in
/// <see cref="ISoftDiceSums{TSelf}"/>, or with <see cref="SoftDiceReduction.None"/> in <see cref="ISoftDiceUnreducedSums{TSelf}"/>.
/// </summary>
/// <remarks>
/// Sums are passed by reference throughout: with many classes they are large (96 KB at 4,096), and more than some platforms can
/// pass by value. That is why this is neither <see cref="System.Numerics.IAdditionOperators{TSelf, TOther, TResult}"/> nor
/// <see cref="IEquatable{T}"/>.
/// </remarks>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
public interface ISoftDiceClassSums<TSelf>
    where TSelf : struct, ISoftDiceClassSums<TSelf>
{
    /// <summary>Number of classes.</summary>
    static abstract int ClassCount { get; }

    /// <summary>Number of bytes that <see cref="WriteTo"/> writes and <see cref="ReadFrom"/> reads: 24 a class, or 32 with a Tversky index of two weights.</summary>
    static abstract int ByteCount { get; }

    /// <summary>
    /// The sum of the predictions for a class at the pixels labelled with it; with targets, of prediction times target, or of the smaller of the
    /// two if <see cref="SoftDiceLossAttribute.Intersection"/> says so. With <see cref="SoftDiceLossAttribute.WassersteinDistances"/>, of 1 less the distance at
    /// these pixels, and <see cref="PredictionSum"/> is the same.
    /// </summary>
    /// <param name="classIndex">0 to <see cref="ClassCount"/> - 1.</param>
    /// <returns>I of the definition.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    double Intersection(int classIndex);

    /// <summary>
    /// By how much predictions for a class miss: the sum of 1 minus the prediction at the pixels labelled with it, and of the predictions
    /// elsewhere; of the squares of these with a squared denominator. With <see cref="SoftDiceLossAttribute.WassersteinDistances"/>, the sum of the distances of the
    /// pixels labelled with it.
    /// </summary>
    /// <param name="classIndex">0 to <see cref="ClassCount"/> - 1.</param>
    /// <returns>P + T - 2·I of the definition, without the digits that this would lose where it is small.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    double Miss(int classIndex);

    /// <summary>
    /// The sum of all predictions for a class, or of their squares with a squared denominator, from the other sums: off by a part of 10⁶ of <see cref="TargetSum"/> and
    /// <see cref="Miss"/> at most, so that one that is very much smaller than these has few digits.
    /// </summary>
    /// <param name="classIndex">0 to <see cref="ClassCount"/> - 1.</param>
    /// <returns>P of the definition.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    double PredictionSum(int classIndex);

    /// <summary>The number of pixels labelled with a class, or the sum of the targets for it, or of their squares with a squared denominator.</summary>
    /// <param name="classIndex">0 to <see cref="ClassCount"/> - 1.</param>
    /// <returns>T of the definition.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    double TargetSum(int classIndex);

    /// <summary>
    /// The overlap of a class that the loss is made of: the smoothed Dice coefficient, <c>(2·I + ε) / (P + T + ε)</c>, unless options ask for
    /// another, for other smoothing, or for a floor. It is there for a class too that is left out of the loss; with generalised weights, which make one
    /// ratio of all classes, it is that of the class alone.
    /// </summary>
    /// <param name="classIndex">0 to <see cref="ClassCount"/> - 1.</param>
    /// <returns>0 to 1 where the predictions are 0 to 1 and the numerator's smoothing is no more than the denominator's.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    double Dice(int classIndex);

    /// <summary>Adds sums.</summary>
    /// <param name="left">One side.</param>
    /// <param name="right">The other side.</param>
    /// <returns>The sums of both, in the order of the operands.</returns>
    static abstract TSelf operator +(in TSelf left, in TSelf right);

    /// <summary>Whether all sums are equal; NaN equals NaN.</summary>
    /// <param name="other">The other sums.</param>
    /// <returns>True if they are.</returns>
    bool Equals(in TSelf other);

    /// <summary>Adds other sums to these in place.</summary>
    /// <param name="other">The sums to add.</param>
    void Add(in TSelf other);

    /// <summary>Writes the sums as little-endian doubles: all intersections, then all misses (with a Tversky index of two weights all
    /// false negatives, then all false positives), then all target sums.</summary>
    /// <param name="destination">At least <see cref="ByteCount"/> bytes; what lies beyond them is left alone.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    void WriteTo(Span<byte> destination);

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <param name="source">Exactly <see cref="ByteCount"/> bytes.</param>
    /// <returns>The sums, bit for bit.</returns>
    /// <exception cref="ArgumentException">The source has another length.</exception>
    static abstract TSelf ReadFrom(ReadOnlySpan<byte> source);
}
