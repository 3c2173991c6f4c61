using System;
using System.Linq;
using System.Runtime.InteropServices;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>A loss with a plane a class, and the same with the classes of a pixel side by side.</summary>
internal abstract class LayoutPair(string name)
{
    public string Name { get; } = name;

    /// <summary>Whether the loops take the classes of a pixel side by side: at most four, of class indices.</summary>
    public abstract bool IsTakenApart { get; }

    /// <summary>
    /// Of images that are turned at once, or taken apart, both have the same bits, loss and gradient, in place and apart, with logits so far apart and the gradient so
    /// far within its memory.
    /// </summary>
    public abstract void AssertSameBits(int batchSize, int pixels, float spread = 10, int floatsBefore = 0);

    /// <summary>Of classes side by side, the sums at this width and at one lane are the same but for where chains of floats end, and the gradient is, in place and apart.</summary>
    public abstract void AssertIsThatOfScalars(int batchSize, int pixels);

    /// <summary>Of larger images, the loss is the definition's, whatever the number of threads, and so is the gradient.</summary>
    public abstract void AssertIsDefined(int batchSize, int pixels, params int[] degrees);

    /// <summary>A label that is wrong is named with its position, and nothing is written.</summary>
    public abstract void AssertNamesWrongLabel();

    /// <summary>Where one class of each pixel is nearly certain, its label or the class after it, the gradient is the definition's.</summary>
    public abstract void AssertIsDefinedWhereCertain(float certainty, int classesAfterLabel);
}

