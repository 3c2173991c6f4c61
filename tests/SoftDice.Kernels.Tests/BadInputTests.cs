using System;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Each mistake has its own message with the numbers in it, and leaves the sums alone.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string> Kernels => KernelTable.Names(kernel => kernel.NumClasses is 3 or 19);

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Lengths_that_do_not_fit_are_named(string name)
    {
        KernelUnderTest kernel = KernelTable.Find(name);
        int classes = kernel.NumClasses;
        AssertThrows<ArgumentException>(
            kernel,
            new float[(10 * classes) - 1],
            new byte[10],
            2,
            $"predictions has {(10 * classes) - 1} elements; 2 images of {classes} classes and 5 pixels (from 10 labels) need {10 * classes}.",
            "predictions");
        AssertThrows<ArgumentException>(
            kernel,
            new float[10 * classes],
            [],
            1,
            $"predictions has {10 * classes} elements; 1 images of {classes} classes and 0 pixels (from 0 labels) need 0.",
            "predictions");
        AssertThrows<ArgumentException>(
            kernel,
            new float[10 * classes],
            new byte[10],
            3,
            "labels has 10 elements, which do not divide into batchSize = 3 images of equal size.",
            "labels");
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_batch_size_below_1_is_named(string name)
    {
        KernelUnderTest kernel = KernelTable.Find(name);
        foreach (int batchSize in new[] { 0, -1, int.MinValue })
        {
            AssertThrows<ArgumentOutOfRangeException>(
                kernel,
                new float[10 * kernel.NumClasses],
                new byte[10],
                batchSize,
                $"batchSize is {batchSize}; it is the number of images, at least 1.",
                "batchSize");
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_label_type_that_no_kernel_reads_is_named(string name)
    {
        KernelUnderTest kernel = KernelTable.Find(name);
        kernel.AccumulateExpecting(
            new float[10 * kernel.NumClasses], new double[10], 1, out NotSupportedException thrown);
        Assert.Equal(
            "Labels of type System.Double are not supported. Use byte, sbyte, short, ushort, int, uint, long or float; byte is the fastest.",
            thrown.Message);
    }

    [Fact]
    public void Lengths_whose_product_is_beyond_an_int_are_told_apart()
    {
        // 4,096 classes of 2^20 pixels are 2^32 predictions, which is 0 as an int.
        ArgumentException thrown = Assert.Throws<ArgumentException>(
            () => Loss4096.Forward<byte>([], new byte[1 << 20], 1));
        Assert.Contains("need 4294967296.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_are_the_same_in_every_culture()
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(
                () => Loss3.Forward<float>(new float[6], [0, 1.5f], 1));
            Assert.StartsWith(
                "labels[1] is 1.5 (image 0, pixel 1); here a label is 0 to 2.", thrown.Message, StringComparison.Ordinal);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_class_index_out_of_range_is_named()
    {
        Loss3.Sums sums = default;
        foreach (Func<int, double> read in new Func<int, double>[] { c => sums.Dice(c), c => sums.Intersection(c), c => sums.Miss(c), c => sums.PredictionSum(c), c => sums.TargetSum(c) })
        {
            foreach (int c in new[] { -1, 3, int.MaxValue })
            {
                ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() => read(c));
                Assert.StartsWith($"classIndex is {c}; there are 3 classes, 0 to 2.", thrown.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_reference_makes_the_same_complaints()
    {
        SoftDiceOptions options = new(3);
        Assert.StartsWith(
            "labels[1] is 3 (image 0, pixel 1)",
            Assert.Throws<ArgumentOutOfRangeException>(() => SoftDiceReference.Loss<byte>(options, new float[6], [0, 3], 1)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "predictions has 5 elements",
            Assert.Throws<ArgumentException>(() => SoftDiceReference.Loss<byte>(options, new float[5], [0, 2], 1)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => SoftDiceReference.Dice<byte>(options, new float[6], [0, 2], 1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoftDiceOptions(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoftDiceOptions(4097));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoftDiceOptions(3) { Epsilon = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoftDiceOptions(3) { Epsilon = -1e-9 });
    }

    private static void AssertThrows<TException>(
        KernelUnderTest kernel, float[] predictions, byte[] labels, int batchSize, string message, string parameter)
        where TException : ArgumentException
    {
        (byte[] before, byte[] after) = kernel.AccumulateExpecting(predictions, labels, batchSize, out TException thrown);
        Assert.StartsWith(message, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(parameter, thrown.ParamName);
        Assert.Equal(before, after);
    }
}
