using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>A range of labels has what the mask has of it.</summary>
public sealed class PixelLabelsTests
{
    private static readonly byte[] Labels = [.. Enumerable.Range(0, 40).Select(i => (byte)i)];
    private static readonly bool[] Mask = [.. Labels.Select(i => i % 3 == 1)];

    [Fact]
    public void What_is_left_begins_with_its_own_mask()
    {
        PixelLabels<byte> masked = new PixelLabels<byte>(Labels, Mask).Slice(7);
        Assert.Equal((byte[])[.. Labels.Skip(7)], masked.Labels.ToArray());
        Assert.Equal((bool[])[.. Mask.Skip(7)], masked.Mask.ToArray());
        PixelLabels<byte> all = new PixelLabels<byte>(Labels, 9).Slice(7);
        Assert.Equal((byte[])[.. Labels.Skip(7)], all.Labels.ToArray());
        Assert.True(all.Mask.IsEmpty);
        Assert.Equal(1, IgnoredPixels.Count<ScalarLane, byte>(all, 0, 33));
    }

    [Fact]
    public void The_mask_counts_who_takes_part()
    {
        Assert.Equal(Mask.Skip(5).Take(20).Count(inside => inside), new PixelLabels<byte>(Labels, Mask).CountTakingPart(5, 25));
        Assert.Equal(20, new PixelLabels<byte>(Labels, IgnoredPixels.None).CountTakingPart(5, 25));
    }
}
