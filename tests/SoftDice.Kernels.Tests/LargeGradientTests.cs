using System;
using System.Runtime.InteropServices;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>
/// A gradient of 16 MB or more is written past the cache, in whole lines where they begin at the same pixel in all planes: the same numbers, wherever it
/// begins.
/// </summary>
public sealed class LargeGradientTests
{
    [Fact]
    public void It_is_the_gradient_that_takes_the_predictions_place()
    {
        AssertSame<Softmax3, Softmax3.Sums>(2, 700_001);
        AssertSame<Softmax19, Softmax19.Sums>(2, 111_113);
        AssertSame<None19, None19.Sums>(2, 111_113);
        AssertSame<Sigmoid5, Sigmoid5.Sums>(2, 420_003);

        // Lines of the cache begin at the same pixel in all planes.
        AssertSame<Softmax3, Softmax3.Sums>(2, 700_000);
        AssertSame<Softmax19, Softmax19.Sums>(2, 111_120);
        AssertSame<Softmax150, Softmax150.Sums>(1, 28_000);
        AssertSame<CrossEntropy19, CrossEntropy19.Sums>(2, 111_120);
        AssertSame<FocalTerm19, FocalTerm19.Sums>(2, 111_120);
        AssertSame<None19, None19.Sums>(2, 111_120);
        AssertSame<Sigmoid5, Sigmoid5.Sums>(2, 420_000);

        // Rows one after the other, in blocks of 32 and of 16 pixels of which the last has fewer.
        AssertSame<RowsSoftmax19, RowsSoftmax19.Sums>(2, 111_113);
        AssertSame<RowsSoftmax300, RowsSoftmax300.Sums>(1, 14_003);

        static void AssertSame<TLoss, TSums>(int batchSize, int pixels)
            where TLoss : ISoftDiceLoss<TSums>
            where TSums : struct, ISoftDiceSums<TSums>
        {
            int count = batchSize * TSums.ClassCount * pixels;
            Assert.True(count >= 1 << 22, "Too small to be written past the cache.");
            Random random = new(8);
            float[] inPlace = new float[count];
            byte[] labels = new byte[batchSize * pixels];
            for (int i = 0; i < count; i++)
            {
                inPlace[i] = random.NextSingle();
            }

            for (int i = 0; i < labels.Length; i++)
            {
                labels[i] = (byte)random.Next(TSums.ClassCount);
            }

            float[] predictions = [.. inPlace];
            TSums sums = default;
            TLoss.Accumulate<byte>(ref sums, predictions, labels, batchSize);
            double loss = TLoss.ForwardBackward<byte>(inPlace, labels, inPlace, batchSize);

            // At every place of a line of the cache, with something on either side that must stay.
            float[] memory = new float[count + 18];
            byte[] bytes = new byte[(4 * count) + 3];
            foreach (int offset in new[] { 1, 2, 3 })
            {
                // Memory that begins within an element.
                Span<float> misaligned = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(offset, 4 * count));
                Assert.Equal(loss, TLoss.ForwardBackward<byte>(predictions, labels, misaligned, batchSize));
                Assert.True(inPlace.AsSpan().SequenceEqual(misaligned), $"{typeof(TLoss).Name}, {offset} bytes off");
            }

            foreach (int offset in new[] { 1, 2, 7, 8, 12, 15, 16 })
            {
                foreach (int degree in new[] { 1, 2 })
                {
                    Array.Fill(memory, -5);
                    Assert.Equal(loss, TLoss.ForwardBackward<byte>(predictions, labels, memory.AsSpan(offset, count), batchSize, 1, degree));
                    AssertSameAt(offset);
                }

                // Where that keeps probabilities, this alone writes past the cache.
                Array.Fill(memory, -5);
                TLoss.Backward<byte>(in sums, predictions, labels, memory.AsSpan(offset, count), batchSize, 1, degreeOfParallelism: 2);
                AssertSameAt(offset);
            }

            void AssertSameAt(int offset)
            {
                Assert.True(inPlace.AsSpan().SequenceEqual(memory.AsSpan(offset, count)), $"{typeof(TLoss).Name} at {offset}");
                Assert.Equal(-5, memory[offset - 1]);
                Assert.Equal(-5, memory[offset + count]);
            }
        }
    }
}
