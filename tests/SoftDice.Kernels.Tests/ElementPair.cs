using System;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>A loss of floats, and the same of another type.</summary>
internal abstract class ElementPair(string name)
{
    public string Name { get; } = name;

    /// <summary>
    /// Of images that fit a tile, the loss has the bits of that of the predictions rounded to float, and the gradient is that one rounded; in
    /// place and apart.
    /// </summary>
    public abstract void AssertSameBits(int batchSize, int pixels);

    /// <summary>Of larger images too, but for the length of the sums' chains; and on any number of threads the bits are the same.</summary>
    public abstract void AssertNear(int batchSize, int pixels, params int[] degrees);

    /// <summary>Nothing outside of the input is read, and nothing outside of the gradient written.</summary>
    public abstract void AssertContained(int pixels);
}

internal sealed class ElementPair<TFloats, TFloatSums, TLoss, TSums, TElement, TLanes>() : ElementPair($"{typeof(TLoss).Name} {typeof(TLanes).Name}")
    where TFloats : ISoftDiceLoss<TFloatSums>
    where TFloatSums : struct, ISoftDiceSums<TFloatSums>
    where TLoss : ISoftDiceLoss<TSums, TElement>
    where TSums : struct, ISoftDiceSums<TSums>
    where TElement : unmanaged, INumber<TElement>
    where TLanes : struct, ILanes<TLanes>
{
    // So large that entries of the gradient are no least Halfs, and small enough that none is infinite.
    private const double Scale = 3;

    private readonly SoftDiceOptions options = AttributeOptions.Of<TLoss>();

    public override void AssertSameBits(int batchSize, int pixels)
    {
        (TElement[] elements, byte[] labels) = Batch(batchSize, pixels);
        (double floatLoss, float[] floatGradient) = OfFloats(elements, labels, batchSize);
        TElement[] expected = Rounded(floatGradient);

        TElement[] gradient = new TElement[elements.Length];
        Assert.Equal(floatLoss, Train(elements, labels, gradient, batchSize));
        AssertSame(expected, gradient, $"{Name}, {pixels} pixels");
        Assert.Equal(floatLoss, Train(elements, labels, elements, batchSize));
        AssertSame(expected, elements, $"{Name}, {pixels} pixels, in place");
    }

    public override void AssertNear(int batchSize, int pixels, params int[] degrees)
    {
        (TElement[] elements, byte[] labels) = Batch(batchSize, pixels);
        TElement[] gradient = new TElement[elements.Length];
        double loss = TLoss.ForwardBackward<byte>(elements, labels, gradient, batchSize, pixels);
        foreach (int degree in degrees)
        {
            TElement[] other = new TElement[elements.Length];
            Assert.Equal(loss, TLoss.ForwardBackward<byte>(elements, labels, other, batchSize, pixels, degree));
            Assert.Equal(loss, TLoss.Forward<byte>(elements, labels, batchSize, degree));
            AssertSame(gradient, other, $"{Name}, {degree} threads");
        }

        float[] floats = Floats(elements);
        float[] expected = new float[floats.Length];
        double ofFloats = TFloats.ForwardBackward<byte>(floats, labels, expected, batchSize, pixels);
        Assert.Equal(ofFloats, loss, 2e-6 * Math.Abs(ofFloats));
        double largest = expected.Max(MathF.Abs);

        // Of Halfs, half of the last of 11 places besides.
        double rounding = typeof(TElement) == typeof(Half) ? Math.ScaleB(1, -11) : 0;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], double.CreateChecked(gradient[i]), (4e-6 * largest) + (rounding * Math.Abs(expected[i])) + Math.ScaleB(1, -25));
        }
    }

    public override void AssertContained(int pixels)
    {
        (TElement[] elements, byte[] labels) = Batch(1, pixels);
        TElement[] expected = new TElement[elements.Length];
        double loss = Train(elements, labels, expected, 1);
        using GuardedMemory predictions = new((nuint)(elements.Length * Marshal.SizeOf<TElement>()));
        using GuardedMemory gradient = new((nuint)(elements.Length * Marshal.SizeOf<TElement>()));
        elements.CopyTo(predictions.AtEnd<TElement>(elements.Length));
        Assert.Equal(loss, Train(predictions.AtEnd<TElement>(elements.Length), labels, gradient.AtEnd<TElement>(elements.Length), 1));
        AssertSame(expected, gradient.AtEnd<TElement>(elements.Length), $"{Name}, at the end");
        elements.CopyTo(predictions.AtStart<TElement>(elements.Length));
        Assert.Equal(loss, Train(predictions.AtStart<TElement>(elements.Length), labels, gradient.AtStart<TElement>(elements.Length), 1));
        AssertSame(expected, gradient.AtStart<TElement>(elements.Length), $"{Name}, at the start");
    }

    private double Train(ReadOnlySpan<TElement> elements, byte[] labels, Span<TElement> gradient, int batchSize)
    {
        double loss = 0;
        int sets = options.SumsOver == SoftDiceSumsOver.Sample ? batchSize : 1;
        int length = elements.Length / sets;
        int labelLength = labels.Length / sets;
        for (int set = 0; set < sets; set++)
        {
            TSums sums = default;
            ReadOnlySpan<TElement> ofSet = elements.Slice(set * length, length);
            ReadOnlySpan<byte> ofLabels = labels.AsSpan(set * labelLength, labelLength);
            TLoss.Accumulate<TLanes, byte>(ref sums, ofSet, ofLabels, batchSize / sets);
            TLoss.Backward<TLanes, byte>(in sums, ofSet, ofLabels, gradient.Slice(set * length, length), batchSize / sets, Scale);
            loss += sums.Loss();
        }

        return loss;
    }

    private (double Loss, float[] Gradient) OfFloats(TElement[] elements, byte[] labels, int batchSize)
    {
        float[] floats = Floats(elements);
        float[] gradient = new float[floats.Length];
        ElementPair<TFloats, TFloatSums, TFloats, TFloatSums, float, TLanes> pair = new();
        return (pair.Train(floats, labels, gradient, batchSize), gradient);
    }

    private (TElement[] Elements, byte[] Labels) Batch(int batchSize, int pixels)
    {
        Random random = new(pixels);
        bool isLogits = options.Activation != SoftDiceActivation.None;
        int count = batchSize * options.NumClasses * pixels;

        // Doubles that no float is.
        TElement[] elements =
            [.. Enumerable.Range(0, count).Select(_ => TElement.CreateChecked(isLogits ? 10 * (random.NextDouble() - 0.5) : random.NextDouble()))];
        bool isOneHot = options.Labels == SoftDiceLabels.OneHot;
        int values = isOneHot ? 2 : options.NumClasses;
        return (elements, [.. Enumerable.Range(0, isOneHot ? count : batchSize * pixels).Select(_ => (byte)random.Next(values))]);
    }

    private static float[] Floats(TElement[] elements) => [.. elements.Select(float.CreateChecked)];

    private static TElement[] Rounded(float[] floats) => [.. floats.Select(TElement.CreateChecked)];

    private static void AssertSame(ReadOnlySpan<TElement> expected, ReadOnlySpan<TElement> actual, string where) =>
        Assert.True(MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)), where);
}
