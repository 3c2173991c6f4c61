using System;
using System.Globalization;
using System.Linq;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The exponential of the softmax, over its whole range.</summary>
public sealed class ExponentialTests
{
    private const uint MinusZero = 0x80000000;
    private const uint Minus104 = 0xC2D00000;
    private const uint Minus105 = 0xC2D20000;
    private const uint Plus60 = 0x42700000;

    // What the exponential of a logit is multiplied by.
    private const double FactorOfLogits = 1.2935183305;

    /// <summary>Every so many floats are tried; SOFTDICE_EXP_STRIDE=1 tries the 2.2 thousand million of them.</summary>
    private static readonly uint Stride =
        uint.Parse(Environment.GetEnvironmentVariable("SOFTDICE_EXP_STRIDE") ?? "499", CultureInfo.InvariantCulture);

    // The floats that are furthest off with fused multiply-add were found by trying all.
    [Theory]
    [InlineData(MinusZero, Minus104, -26.68565f)]
    [InlineData(0, Plus60, 5.2016387f)]
    public void The_error_is_at_most_0_9_ulp_or_1_02_without_fused_multiply_add(uint first, uint last, float furthest)
    {
        double largest = 0;
        float at = 0;
        for (ulong bits = first; bits <= last; bits += Stride)
        {
            float x = bits + Stride > last ? furthest : BitConverter.UInt32BitsToSingle((uint)bits);
            double exact = Math.Exp(x);

            // The distance of neighbouring floats at the exact value, which below the normal range is 2^-149.
            double ulp = Math.ScaleB(1, Math.Max(Math.ILogB(exact), -126) - 23);
            double error = Math.Abs(Exp(x) - exact) / ulp;
            if (error > largest)
            {
                (largest, at) = (error, x);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Largest error of the exponential {(first == 0 ? "from 0 to 60" : "from -104 to 0")}: {largest:F4} ULP at {at:R}, every {Stride}th float"));
        Assert.True(largest <= (Fma.IsSupported || AdvSimd.IsSupported ? 0.9 : 1.02), $"{largest} ULP at {at:R}");
    }

    // The floats that are furthest off below the normal floats, without fused multiply-add, and with it, were found by trying all.
    private static readonly float[] FurthestLogits = [-87.639801f, 4.54871178f, 3.1624014f];

    /// <summary>That of a softmax is a multiple.</summary>
    [Theory]
    [InlineData(MinusZero, Minus105)]
    [InlineData(0, Plus60)]
    public void The_error_of_the_exponential_of_a_logit_is_at_most_0_91_ulp(uint first, uint last)
    {
        double largest = 0, largestOfNormal = 0;
        foreach (float furthest in FurthestLogits)
        {
            Try(furthest);
        }

        for (ulong bits = first; bits <= last; bits += Stride)
        {
            Try(BitConverter.UInt32BitsToSingle((uint)bits));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Largest error of the exponential of a logit {(first == 0 ? "from 0 to 60" : "from -105 to 0")}: {largest:F4} ULP, {largestOfNormal:F4} of normal floats, every {Stride}th float"));
        Assert.True(largest <= 0.91, $"{largest} ULP");
        Assert.True(largestOfNormal <= (Fma.IsSupported || AdvSimd.IsSupported ? 0.88 : 0.91), $"{largestOfNormal} ULP");

        void Try(float x)
        {
            double exact = FactorOfLogits * Math.Exp(x);
            double error = Math.Abs(ExpOfLogit(x) - exact) / Math.ScaleB(1, Math.Max(Math.ILogB(exact), -126) - 23);
            largest = Math.Max(largest, error);
            largestOfNormal = exact < 1.2e-38 ? largestOfNormal : Math.Max(largestOfNormal, error);
        }
    }

    [Fact]
    public void Special_values_of_a_logit_show_in_the_sum()
    {
        Assert.Equal((float)FactorOfLogits, ExpOfLogit(0f));
        Assert.Equal((float)FactorOfLogits, ExpOfLogit(-0f));
        Assert.Equal(float.Epsilon, ExpOfLogit(-104f));
        Assert.Equal(0, ExpOfLogit(-104.25f));
        Assert.Equal(0, ExpOfLogit(-1e4f));
        Assert.Equal(0, ExpOfLogit(float.NegativeInfinity));
        Assert.True(float.IsNaN(ExpOfLogit(float.NaN)));
        Assert.True(ExpOfLogit(60) <= Activations.MostSum);
        Assert.False(ExpOfLogit(MathF.BitIncrement(60)) <= Activations.MostSum);
        Assert.False(ExpOfLogit(float.MaxValue) <= Activations.MostSum);
        Assert.False(ExpOfLogit(-20) > Activations.TooSmallSum);
        Assert.True(ExpOfLogit(-19.9999f) > Activations.TooSmallSum);
    }

    [Fact]
    public void Special_values_are_exact()
    {
        Assert.Equal(1, Exp(0f));
        Assert.Equal(1, Exp(-0f));
        Assert.Equal(0, Exp(float.NegativeInfinity));
        Assert.Equal(0, Exp(-104f));
        Assert.Equal(0, Exp(-1e4f));
        Assert.Equal(0, Exp(float.MinValue));
        Assert.True(float.IsNaN(Exp(float.NaN)));
        Assert.Equal(float.Epsilon, Exp(-103.5f));
    }

    [Fact]
    public void Around_the_end_of_the_normal_range_the_nearest_float_or_its_neighbour_comes_out()
    {
        for (float x = -87; x > -88.5f; x = MathF.BitDecrement(x))
        {
            float nearest = (float)Math.Exp(x);
            Assert.InRange(Exp(x), MathF.BitDecrement(nearest), MathF.BitIncrement(nearest));
        }
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
                x[i] = (turn % 2 == 0 ? -104.5f : 60) * random.NextSingle() * random.NextSingle();
            }

            float[] wide = Exp<Lanes512>(x);
            Assert.Equal(wide, Exp<Lanes256>(x));
            Assert.Equal(wide, Exp<Lanes128>(x));
            Assert.Equal(wide, Exp<ScalarLane>(x));
            float[] ofLogits = ExpOfLogits<Lanes512>(x);
            Assert.Equal(ofLogits, ExpOfLogits<Lanes256>(x));
            Assert.Equal(ofLogits, ExpOfLogits<Lanes128>(x));
            Assert.Equal(ofLogits, ExpOfLogits<ScalarLane>(x));
        }
    }

    private static float[] Exp<TLanes>(float[] x)
        where TLanes : struct, ILanes<TLanes>
    {
        float[] y = new float[x.Length];
        for (int i = 0; i < x.Length; i += TLanes.Count)
        {
            TLanes.Store(Activations.Exp(TLanes.Load(in x[0], (nuint)i)), ref y[0], (nuint)i);
        }

        return y;
    }

    private static float Exp(float x)
    {
        float y = 0;
        ScalarLane.Store(Activations.Exp(ScalarLane.Broadcast(x)), ref y, 0);
        return y;
    }

    // What no width has right shows at every one.
    [Fact]
    public void A_logit_out_of_range_shows_in_the_sum_or_is_0_at_every_width()
    {
        for (uint bits = 0x42D20000; bits < 0x7F900000; bits += 9973)
        {
            float[] below = [.. Enumerable.Range(0, 16).Select(i => -BitConverter.UInt32BitsToSingle(Math.Min(bits + (uint)(i * 613), 0x7FC00000)))];
            AssertAll(below, e => e == 0 || !float.IsFinite(e));
            AssertAll([.. below.Select(x => -x)], e => !(e >= 0 && e <= Activations.MostSum));
        }

        static void AssertAll(float[] x, Func<float, bool> isRight)
        {
            foreach (float[] e in new[] { ExpOfLogits<Lanes512>(x), ExpOfLogits<Lanes256>(x), ExpOfLogits<Lanes128>(x), ExpOfLogits<ScalarLane>(x) })
            {
                for (int i = 0; i < x.Length; i++)
                {
                    Assert.True(isRight(e[i]), $"{e[i]:R} of {x[i]:R}");
                }
            }
        }
    }

    private static float[] ExpOfLogits<TLanes>(float[] x)
        where TLanes : struct, ILanes<TLanes>
    {
        float[] y = new float[x.Length];
        LogitExponential<TLanes> exponential = new();
        for (int i = 0; i < x.Length; i += TLanes.Count)
        {
            TLanes.Store(exponential.Of(TLanes.Load(in x[0], (nuint)i)), ref y[0], (nuint)i);
        }

        return y;
    }

    private static float ExpOfLogit(float x)
    {
        float y = 0;
        ScalarLane.Store(new LogitExponential<ScalarLane>().Of(ScalarLane.Broadcast(x)), ref y, 0);
        return y;
    }
}
