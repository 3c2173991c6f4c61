using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 255, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class IgnoreLastRows19;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Mask = true, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class MaskLastRows19;

/// <summary>A softmax of many classes side by side, taken row by row, some of whose pixels take no part, whatever their logits are.</summary>
public sealed class IgnoredRowsTests
{
    private const int NumClasses = 19;

    // Blocks of 32 rows, a part of one, and what is less than a vector of pixels or the four that are added up at once.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(35)]
    [InlineData(1030)]
    public void Pixels_that_take_no_part_are_as_if_they_were_not_there(int kept)
    {
        (float[] of, int[] labelsOf) = TestData.Uniform(kept, NumClasses, 1, kept);
        float[] logits = [.. of.Select(p => (20 * p) - 10)];
        byte[] labels = [.. labelsOf.Select(label => (byte)label)];
        float[] expected = new float[logits.Length];
        double loss = IgnoreLastRows19.ForwardBackward<byte>(logits, labels, expected, 1);

        // One to three pixels that take no part before each that does, and some at the end.
        float[] fillers = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f, 0];
        int[] places = new int[kept];
        int pixels = 0;
        for (int i = 0; i < kept; i++)
        {
            pixels += 1 + (i % 3);
            places[i] = pixels++;
        }

        pixels += 5;
        float[] all = [.. Enumerable.Range(0, pixels * NumClasses).Select(i => fillers[(i / NumClasses + i) % fillers.Length])];
        byte[] allLabels = [.. Enumerable.Repeat((byte)255, pixels)];
        bool[] mask = new bool[pixels];
        for (int i = 0; i < kept; i++)
        {
            logits.AsSpan(i * NumClasses, NumClasses).CopyTo(all.AsSpan(places[i] * NumClasses));
            allLabels[places[i]] = labels[i];
            mask[places[i]] = true;
        }

        float[] gradient = [.. Enumerable.Repeat(float.NaN, all.Length)];
        AssertSame(loss, IgnoreLastRows19.ForwardBackward<byte>(all, allLabels, gradient, 1), expected, gradient, places);

        // With a mask, labels of pixels that it leaves out may be anything, such as that of a class.
        byte[] anyLabels = [.. allLabels.Select((label, i) => label == 255 && i % 2 == 0 ? (byte)7 : label)];
        Array.Fill(gradient, float.NaN);
        AssertSame(loss, MaskLastRows19.ForwardBackward<byte>(all, anyLabels, mask, gradient, 1), expected, gradient, places);

        // In place too.
        MaskLastRows19.ForwardBackward<byte>(all, anyLabels, mask, all, 1);
        Assert.True(gradient.AsSpan().SequenceEqual(all));
    }

    // Where a row lies in its block decides the order of sums, and each is within the design's 2·10⁻⁶ of the largest slope.
    private static void AssertSame(double loss, double actual, float[] expected, float[] gradient, int[] places)
    {
        Assert.Equal(loss, actual, 1e-6);
        float[] all = new float[gradient.Length];
        for (int i = 0; i < places.Length; i++)
        {
            expected.AsSpan(i * NumClasses, NumClasses).CopyTo(all.AsSpan(places[i] * NumClasses));
        }

        float largest = expected.Max(MathF.Abs);
        for (int i = 0; i < all.Length; i++)
        {
            Assert.Equal(all[i], gradient[i], places.Contains(i / NumClasses) ? 4e-6f * largest : 0);
        }
    }
}
