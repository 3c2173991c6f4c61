using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace SoftDice.Kernels;

/// <summary>
/// Does numbered pieces of work on the calling thread and on as many threads of the pool as come to help. One crew a calling thread,
/// kept from call to call: nothing is allocated.
/// </summary>
/// <remarks>
/// The caller never waits for a thread to start. It works until no piece is left, closes the door, and waits only for helpers that
/// are inside, each with its last piece; so a busy pool costs speed and cannot cause a deadlock. A helper that the pool starts too
/// late finds the door closed, or helps with the caller's next call instead.
/// </remarks>
internal sealed unsafe class Crew : IThreadPoolWorkItem
{
    // More are never of use, and would only fill the pool's queue.
    public const int MostThreads = 256;

    // About the time of one piece: a helper is mostly done before a wait in the kernel would have begun.
    private const int SpinsBeforeWaiting = 20;

    [ThreadStatic]
    private static Crew? ofThread;

    private readonly object door = new();

    // Items in the pool's queue. A helper may come while the next is being asked.
    private int asked;

    // Under the lock of the door.
    private int places;
    private volatile int inside;

    // The work at hand; constant while the door is open.
    private delegate*<void*, int, bool> work;
    private void* state;
    private int end;
    private int perTurn;
    private CancellationToken cancellation;

    private int next;
    private volatile bool stopped;
    private Exception? failure;

    /// <summary>Calls <paramref name="work"/> for each piece, in no order.</summary>
    /// <param name="count">Number of pieces.</param>
    /// <param name="perTurn">Pieces that one thread takes at a time.</param>
    /// <param name="degree">The most threads at work, this one included; at least 2.</param>
    /// <param name="work">Takes the state and a piece, and returns false if no further one need be begun.</param>
    /// <param name="state">What the work is about.</param>
    /// <param name="cancellation">Asked before each turn.</param>
    /// <returns>False if pieces were left out, because of the work's own answer or of cancellation.</returns>
    public static bool Run(
        int count, int perTurn, int degree, delegate*<void*, int, bool> work, void* state, CancellationToken cancellation)
    {
        // Not there for a call from within the wait below, which a thread with a user interface may be sent: that has a crew of its own.
        Crew crew = ofThread ?? new Crew();
        ofThread = null;
        crew.work = work;
        crew.state = state;
        crew.end = count;
        crew.perTurn = perTurn;
        crew.cancellation = cancellation;
        crew.next = 0;
        crew.stopped = false;
        crew.failure = null;

        int turns = (int)(((long)count + perTurn - 1) / perTurn);
        try
        {
            crew.Open(Math.Min(Math.Min(degree, turns), MostThreads) - 1);
            crew.WorkOff();
        }
        finally
        {
            // Even if the pool could not be asked for all: those who are inside use the caller's memory.
            crew.Close();
            crew.cancellation = default;
            ofThread = crew;
        }

        if (crew.failure is { } failure)
        {
            crew.failure = null;
            ExceptionDispatchInfo.Throw(failure);
        }

        return !crew.stopped;
    }

    /// <summary>A thread of the pool has come.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        lock (door)
        {
            Interlocked.Decrement(ref asked);
            if (places == 0)
            {
                return;
            }

            places--;
            inside++;
        }

        WorkOff();
        lock (door)
        {
            inside--;
            if (inside == 0)
            {
                Monitor.Pulse(door);
            }
        }
    }

    private void Open(int helpers)
    {
        int missing;
        lock (door)
        {
            places = helpers;
            missing = helpers - asked;
        }

        for (int i = 0; i < missing; i++)
        {
            Ask();
        }
    }

    private void Ask()
    {
        bool isAsked = false;
        Interlocked.Increment(ref asked);
        try
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            isAsked = true;
        }
        finally
        {
            if (!isAsked)
            {
                Interlocked.Decrement(ref asked);
            }
        }
    }

    // However often the thread is interrupted meanwhile: as long as helpers are inside, the caller's memory must stay where it is.
    private void Close()
    {
        bool interrupted = false;
        bool closed = false;
        while (!closed)
        {
            try
            {
                CloseOrBeInterrupted();
                closed = true;
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }

        if (interrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }

    private void CloseOrBeInterrupted()
    {
        lock (door)
        {
            places = 0;
        }

        SpinWait spin = default;
        while (inside > 0 && spin.Count < SpinsBeforeWaiting)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        lock (door)
        {
            while (inside > 0)
            {
                Monitor.Wait(door);
            }
        }
    }

    private void WorkOff()
    {
        try
        {
            while (!stopped)
            {
                // A late addition may run past the end, but not by more than the number of threads.
                int piece = Interlocked.Add(ref next, perTurn) - perTurn;
                if (piece < 0 || piece >= end)
                {
                    return;
                }

                // Only ever set here: «stopped = stopped || ...» could undo what another thread has just set.
                if (cancellation.IsCancellationRequested)
                {
                    stopped = true;
                }

                int turnEnd = (int)Math.Min((long)piece + perTurn, end);
                for (; piece < turnEnd && !stopped; piece++)
                {
                    if (!work(state, piece))
                    {
                        stopped = true;
                    }
                }
            }
        }
#pragma warning disable CA1031 // A helper's exception belongs to the caller, who throws it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
            stopped = true;
        }
    }
}
