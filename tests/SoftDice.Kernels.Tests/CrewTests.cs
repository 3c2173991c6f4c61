using System;
using System.Collections.Concurrent;
using System.Threading;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The calling thread and its helpers: that they come, that they are waited for, and that none is needed.</summary>
[Collection(Alone.Name)]
public sealed class CrewTests
{
    /// <summary>Far longer than any of this takes, for a test that would otherwise hang. Threads are of the background, for the same reason.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void As_many_threads_as_are_asked_for_take_part_and_no_more(int degree)
    {
        using HookedBatch batch = new();

        // Helpers of this call may come late, to the next one.
        batch.AssertWorks(HookedBatch.Parts);

        using ManualResetEventSlim allAreHere = new();
        ConcurrentDictionary<int, bool> threads = [];
        batch.Hook(_ =>
        {
            threads[Environment.CurrentManagedThreadId] = true;
            if (threads.Count >= degree)
            {
                allAreHere.Set();
            }

            Assert.True(allAreHere.Wait(Patience), "The pool sent no helper.");
        });
        None3.Sums sums = default;
        batch.Accumulate(ref sums, degree);
        Assert.Equal(degree, threads.Count);
        Assert.True(threads.ContainsKey(Environment.CurrentManagedThreadId));
        Assert.True(sums.Equals(in batch.Exact));

        threads.Clear();
        allAreHere.Reset();
        batch.Backward(degree);
        Assert.Equal(degree, threads.Count);
        Assert.True(threads.ContainsKey(Environment.CurrentManagedThreadId));
    }

    [Fact]
    public void What_a_helper_throws_is_thrown_by_the_call_and_the_next_one_works()
    {
        using HookedBatch batch = new();
        using ManualResetEventSlim hasThrown = new();
        int caller = Environment.CurrentManagedThreadId;
        InvalidOperationException mistake = new("of a helper");
        batch.Hook(_ =>
        {
            if (Environment.CurrentManagedThreadId == caller)
            {
                Assert.True(hasThrown.Wait(Patience), "The pool sent no helper.");
            }
            else
            {
                hasThrown.Set();
                throw mistake;
            }
        });
        None3.Sums sums = default;
        Assert.Same(mistake, Assert.Throws<InvalidOperationException>(() => batch.Accumulate(ref sums, 2)));
        Assert.True(sums.Equals(default(None3.Sums)));
        batch.AssertWorks(2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_the_work_throws_on_the_calling_thread_is_thrown_too(int degree)
    {
        using HookedBatch batch = new();
        InvalidOperationException mistake = new("of all");
        batch.Hook(_ => throw mistake);
        None3.Sums sums = default;
        Assert.Same(mistake, Assert.Throws<InvalidOperationException>(() => batch.Accumulate(ref sums, degree)));
        Assert.Same(mistake, Assert.Throws<InvalidOperationException>(() => batch.Backward(degree)));
        Assert.True(sums.Equals(default(None3.Sums)));
        batch.AssertWorks(degree);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_helper_is_waited_for_even_by_a_caller_that_has_thrown_or_is_interrupted(bool throws)
    {
        using HookedBatch batch = new();
        using ManualResetEventSlim mayGoOn = new();
        bool isHelperInside = false;
        Exception? thrown = null;
        bool isRight = false;
        bool wasInterrupted = false;
        Thread caller = new(() =>
        {
            None3.Sums sums = default;
            try
            {
                batch.Accumulate(ref sums, 2);
            }
            catch (InvalidOperationException exception)
            {
                thrown = exception;
            }

            isRight = sums.Equals(in batch.Exact);
            try
            {
                // An interruption is not lost, it waits for the caller's own next wait.
                Thread.Sleep(Patience);
            }
            catch (ThreadInterruptedException)
            {
                wasInterrupted = true;
            }
        });
        batch.Hook(_ =>
        {
            if (Thread.CurrentThread != caller)
            {
                Volatile.Write(ref isHelperInside, true);
                mayGoOn.Wait();
                return;
            }

            // Not a wait, which would be interrupted.
            while (!Volatile.Read(ref isHelperInside))
            {
                Thread.Yield();
            }

            if (throws)
            {
                throw new InvalidOperationException("of the caller");
            }
        });
        caller.IsBackground = true;
        caller.Start();
        for (int i = 0; i < 5; i++)
        {
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref isHelperInside) && IsWaiting(caller), Patience));
            caller.Interrupt();
            Assert.False(caller.Join(20));
        }

        // It has not come back: sums are not there yet, and it waits inside the call.
        Assert.False(isRight);
        Assert.False(wasInterrupted);
        mayGoOn.Set();
        Assert.True(caller.Join(Patience));
        Assert.True(wasInterrupted);
        Assert.Equal(throws, thrown is not null);
        Assert.Equal(!throws, isRight);
        batch.AssertWorks(2);

        static bool IsWaiting(Thread thread) => (thread.ThreadState & ThreadState.WaitSleepJoin) != 0;
    }

