using System;
using System.Numerics;

namespace SoftDice;

/// <summary>
/// The per-class sums that a soft Dice loss is made of, in double: a struct of fixed size without references. Sums add, so a
/// loss can be computed over tiles, files, threads or machines.
/// </summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
public interface ISoftDiceSums<TSelf> : IAdditionOperators<TSelf, TSelf, TSelf>, IEquatable<TSelf>
    where TSelf : struct, ISoftDiceSums<TSelf>
{
    /// <summary>Number of classes.</summary>
    static abstract int ClassCount { get; }

    /// <summary>Number of bytes that <see cref="WriteTo"/> writes and <see cref="ReadFrom"/> reads: 24 a class.</summary>
    static abstract int ByteCount { get; }

    /// <summary>The sum of the predictions for a class at the pixels labelled with it.</summary>
    /// <param name="classIndex">0 to <see cref="ClassCount"/> - 1.</param>
    /// <returns>I of the definition.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    double Intersection(int classIndex);

    /// <summary>The sum of all predictions for a class.</summary>
    /// <param name="classIndex">0 to <see cref="ClassCount"/> - 1.</param>
    /// <returns>P of the definition.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    double PredictionSum(int classIndex);

    /// <summary>The number of pixels labelled with a class.</summary>
    /// <param name="classIndex">0 to <see cref="ClassCount"/> - 1.</param>
    /// <returns>T of the definition, a whole number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    double TargetSum(int classIndex);

    /// <summary>The smoothed Dice coefficient of a class, <c>(2·I + ε) / (P + T + ε)</c>.</summary>
    /// <param name="classIndex">0 to <see cref="ClassCount"/> - 1.</param>
    /// <returns>0 to 1 where the predictions are 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    double Dice(int classIndex);

    /// <summary>The loss of everything added so far; for sums of nothing, that of an empty batch.</summary>
    /// <returns>The loss.</returns>
    double Loss();

    /// <summary>Adds other sums to these, without the copies that <c>+</c> makes of a large struct.</summary>
    /// <param name="other">The sums to add.</param>
    void Add(in TSelf other);

    /// <summary>Writes the sums as little-endian doubles: all intersections, then all prediction sums, then all target sums.</summary>
    /// <param name="destination">At least <see cref="ByteCount"/> bytes; what lies beyond them is left alone.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    void WriteTo(Span<byte> destination);

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <param name="source">Exactly <see cref="ByteCount"/> bytes.</param>
    /// <returns>The sums, bit for bit.</returns>
    /// <exception cref="ArgumentException">The source has another length.</exception>
    static abstract TSelf ReadFrom(ReadOnlySpan<byte> source);
}
