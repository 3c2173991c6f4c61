using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Batches of images of several parts, of a kernel that has small ones: what it is called for, and how labels are checked part by part.</summary>
public sealed class PartTests
{
    // Two parts, and some more than a vector in the third.
    private const int Pixels = 150, Images = 2;

    // The ends of parts, of vectors of 16 labels in them, and of the image.
    private static readonly int[] Places = [0, 15, 16, 63, 64, 80, 127, 128, 143, 144, 149];

    [Fact]
    public void A_kernel_is_called_for_each_part_of_each_image_in_whole_vectors_and_single_pixels()
    {
        Assert.Equal(Expected(1, string.Empty, string.Empty, 0, 64, 128, 150), Seen<Indices, ScalarLane>(null));
        Assert.Equal(Expected(16, string.Empty, string.Empty, 0, 64, 128, 144, 150), Seen<Indices, Lanes512>(null));
        Assert.Equal(Expected(4, string.Empty, string.Empty, 0, 64, 128, 148, 150), Seen<Indices, Lanes128>(null));
    }

    [Fact]
    public void A_part_has_the_mask_of_its_image()
    {
        bool[] mask = [.. Enumerable.Range(0, Images * Pixels).Select(i => i % 7 < 3)];
        string[] ofImages = [.. mask.Chunk(Pixels).Select(image => string.Concat(image.Select(inside => inside ? '1' : '0')))];
        Assert.Equal(Expected(1, ofImages[0], ofImages[1], 0, 64, 128, 150), Seen<MaskedIndices, ScalarLane>(mask));
    }

    [Fact]
    public void So_has_the_gradient_of_a_part()
    {
        None3.Sums sums = default;
        float[] predictions = new float[Images * 3 * Pixels];
        bool[] mask = [.. Enumerable.Repeat(true, Images * Pixels)];
        PartKernel<MaskedIndices>.Gradients.Clear();
        Batch.Backward<PartKernel<MaskedIndices>, None3.Sums, Lanes512, int>(
            in sums, predictions.AsSpan(), new PixelLabels<int>(new int[mask.Length], mask), new float[predictions.Length].AsSpan(), Images, 1, 1, default);
        GradientCall[] ofImage = [new(0, 64, false, true), new(64, 128, false, true), new(128, 144, false, true), new(144, 150, false, true)];
        Assert.Equal([.. ofImage, .. ofImage], PartKernel<MaskedIndices>.Gradients);
    }

    [Fact]
    public void Chains_leave_their_vectors_one_after_the_other()
    {
        Assert.Equal(3 * 8 * 4, Chains.Kept<Lanes256>(64, 16, 3).Length);
        Assert.Equal(3 * 8 * 5, Chains.Kept<Lanes256>(65, 16, 3).Length);
        Assert.Equal(2 * 4, Chains.Kept<Lanes128>(1, 16, 2).Length);
    }

    // The last part is smaller than what the first one is longer by and the others.
    [Fact]
    public void Parts_of_a_large_gradient_begin_with_a_line_of_the_cache()
    {
        const int Part = LargeIndices.Pixels, Parts = 1367, InAll = (Part * (Parts - 1)) + 16, Lead = 12;
        float[] predictions = new float[3 * InAll];
        Assert.True(predictions.Length >= 1 << 22, "Too small to be written past the cache.");
        int[] labels = new int[InAll];
        float[] memory = GC.AllocateArray<float>(predictions.Length + 32, pinned: true);
        None3.Sums sums = default;
        PartKernel<LargeIndices>.Gradients.Clear();

        Batch.Backward<PartKernel<LargeIndices>, None3.Sums, int>(
            in sums, predictions.AsSpan(), new ReadOnlySpan<int>(labels), memory.AsSpan(ToLine(memory) + 16 - Lead, predictions.Length), 1, 1, 1, default);

        GradientCall[] calls = [.. PartKernel<LargeIndices>.Gradients];
        GradientCall[] expected =
        [
            new(0, 16, false), .. Enumerable.Range(0, Parts - 1).Select(part => new GradientCall((part * Part) + Lead, ((part + 1) * Part) + Lead, true)),
        ];
        Assert.Equal(expected, calls[..Parts]);
        Assert.Equal((((Parts - 1) * Part) + Lead, InAll), (calls[Parts].FirstPixel, calls[^1].EndPixel));
    }

