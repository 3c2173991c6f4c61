using System;
using System.Threading;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>A token that is cancelled before a call, and for certain during it.</summary>
[Collection(Alone.Name)]
public sealed class CancellationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Before_a_call_nothing_is_read_or_written(int degree)
    {
        // Labels that are no class would be found if they were looked at.
        float[] predictions = new float[3 * 6000];
        byte[] labels = new byte[6000];
        Array.Fill(labels, (byte)9);
        float[] gradient = new float[predictions.Length];
        None3.Sums sums = default;
        CancellationToken cancelled = new(canceled: true);
        AssertCancelled(() => None3.Forward<byte>(predictions, labels, 2, degree, cancelled), cancelled);
        AssertCancelled(() => None3.Forward<byte>([], [], 2, degree, cancelled), cancelled);
        AssertCancelled(() => None3.Accumulate<byte>(ref sums, predictions, labels, 2, degree, cancelled), cancelled);
        AssertCancelled(() => None3.Accumulate<Lanes128, byte>(ref sums, predictions, labels, 2, degree, cancelled), cancelled);
        AssertCancelled(() => None3.ForwardBackward<byte>(predictions, labels, gradient, 2, 1, degree, cancelled), cancelled);
        AssertCancelled(() => None3.Backward<byte>(in sums, predictions, labels, gradient, 2, 1, degree, cancelled), cancelled);
        AssertCancelled(() => None3.Backward<Lanes128, byte>(in sums, predictions, labels, gradient, 2, 1, degree, cancelled), cancelled);
        Assert.True(sums.Equals(default(None3.Sums)));
        Assert.Equal(-1, gradient.AsSpan().IndexOfAnyExcept(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void During_a_call_each_thread_ends_the_part_that_it_is_at_and_the_sums_stay(int degree)
    {
        using HookedBatch batch = new();
        using CancellationTokenSource source = new();
        None3.Sums sums = batch.Exact;
        batch.Hook(_ => source.Cancel());
        AssertCancelled(() => batch.Accumulate(ref sums, degree, source.Token), source.Token);
        Assert.InRange(batch.Begun.Count, 1, degree);
        Assert.True(sums.Equals(in batch.Exact));

        batch.AssertWorks(degree);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void During_a_backward_pass_the_rest_of_the_gradient_is_left_alone(int degree)
    {
        using HookedBatch batch = new();
        using CancellationTokenSource source = new();
        batch.Hook(_ => source.Cancel());
        AssertCancelled(() => batch.Backward(degree, source.Token), source.Token);
        Assert.InRange(batch.Begun.Count, 1, degree);
        int length = batch.Gradient.Length / HookedBatch.Parts;
        for (int part = 0; part < HookedBatch.Parts; part++)
        {
            Assert.True(batch.Gradient.AsSpan(part * length, length).SequenceEqual(
                batch.Begun.ContainsKey(part) ? batch.ExactGradient.AsSpan(part * length, length) : new float[length]));
        }

        batch.AssertWorks(degree);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Another_thread_may_cancel(int degree)
    {
        using HookedBatch batch = new();
        using CancellationTokenSource source = new();
        using ManualResetEventSlim isBegun = new();
        using ManualResetEventSlim isCancelled = new();
        Thread other = new(() =>
        {
            isBegun.Wait();
            source.Cancel();
            isCancelled.Set();
        });
        other.IsBackground = true;
        other.Start();
        batch.Hook(_ =>
        {
            isBegun.Set();
            isCancelled.Wait();
        });
        None3.Sums sums = default;
        AssertCancelled(() => batch.Accumulate(ref sums, degree, source.Token), source.Token);
        other.Join();
        Assert.True(sums.Equals(default(None3.Sums)));
    }

    [Fact]
    public void In_the_last_part_it_is_too_late()
    {
        using HookedBatch batch = new();
        using CancellationTokenSource source = new();
        None3.Sums sums = default;
        batch.Hook(part =>
        {
            if (part == HookedBatch.Parts - 1)
            {
                source.Cancel();
            }
        });
        batch.Accumulate(ref sums, 1, source.Token);
        Assert.True(sums.Equals(in batch.Exact));
    }

    [Fact]
    public void A_token_that_is_not_cancelled_changes_nothing()
    {
        using CancellationTokenSource source = new();
        ThreadedBatch batch = ThreadTable.Find("None3 of many images");
        batch.Compute(2, source.Token).AssertSameBits(batch.Compute(1), batch.Name);
    }

    private static void AssertCancelled(Action act, CancellationToken token) =>
        Assert.Equal(token, Assert.ThrowsAny<OperationCanceledException>(act).CancellationToken);
}
