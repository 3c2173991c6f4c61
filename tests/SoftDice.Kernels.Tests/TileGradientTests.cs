using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>What is in the rows of tiles comes to its place in the gradient, through the cache and past it, wherever in a line of the cache that begins.</summary>
public sealed class TileGradientTests
{
    private const int Line = 16, Pixels = 160;

    /// <summary>Bytes behind the gradient that would be of two more classes.</summary>
    private const int Behind = 2 * Pixels * sizeof(float);

    // Some classes are computed and written four at a time. Tiles have no whole line, one, and several, and the last tile of an image is smaller.
    [Theory]
    [InlineData(1, 48)]
    [InlineData(3, 48)]
    [InlineData(6, 48)]
    [InlineData(4, 16)]
    [InlineData(4, 32)]
    [InlineData(4, 48)]
    [InlineData(9, 64)]
    [InlineData(9, 160)]
    public void Every_pixel_of_a_range_is_written_and_no_other(int numClasses, int tile)
    {
        foreach (int before in new[] { 0, 1, 7, 15 })
        {
            foreach ((int first, int end) in new[] { (0, Pixels), (32, 144), (16, 32) })
            {
                Assert.Multiple(
                    () => AssertWritten<Lanes512>(numClasses, tile, before * sizeof(float), first, end),
                    () => AssertWritten<Lanes256>(numClasses, tile, before * sizeof(float), first, end),
                    () => AssertWritten<Lanes128>(numClasses, tile, before * sizeof(float), first, end),
                    () => AssertWritten<ScalarLane>(numClasses, tile, before * sizeof(float), first, end));
            }
        }
    }

    // All planes begin within a line, and the first tile with one.
    [Theory]
    [InlineData(15, 1)]
    [InlineData(7, 9)]
    [InlineData(7, 25)]
    public void The_first_tile_may_begin_with_a_line_where_planes_do_not(int before, int first)
    {
        AssertWritten<Lanes512>(4, 48, before * sizeof(float), first, Pixels - before);
        AssertWritten<Lanes512>(9, 32, before * sizeof(float), first, Pixels - before);
        AssertWritten<Lanes256>(3, 64, before * sizeof(float), first, Pixels - before);
        AssertWritten<Lanes128>(5, 16, before * sizeof(float), first, Pixels - before);
        AssertWritten<ScalarLane>(4, 48, before * sizeof(float), first, Pixels);
    }

    // Behind an odd header, or where planes begin at different places of a line, there are no lines to write.
    [Fact]
    public void Where_there_are_no_lines_they_are_not_looked_for()
    {
        AssertWritten<Lanes512>(4, 48, 1, 0, Pixels);
        AssertWritten<Lanes256>(9, 48, 6, 32, 144);
        AssertWritten<Lanes256>(4, 48, 0, 0, Pixels - 8, Pixels - 8);
        AssertWritten<Lanes128>(9, 48, 4, 4, 44, Pixels - 4);
    }

    // Four classes of 128 pixels, and rows that just fit.
    [Theory]
    [InlineData(-16, 16, 480)]
    [InlineData(0, -16, 480)]
    [InlineData(-16, -16, 480)]
    [InlineData(112, 32, 480)]
    [InlineData(128, 16, 480)]
    [InlineData(0, 96, 480)]
    [InlineData(0, 16, 479)]
    public void A_tile_that_is_not_in_its_image_or_rows_is_refused(int start, int count, int floats)
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() =>
            SoftmaxTile.Compute<Lanes256>(new float[512], start, count, new float[floats], 80, 4));
        Assert.StartsWith(
            $"A tile of {count} pixels from {start} on, in 4 + 2 rows of 80, is not in an image of 512 logits or not in {floats} floats.",
            thrown.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 80)]
    [InlineData(112, 16)]
    [InlineData(128, 0)]
    public void A_tile_that_just_fits_is_taken(int start, int count)
    {
        AssertTaken<Lanes512>(start, count);
        AssertTaken<Lanes256>(start, count);
    }

    private static void AssertTaken<TLanes>(int start, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        using GuardedMemory image = new(512 * sizeof(float));
        float[] rows = new float[480];
        SoftmaxTile.Compute<TLanes>(image.AtEnd<float>(512), start, count, rows, 80, 4);

        // Of logits of 0.
        Assert.Equal(4 * count, rows.AsSpan(0, 320).Count(1.2935183f));
    }

    private static void AssertWritten<TLanes>(int numClasses, int tile, int bytesBefore, int first, int end, int pixels = Pixels)
        where TLanes : struct, ILanes<TLanes>
    {
        // The image at another place in a line, and at the same one.
        AssertWritten<TLanes>(numClasses, tile, bytesBefore, first, end, pixels, imageBefore: (bytesBefore / sizeof(float) + 9) % Line);
        AssertWritten<TLanes>(numClasses, tile, bytesBefore, first, end, pixels, bytesBefore / sizeof(float));
    }

    private static void AssertWritten<TLanes>(int numClasses, int tile, int bytesBefore, int first, int end, int pixels, int imageBefore)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> image = new PinnedFloats(numClasses * pixels).From(imageBefore);
        for (int i = 0; i < image.Length; i++)
        {
            // The logits that the next pixels and classes have differ from them.
            image[i] = i * 31 % 257 / 64f;
        }

        int stride = tile + Line;
        float[] rows = new float[(numClasses + SoftmaxTile.MoreRows) * pixels];
        SoftmaxTile.Compute<ScalarLane>(image, 0, pixels, rows, pixels, numClasses);
        const float Untouched = -1;
        float[] expected = [.. Enumerable.Range(0, image.Length).Select(i => i % pixels >= first && i % pixels < end ? rows[i] : Untouched)];

        foreach (bool bypassCache in new[] { false, true })
        {
            byte[] memory = GC.AllocateArray<byte>((expected.Length * sizeof(float)) + (3 * Line * sizeof(float)) + Behind, pinned: true);
            Span<float> gradient = FromLine(memory, bytesBefore, expected.Length);
            gradient.Fill(Untouched);
            memory.AsSpan(^Behind..).Fill(7);
            TileGradient tiles = new(gradient, numClasses, stride, first, bypassCache);
            for (int start = first; start < end; start += tile)
            {
                SoftmaxTile.Compute<TLanes>(image, start, Math.Min(tile, end - start), stride, numClasses, ref tiles);
            }

            tiles.Finish();
            Assert.Equal(Behind, memory.AsSpan(^Behind..).Count((byte)7));
            int place = gradient.CommonPrefixLength(expected);
            Assert.True(
                place == expected.Length,
                $"{typeof(TLanes).Name}, {numClasses} classes, tiles of {tile}, {bytesBefore} bytes into a line, {first} to {end}, past the cache {bypassCache}: element {place}");
        }
    }

    private static unsafe Span<float> FromLine(byte[] pinned, int bytesBefore, int count)
    {
        nuint address = (nuint)Unsafe.AsPointer(ref pinned[0]);
        const int LineBytes = Line * sizeof(float);
        int toLine = (int)((LineBytes - (address % LineBytes)) % LineBytes);
        return MemoryMarshal.Cast<byte, float>(pinned.AsSpan(toLine + bytesBefore, count * sizeof(float)));
    }
}