    [Fact]
    public void Entry_points_take_the_widest_lanes_of_the_hardware()
    {
        int widest = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;
        float[] predictions = new float[3 * 64];
        float[] gradient = new float[predictions.Length];
        int[] labels = new int[64];
        None3.Sums sums = default;
        PartKernel<Indices>.Calls.Clear();
        PartKernel<Indices>.LanesOfGradient.Clear();
        Batch.Accumulate<PartKernel<Indices>, None3.Sums, int>(ref sums, predictions.AsSpan(), new ReadOnlySpan<int>(labels), 1, 1, default);
        AssertLanes([widest], []);
        Batch.ForwardBackward<PartKernel<Indices>, None3.Sums, int>(
            predictions.AsSpan(), new ReadOnlySpan<int>(labels), gradient.AsSpan(), 1, 1, 1, default);
        AssertLanes([widest], [widest]);
        Batch.Backward<PartKernel<Indices>, None3.Sums, int>(
            in sums, predictions.AsSpan(), new ReadOnlySpan<int>(labels), gradient.AsSpan(), 1, 1, 1, default);
        AssertLanes([], [widest]);
        SampleBatch.Forward<PartKernel<Indices>, None3.Sums, int>(predictions.AsSpan(), new ReadOnlySpan<int>(labels), 1, 1, default);
        AssertLanes([widest], []);
        SampleBatch.ForwardBackward<PartKernel<Indices>, None3.Sums, int>(
            predictions.AsSpan(), new ReadOnlySpan<int>(labels), gradient.AsSpan(), 1, 1, 1, default);
        AssertLanes([widest], [widest]);

        static void AssertLanes(int[] ofSums, int[] ofGradient)
        {
            Assert.Equal(ofSums, PartKernel<Indices>.Calls.Select(call => call.Lanes));
            Assert.Equal(ofGradient, PartKernel<Indices>.LanesOfGradient);
            PartKernel<Indices>.Calls.Clear();
            PartKernel<Indices>.LanesOfGradient.Clear();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Each_element_of_the_gradient_is_written_once(int degree)
    {
        float[] predictions = [.. Enumerable.Range(0, Images * 3 * Pixels).Select(i => (float)i)];
        float[] expected = [.. predictions.Select(prediction => prediction + 1)];
        AssertWritten<Indices, Lanes256, int>(predictions, new int[Images * Pixels], expected, degree);
        AssertWritten<Turned, Lanes256, float>(predictions, new float[predictions.Length], expected, degree);
    }

    // Loops may err on the side of doubt.
    [Fact]
    public void Labels_that_the_kernel_doubts_are_looked_at_again()
    {
        AssertLookedAt<Indices>();
        AssertLookedAt<Staged>();
    }

    private static void AssertLookedAt<TCase>()
        where TCase : struct, IPartCase
    {
        float[] predictions = [.. Enumerable.Repeat(float.MaxValue, Images * 3 * Pixels)];
        int[] labels = new int[Images * Pixels];
        Accumulate();
        labels[^1] = 3;
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(Accumulate);
        Assert.StartsWith("labels[299] is 3 (image 1, pixel 149); ", thrown.Message, StringComparison.Ordinal);

        void Accumulate()
        {
            None3.Sums sums = default;
            Batch.Accumulate<PartKernel<TCase>, None3.Sums, Lanes256, int>(
                ref sums, predictions.AsSpan(), new ReadOnlySpan<int>(labels), Images, 1, default);
        }
    }

    [Fact]
    public void A_wrong_class_index_is_found_in_every_part()
    {
        foreach (int wrong in new[] { 3, -1, int.MinValue, int.MaxValue })
        {
            AssertFound<Indices, int>(null, wrong, 1, "here a label is 0 to 2.");
            AssertFound<IgnoringIndices, int>(7, wrong, 1, "here a label is 0 to 2, or 7, which is ignored.");
            AssertFoundInMask<MaskedIndices, int>(wrong, 1, "here a label is 0 to 2.");
        }
    }

    [Fact]
    public void A_wrong_target_is_found_in_every_part_and_class()
    {
        const string Rule = "here a label is how much the pixel belongs to the class, 0 to 1.";
        foreach (float wrong in new[] { 1.5f, -0.5f })
        {
            AssertFound<Targets, float>(-0f, wrong, 3, Rule);
            AssertFound<Turned, float>(-0f, wrong, 3, Rule, isTurned: true);
            AssertFoundInMask<MaskedTargets, float>(wrong, 3, Rule);
            AssertFoundInMask<MaskedTurned, float>(wrong, 3, Rule, isTurned: true);
        }
    }

    // With labels of 0, and with others that are right too.
    private static void AssertFound<TCase, TLabel>(TLabel? alsoRight, TLabel wrong, int classes, string rule, bool isTurned = false)
        where TCase : struct, IPartCase
        where TLabel : unmanaged
    {
        foreach (TLabel right in new[] { default, alsoRight ?? default })
        {
            TLabel[] labels = [.. Enumerable.Repeat(right, Images * Pixels * classes)];
            AssertRight<TCase, TLabel>(labels, []);
            foreach ((int index, string place) in Everywhere(classes, isTurned))
            {
                labels[index] = wrong;
                AssertWrong<TCase, TLabel>(labels, [], index, place + rule);
                labels[index] = right;
            }
        }
    }

    private static void AssertFoundInMask<TCase, TLabel>(TLabel wrong, int classes, string rule, bool isTurned = false)
        where TCase : struct, IPartCase
        where TLabel : unmanaged
    {
        TLabel[] labels = new TLabel[Images * Pixels * classes];
        bool[] all = [.. Enumerable.Repeat(true, Images * Pixels)];
        bool[] none = new bool[all.Length];
        AssertRight<TCase, TLabel>(labels, all);
        foreach ((int index, string place) in Everywhere(classes, isTurned))
        {
            int pixel = isTurned ? index / classes : (index / (classes * Pixels) * Pixels) + (index % Pixels);
            labels[index] = wrong;
            AssertWrong<TCase, TLabel>(labels, all, index, place + rule);
            none[pixel] = true;
            AssertWrong<TCase, TLabel>(labels, none, index, place + rule);
            none[pixel] = all[pixel] = false;
            AssertRight<TCase, TLabel>(labels, all);
            AssertRight<TCase, TLabel>(labels, none);
            all[pixel] = true;
            labels[index] = default;
        }
    }

    private static IEnumerable<(int Index, string Place)> Everywhere(int classes, bool isTurned)
    {
        foreach (int image in new[] { 0, 1 })
        {
            foreach (int c in new[] { 0, classes - 1 }.Distinct())
            {
                foreach (int pixel in Places)
                {
                    int index = (image * classes * Pixels) + (isTurned ? (pixel * classes) + c : (c * Pixels) + pixel);
                    string ofClass = classes > 1 ? $"class {c}, " : string.Empty;
                    yield return (index, $"(image {image}, {ofClass}pixel {pixel}); ");
                }
            }
        }
    }

    private static void AssertRight<TCase, TLabel>(TLabel[] labels, bool[] mask)
        where TCase : struct, IPartCase
        where TLabel : unmanaged
    {
        float[] gradient = Backward<TCase, TLabel>(labels, mask);
        Assert.Equal(-1, gradient.AsSpan().IndexOfAnyExcept(1));
    }

    private static void AssertWrong<TCase, TLabel>(TLabel[] labels, bool[] mask, int index, string said)
        where TCase : struct, IPartCase
        where TLabel : unmanaged
    {
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() => Backward<TCase, TLabel>(labels, mask));
        string message = string.Create(CultureInfo.InvariantCulture, $"labels[{index}] is {labels[index]} {said}");
        Assert.StartsWith(message, thrown.Message, StringComparison.Ordinal);
    }

    private static float[] Backward<TCase, TLabel>(TLabel[] labels, bool[] mask)
        where TCase : struct, IPartCase
        where TLabel : unmanaged
    {
        None3.Sums sums = default;
        float[] gradient = new float[Images * 3 * Pixels];
        Batch.Backward<PartKernel<TCase>, None3.Sums, Lanes256, TLabel>(
            in sums, new float[gradient.Length].AsSpan(), new PixelLabels<TLabel>(labels, mask), gradient.AsSpan(), Images, 1, 1, default);
        return gradient;
    }

    private static void AssertWritten<TCase, TLanes, TLabel>(float[] predictions, TLabel[] labels, float[] expected, int degree)
        where TCase : struct, IPartCase
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        None3.Sums sums = default;
        float[] gradient = new float[predictions.Length];
        Batch.Backward<PartKernel<TCase>, None3.Sums, TLanes, TLabel>(
            in sums, predictions.AsSpan(), new ReadOnlySpan<TLabel>(labels), gradient.AsSpan(), Images, 1, degree, default);
        Assert.Equal(expected, gradient);
    }

