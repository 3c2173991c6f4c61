using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Memory for work begins with a line of the cache, and is the same until more of it is needed.</summary>
public sealed class ScratchTests
{
    [Fact]
    public unsafe void A_block_begins_with_a_line_and_is_kept()
    {
        foreach (int count in new[] { 1, 16, 17, 1000 })
        {
            nuint first = (nuint)Unsafe.AsPointer(ref Scratch.Floats(count)[0]);
            Assert.Equal(0u, first % 64);
            Assert.Equal(count, Scratch.Floats(count).Length);
            Assert.Equal(first, (nuint)Unsafe.AsPointer(ref Scratch.Floats(count)[0]));
            Assert.Equal(first, (nuint)Unsafe.AsPointer(ref Scratch.Floats(1)[0]));
        }
    }

    [Fact]
    public void Totals_are_zero_and_of_other_memory_than_slopes_and_tiles()
    {
        Scratch.Totals<Lanes256>(9).Fill(new ClassTotals<Lanes256> { Pixels = 3 });
        Scratch.Floats(9 * 64).Fill(5);
        Scratch.Slopes(9).Fill(new ClassSlopes(1, 2, 3));
        foreach (ClassTotals<Lanes256> total in Scratch.Totals<Lanes256>(9))
        {
            Assert.Equal(0, total.Pixels);
        }

        Assert.Equal(9 * 64, Scratch.Floats(9 * 64).Count(5f));
    }

    // Blocks that a thread asks for one after the other mostly lie so, and one that is too short would reach into the next.
    [Fact]
    public void Blocks_do_not_overlap() => OnNewThread(() =>
    {
        (nuint Start, nuint End)[] blocks =
        [
            PlaceOf(Scratch.Floats(16)), PlaceOf(Scratch.Slopes(1000)), PlaceOf(Scratch.Totals<Lanes256>(10)), PlaceOf(Scratch.Floats(33)), PlaceOf(Scratch.Floats(600)),
        ];
        foreach ((nuint start, nuint end) in blocks[1..3])
        {
            Assert.All(blocks[3..], floats => Assert.True(floats.End <= start || floats.Start >= end));
        }

        Assert.True(blocks[1].End <= blocks[2].Start || blocks[1].Start >= blocks[2].End);
    });

    [Fact]
    public void A_block_does_not_move() => OnNewThread(() =>
    {
        byte[][] before = [.. Enumerable.Range(0, 1000).Select(_ => new byte[100])];
        (nuint first, _) = PlaceOf(Scratch.Floats(1000));
        Assert.NotEmpty(before);
        before = [];
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        Assert.Equal((first, 0), (PlaceOf(Scratch.Floats(1000)).Start, before.Length));
    });

    [Fact]
    public void More_than_an_array_can_have_is_refused() => Assert.Throws<OverflowException>(() => Scratch.Floats(int.MaxValue).Length);

    private static unsafe (nuint Start, nuint End) PlaceOf<T>(Span<T> elements)
    {
        nuint start = (nuint)Unsafe.AsPointer(ref elements[0]);
        return (start, start + (nuint)(elements.Length * Unsafe.SizeOf<T>()));
    }

    // With no block yet.
    private static void OnNewThread(Action act)
    {
        Exception? thrown = null;
        Thread thread = new(() => thrown = Record.Exception(act));
        thread.Start();
        thread.Join();
        Assert.Null(thrown);
    }
}
