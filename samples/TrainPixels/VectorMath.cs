using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SoftDice.Samples.TrainPixels;

/// <summary>The two loops that training spends its time in, as many pixels at a time as a register holds.</summary>
internal static class VectorMath
{
    /// <summary>Adds <paramref name="factor"/> · <paramref name="values"/> to <paramref name="sum"/>.</summary>
    /// <param name="sum">What is added to.</param>
    /// <param name="factor">What the values are multiplied by.</param>
    /// <param name="values">As many as there are in the sum.</param>
    public static void AddScaled(Span<float> sum, float factor, ReadOnlySpan<float> values)
    {
        Span<Vector<float>> sumVectors = MemoryMarshal.Cast<float, Vector<float>>(sum);
        ReadOnlySpan<Vector<float>> valueVectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<float> factors = new(factor);
        for (int i = 0; i < sumVectors.Length; i++)
        {
            sumVectors[i] += factors * valueVectors[i];
        }

        for (int i = sumVectors.Length * Vector<float>.Count; i < sum.Length; i++)
        {
            sum[i] += factor * values[i];
        }
    }

    /// <summary>The sum of the products.</summary>
    /// <param name="left">One side.</param>
    /// <param name="right">As many on the other side.</param>
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ReadOnlySpan<Vector<float>> leftVectors = MemoryMarshal.Cast<float, Vector<float>>(left);
        ReadOnlySpan<Vector<float>> rightVectors = MemoryMarshal.Cast<float, Vector<float>>(right);
        Vector<float> sums = Vector<float>.Zero;
        for (int i = 0; i < leftVectors.Length; i++)
        {
            sums += leftVectors[i] * rightVectors[i];
        }

        float sum = Vector.Sum(sums);
        for (int i = leftVectors.Length * Vector<float>.Count; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
