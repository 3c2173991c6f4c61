using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>What loops get of Halfs, and what Halfs become of what loops write: each against a cast.</summary>
public sealed class ElementConversionTests
{
    [Fact]
    public void Every_Half_is_the_float_that_it_is()
    {
        Half[] halfs = [.. Enumerable.Range(0, 65536).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))];
        float[] floats = new float[halfs.Length];
        for (int start = 0; start < halfs.Length; start += CopyingKernel.Pixels)
        {
            Halfs1.Sums sums = default;
            Batch.Accumulate<CopyingKernel, Halfs1.Sums, Lanes256, byte>(
                ref sums, halfs.AsSpan(start, CopyingKernel.Pixels), new ReadOnlySpan<byte>(new byte[CopyingKernel.Pixels]), 1, 1, default);
            CopyingKernel.Seen.CopyTo(floats.AsSpan(start));
        }

        for (int i = 0; i < halfs.Length; i++)
        {
            float expected = (float)halfs[i];
            Assert.True(
                float.IsNaN(expected) ? float.IsNaN(floats[i]) && float.IsNegative(expected) == float.IsNegative(floats[i])
                : BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(floats[i]),
                $"{halfs[i]} became {floats[i]}");
        }
    }

    [Fact]
    public void A_float_becomes_the_nearest_Half()
    {
        // Each Half, what is halfway to the next, and the floats on either side of both; then any bits.
        Random random = new(11);
        float[] floats =
        [
            .. Enumerable.Range(0, 65536).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits)).SelectMany(Around),
            65504, 65519.996f, 65520, 65536, 1e10f, float.MaxValue, float.Epsilon, 1e-30f, 2.9802322e-8f, 2.9802326e-8f,
            .. Enumerable.Range(0, 200_000).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))),
        ];
        for (int start = 0; start < floats.Length; start += CopyingKernel.Pixels)
        {
            ReadOnlySpan<float> part = floats.AsSpan(start, Math.Min(CopyingKernel.Pixels, floats.Length - start));
            CopyingKernel.ToWrite = [.. part];
            Half[] halfs = new Half[part.Length];
            Halfs1.Sums sums = default;
            Batch.Backward<CopyingKernel, Halfs1.Sums, ScalarLane, byte>(
                in sums, halfs.AsSpan(), new ReadOnlySpan<byte>(new byte[part.Length]), halfs.AsSpan(), 1, 1, 1, default);
            for (int i = 0; i < part.Length; i++)
            {
                Half expected = (Half)part[i];
                Assert.True(
                    Half.IsNaN(expected) ? Half.IsNaN(halfs[i]) && Half.IsNegative(expected) == Half.IsNegative(halfs[i])
                    : BitConverter.HalfToUInt16Bits(expected) == BitConverter.HalfToUInt16Bits(halfs[i]),
                    $"{part[i]:R} became {halfs[i]} and not {expected}");
            }
        }
    }

    [Fact]
    public void Elements_of_another_type_are_refused_where_a_kernel_written_by_hand_gets_them()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() =>
        {
            Halfs1.Sums sums = default;
            Batch.Accumulate<CopyingKernel, Halfs1.Sums, Lanes256, byte>(
                ref sums, new ReadOnlySpan<double>(new double[1]), new ReadOnlySpan<byte>(new byte[1]), 1, 1, default);
        });
        Assert.Contains("predictions has elements of type Double; this loss takes Half.", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<ArgumentException>(() =>
        {
            Halfs1.Sums sums = default;
            Batch.Backward<CopyingKernel, Halfs1.Sums, ScalarLane, byte>(
                in sums, new ReadOnlySpan<Half>(new Half[1]), new ReadOnlySpan<byte>(new byte[1]), new Span<float>(new float[1]), 1, 1, 1, default);
        });
        Assert.Contains("gradient has elements of type Float; it has those of the predictions, Half.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_that_does_not_stage_what_it_must_is_refused()
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() =>
        {
            Halfs1.Sums sums = default;
            Batch.Accumulate<UnstagedKernel, Halfs1.Sums, Lanes256, byte>(
                ref sums, new ReadOnlySpan<Half>(new Half[16]), new ReadOnlySpan<byte>(new byte[16]), 1, 1, default);
        });
        Assert.Contains("UnstagedKernel has StagedPixels = 0, Layout = ChannelsFirst and ElementType = Half", exception.Message, StringComparison.Ordinal);
    }

    private readonly struct UnstagedKernel : ISumsKernel<Halfs1.Sums>
    {
        public static SoftDiceLabels Labels => SoftDiceLabels.ClassIndex;

        public static int LabelValues => 1;

        public static int PartPixels => 64;

        public static SoftDiceElementType ElementType => SoftDiceElementType.Half;
    }

    private static float[] Around(float half)
    {
        if (!float.IsFinite(half))
        {
            return [half];
        }

        // Of a Half the next is at most 2^-10 of it away, and of the least ones 2^-24.
        float next = half == 65504 || half == -65504 ? 65536 * MathF.Sign(half)
            : half >= 0 ? (float)Half.BitIncrement((Half)half)
            : (float)Half.BitDecrement((Half)half);
        float middle = (half / 2) + (next / 2);
        return [half, float.BitIncrement(half), float.BitDecrement(half), middle, float.BitIncrement(middle), float.BitDecrement(middle)];
    }
}
