using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>A cross-entropy of the batch beside an overlap of each image. One image at every width is in the tables of the terms.</summary>
public sealed class PerSampleTermTests
{
    private static readonly Dictionary<string, PerSampleBatch> Batches = new PerSampleBatch[]
    {
        new CompoundSampleBatch<PerSampleEntropy3, PerSampleEntropy3.Sums>(1, 40),
        new CompoundSampleBatch<PerSampleEntropy3, PerSampleEntropy3.Sums>(7, 75),
        new CompoundSampleBatch<PerSampleEntropySum3, PerSampleEntropySum3.Sums>(6, 33),
        new CompoundSampleBatch<PerSampleEntropyWeighted3, PerSampleEntropyWeighted3.Sums>(10, 40),
        new CompoundSampleBatch<PerSampleEntropyWeighted5, PerSampleEntropyWeighted5.Sums>(10, 530),
        new CompoundSampleBatch<PerSampleEntropyIgnore3, PerSampleEntropyIgnore3.Sums>(10, 40),
        new CompoundSampleBatch<PerSampleEntropyChannelsLast5, PerSampleEntropyChannelsLast5.Sums>(4, 530),
        new CompoundSampleBatch<PerSampleTargetEntropy3, PerSampleTargetEntropy3.Sums>(5, 40),
        new CompoundSampleBatch<PerSampleBinaryEntropy1, PerSampleBinaryEntropy1.Sums>(5, 40),
        new CompoundSampleBatch<PerSampleBinaryEntropyTargets5, PerSampleBinaryEntropyTargets5.Sums>(6, 30),

        // Images of several parts, and more images than a thread takes at a time.
        new CompoundSampleBatch<PerSampleEntropy3, PerSampleEntropy3.Sums>(3, 150_007),
        new CompoundSampleBatch<PerSampleEntropyWeighted5, PerSampleEntropyWeighted5.Sums>(2, 60_011),
        new CompoundSampleBatch<PerSampleEntropy3, PerSampleEntropy3.Sums>(20_011, 5),
    }.ToDictionary(batch => batch.Name);

    public static TheoryData<string> Small => [.. Batches.Keys.Where(name => !name.Contains("00", StringComparison.Ordinal) && !name.Contains("011", StringComparison.Ordinal))];

    public static TheoryData<string> All => [.. Batches.Keys];

    [Theory]
    [MemberData(nameof(Small))]
    public void A_batch_is_the_overlaps_of_its_images_and_the_cross_entropy_of_all(string name) => Batches[name].AssertIsItsImages();

    [Theory]
    [MemberData(nameof(All))]
    public void Every_degree_gives_the_same_bits(string name) => Batches[name].AssertSameBits(2, 3, 7, int.MaxValue);

