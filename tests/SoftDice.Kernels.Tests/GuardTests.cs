using System;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>What generated entry points check, called by themselves: each message, and the last value on either side of each limit.</summary>
public sealed class GuardTests
{
    [Fact]
    public void Pixels_follow_from_the_lengths()
    {
        Assert.Equal(5, KernelGuard.PixelsPerImage<byte>(30, 10, 2, 3, SoftDiceLabels.ClassIndex));
        Assert.Equal(0, KernelGuard.PixelsPerImage<byte>(0, 0, 2, 3, SoftDiceLabels.ClassIndex));
        Assert.Equal(5, KernelGuard.PixelsPerImage<float>(30, 30, 2, 3, SoftDiceLabels.OneHot));
        Assert.Equal(0, KernelGuard.PixelsPerImage<byte>(0, 0, int.MaxValue, 4096, SoftDiceLabels.OneHot));
        AssertWrong(
            "labels has 10 elements, which do not divide into batchSize = 3 images of equal size.", "labels",
            () => KernelGuard.PixelsPerImage<byte>(30, 10, 3, 3, SoftDiceLabels.ClassIndex));
        AssertWrong(
            "predictions has 31 elements; 2 images of 3 classes and 5 pixels (from 10 labels) need 30.", "predictions",
            () => KernelGuard.PixelsPerImage<byte>(31, 10, 2, 3, SoftDiceLabels.ClassIndex));
        AssertWrong(
            "predictions has 31 elements, which do not divide into batchSize = 2 images of 3 classes.", "predictions",
            () => KernelGuard.PixelsPerImage<float>(31, 31, 2, 3, SoftDiceLabels.OneHot));
        AssertWrong(
            "labels has 10 elements; a one-hot or soft target is one for each of the 30 predictions.", "labels",
            () => KernelGuard.PixelsPerImage<float>(30, 10, 2, 3, SoftDiceLabels.OneHot));
        AssertWrong(
            "batchSize is 0; it is the number of images, at least 1.", "batchSize",
            () => KernelGuard.PixelsPerImage<byte>(0, 0, 0, 3, SoftDiceLabels.ClassIndex));

        // 2^16 images of 2^16 classes would be none as an int.
        AssertWrong(
            "predictions has 65536 elements, which do not divide into batchSize = 65536 images of 65536 classes.", "predictions",
            () => KernelGuard.PixelsPerImage<float>(65536, 65536, 65536, 65536, SoftDiceLabels.OneHot));
    }

    [Fact]
    public void A_gradient_is_of_the_length_and_type_of_the_predictions()
    {
        AssertWrong(
            "gradient has 5 elements; it is one for each of the 6 predictions.", "gradient",
            () => KernelGuard.Gradient<byte>(new float[6].AsSpan(), new byte[2], new float[5].AsSpan()));
        AssertWrong(
            "gradient has elements of type Half; it has those of the predictions, Float.", "gradient",
            () => KernelGuard.Gradient<byte>(new float[6].AsSpan(), new byte[2], new Half[6].AsSpan()));
    }

    [Fact]
    public void A_gradient_takes_all_of_the_predictions_place_or_none_of_it()
    {
        float[] memory = new float[20];
        KernelGuard.Gradient<byte>(memory.AsSpan(6, 6), new byte[2], memory.AsSpan(6, 6));
        KernelGuard.Gradient<byte>(memory.AsSpan(6, 6), new byte[2], memory.AsSpan(0, 6));
        KernelGuard.Gradient<byte>(memory.AsSpan(6, 6), new byte[2], memory.AsSpan(12, 6));
        KernelGuard.Gradient<byte>(memory.AsSpan(6, 0), [], memory.AsSpan(7, 0));
        foreach (int first in new[] { 1, 5, 7, 11 })
        {
            AssertWrong(
                $"gradient begins {4 * (first - 6)} bytes after the predictions and overlaps them; it may take the place of all of them, or lie elsewhere.",
                "gradient",
                () => KernelGuard.Gradient<byte>(memory.AsSpan(6, 6), new byte[2], memory.AsSpan(first, 6)));
        }
    }

