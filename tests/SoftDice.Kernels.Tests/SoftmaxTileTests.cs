using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The rows of a tile, of logits whose exponentials are 1 and 0: exact, whatever is taken from them first.</summary>
public sealed class SoftmaxTileTests
{
    private const int Pixels = 64, Start = 5, Count = 48, Stride = 64;

    // Four rows at a time and what is left of them, and blocks of 64.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(11)]
    [InlineData(64)]
    [InlineData(71)]
    [InlineData(134)]
    public void Rows_are_the_exponentials_and_what_makes_probabilities_of_them(int numClasses)
    {
        AssertRows<Lanes512>(numClasses);
        AssertRows<Lanes256>(numClasses);
    }

    // In turn logits that are taken as they are, whose sum would be no float, whose sum would be 0, and, once, none that is finite.
    private static float Largest(int pixel) => (pixel % 7) switch
    {
        1 => 1000,
        3 => -200,
        5 => 90,
        _ => 0,
    };

    private static void AssertRows<TLanes>(int numClasses)
        where TLanes : struct, ILanes<TLanes>
    {
        const int None = Start + 9;
        bool IsLargest(int c, int pixel) => pixel != None && (c == pixel % numClasses || ((c * 5) + pixel) % 3 == 0);
        float[] image = [.. Enumerable.Range(0, numClasses * Pixels).Select(i =>
            IsLargest(i / Pixels, i % Pixels) ? Largest(i % Pixels) : float.NegativeInfinity)];
        float[] rows = new float[(numClasses + SoftmaxTile.MoreRows) * Stride];
        Array.Fill(rows, -3);
        SoftmaxTile.Compute<TLanes>(image, Start, Count, rows, Stride, numClasses);
        for (int i = 0; i < Count; i++)
        {
            int pixel = Start + i;
            int sum = Enumerable.Range(0, numClasses).Count(c => IsLargest(c, pixel));
            for (int c = 0; c < numClasses; c++)
            {
                Assert.Equal(pixel == None ? float.NaN : IsLargest(c, pixel) ? 1 : 0, rows[(c * Stride) + i]);
            }

            Assert.Equal(pixel == None ? float.NaN : 1f / sum, rows[(numClasses * Stride) + i]);
            Assert.Equal(pixel == None ? float.NaN : sum / 2f, rows[((numClasses + 1) * Stride) + i]);
        }

        Assert.All(Enumerable.Range(0, numClasses + SoftmaxTile.MoreRows), row =>
            Assert.Equal(Stride - Count, rows.AsSpan((row * Stride) + Count, Stride - Count).Count(-3f)));
    }
}
