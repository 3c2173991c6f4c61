using System;
using System.Linq;

using CsCheck;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Sums add, compare, and go to bytes and back.</summary>
public sealed class SumsTests
{
    private static readonly Gen<(int Seed, int Images, int Pixels)> Batches =
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 6], Gen.Int[0, 300]);

    [Fact]
    public void A_batch_and_its_images_one_by_one_give_the_same_bits() => Batches.Sample(batch =>
    {
        (float[] predictions, int[] labels) = TestData.Uniform(batch.Seed, 5, batch.Images, batch.Pixels);
        Loss5.Sums together = default;
        Loss5.Accumulate<int>(ref together, predictions, labels, batch.Images);

        Loss5.Sums oneByOne = default;
        for (int image = 0; image < batch.Images; image++)
        {
            Loss5.Accumulate<int>(
                ref oneByOne,
                predictions.AsSpan(image * 5 * batch.Pixels, 5 * batch.Pixels),
                labels.AsSpan(image * batch.Pixels, batch.Pixels),
                1);
        }

        return together.Equals(oneByOne) && together.GetHashCode() == oneByOne.GetHashCode();
    });

    [Fact]
    public void Adding_is_element_by_element() => Batches.Sample(batch =>
    {
        Loss4.Sums left = SumsOf(batch.Seed, batch.Pixels);
        Loss4.Sums right = SumsOf(batch.Seed + 1, batch.Images);
        Loss4.Sums sum = left + right;
        Loss4.Sums added = left;
        added.Add(in right);
        return sum.Equals(added) && Enumerable.Range(0, 4).All(c =>
            sum.Intersection(c) == left.Intersection(c) + right.Intersection(c) &&
            sum.Miss(c) == left.Miss(c) + right.Miss(c) &&
            sum.TargetSum(c) == left.TargetSum(c) + right.TargetSum(c));
    });

    [Fact]
    public void Bytes_hold_every_bit_in_the_stated_order()
    {
        Loss4.Sums sums = SumsOf(1, 100);
        byte[] bytes = new byte[Loss4.Sums.ByteCount + 1];
        bytes[^1] = 0xAB;
        sums.WriteTo(bytes);
        Assert.Equal(24 * 4, Loss4.Sums.ByteCount);
        Assert.Equal(0xAB, bytes[^1]);
        for (int c = 0; c < 4; c++)
        {
            Assert.Equal(sums.Intersection(c), BitConverter.ToDouble(bytes, 8 * c));
            Assert.Equal(sums.Miss(c), BitConverter.ToDouble(bytes, 8 * (4 + c)));
            Assert.Equal(sums.TargetSum(c), BitConverter.ToDouble(bytes, 8 * (8 + c)));
        }

        Assert.True(sums.Equals(Loss4.Sums.ReadFrom(bytes.AsSpan(0, 96))));
    }

    [Fact]
    public void Bytes_of_another_length_are_refused_with_both_lengths()
    {
        Loss4.Sums sums = default;
        Assert.StartsWith(
            "destination has 95 bytes; the sums need 96.",
            Assert.Throws<ArgumentException>(() => sums.WriteTo(new byte[95])).Message,
            StringComparison.Ordinal);
        foreach (int length in new[] { 0, 95, 97, 72 })
        {
            Assert.StartsWith(
                $"source has {length} bytes; these sums are 96. Were they written by a loss with another number of classes?",
                Assert.Throws<ArgumentException>(() => Loss4.Sums.ReadFrom(new byte[length])).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Sums_equal_themselves_and_nothing_else()
    {
        Loss4.Sums sums = SumsOf(1, 10);
        Loss4.Sums other = SumsOf(2, 10);
        Assert.True(sums.Equals((object)sums));
        Assert.False(sums.Equals(other));
        Assert.False(sums.Equals((object)1));
        Assert.NotEqual(sums.GetHashCode(), other.GetHashCode());

        float[] nan = [float.NaN, 0, 0, 0];
        Loss4.Sums notANumber = default;
        Loss4.Accumulate<byte>(ref notANumber, nan, [0], 1);
        Assert.True(notANumber.Equals(notANumber));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-300, 1e-300)]
    [InlineData(1e-20, 1e-20)]
    [InlineData(1e-10, 9.9999999995e-11)]
    [InlineData(1e-3, 9.995003330835331668e-4)]
    [InlineData(1, 0.6931471805599453)]
    [InlineData(1e300, 690.7755278982137)]
    [InlineData(-0.5, -0.6931471805599453)]
    [InlineData(-1, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void The_logarithm_of_one_and_a_little_more_keeps_its_digits(double x, double expected) =>
        Assert.True(
            expected.Equals(SumsMemory.NegativeLog(1, x)) || Math.Abs(SumsMemory.NegativeLog(1, x) - expected) <= 4e-16 * Math.Abs(expected),
            $"{SumsMemory.NegativeLog(1, x):R} instead of {expected:R}");

    [Theory]
    [InlineData(1, 1, 0.5)]
    [InlineData(1, 0, 0)]
    [InlineData(3, 1e-20, 1e-20 / 3)]
    [InlineData(1, double.PositiveInfinity, 1)]
    [InlineData(1, double.NegativeInfinity, 1)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, double.NaN)]
    [InlineData(double.PositiveInfinity, 1, 0)]
    [InlineData(0, 0, double.NaN)]
    public void What_an_overlap_misses_is_exact_however_little_it_is(double numerator, double miss, double expected) =>
        Assert.Equal(expected, SumsMemory.Complement(numerator, miss));

    [Fact]
    public void Loss_and_dice_are_formulas_over_the_sums()
    {
        Loss4.Sums sums = SumsOf(3, 50);
        double loss = 0;
        for (int c = 0; c < 4; c++)
        {
            double dice = ((2 * sums.Intersection(c)) + 1e-5) / ((2 * sums.Intersection(c)) + 1e-5 + sums.Miss(c));
            Assert.Equal(sums.Miss(c) + (2 * sums.Intersection(c)) - sums.TargetSum(c), sums.PredictionSum(c));
            Assert.Equal(dice, sums.Dice(c));
            loss -= Math.Log(dice);
        }

        // The sums' own formula is another, which agrees to the last few bits of a double.
        Assert.Equal(loss / 4, sums.Loss(), 1e-15);
        Assert.Equal(4, Loss4.NumClasses);
        Assert.Equal(1e-5, Loss4.Epsilon);
        Assert.Equal(1, LossWithSmoothing1.Epsilon);
    }

    [Fact]
    public void The_size_is_that_of_three_doubles_a_class()
    {
        Assert.Equal(24 * 4, System.Runtime.CompilerServices.Unsafe.SizeOf<Loss4.Sums>());
        Assert.Equal(24 * 4096, System.Runtime.CompilerServices.Unsafe.SizeOf<Loss4096.Sums>());
    }

    private static Loss4.Sums SumsOf(int seed, int pixels)
    {
        (float[] predictions, int[] labels) = TestData.Uniform(seed, 4, 1, pixels);
        Loss4.Sums sums = default;
        Loss4.Accumulate<int>(ref sums, predictions, labels, 1);
        return sums;
    }
}