    [Theory]
    [MemberData(nameof(All))]
    public void No_call_after_the_first_allocates(string name)
    {
        PerSampleBatch batch = Batches[name];
        long least = long.MaxValue;
        for (int call = 0; call < 12 && least > 0; call++)
        {
            long start = GC.GetAllocatedBytesForCurrentThread();
            batch.Run(1 + (call % 2));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - start);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void The_mean_of_the_cross_entropy_is_over_the_batch()
    {
        // Two images of two pixels, logits of 0 but those of the first pixel: ln 3 each, and there -ln of 1/4, 1/4, 1/2. The labels weigh
        // 1 and 1, and 4 and 2.
        float[] logits = [0, 0, 0, 0, MathF.Log(2), 0, 0, 0, 0, 0, 0, 0];
        byte[] labels = [0, 0, 2, 1];
        double ln3 = Math.Log(3);
        double sum = Math.Log(4) + ln3 + (4 * ln3) + (2 * ln3);

        // Dice: I, P, T of the first image 7/12 7/12 2, 0 7/12 0, 0 10/12 0; of the second 0 2/3 0, 1/3 2/3 1, 1/3 2/3 1.
        double dice = new[] { (7 / 6.0, 31 / 12.0), (0, 7 / 12.0), (0, 10 / 12.0), (0, 2 / 3.0), (2 / 3.0, 5 / 3.0), (2 / 3.0, 5 / 3.0) }
            .Average(of => 1 - ((of.Item1 + 1e-5) / (of.Item2 + 1e-5)));
        float[] gradient = new float[12];
        Assert.Equal(dice + (2 * sum / 8), PerSampleEntropyWeighted3.ForwardBackward<byte>(logits, labels, gradient, 2), 1e-6);

        // Of the first image alone, which is its own batch.
        PerSampleEntropyWeighted3.Sums first = default;
        PerSampleEntropyWeighted3.Accumulate<byte>(ref first, logits.AsSpan(0, 6), labels.AsSpan(0, 2), 1);
        Assert.Equal((Math.Log(4) + ln3) / 2, first.CrossEntropyLoss(), 1e-6);
        Assert.Equal(2, first.CrossEntropyWeight);
        Assert.Equal(first.OverlapLoss() + (2 * first.CrossEntropyLoss()), first.Loss());
        Assert.Equal(first.Loss(), PerSampleEntropyWeighted3.Forward<byte>(logits.AsSpan(0, 6), labels.AsSpan(0, 2), 1));
    }

    [Fact]
    public void A_sum_is_of_the_overlaps_alone()
    {
        // Level logits, every pixel ln 3; Dice of two images of one class each.
        float[] logits = new float[12];
        byte[] labels = [0, 0, 1, 1];
        double ofClass = 1 - ((4 / 3.0 + 1e-5) / (2 + 2 / 3.0 + 1e-5));
        double ofOther = 1 - (1e-5 / (2 / 3.0 + 1e-5));
        Assert.Equal((2 * ofClass) + (4 * ofOther) + Math.Log(3), PerSampleEntropySum3.Forward<byte>(logits, labels, 2), 1e-6);
    }

    [Fact]
    public void An_image_of_nothing_but_ignored_pixels_is_in_no_mean_of_the_cross_entropy()
    {
        // Labels 1 and 0, of which 0 is ignored; of the second image all are.
        float[] gradient = new float[12];
        double loss = PerSampleEntropyIgnore3.ForwardBackward<byte>(new float[12], [1, 0, 0, 0], gradient, 2);
        double dice = ((2 * (1 - (1e-5 / ((1 / 3.0) + 1e-5)))) + (1 - (((2 / 3.0) + 1e-5) / ((4 / 3.0) + 1e-5)))) / 6;
        Assert.Equal(dice + Math.Log(3), loss, 1e-6);
        for (int i = 0; i < gradient.Length; i++)
        {
            Assert.Equal(i is 0 or 2 or 4, gradient[i] != 0);
        }

        // Where no pixel takes part there is no mean, and no slope.
        Assert.Equal(0, PerSampleEntropyIgnore3.ForwardBackward<byte>(new float[12], [0, 0, 0, 0], gradient, 2));
        Assert.All(gradient, slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void What_is_wrong_is_named_and_nothing_is_written()
    {
        float[] gradient = new float[12];
        PerSampleEntropy3.Sums sums = default;
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(
            () => PerSampleEntropy3.ForwardBackward<byte>(gradient, [0, 0, 3, 0], gradient, 2));
        Assert.StartsWith("labels[2] is 3 (image 1, pixel 0)", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => PerSampleEntropy3.Backward<byte>(in sums, new float[12], [0, 0, 3, 0], gradient, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PerSampleEntropy3.Backward<byte>(in sums, new float[12], [0, 0, 1, 0], gradient, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => PerSampleEntropy3.Forward<byte>(new float[12], [0, 0, 1, 0], 0));
        Assert.Throws<ArgumentException>(() => PerSampleEntropy3.ForwardBackward<byte>(new float[12], [0, 0, 1, 0], gradient.AsSpan(1), 2));
        Assert.All(gradient, slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void A_batch_of_nothing_has_the_loss_of_an_empty_image()
    {
        Assert.Equal(0, PerSampleEntropy3.Forward<byte>([], [], int.MaxValue));
        Assert.Equal(0, PerSampleEntropySum3.ForwardBackward<byte>([], [], [], 5));
        Assert.Equal(0, SoftDiceReference.Loss<byte>(AttributeOptions.Of<PerSampleEntropy3>(), [], [], 2));
    }
}
