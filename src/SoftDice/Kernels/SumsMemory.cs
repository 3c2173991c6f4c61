using System;
using System.Buffers.Binary;
using System.Globalization;

namespace SoftDice.Kernels;

/// <summary>What the generated sums structs do with all their values at once.</summary>
public static class SumsMemory
{
    /// <summary>Adds element by element.</summary>
    /// <param name="target">The sums to add to.</param>
    /// <param name="source">The sums to add, as many.</param>
    public static void Add(Span<double> target, ReadOnlySpan<double> source)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += source[i];
        }
    }

    /// <summary>-ln(N / (N + M)), which is ln(1 + M / N), as exact for a small M as for a large one.</summary>
    /// <remarks>Source: Kahan's correction of the rounding in 1 + x; the framework's own LogP1 has none.</remarks>
    /// <param name="numerator">N.</param>
    /// <param name="miss">M.</param>
    /// <returns>The logarithm; +∞ for an infinite M of either sign, which makes the quotient 0.</returns>
    public static double NegativeLog(double numerator, double miss)
    {
        double x = miss / numerator;
        double sum = 1 + x;
        return sum == 1 ? x : double.IsInfinity(sum) ? double.PositiveInfinity : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>1 - N / (N + M), which is M / (N + M), as exact for a small M as for a large one.</summary>
    /// <param name="numerator">N.</param>
    /// <param name="miss">M.</param>
    /// <returns>The quotient; 1 for an infinite M of either sign, which makes that of N 0.</returns>
    public static double Complement(double numerator, double miss) =>
        double.IsInfinity(miss) && double.IsFinite(numerator) ? 1 : miss / (numerator + miss);

    /// <summary>A slope by a probability as a float, where sums without smoothing may be so small, or 0, that it is beyond the floats.</summary>
    /// <remarks>
    /// It is held within 2^120, so that the difference of two is a float, and that times the slope of a sigmoid or softmax where it is 0 is 0 instead of NaN.
    /// </remarks>
    /// <param name="scale">What the slope is multiplied with.</param>
    /// <param name="slope">The slope, finite or not.</param>
    /// <returns>The nearest float from -2^120 to 2^120; 0 for a scale of 0, NaN of a NaN.</returns>
    public static float Slope(double scale, double slope)
    {
        const double Steepest = (double)(1L << 60) * (1L << 60);
        double product = scale * Math.Clamp(slope, double.MinValue, double.MaxValue);
        return (float)Math.Clamp(product, -Steepest, Steepest);
    }

    /// <summary>Whether all values are equal; a NaN equals a NaN, so that sums equal themselves.</summary>
    /// <param name="left">One side.</param>
    /// <param name="right">The other side, as many.</param>
    /// <returns>True if they are.</returns>
    public static bool AreEqual(ReadOnlySpan<double> left, ReadOnlySpan<double> right) => left.SequenceEqual(right);

    /// <summary>A hash code of all values.</summary>
    /// <param name="values">The values.</param>
    /// <returns>Equal for equal values.</returns>
    public static int HashCode(ReadOnlySpan<double> values)
    {
        HashCode hash = default;
        foreach (double value in values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>Writes little-endian doubles.</summary>
    /// <param name="values">The values.</param>
    /// <param name="destination">At least eight bytes a value.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void Write(ReadOnlySpan<double> values, Span<byte> destination)
    {
        if (destination.Length < values.Length * sizeof(double))
        {
            throw new ArgumentException(
                $"destination has {Show(destination.Length)} bytes; the sums need {Show(values.Length * sizeof(double))}.",
                nameof(destination));
        }

        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(destination[(i * sizeof(double))..], values[i]);
        }
    }

    /// <summary>Reads little-endian doubles.</summary>
    /// <param name="source">Exactly eight bytes a value.</param>
    /// <param name="values">The values, all of which are written.</param>
    /// <exception cref="ArgumentException">The source has another length.</exception>
    public static void Read(ReadOnlySpan<byte> source, Span<double> values)
    {
        if (source.Length != values.Length * sizeof(double))
        {
            throw new ArgumentException(
                $"source has {Show(source.Length)} bytes; these sums are {Show(values.Length * sizeof(double))}. " +
                "Were they written by a loss with another number of classes?",
                nameof(source));
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(source[(i * sizeof(double))..]);
        }
    }

    private static string Show(int value) => value.ToString(CultureInfo.InvariantCulture);
}