internal sealed class LayoutPair<TPlanes, TPlanesSums, TLast, TLastSums, TLanes>() : LayoutPair($"{typeof(TLast).Name} {typeof(TLanes).Name}")
    where TPlanes : ISoftDiceLoss<TPlanesSums>
    where TPlanesSums : struct, ISoftDiceSums<TPlanesSums>
    where TLast : ISoftDiceLoss<TLastSums>
    where TLastSums : struct, ISoftDiceSums<TLastSums>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly SoftDiceOptions options = AttributeOptions.Of<TLast>();

    private int NumClasses => options.NumClasses;

    private bool IsOneHot => options.Labels == SoftDiceLabels.OneHot;

    public override bool IsTakenApart => !IsOneHot && NumClasses is > 1 and <= 4;

    // Of the probability of a softmax at two widths: the sum over the classes rounds 16 times within a chain of vectors and once for each chain, of at most so many, and at
    // most 5 times over the lanes; the quotient and the product round once each.
    private double RoundingsOfSoftmax => options.Activation == SoftDiceActivation.Softmax ? 2 * (16 + (NumClasses / 16) + 1 + 5 + 2) : 0;

    public override void AssertSameBits(int batchSize, int pixels, float spread = 10, int floatsBefore = 0)
    {
        (float[] planes, byte[] labels) = Batch(batchSize, pixels, spread);
        float[] last = ToLast(planes, batchSize);
        byte[] lastLabels = IsOneHot ? ToLast(labels, batchSize) : labels;

        TPlanesSums sums = default;
        TPlanes.Accumulate<TLanes, byte>(ref sums, planes, labels, batchSize);
        float[] gradient = new float[planes.Length];
        TPlanes.Backward<TLanes, byte>(in sums, planes, labels, gradient, batchSize, 3);

        TLastSums lastSums = default;
        TLast.Accumulate<TLanes, byte>(ref lastSums, last, lastLabels, batchSize);
        Span<float> lastGradient = new float[last.Length + floatsBefore + 1].AsSpan(floatsBefore, last.Length);
        TLast.Backward<TLanes, byte>(in lastSums, last, lastLabels, lastGradient, batchSize, 3);

        Assert.Equal(sums.Loss(), lastSums.Loss());
        Assert.True(AreSame(ToLast(gradient, batchSize), lastGradient), $"{Name}, {pixels} pixels");
        TLast.Backward<TLanes, byte>(in lastSums, last, lastLabels, last, batchSize, 3);
        Assert.True(AreSame(lastGradient, last), $"{Name}, {pixels} pixels, in place");
    }

    public override void AssertIsThatOfScalars(int batchSize, int pixels)
    {
        (float[] planes, byte[] labels) = Batch(batchSize, pixels);
        float[] last = ToLast(planes, batchSize);
        TLastSums scalars = default;
        TLast.Accumulate<ScalarLane, byte>(ref scalars, last, labels, batchSize);
        float[] expected = new float[last.Length];
        TLast.Backward<ScalarLane, byte>(in scalars, last, labels, expected, batchSize, 3);

        TLastSums sums = default;
        TLast.Accumulate<TLanes, byte>(ref sums, last, labels, batchSize);
        for (int c = 0; c < NumClasses; c++)
        {
            // Of each, at most 15 float additions in a row round, and of a probability what it is made of; what a label's misses to 1 is as much off as it is itself.
            double rounding = Math.ScaleB(RoundingsOfSoftmax, -24);
            Assert.Equal(scalars.TargetSum(c), sums.TargetSum(c));
            Assert.Equal(scalars.Intersection(c), sums.Intersection(c), ((1e-15 * batchSize * pixels) + rounding) * scalars.Intersection(c));
            Assert.Equal(scalars.Miss(c), sums.Miss(c), (30 * Math.ScaleB(scalars.Miss(c), -24)) + (rounding * (scalars.Miss(c) + scalars.Intersection(c))));
        }

        float[] gradient = new float[last.Length];
        TLast.Backward<TLanes, byte>(in scalars, last, labels, gradient, batchSize, 3);
        if (RoundingsOfSoftmax == 0)
        {
            Assert.True(AreSame(expected, gradient), $"{Name}, {pixels} pixels");
        }
        else
        {
            // Each is within 2e-6 of the definition's.
            float largest = expected.Select(MathF.Abs).DefaultIfEmpty().Max();
            Assert.All(expected.Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, 4e-6 * largest));
        }

        TLast.Backward<TLanes, byte>(in scalars, last, labels, last, batchSize, 3);
        Assert.True(AreSame(gradient, last), $"{Name}, {pixels} pixels, in place");
    }

    public override void AssertIsDefined(int batchSize, int pixels, params int[] degrees)
    {
        (float[] planes, byte[] labels) = Batch(batchSize, pixels);
        float[] last = ToLast(planes, batchSize);
        byte[] lastLabels = IsOneHot ? ToLast(labels, batchSize) : labels;
        float[] gradient = new float[last.Length];
        double loss = TLast.ForwardBackward<byte>(last, lastLabels, gradient, batchSize);
        foreach (int degree in degrees)
        {
            float[] other = new float[last.Length];
            Assert.Equal(loss, TLast.ForwardBackward<byte>(last, lastLabels, other, batchSize, 1, degree));
            Assert.Equal(loss, TLast.Forward<byte>(last, lastLabels, batchSize, degree));
            Assert.True(AreSame(gradient, other), $"{Name}, {degree} threads");
        }

        // By the loss with planes, in whose tests the definition is: sums of tiles are shorter chains of the same floats.
        float[] expected = new float[planes.Length];
        double ofPlanes = TPlanes.ForwardBackward<byte>(planes, labels, expected, batchSize);
        Assert.Equal(ofPlanes, loss, 2e-6 * Math.Abs(ofPlanes));
        float[] expectedLast = ToLast(expected, batchSize);
        double largest = expectedLast.Max(MathF.Abs);
        for (int i = 0; i < gradient.Length; i++)
        {
            Assert.Equal(expectedLast[i], gradient[i], 4e-6 * largest);
        }
    }

    public override void AssertNamesWrongLabel()
    {
        const int Pixels = 40;
        (float[] planes, byte[] labels) = Batch(2, Pixels);
        float[] last = ToLast(planes, 2);
        byte[] lastLabels = IsOneHot ? ToLast(labels, 2) : labels;
        float[] before = [.. last];

        // Pixel 33 of the second image; with targets, its last class.
        int index = IsOneHot ? ((Pixels + 33) * NumClasses) + NumClasses - 1 : Pixels + 33;
        lastLabels[index] = 200;
        ArgumentOutOfRangeException exception =
            Assert.Throws<ArgumentOutOfRangeException>(() => TLast.ForwardBackward<byte>(last, lastLabels, last, 2));
        string place = IsOneHot ? $"image 1, class {NumClasses - 1}, pixel 33" : "image 1, pixel 33";
        Assert.Contains($"labels[{index}] is 200 ({place})", exception.Message, StringComparison.Ordinal);
        Assert.Equal(exception.Message, Assert.Throws<ArgumentOutOfRangeException>(
            () => SoftDiceReference.Loss<byte>(options, last, lastLabels, 2)).Message);
        Assert.Equal(before, last);
    }

    public override void AssertIsDefinedWhereCertain(float certainty, int classesAfterLabel)
    {
        (float[] planes, byte[] labels) = Batch(1, 300, spread: 1);
        float[] last = ToLast(planes, 1);
        for (int i = 0; i < last.Length; i++)
        {
            (int pixel, int c) = Math.DivRem(i, NumClasses);
            last[i] += c == (labels[pixel] + classesAfterLabel) % NumClasses ? certainty : -certainty;
        }

        TLastSums sums = default;
        TLast.Accumulate<TLanes, byte>(ref sums, last, labels, 1);
        float[] gradient = new float[last.Length];
        TLast.Backward<TLanes, byte>(in sums, last, labels, gradient, 1, 1);
        double[] expected = SoftDiceReference.Gradient<byte>(options, last, labels, 1);
        double largest = expected.Max(Math.Abs);
        int worst = Enumerable.Range(0, last.Length).MaxBy(i => Math.Abs(expected[i] - gradient[i]));
        double error = Math.Abs(expected[worst] - gradient[worst]);
        Assert.True(error <= 2e-6 * largest, $"{Name}: element {worst} is {gradient[worst]:R} instead of {expected[worst]:R}, the largest is {largest:R}");
        Accuracy.Remember(error / largest, "gradient of rows, certain logits, relative to the largest", Name);
    }

    private (float[] Planes, byte[] Labels) Batch(int batchSize, int pixels, float spread = 10)
    {
        Random random = new(pixels);
        bool isLogits = options.Activation != SoftDiceActivation.None;
        float[] planes =
        [
            .. Enumerable.Range(0, batchSize * NumClasses * pixels)
                .Select(_ => isLogits ? spread * (random.NextSingle() - 0.5f) : random.NextSingle()),
        ];
        int values = IsOneHot || NumClasses == 1 ? 2 : NumClasses;
        int count = IsOneHot ? planes.Length : batchSize * pixels;
        return (planes, [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(values))]);
    }

    // (batch, class, pixels) to (batch, pixels, class).
    private T[] ToLast<T>(T[] planes, int batchSize)
    {
        int pixels = planes.Length / batchSize / NumClasses;
        T[] last = new T[planes.Length];
        for (int i = 0; i < planes.Length; i++)
        {
            (int image, int rest) = Math.DivRem(i, NumClasses * pixels);
            (int c, int pixel) = Math.DivRem(rest, pixels);
            last[(((image * pixels) + pixel) * NumClasses) + c] = planes[i];
        }

        return last;
    }

    private static bool AreSame(ReadOnlySpan<float> left, ReadOnlySpan<float> right) =>
        MemoryMarshal.AsBytes(left).SequenceEqual(MemoryMarshal.AsBytes(right));
}
