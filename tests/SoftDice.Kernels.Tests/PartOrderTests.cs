using System;
using System.Linq;
using System.Runtime.CompilerServices;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Sums of parts are added in the order of the parts, on any number of threads, and where so many do not fit that some wait for others.</summary>
public sealed class PartOrderTests
{
    /// <summary>As many as a thread takes at a time; of smaller ones it takes several.</summary>
    private const int PartPixels = 16384;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Parts_are_added_one_after_the_other(int degree)
    {
        const int Images = 2;
        foreach (int pixels in new[] { 1, PartPixels, (25 * PartPixels) + 5 })
        {
            float[] predictions = [.. Enumerable.Range(0, Images * pixels).Select(i => (float)(i * 37 % 1013))];
            (int each, int parts) = (ImageParts.Pixels(pixels, PartPixels), ImageParts.Count(pixels, PartPixels));
            long expected = 5;
            for (int part = 0; part < Images * parts; part++)
            {
                float[] image = predictions[(part / parts * pixels)..((part / parts * pixels) + pixels)];
                expected = OrderedSums.Next(expected, image.Skip(part % parts * each).Take(each).Sum(value => (long)value));
            }

            OrderedSums sums = default;
            sums.Set(5);
            Batch.Accumulate<SummingKernel, OrderedSums, Lanes128, byte>(
                ref sums, predictions.AsSpan(), (ReadOnlySpan<byte>)new byte[predictions.Length], Images, degree, default);
            Assert.Equal((expected, expected), (sums.First, sums.Last));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_wrong_label_in_any_part_leaves_the_sums_as_they_are(int degree)
    {
        float[] predictions = new float[20 * PartPixels];
        for (int part = 0; part < 20; part++)
        {
            byte[] labels = new byte[predictions.Length];
            labels[(part * PartPixels) + 3] = 1;
            OrderedSums sums = default;
            sums.Set(5);
            Assert.Throws<ArgumentOutOfRangeException>(() => Batch.Accumulate<SummingKernel, OrderedSums, Lanes128, byte>(
                ref sums, predictions.AsSpan(), (ReadOnlySpan<byte>)labels, 1, degree, default));
            Assert.Equal((5, 5), (sums.First, sums.Last));
        }
    }

    private readonly struct SummingKernel : ISumsKernel<OrderedSums>
    {
        public static SoftDiceLabels Labels => SoftDiceLabels.ClassIndex;

        public static int LabelValues => 1;

        public static int PartPixels => PartOrderTests.PartPixels;

        public static bool Add<TLanes, TLabel>(
            ref OrderedSums sums, ReadOnlySpan<float> image, ReadOnlySpan<TLabel> labels, int firstPixel, int endPixel)
            where TLanes : struct, ILanes<TLanes>
            where TLabel : unmanaged
        {
            bool areRight = true;
            for (int pixel = firstPixel; pixel < endPixel; pixel++)
            {
                sums.Set(sums.First + (long)image[pixel]);
                areRight &= (byte)(object)labels[pixel] == 0;
            }

            return areRight;
        }
    }

    // So long that no more than eight of them wait at once.
    private struct OrderedSums : ISoftDiceClassSums<OrderedSums>
    {
        private const int Numbers = 4096;

        private Memory all;

        public static int ClassCount => 1;

        public static int ByteCount => Numbers * sizeof(long);

        public readonly long First => all[0];

        public readonly long Last => all[Numbers - 1];

        public static OrderedSums operator +(in OrderedSums left, in OrderedSums right) => throw new NotSupportedException();

        public static OrderedSums ReadFrom(ReadOnlySpan<byte> source) => throw new NotSupportedException();

        public static long Next(long sum, long part) => unchecked((31 * sum) + part);

        public void Set(long number) => (all[0], all[Numbers - 1]) = (number, number);

        public void Add(in OrderedSums other) => (all[0], all[Numbers - 1]) = (Next(First, other.First), Next(Last, other.Last));

        public readonly double Intersection(int classIndex) => 0;

        public readonly double Miss(int classIndex) => 0;

        public readonly double PredictionSum(int classIndex) => 0;

        public readonly double TargetSum(int classIndex) => 0;

        public readonly double Dice(int classIndex) => 0;

        public readonly bool Equals(in OrderedSums other) => First == other.First && Last == other.Last;

        public readonly void WriteTo(Span<byte> destination) => throw new NotSupportedException();

        [InlineArray(Numbers)]
        private struct Memory
        {
            private long first;
        }
    }
}
