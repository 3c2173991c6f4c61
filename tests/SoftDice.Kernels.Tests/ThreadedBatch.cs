using System;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>A loss with a batch for it, to be computed by any number of threads.</summary>
internal abstract class ThreadedBatch(string name)
{
    public string Name { get; } = name;

    /// <summary>The batch on so many threads: sums as bytes, loss and gradient.</summary>
    public abstract Result Compute(int degree, CancellationToken cancellation = default);

    /// <summary>The batch image by image on this thread.</summary>
    public abstract byte[] SumsImageByImage();

    /// <summary>The gradient image by image on this thread, as <see cref="Result.Gradient"/> is that of the batch.</summary>
    public abstract float[] GradientImageByImage();

    /// <summary>All entry points, with nothing around them that allocates.</summary>
    public abstract void Run(int degree);

    /// <summary>Makes labels wrong at some places, and asserts the message of the first at several degrees, and that nothing is written.</summary>
    public abstract void AssertWrongLabelsAreNamed(params double[] places);

    public override string ToString() => Name;

    /// <summary>All of it is compared by bits.</summary>
    internal sealed record Result(byte[] Sums, double Loss, double LossOfBoth, float[] Gradient, float[] GradientOfBoth)
    {
        public void AssertSameBits(Result other, string name)
        {
            Assert.True(Sums.AsSpan().SequenceEqual(other.Sums), $"{name}: sums differ");
            Assert.True(Loss.Equals(other.Loss) && LossOfBoth.Equals(other.LossOfBoth), $"{name}: losses differ");
            Assert.True(AreSame(Gradient, other.Gradient) && AreSame(GradientOfBoth, other.GradientOfBoth), $"{name}: gradients differ");
        }

        private static bool AreSame(float[] left, float[] right) =>
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(left.AsSpan())
                .SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(right.AsSpan()));
    }
}