    private static PartCall[] Seen<TCase, TLanes>(bool[]? mask)
        where TCase : struct, IPartCase
        where TLanes : struct, ILanes<TLanes>
    {
        float[] predictions = [.. Enumerable.Range(0, Images * 3 * Pixels).Select(i => (float)i)];
        int[] labels = [.. Enumerable.Range(0, Images * Pixels)];
        None3.Sums sums = default;
        PartKernel<TCase>.Calls.Clear();
        Batch.Accumulate<PartKernel<TCase>, None3.Sums, TLanes, int>(
            ref sums, predictions.AsSpan(), new PixelLabels<int>(labels, mask), Images, 1, default);
        return [.. PartKernel<TCase>.Calls];
    }

    private static PartCall[] Expected(int lanes, string firstMask, string secondMask, params int[] ends) =>
    [
        .. from image in Enumerable.Range(0, Images)
           from range in ends.Zip(ends.Skip(1))
           select new PartCall(
               image * 3 * Pixels, 3 * Pixels, image * Pixels, Pixels, image == 0 ? firstMask : secondMask, range.First, range.Second,
               (range.Second - range.First) % lanes == 0 ? lanes : 1),
    ];

    private static unsafe int ToLine(float[] pinned) => (int)((64 - ((nuint)Unsafe.AsPointer(ref pinned[0]) % 64)) % 64 / sizeof(float));

