using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Short calls from many threads, thousands of times, with everything that can go wrong in between.</summary>
[Collection(Alone.Name)]
public sealed class CrewStressTests
{
    private const int Callers = 6;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2.5);

    [Fact]
    public void Calls_of_every_kind_keep_to_their_own_memory_and_give_the_same_bits()
    {
        Exception?[] failures = new Exception?[Callers];
        Thread[] threads = [.. failures.Select((_, seed) => new Thread(() =>
        {
            try
            {
                CallAgainAndAgain(seed);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                failures[seed] = exception;
            }
        }))];
        foreach (Thread thread in threads)
        {
            thread.IsBackground = true;
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Assert.All(failures, Assert.Null);
    }

    private static void CallAgainAndAgain(int seed)
    {
        // Turns of a few microseconds, so that helpers come as the door opens, while it is open, and after it has closed.
        const int Images = 9;
        const int Pixels = 5462;
        Random random = new(seed);
        float[] predictions = [.. Enumerable.Range(0, 3 * Images * Pixels).Select(_ => random.NextSingle() * MathF.ScaleB(1, -random.Next(70)))];
        byte[] labels = [.. Enumerable.Range(0, Images * Pixels).Select(_ => (byte)random.Next(3))];
        float[] gradient = new float[predictions.Length];
        Array.Fill(gradient, 7);
        None3.Sums[] sums = new None3.Sums[Images + 1];
        for (int images = 1; images <= Images; images++)
        {
            None3.Accumulate<byte>(ref sums[images], predictions.AsSpan(0, 3 * images * Pixels), labels.AsSpan(0, images * Pixels), images);
        }

        float[] slopes = new float[predictions.Length];
        None3.Backward<byte>(in sums[Images], predictions, labels, slopes, Images);

        int calls = 0;
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < Duration; calls++)
        {
            int images = random.Next(1, Images + 1);
            int degree = random.Next(1, 9);
            Span<float> ofImages = predictions.AsSpan(0, 3 * images * Pixels);
            Span<byte> labelsOfImages = labels.AsSpan(0, images * Pixels);
            None3.Sums result = default;
            switch (random.Next(5))
            {
                case 0:
                    None3.Backward<byte>(in sums[Images], ofImages, labelsOfImages, gradient.AsSpan(0, ofImages.Length), images, 1, degree);
                    Assert.True(gradient.AsSpan(0, ofImages.Length).SequenceEqual(slopes.AsSpan(0, ofImages.Length)));

                    // A helper that is late would write over this.
                    Array.Fill(gradient, 7);
                    break;
                case 1:
                    int wrong = random.Next(labelsOfImages.Length);
                    byte kept = labels[wrong];
                    labels[wrong] = 3;
                    try
                    {
                        None3.Accumulate<byte>(ref result, ofImages, labelsOfImages, images, degree);
                        Assert.Fail("A wrong label was not found.");
                    }
                    catch (ArgumentOutOfRangeException exception)
                    {
                        Assert.StartsWith($"labels[{wrong}] is 3 ", exception.Message, StringComparison.Ordinal);
                    }

                    labels[wrong] = kept;
                    break;
                case 2:
                    using (CancellationTokenSource source = new())
                    {
                        ThreadPool.UnsafeQueueUserWorkItem(
                            static source =>
                            {
                                try
                                {
                                    source.Cancel();
                                }
                                catch (ObjectDisposedException)
                                {
                                    // Too late for this call.
                                }
                            },
                            source,
                            preferLocal: false);
                        try
                        {
                            None3.Accumulate<byte>(ref result, ofImages, labelsOfImages, images, degree, source.Token);
                            Assert.True(result.Equals(in sums[images]));
                        }
                        catch (OperationCanceledException)
                        {
                            Assert.True(result.Equals(default(None3.Sums)));
                        }
                    }

                    break;
                default:
                    None3.Accumulate<byte>(ref result, ofImages, labelsOfImages, images, degree);
                    Assert.True(result.Equals(in sums[images]), $"call {calls}: {images} images on {degree} threads");
                    break;
            }

            Assert.Equal(-1, gradient.AsSpan().IndexOfAnyExcept(7f));
        }
    }
}
