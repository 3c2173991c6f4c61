using System;
using System.Threading;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>A thread that waits may be made to do something else meanwhile, another call for instance: user interfaces do that.</summary>
[Collection(Alone.Name)]
public sealed class CrewReentryTests
{
    [Fact]
    public void A_call_from_within_the_wait_of_another_leaves_that_alone()
    {
        using HookedBatch batch = new();
        // One of the inner calls would find place in the memory for the sums of the outer one, the other needs more.
        ThreadedBatch small = ThreadTable.Find("Sigmoid3 of two parts");
        ThreadedBatch large = ThreadTable.Find("None3 of rounds");
        ThreadedBatch.Result ofSmall = small.Compute(1);
        ThreadedBatch.Result ofLarge = large.Compute(1);
        bool hasWaitedForNothing = false;
        using ManualResetEventSlim mayGoOn = new();
        using ManualResetEventSlim isHelperInside = new();
        int nested = 0;
        bool isRight = false;
        Exception? thrown = null;
        Thread caller = new(() =>
        {
            try
            {
                SynchronizationContext.SetSynchronizationContext(new PumpingContext(() =>
                {
                    nested++;
                    small.Compute(2).AssertSameBits(ofSmall, "small");
                    large.Compute(3).AssertSameBits(ofLarge, "large");
                    mayGoOn.Set();
                }));
                None3.Sums sums = default;
                batch.Accumulate(ref sums, 2);
                isRight = sums.Equals(in batch.Exact);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                thrown = exception;
            }
        });
        batch.Hook(_ =>
        {
            if (Thread.CurrentThread != caller)
            {
                // Not for ever, so that the test ends even if the inner call waits for this helper.
                if (!isHelperInside.IsSet)
                {
                    isHelperInside.Set();
                    hasWaitedForNothing = !mayGoOn.Wait(TimeSpan.FromSeconds(10));
                }
            }
            else
            {
                while (!isHelperInside.IsSet)
                {
                    Thread.Yield();
                }
            }
        });
        caller.IsBackground = true;
        caller.Start();
        Assert.True(caller.Join(TimeSpan.FromSeconds(60)), "The calls wait for each other.");
        Assert.Null(thrown);
        Assert.True(isRight);
        Assert.Equal(1, nested);
        Assert.False(hasWaitedForNothing, "The inner call waited for a helper of the outer one.");
    }

    private sealed class PumpingContext : SynchronizationContext
    {
        private readonly Action whileWaiting;
        private bool isPumped;

        public PumpingContext(Action whileWaiting)
        {
            this.whileWaiting = whileWaiting;
            SetWaitNotificationRequired();
        }

        public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
        {
            if (!isPumped)
            {
                isPumped = true;
                whileWaiting();
            }

            return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
        }
    }
}