    private readonly struct Indices : IPartCase
    {
        public static SoftDiceLabels Labels => SoftDiceLabels.ClassIndex;
    }

    private readonly struct Staged : IPartCase
    {
        public static SoftDiceLabels Labels => SoftDiceLabels.ClassIndex;

        public static SoftDiceLayout Layout => SoftDiceLayout.ChannelsLast;

        public static int StagedPixels => 64;
    }

    private readonly struct LargeIndices : IPartCase
    {
        public const int Pixels = 1024;

        public static SoftDiceLabels Labels => SoftDiceLabels.ClassIndex;

        public static int PartPixels => Pixels;
    }

    private readonly struct MaskedIndices : IPartCase
    {
        public static SoftDiceLabels Labels => SoftDiceLabels.ClassIndex;

        public static bool HasMask => true;
    }

    private readonly struct IgnoringIndices : IPartCase
    {
        public static SoftDiceLabels Labels => SoftDiceLabels.ClassIndex;

        public static long Ignored => 7;
    }

    private readonly struct Targets : IPartCase
    {
        public static SoftDiceLabels Labels => SoftDiceLabels.OneHot;
    }

    private readonly struct Turned : IPartCase
    {
        public static SoftDiceLabels Labels => SoftDiceLabels.OneHot;

        public static SoftDiceLayout Layout => SoftDiceLayout.ChannelsLast;
    }

    private readonly struct MaskedTargets : IPartCase
    {
        public static SoftDiceLabels Labels => SoftDiceLabels.OneHot;

        public static bool HasMask => true;
    }

    private readonly struct MaskedTurned : IPartCase
    {
        public static SoftDiceLabels Labels => SoftDiceLabels.OneHot;

        public static SoftDiceLayout Layout => SoftDiceLayout.ChannelsLast;

        public static bool HasMask => true;
    }
}
