using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>How a gradient of 16 MB is cut into what goes past the cache, in whole lines, and what does not.</summary>
public sealed class LargePartTests
{
    // A multiple of the floats of a line, and a number that is none.
    private const int WholeLines = 87_382 * Line, Ragged = WholeLines + 5;

    private const int Line = 16, FloatsBefore = 4, Lead = Line - FloatsBefore;

    private static readonly float[] Predictions = GC.AllocateArray<float>((3 * Ragged) + (2 * Line), pinned: true);
    private static readonly float[] Memory = GC.AllocateArray<float>((3 * Ragged) + (2 * Line), pinned: true);
    private static readonly int[] Labels = new int[Ragged];

    [Fact]
    public void Planes_that_begin_with_a_line_go_past_the_cache_as_they_are()
    {
        int each = ImageParts.Pixels(WholeLines, Planes.Most);
        Assert.Equal(
            [new(0, each, true), new(each, 2 * each, true), new(2 * each, WholeLines, true)],
            Calls<Planes, Lanes512>(Gradient(0, WholeLines), WholeLines));
    }

    [Fact]
    public void Planes_that_begin_within_a_line_have_two_ends()
    {
        int each = ImageParts.Pixels(WholeLines, Planes.Most);
        Assert.Equal(
            [
                new(0, Line, false), new(Lead, each + Lead, true), new(each + Lead, (2 * each) + Lead, true),
                new((2 * each) + Lead, WholeLines - FloatsBefore, true), new(WholeLines - Line, WholeLines, false),
            ],
            Calls<Planes, Lanes512>(Gradient(FloatsBefore, WholeLines), WholeLines));
    }

    [Fact]
    public void Planes_that_begin_at_different_places_of_a_line_are_left_to_the_lanes()
    {
        int each = ImageParts.Pixels(Ragged, Planes.Most);
        Assert.Equal(
            [new(0, each, true), new(each, 2 * each, true), new(2 * each, Ragged - 5, true), new(Ragged - 5, Ragged, false)],
            Calls<Planes, Lanes512>(Gradient(FloatsBefore, Ragged), Ragged));
    }

    [Fact]
    public void So_are_those_that_begin_within_a_float()
    {
        int each = ImageParts.Pixels(WholeLines, Planes.Most);
        Span<float> within = MemoryMarshal.Cast<byte, float>(MemoryMarshal.AsBytes(Memory.AsSpan())[2..])[..(3 * WholeLines)];
        Assert.Equal(
            [new(0, each, true), new(each, 2 * each, true), new(2 * each, WholeLines, true)], Calls<Planes, Lanes512>(within, WholeLines));
    }

    [Fact]
    public void So_are_lanes_that_do_not_make_up_a_line()
    {
        int each = ImageParts.Pixels(WholeLines, Planes.Most);
        Assert.Equal(
            new[] { (0, each), (each, 2 * each), (2 * each, WholeLines) }.SelectMany(part => InVectors(part.Item1, part.Item2, CheckingLanes.Count)),
            Calls<Planes, CheckingLanes>(Gradient(0, WholeLines), WholeLines));
    }

    [Fact]
    public void So_are_kernels_that_find_lines_themselves()
    {
        int each = ImageParts.Pixels(WholeLines, Planes.Most);
        Assert.Equal(
            new[] { (0, each + Lead), (each + Lead, (2 * each) + Lead), ((2 * each) + Lead, WholeLines) }
                .SelectMany(part => InVectors(part.Item1, part.Item2, Lanes512.Count)),
            Calls<FindingPlanes, Lanes512>(Gradient(FloatsBefore, WholeLines), WholeLines));
    }

    // The fifth pixel has the first class at the beginning of a line, and so has the fifth of every part.
    [Fact]
    public void Classes_side_by_side_have_two_ends_in_every_part()
    {
        const int First = 4;
        int each = ImageParts.Pixels(Ragged, Planes.Most);
        Assert.Equal(0, (FloatsBefore + (3 * First)) % Line);
        Assert.Equal(
            new[] { (0, each), (each, 2 * each), (2 * each, Ragged) }.SelectMany(part =>
            {
                (int start, int end) = part;
                int lines = end - ((end - start - First) % Line);
                return new GradientCall[] { new(start, start + Line, false), new(start + First, lines, true), new(end - Line, end, false) };
            }),
            Calls<SideBySide, Lanes512>(Gradient(FloatsBefore, Ragged), Ragged));
    }

    [Fact]
    public void In_the_predictions_place_nothing_goes_past_the_cache()
    {
        int each = ImageParts.Pixels(WholeLines, Planes.Most);
        Span<float> predictions = Predictions.AsSpan(ToLine(Predictions) + FloatsBefore, 3 * WholeLines);
        Assert.Equal(
            [new(0, each, false), new(each, 2 * each, false), new(2 * each, WholeLines, false)],
            Calls<Planes, Lanes512>(predictions, WholeLines, predictions));
    }

    [Fact]
    public void A_small_gradient_does_not_either()
    {
        const int Small = 64 * Line;
        Assert.Equal([new(0, Small, false)], Calls<Planes, Lanes512>(Gradient(FloatsBefore, Small), Small));
        Assert.Equal([new(0, Small, false), new(Small, Small + 5, false)], Calls<Planes, Lanes512>(Gradient(0, Small + 5), Small + 5));
    }

    private static GradientCall[] InVectors(int start, int end, int lanes)
    {
        int vectorEnd = end - ((end - start) % lanes);
        return vectorEnd < end ? [new(start, vectorEnd, true), new(vectorEnd, end, false)] : [new(start, end, true)];
    }

    private static GradientCall[] Calls<TCase, TLanes>(Span<float> gradient, int pixels, ReadOnlySpan<float> predictions = default)
        where TCase : struct, IPartCase
        where TLanes : struct, ILanes<TLanes>
    {
        PartKernel<TCase>.Gradients.Clear();
        None3.Sums sums = default;
        Batch.Backward<PartKernel<TCase>, None3.Sums, TLanes, int>(
            in sums, predictions.IsEmpty ? Predictions.AsSpan(0, 3 * pixels) : predictions, Labels.AsSpan(0, pixels), gradient, 1, 1, 1, default);
        return [.. PartKernel<TCase>.Gradients];
    }

    private static Span<float> Gradient(int start, int pixels) => Memory.AsSpan(ToLine(Memory) + start, 3 * pixels);

    private static unsafe int ToLine(float[] pinned) => (int)((Line - ((nuint)Unsafe.AsPointer(ref pinned[0]) / sizeof(float) % Line)) % Line);

    private readonly struct Planes : IPartCase
    {
        // So that there are three parts.
        public const int Most = 1 << 19;

        public static SoftDiceLabels Labels => SoftDiceLabels.ClassIndex;

        public static int PartPixels => Most;
    }

    private readonly struct FindingPlanes : IPartCase
    {
        public static SoftDiceLabels Labels => SoftDiceLabels.ClassIndex;

        public static int PartPixels => Planes.Most;

        public static bool FindsLines => true;
    }

    private readonly struct SideBySide : IPartCase
    {
        public static SoftDiceLabels Labels => SoftDiceLabels.ClassIndex;

        public static int PartPixels => Planes.Most;

        public static SoftDiceLayout Layout => SoftDiceLayout.ChannelsLast;
    }
}
