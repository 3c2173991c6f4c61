using System;
using System.Linq;
using System.Runtime.InteropServices;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>A loss with sums over samples, and a batch for it.</summary>
internal abstract class PerSampleBatch(string name)
{
    public string Name { get; } = name;

    /// <summary>The loss of a batch is what those of its images come to, bit for bit, and so is its gradient; and both are the definition's.</summary>
    public abstract void AssertIsItsImages();

    /// <summary>The same bits for any number of threads.</summary>
    public abstract void AssertSameBits(params int[] degrees);

    /// <summary>All entry points that take batches, with nothing around them that allocates.</summary>
    public abstract void Run(int degree);

    public override string ToString() => Name;
}

internal class PerSampleBatch<TLoss, TSums> : PerSampleBatch
    where TLoss : ISoftDiceLoss<TSums>
    where TSums : struct, ISoftDiceSums<TSums>
{
    private const double Scale = -0.5;

    private readonly SoftDiceOptions options = AttributeOptions.Of<TLoss>();
    private readonly int batchSize;
    private readonly float[] predictions;
    private readonly byte[] labels;
    private readonly float[] gradient;

    public PerSampleBatch(int batchSize, int pixels)
        : base($"{typeof(TLoss).Name} of {batchSize} images of {pixels} pixels")
    {
        this.batchSize = batchSize;
        Random random = new(batchSize + pixels);
        bool isLogits = options.Activation != SoftDiceActivation.None;
        predictions =
        [
            .. Enumerable.Range(0, batchSize * TSums.ClassCount * pixels)
                .Select(_ => isLogits ? 10 * (random.NextSingle() - 0.5f) : random.NextSingle()),
        ];
        int values = options.Labels == SoftDiceLabels.OneHot ? 2 : TSums.ClassCount;
        int count = options.Labels == SoftDiceLabels.OneHot ? predictions.Length : batchSize * pixels;

        // Of every third image the last class is absent, and of every fifth all are but the first.
        labels =
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                int image = i / Math.Max(1, count / batchSize);
                return (byte)random.Next(image % 5 == 4 ? 1 : image % 3 == 2 ? Math.Max(1, values - 1) : values);
            }),
        ];
        gradient = new float[predictions.Length];
    }

    protected SoftDiceOptions Options => options;

    protected int BatchSize => batchSize;

    public override void AssertIsItsImages()
    {
        bool isMean = options.Reduction == SoftDiceReduction.Mean;
        float[] expected = new float[predictions.Length];
        double total = 0;
        int length = predictions.Length / batchSize;
        int labelLength = labels.Length / batchSize;
        for (int image = 0; image < batchSize; image++)
        {
            ReadOnlySpan<float> ofImage = predictions.AsSpan(image * length, length);
            ReadOnlySpan<byte> itsLabels = labels.AsSpan(image * labelLength, labelLength);
            TSums sums = default;
            TLoss.Accumulate(ref sums, ofImage, itsLabels, 1);
            TLoss.Backward(in sums, ofImage, itsLabels, expected.AsSpan(image * length, length), 1, isMean ? Scale / batchSize : Scale);
            total += sums.Loss();
            Assert.Equal(sums.Loss(), TLoss.Forward(ofImage, itsLabels, 1));
        }

        AssertIsDefined(isMean ? total / batchSize : total);
        Assert.True(AreSame(expected, gradient), $"{Name}: gradient");
    }

    /// <summary>The sums of an image.</summary>
    protected TSums SumsOf(int image)
    {
        int length = predictions.Length / batchSize;
        int labelLength = labels.Length / batchSize;
        TSums sums = default;
        TLoss.Accumulate<byte>(ref sums, predictions.AsSpan(image * length, length), labels.AsSpan(image * labelLength, labelLength), 1);
        return sums;
    }

    /// <summary>The loss of the batch is this bit for bit, however it is called; and it is that of the definition, as the gradient is.</summary>
    protected void AssertIsDefined(double total)
    {
        double loss = TLoss.Forward<byte>(predictions, labels, batchSize);
        Assert.Equal(total, loss);
        Assert.Equal(loss, TLoss.ForwardBackward<byte>(predictions, labels, gradient, batchSize, Scale));

        // A part of 10^5 is far more than what the tests of one image allow; it is the shares of images that this is about.
        Assert.Equal(SoftDiceReference.Loss<byte>(options, predictions, labels, batchSize), loss, 1e-5 * (1 + Math.Abs(loss)));
        double[] defined = SoftDiceReference.Gradient<byte>(options, predictions, labels, batchSize);
        double largest = defined.Select(Math.Abs).Max();
        for (int i = 0; i < defined.Length; i++)
        {
            Assert.Equal(Scale * defined[i], gradient[i], 1e-5 * largest);
        }
    }

    public override void AssertSameBits(params int[] degrees)
    {
        float[] expected = new float[predictions.Length];
        double loss = TLoss.ForwardBackward<byte>(predictions, labels, expected, batchSize, Scale);
        foreach (int degree in degrees)
        {
            Array.Clear(gradient);
            Assert.Equal(loss, TLoss.Forward<byte>(predictions, labels, batchSize, degree));
            Assert.Equal(loss, TLoss.ForwardBackward<byte>(predictions, labels, gradient, batchSize, Scale, degree));
            Assert.True(AreSame(expected, gradient), $"{Name}, {degree} threads");
        }
    }

    public override void Run(int degree)
    {
        TLoss.Forward<byte>(predictions, labels, batchSize, degree);
        TLoss.ForwardBackward<byte>(predictions, labels, gradient, batchSize, Scale, degree);
    }

    private static bool AreSame(float[] left, float[] right) =>
        MemoryMarshal.AsBytes(left.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(right.AsSpan()));
}
