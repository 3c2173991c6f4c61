using System;
using System.Globalization;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The logarithm of cross-entropies, over its whole range.</summary>
public sealed class LogarithmTests
{
    /// <summary>The bits of 2¹²⁶, which the range ends before.</summary>
    private const uint End = 0x7E800000;

    /// <summary>Every so many floats are tried; SOFTDICE_LOG_STRIDE=1 tries the 2.1 thousand million of them.</summary>
    private static readonly uint Stride =
        uint.Parse(Environment.GetEnvironmentVariable("SOFTDICE_LOG_STRIDE") ?? "499", CultureInfo.InvariantCulture);

    /// <summary>Without smoothing a slope may be beyond the floats; times the slope 0 of a certain pixel it would be NaN.</summary>
    [Theory]
    [InlineData(2, 3, 6f)]
    [InlineData(1, 1e-50, 0f)]
    [InlineData(1, 1.329227995784915872903807060280344576e36, 1.329228e36f)]
    [InlineData(1, -1e43, -1.329228e36f)]
    [InlineData(1e-300, 1e300, 1f)]
    [InlineData(1e30, 1e30, 1.329228e36f)]
    [InlineData(1, double.PositiveInfinity, 1.329228e36f)]
    [InlineData(-2, double.PositiveInfinity, -1.329228e36f)]
    [InlineData(0, double.NegativeInfinity, 0f)]
    [InlineData(1, double.NaN, float.NaN)]
    [InlineData(double.NaN, 0, float.NaN)]
    public void A_slope_is_held_within_the_floats(double scale, double slope, float expected) => Assert.Equal(expected, SumsMemory.Slope(scale, slope));

    [Fact]
    public void The_error_is_at_most_0_84_ulp()
    {
        double largest = 0;
        float at = 0;
        for (ulong bits = 0; bits < End; bits += Stride)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)bits);
            double exact = Exact(x);
            double ulp = Math.ScaleB(1, Math.Max(Math.ILogB(exact), -126) - 23);
            double error = Math.Abs(Log(x) - exact) / ulp;
            if (error > largest)
            {
                (largest, at) = (error, x);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Largest error of the logarithm of 1 + x: {largest:F4} ULP at {at:R}, every {Stride}th float"));
        Assert.True(largest <= 0.84, $"{largest} ULP at {at:R}");
    }

    [Fact]
    public void Special_values_are_exact()
    {
        Assert.Equal(0, Log(0));
        Assert.Equal(float.Epsilon, Log(float.Epsilon));
        Assert.Equal(1e-30f, Log(1e-30f));
        Assert.Equal(MathF.Log(2), Log(1));
        Assert.True(float.IsNaN(Log(float.NaN)));
    }

    [Fact]
    public void All_widths_give_the_same_bits()
    {
        Random random = new(3);
        float[] x = new float[16];
        for (int turn = 0; turn < 20000; turn++)
        {
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = BitConverter.UInt32BitsToSingle((uint)random.NextInt64(End));
            }

            float[] wide = Log<Lanes512>(x);
            Assert.Equal(wide, Log<Lanes256>(x));
            Assert.Equal(wide, Log<Lanes128>(x));
            Assert.Equal(wide, Log<ScalarLane>(x));
        }
    }

    // 1 + x has all digits of x in double unless x is small, and then its series has them.
    private static double Exact(float x) => x < 1e-5
        ? x - ((double)x * x / 2) + ((double)x * x * x / 3)
        : SumsMemory.NegativeLog(1, x);

    private static float[] Log<TLanes>(float[] x)
        where TLanes : struct, ILanes<TLanes>
    {
        float[] y = new float[x.Length];
        for (int i = 0; i < x.Length; i += TLanes.Count)
        {
            TLanes.Store(Logarithm.OfOnePlus(TLanes.Load(in x[0], (nuint)i)), ref y[0], (nuint)i);
        }

        return y;
    }

    private static float Log(float x)
    {
        float y = 0;
        ScalarLane.Store(Logarithm.OfOnePlus(ScalarLane.Broadcast(x)), ref y, 0);
        return y;
    }
}
