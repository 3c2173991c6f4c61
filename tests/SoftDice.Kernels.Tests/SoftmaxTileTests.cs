using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The rows of a tile, of logits of which one number is taken first, or nothing.</summary>
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
    [InlineData(65)]
    [InlineData(71)]
    [InlineData(134)]
    public void Rows_are_the_exponentials_and_what_makes_probabilities_of_them(int numClasses)
    {
        AssertRows<Lanes512>(numClasses);
        AssertRows<Lanes256>(numClasses);
    }

    // In lines of the cache, across them, and within elements; where planes begin alike, and where each begins elsewhere in a line.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    public void Rows_have_the_same_bits_wherever_in_a_line_planes_begin(int numClasses)
    {
        foreach (int pixels in new[] { Pixels, Pixels - 1 })
        {
            PinnedFloats memory = new(numClasses * pixels);
            foreach (int count in new[] { 16, 32, 48 })
            {
                for (int start = 0; start <= 16; start++)
                {
                    AssertSameBits<Lanes512>(start == 16 ? memory.WithinElements() : memory.From(start), count, numClasses);
                    AssertSameBits<Lanes256>(start == 16 ? memory.WithinElements() : memory.From(start), count, numClasses);
                }
            }
        }
    }

    // Where planes begin with lines, the one behind the last pixels is not theirs.
    [Fact]
    public void Nothing_is_read_on_either_side_of_an_image()
    {
        using GuardedMemory memory = new(5 * Pixels * sizeof(float));
        AssertSameBits<Lanes512>(memory.AtEnd<float>(5 * Pixels), Pixels, numClasses: 5, first: 0);
        AssertSameBits<Lanes512>(memory.AtStart<float>(5 * Pixels), Pixels, numClasses: 5, first: 0);
        AssertSameBits<Lanes512>(memory.AtEnd<float>((5 * Pixels) - 5), Pixels - 16, numClasses: 5, first: 15);
    }

    private static void AssertSameBits<TLanes>(Span<float> image, int count, int numClasses, int first = Start)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (i * 31 % 257 / 32f) - 4;
        }

        float[] expected = new float[(numClasses + SoftmaxTile.MoreRows) * Stride];
        float[] actual = new float[expected.Length];
        SoftmaxTile.Compute<ScalarLane>(image, first, count, expected, Stride, numClasses);
        SoftmaxTile.Compute<TLanes>(image, first, count, actual, Stride, numClasses);
        Assert.Equal(expected, actual);
    }

    // In turn logits that are taken as they are, 0 and 1; whose sum would be no float; whose sum would be 0; and, once, none that is finite.
    private static float Largest(int pixel) => (pixel % 7) switch
    {
        1 => 1000,
        2 => 1,
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
        float ofOne = 0, ofZero = 0;
        ScalarLane.Store(new LogitExponential<ScalarLane>().Of(ScalarLane.Broadcast(1)), ref ofOne, 0);
        ScalarLane.Store(new LogitExponential<ScalarLane>().Of(ScalarLane.Broadcast(0)), ref ofZero, 0);
        SoftmaxTile.Compute<TLanes>(image, Start, Count, rows, Stride, numClasses);
        for (int i = 0; i < Count; i++)
        {
            int pixel = Start + i;
            int number = Enumerable.Range(0, numClasses).Count(c => IsLargest(c, pixel));
            float each = pixel == None ? float.NaN : Largest(pixel) == 1 ? ofOne : ofZero;
            for (int c = 0; c < numClasses; c++)
            {
                Assert.Equal(pixel == None || IsLargest(c, pixel) ? each : 0, rows[(c * Stride) + i]);
            }

            // Each addition may be off by half a unit in the last place.
            float sum = rows[((numClasses + 1) * Stride) + i] * 2;
            Assert.Equal((double)number * each, sum, pixel == None ? 0 : number * number * each / (1 << 24));
            Assert.Equal(1 / sum, rows[(numClasses * Stride) + i]);
        }

        Assert.All(Enumerable.Range(0, numClasses + SoftmaxTile.MoreRows), row =>
            Assert.Equal(Stride - Count, rows.AsSpan((row * Stride) + Count, Stride - Count).Count(-3f)));
    }
}