    [Fact]
    public void A_gradient_takes_no_place_of_the_labels()
    {
        float[] memory = new float[20];
        KernelGuard.Gradient<float>(new float[6].AsSpan(), memory.AsSpan(6, 6), memory.AsSpan(0, 6));
        KernelGuard.Gradient<float>(new float[6].AsSpan(), memory.AsSpan(6, 6), memory.AsSpan(12, 6));
        KernelGuard.Gradient<float>(new float[6].AsSpan(), memory.AsSpan(6, 0), memory.AsSpan(5, 6));
        foreach (int first in new[] { 1, 6, 11 })
        {
            AssertWrong(
                "gradient overlaps the labels, which are still read while it is written.", "gradient",
                () => KernelGuard.Gradient<float>(new float[6].AsSpan(), memory.AsSpan(6, 6), memory.AsSpan(first, 6)));
        }
    }

    [Fact]
    public void Images_losses_and_classes_are_counted()
    {
        KernelGuard.OneImage(1);
        foreach (int batchSize in new[] { 0, 2 })
        {
            AssertWrong(
                $"batchSize is {batchSize}; with SumsOver = Sample, sums are those of one image, so that this takes one, or a part of one, " +
                "with batchSize = 1 and sums of its own. Forward and ForwardBackward take batches.",
                "batchSize",
                () => KernelGuard.OneImage(batchSize));
        }

        KernelGuard.LossCount(6, 3, 2, "losses");
        AssertWrong("losses has 4 elements; this loss has 3, as its Reduction is None.", "losses", () => KernelGuard.LossCount(4, 3, 1, "losses"));
        AssertWrong(
            "losses has 5 elements; this loss has 3 for each of 2 images, 6 in all, as its Reduction is None.", "losses",
            () => KernelGuard.LossCount(5, 3, 2, "losses"));
        AssertWrong(
            "losses has 0 elements; this loss has 65536 for each of 65536 images, 4294967296 in all, as its Reduction is None.", "losses",
            () => KernelGuard.LossCount(0, 65536, 65536, "losses"));

        Assert.Equal((0, 2), (KernelGuard.ClassIndex(0, 3), KernelGuard.ClassIndex(2, 3)));
        AssertWrong("classIndex is 3; there are 3 classes, 0 to 2.", "classIndex", () => KernelGuard.ClassIndex(3, 3));
        AssertWrong("classIndex is -1; there are 3 classes, 0 to 2.", "classIndex", () => KernelGuard.ClassIndex(-1, 3));
        Assert.Equal(
            "[SoftDiceLoss] has an option that is missing or out of range. The build reported it as an error of the form SDG004, which " +
            "has been suppressed; correct the option.",
            Assert.Throws<NotSupportedException>(KernelGuard.ThrowInvalidOptions).Message);
    }

