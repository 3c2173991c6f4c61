using System;
using System.Linq;
using System.Runtime.Intrinsics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Which width is taken, and how long its chains are.</summary>
public sealed class WidthTests
{
    [Fact]
    public void The_entry_points_take_the_widest_lanes_of_the_hardware()
    {
        (float[] predictions, int[] labels) = TestData.Uniform(1, 3, 1, 10007);
        double[] widths = [Loss<Lanes512>(), Loss<Lanes256>(), Loss<Lanes128>(), Loss<ScalarLane>()];
        Assert.Equal(4, widths.Distinct().Count());
        int widest = Vector512.IsHardwareAccelerated ? 0 : Vector256.IsHardwareAccelerated ? 1 : Vector128.IsHardwareAccelerated ? 2 : 3;
        Assert.Equal(widths[widest], Loss3.Forward<int>(predictions, labels, 1));

        double Loss<TLanes>()
            where TLanes : struct, ILanes<TLanes>
        {
            Loss3.Sums sums = default;
            Loss3.Accumulate<TLanes, int>(ref sums, predictions, labels, 1);
            return sums.Loss();
        }
    }

    [Theory]
    [InlineData(0, 8, 16, 8)]
    [InlineData(8, 8, 16, 8)]
    [InlineData(127, 8, 16, 8)]
    [InlineData(128, 8, 16, 16)]
    [InlineData(8 * 64, 8, 16, 4 * 8)]
    [InlineData((8 * 1024) - 1, 8, 16, 15 * 8)]
    [InlineData(8 * 1024, 8, 16, 16 * 8)]
    [InlineData(65536, 16, 16, 16 * 16)]
    [InlineData(65536, 1, 16, 16)]
    [InlineData(1 << 30, 4, 16, 16 * 4)]
    public void A_chain_is_half_the_square_root_of_the_vectors(int pixels, int lanes, int most, int expected) =>
        Assert.Equal((nuint)expected, Chains.PixelsPerChain(pixels, lanes, most));

    [Theory]
    [InlineData(1, 65536, 1, 64)]
    [InlineData(65536, 65536, 1, 65536)]
    [InlineData(65537, 65536, 2, 32832)]
    [InlineData(50176, 55872, 1, 50176)]
    [InlineData(int.MaxValue, 65536, 32768, 65536)]
    [InlineData(int.MaxValue, 64, 33554432, 64)]
    [InlineData(int.MaxValue - 32768, 65536, 32768, 65536)]
    public void An_image_is_cut_into_equal_parts(int pixels, int most, int count, int each)
    {
        Assert.Equal(count, ImageParts.Count(pixels, most));
        Assert.Equal(each, ImageParts.Pixels(pixels, most));
    }

    [Fact]
    public void Parts_cover_an_image_whatever_its_size()
    {
        Random random = new(5);
        for (int turn = 0; turn < 100_000; turn++)
        {
            int pixels = 1 + (int)(int.MaxValue * Math.Pow(random.NextDouble(), 1 + random.Next(6)));
            int most = 64 * random.Next(1, 1025);
            long each = ImageParts.Pixels(pixels, most);
            Assert.InRange(each, 64, most);
            Assert.Equal(0, each % 64);
            Assert.True(each * ImageParts.Count(pixels, most) >= pixels, $"{pixels} pixels in parts of {most}");
        }
    }

    [Fact]
    public void Many_empty_images_take_no_time() => Assert.Equal(0, Loss4096.Forward<byte>([], [], int.MaxValue));
}