    [Fact]
    public void A_pool_without_a_free_thread_costs_speed_and_nothing_else()
    {
        ThreadPool.GetMaxThreads(out int workers, out int completions);
        ThreadPool.GetMinThreads(out int leastWorkers, out _);
        using ManualResetEventSlim mayGoOn = new();
        using CountdownEvent blockers = new(1);
        using HookedBatch batch = new();
        bool isRight = false;
        int blocked = 0;
        int threadsAtWork = 0;

        // On a thread of its own, as this one may be of the pool.
        Thread caller = new(() =>
        {
            int self = Environment.CurrentManagedThreadId;
            batch.Hook(_ => threadsAtWork |= Environment.CurrentManagedThreadId == self ? 1 : 2);
            isRight = true;
            for (int call = 0; call < 10; call++)
            {
                None3.Sums sums = default;
                batch.Accumulate(ref sums, 2 + call);
                isRight &= sums.Equals(in batch.Exact);
                batch.Backward(2 + call);
            }
        });
        try
        {
            Assert.True(ThreadPool.SetMaxThreads(leastWorkers, completions));
            Assert.True(SpinWait.SpinUntil(() =>
            {
                // One more as long as the last has found a thread.
                if (Volatile.Read(ref blocked) == blockers.CurrentCount - 1)
                {
                    blockers.AddCount();
                    ThreadPool.UnsafeQueueUserWorkItem(
                        _ =>
                        {
                            Interlocked.Increment(ref blocked);
                            mayGoOn.Wait();
                            blockers.Signal();
                        },
                        null);
                    Thread.Sleep(20);
                }

                return ThreadPool.PendingWorkItemCount > 0 && IsStuck();
            }, Patience));
            caller.IsBackground = true;
            caller.Start();
            Assert.True(caller.Join(Patience), "The call hangs.");
            Assert.True(isRight);
            Assert.Equal(1, threadsAtWork);
        }
        finally
        {
            mayGoOn.Set();
            ThreadPool.SetMaxThreads(workers, completions);
            blockers.Signal();
            blockers.Wait(Patience);
        }

        batch.AssertWorks(4);

        // Nothing moves for a while.
        bool IsStuck()
        {
            int before = Volatile.Read(ref blocked);
            Thread.Sleep(100);
            return before == Volatile.Read(ref blocked) && before < blockers.CurrentCount - 1;
        }
    }

    [Fact]
    public void A_thread_that_ends_leaves_nothing_behind_that_its_helpers_need()
    {
        using HookedBatch batch = new();
        for (int i = 0; i < 200; i++)
        {
            Thread caller = new(() =>
            {
                None3.Sums sums = default;
                batch.Accumulate(ref sums, 4);
            });
            caller.IsBackground = true;
            caller.Start();
            caller.Join();
        }

        batch.AssertWorks(4);
    }
}