    [Fact]
    public void Sums_of_more_images_than_fit_an_array_are_refused()
    {
        // Of one pixel each, so that the sums are six times as large as the predictions, of which nothing is read.
        int images = (int)((1L << 31) / Unsafe.SizeOf<PerSample3.Sums>()) + 1;
        float[] predictions = new float[3 * images];
        byte[] labels = new byte[images];
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() => PerSample3.Forward<byte>(predictions, labels, images));
        string bytes = ((long)images * Unsafe.SizeOf<PerSample3.Sums>()).ToString(CultureInfo.InvariantCulture);
        Assert.StartsWith($"batchSize is {images}; the sums of so many images take {bytes} bytes, and at most ", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(" are kept. Split the batch.", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(("batchSize", images), (thrown.ParamName, thrown.ActualValue));
    }

    [Fact]
    public void A_wrong_label_is_named_with_its_image_class_and_pixel()
    {
        AssertWrong(
            "labels[4] is 3 (image 1, pixel 1); here a label is 0 to 2.", "labels",
            () => Loss3.Forward<int>(new float[18], [0, 1, 2, 0, 3, 0], 2));
        AssertWrong(
            "labels[10] is 2 (image 1, class 2, pixel 0); here a label is how much the pixel belongs to the class, 0 to 1.", "labels",
            () => SoftDiceReference.Loss<byte>(new SoftDiceOptions(3) { Labels = SoftDiceLabels.OneHot }, new float[12], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0], 2));
        AssertWrong(
            "labels[10] is 2 (image 1, class 1, pixel 1); here a label is how much the pixel belongs to the class, 0 to 1.", "labels",
            () => SoftDiceReference.Loss<byte>(
                new SoftDiceOptions(3) { Labels = SoftDiceLabels.OneHot, Layout = SoftDiceLayout.ChannelsLast },
                new float[12],
                [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0],
                2));
        AssertWrong("labels[0] is 2 (image 0, pixel 0); here a label is 0 to 1.", "labels", () => Sigmoid(null));
        AssertWrong("labels[0] is 2 (image 0, pixel 0); here a label is 0 to 1, of which 0 is ignored.", "labels", () => Sigmoid(0));
        AssertWrong("labels[0] is 2 (image 0, pixel 0); here a label is 0 to 1, of which 1 is ignored.", "labels", () => Sigmoid(1));
        AssertWrong("labels[0] is 2 (image 0, pixel 0); here a label is 0 to 1, or 3, which is ignored.", "labels", () => Sigmoid(3));
        AssertWrong("labels[0] is 2 (image 0, pixel 0); here a label is 0 to 1, or -1, which is ignored.", "labels", () => Sigmoid(-1));
        Sigmoid(2);
        AssertWrong("labels[0] is 4 (image 0, pixel 0); here a label is 0 to 2, or 3, which is ignored.", "labels", () => SoftDiceReference.Loss<byte>(
            new SoftDiceOptions(3) { IgnoreIndex = 3 }, [0, 0, 0], [4], 1));

        static void Sigmoid(int? ignored) => SoftDiceReference.Loss<byte>(
            new SoftDiceOptions(1) { Activation = SoftDiceActivation.Sigmoid, IgnoreIndex = ignored }, [0], [2], 1);
    }

    // Past whole vectors of 16 labels and within them.
    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(34)]
    public void A_wrong_label_is_found_wherever_it_is_unless_it_is_masked_or_ignored(int place)
    {
        int[] labels = new int[35];
        labels[place] = 7;
        SoftDiceOptions options = new(2);
        float[] targets = new float[70];
        targets[place + 35] = 1.5f;
        SoftDiceOptions soft = options with { Labels = SoftDiceLabels.OneHot };
        bool[] without = [.. Enumerable.Range(0, 35).Select(i => i != place)];
        AssertWrong($"labels[{place}] is 7 (", "labels", () => SoftDiceReference.Loss<int>(options, new float[70], labels, 1));
        AssertWrong($"labels[{place}] is 7 (", "labels", () => SoftDiceReference.Loss<int>(options with { IgnoreIndex = 8 }, new float[70], labels, 1));
        AssertWrong($"labels[{place}] is 7 (", "labels", () => SoftDiceReference.Loss<int>(
            options with { Mask = [.. without.Select(inside => !inside)] }, new float[70], labels, 1));
        AssertWrong($"labels[{place + 35}] is 1.5 (", "labels", () => SoftDiceReference.Loss<float>(soft, new float[70], targets, 1));
        Assert.True(double.IsFinite(SoftDiceReference.Loss<int>(options with { IgnoreIndex = 7 }, new float[70], labels, 1)));
        Assert.True(double.IsFinite(SoftDiceReference.Loss<int>(options with { Mask = without }, new float[70], labels, 1)));
        Assert.True(double.IsFinite(SoftDiceReference.Loss<float>(soft with { Mask = without }, new float[70], targets, 1)));
        targets[place + 35] = -0f;
        Assert.True(double.IsFinite(SoftDiceReference.Loss<float>(soft, new float[70], targets, 1)));
        targets[place + 35] = 1;
        Assert.True(double.IsFinite(SoftDiceReference.Loss<float>(soft, new float[70], targets, 1)));
    }

    private static void AssertWrong(string message, string name, Action act)
    {
        ArgumentException thrown = Assert.ThrowsAny<ArgumentException>(act);
        Assert.StartsWith(message, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(name, thrown.ParamName);
    }
}