internal sealed class ThreadedBatch<TLoss, TSums, TLabel> : ThreadedBatch
    where TLoss : ISoftDiceLoss<TSums>
    where TSums : struct, ISoftDiceSums<TSums>
    where TLabel : unmanaged, INumber<TLabel>
{
    private static readonly int[] DegreesOfMistakes = [1, 2, 7];

    private readonly int batchSize;
    private readonly float[] predictions;
    private readonly TLabel[] labels;
    private readonly float[] gradient;
    private readonly bool isOneHot;

    /// <param name="name">Its name in the table.</param>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="pixels">Pixels of an image, from those of a part of the plan.</param>
    public ThreadedBatch(string name, int batchSize, Func<int, int> pixels)
        : base(name)
    {
        this.batchSize = batchSize;
        int count = pixels(PartPixels);
        Random random = new(count);
        isOneHot = Attribute.Labels == SoftDiceLabels.OneHot;
        predictions = new float[batchSize * TSums.ClassCount * count];

        // Of all magnitudes: sums of probabilities alike are exact in double, and then have the same bits in any order.
        foreach (ref float prediction in predictions.AsSpan())
        {
            prediction = Attribute.Activation == SoftDiceActivation.None
                ? random.NextSingle() * MathF.ScaleB(1, -random.Next(70))
                : 100 * (random.NextSingle() - 0.5f);
        }

        labels = new TLabel[isOneHot ? predictions.Length : batchSize * count];
        foreach (ref TLabel label in labels.AsSpan())
        {
            label = isOneHot && typeof(TLabel) == typeof(float)
                ? TLabel.CreateChecked(random.NextSingle() * MathF.ScaleB(1, -random.Next(70)))
                : TLabel.CreateChecked(random.Next(isOneHot ? 2 : Math.Min(TSums.ClassCount, 255)));
        }

        for (int i = 0; i < labels.Length && Attribute.HasIgnoreIndex; i += random.Next(5))
        {
            labels[i] = TLabel.CreateChecked(Attribute.IgnoreIndex);
        }

        gradient = new float[predictions.Length];
    }

    /// <summary>Pixels of a part, from the plan.</summary>
    private static int PartPixels { get; } = (int)typeof(TLoss).GetNestedType("LossKernel", BindingFlags.NonPublic)!
        .GetProperty("PartPixels", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    private static SoftDiceLossAttribute Attribute { get; } = typeof(TLoss).GetCustomAttribute<SoftDiceLossAttribute>()!;

    public override Result Compute(int degree, CancellationToken cancellation = default)
    {
        TSums sums = default;
        TLoss.Accumulate<TLabel>(ref sums, predictions, labels, batchSize, degree, cancellation);
        byte[] bytes = new byte[TSums.ByteCount];
        sums.WriteTo(bytes);
        float[] alone = new float[predictions.Length];
        TLoss.Backward<TLabel>(in sums, predictions, labels, alone, batchSize, 0.5, degree, cancellation);
        float[] both = new float[predictions.Length];
        double lossOfBoth = TLoss.ForwardBackward<TLabel>(predictions, labels, both, batchSize, -2, degree, cancellation);
        return new Result(
            bytes, TLoss.Forward<TLabel>(predictions, labels, batchSize, degree, cancellation), lossOfBoth, alone, both);
    }

    public override byte[] SumsImageByImage()
    {
        TSums sums = default;
        int length = predictions.Length / batchSize;
        int labelLength = labels.Length / batchSize;
        for (int image = 0; image < batchSize; image++)
        {
            TLoss.Accumulate<TLabel>(
                ref sums, predictions.AsSpan(image * length, length), labels.AsSpan(image * labelLength, labelLength), 1);
        }

        byte[] bytes = new byte[TSums.ByteCount];
        sums.WriteTo(bytes);
        return bytes;
    }

    public override float[] GradientImageByImage()
    {
        TSums sums = default;
        TLoss.Accumulate<TLabel>(ref sums, predictions, labels, batchSize);
        float[] slopes = new float[predictions.Length];
        int length = predictions.Length / batchSize;
        int labelLength = labels.Length / batchSize;
        for (int image = 0; image < batchSize; image++)
        {
            TLoss.Backward<TLabel>(
                in sums,
                predictions.AsSpan(image * length, length),
                labels.AsSpan(image * labelLength, labelLength),
                slopes.AsSpan(image * length, length),
                1,
                0.5);
        }

        return slopes;
    }

    public override void Run(int degree)
    {
        TSums sums = default;
        TLoss.Accumulate<TLabel>(ref sums, predictions, labels, batchSize, degree);
        TLoss.Backward<TLabel>(in sums, predictions, labels, gradient, batchSize, 1, degree);
        TLoss.ForwardBackward<TLabel>(predictions, labels, gradient, batchSize, 1, degree);
        TLoss.Forward<TLabel>(predictions, labels, batchSize, degree);
    }

    public override void AssertWrongLabelsAreNamed(params double[] places)
    {
        int[] wrong = [.. places.Select(place => (int)(place * (labels.Length - 1)))];
        TLabel[] kept = [.. wrong.Select(index => labels[index])];
        foreach (int index in wrong)
        {
            labels[index] = TLabel.CreateChecked(250);
        }

        string? message = null;
        foreach (int degree in DegreesOfMistakes)
        {
            byte[] before = new byte[TSums.ByteCount];
            new Random(5).NextBytes(before);
            TSums sums = TSums.ReadFrom(before);
            Array.Fill(gradient, 7);
            AssertThrows(() => TLoss.Accumulate<TLabel>(ref sums, predictions, labels, batchSize, degree));
            AssertThrows(() => TLoss.Forward<TLabel>(predictions, labels, batchSize, degree));
            AssertThrows(() => TLoss.Backward<TLabel>(in sums, predictions, labels, gradient, batchSize, 1, degree));
            byte[] after = new byte[TSums.ByteCount];
            sums.WriteTo(after);
            Assert.Equal(before, after);
            Assert.Equal(-1, gradient.AsSpan().IndexOfAnyExcept(7f));

            // Probabilities may have been kept there; not in the predictions' own place, which a caller may have nowhere else.
            AssertThrows(() => TLoss.ForwardBackward<TLabel>(predictions, labels, gradient, batchSize, 1, degree));
            predictions.CopyTo(gradient, 0);
            AssertThrows(() => TLoss.ForwardBackward<TLabel>(gradient, labels, gradient, batchSize, 1, degree));
            Assert.True(predictions.AsSpan().SequenceEqual(gradient));
        }

        for (int i = 0; i < wrong.Length; i++)
        {
            labels[wrong[i]] = kept[i];
        }

        void AssertThrows(Action act)
        {
            ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(act);
            Assert.StartsWith($"labels[{wrong.Min()}] is 250 (image ", thrown.Message, StringComparison.Ordinal);
            message ??= thrown.Message;
            Assert.Equal(message, thrown.Message);
        }
    }
}
