using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Any number of threads gives the same bits, and the same complaints.</summary>
public sealed class ThreadTests
{
    private static readonly int[] Degrees = [2, 3, 7, 16];

    public static TheoryData<string> All => ThreadTable.Names;

    [Theory]
    [MemberData(nameof(All))]
    public void Every_degree_and_every_repetition_gives_the_same_bits(string name)
    {
        ThreadedBatch batch = ThreadTable.Find(name);
        ThreadedBatch.Result expected = batch.Compute(1);
        Assert.Equal(batch.SumsImageByImage(), expected.Sums);
        Assert.True(batch.GradientImageByImage().AsSpan().SequenceEqual(expected.Gradient));
        foreach (int degree in Degrees)
        {
            for (int repetition = 0; repetition < 2; repetition++)
            {
                batch.Compute(degree).AssertSameBits(expected, $"{name}, {degree} threads");
            }
        }

        batch.Compute(int.MaxValue).AssertSameBits(expected, $"{name}, any number of threads");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_wrong_label_is_named_alike_by_any_number_of_threads_and_nothing_is_written(string name)
    {
        if (name.StartsWith("Loss4096", StringComparison.Ordinal))
        {
            // Has the class that is wrong elsewhere.
            return;
        }

        ThreadedBatch batch = ThreadTable.Find(name);
        batch.AssertWrongLabelsAreNamed(0);
        batch.AssertWrongLabelsAreNamed(1);

        // Of several, the first, whichever thread finds its own first.
        batch.AssertWrongLabelsAreNamed(0.99, 0.4, 0.7);

        // And then all is as it was.
        batch.Compute(2).AssertSameBits(batch.Compute(1), name);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_degree_below_1_is_named_by_each_entry_point(int degree)
    {
        float[] predictions = new float[30];
        byte[] labels = new byte[10];
        float[] gradient = new float[30];
        None3.Sums sums = default;
        AssertNamed(() => None3.Forward<byte>(predictions, labels, 1, degree));
        AssertNamed(() => None3.Forward<byte>([], [], 1, degree));
        AssertNamed(() => None3.Accumulate<byte>(ref sums, predictions, labels, 1, degree));
        AssertNamed(() => None3.Accumulate<Lanes128, byte>(ref sums, predictions, labels, 1, degree));
        AssertNamed(() => None3.ForwardBackward<byte>(predictions, labels, gradient, 1, 1, degree));
        AssertNamed(() => None3.Backward<byte>(in sums, predictions, labels, gradient, 1, 1, degree));
        AssertNamed(() => None3.Backward<Lanes128, byte>(in sums, predictions, labels, gradient, 1, 1, degree));
        Assert.True(sums.Equals(default(None3.Sums)));
        Assert.All(gradient, slope => Assert.Equal(0, slope));

        void AssertNamed(Action act)
        {
            ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(act);
            Assert.Equal("degreeOfParallelism", thrown.ParamName);
            Assert.StartsWith(
                $"degreeOfParallelism is {degree}; it is the most threads at work, at least 1 (Environment.ProcessorCount for all processors).",
                thrown.Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Several_threads_may_use_one_loss_at_the_same_time_each_with_helpers()
    {
        ThreadedBatch[] batches =
        [
            ThreadTable.Find("None3 of ragged parts"),
            ThreadTable.Find("Softmax3 of ragged parts"),
            ThreadTable.Find("Softmax5 of many images"),
        ];
        ThreadedBatch.Result[] expected = [.. batches.Select(batch => batch.Compute(1))];
        Exception?[] failures = new Exception?[6];
        Thread[] threads = [.. failures.Select((_, caller) => new Thread(() =>
        {
            try
            {
                for (int call = 0; call < 3; call++)
                {
                    int which = (caller + call) % batches.Length;
                    batches[which].Compute(2).AssertSameBits(expected[which], $"{batches[which]}, caller {caller}");
                }
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                failures[caller] = exception;
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

    [Fact]
    public void Calls_nest_in_a_parallel_loop()
    {
        ThreadedBatch batch = ThreadTable.Find("None3 of many images");
        ThreadedBatch.Result expected = batch.Compute(1);
        Parallel.For(0, 24, call => batch.Compute(1 + (call % 4)).AssertSameBits(expected, $"call {call}"));
    }
}
