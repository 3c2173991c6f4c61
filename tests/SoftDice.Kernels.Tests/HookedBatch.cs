using System;
using System.Collections.Concurrent;
using System.Threading;

namespace SoftDice.Kernels.Tests;

/// <summary>A batch of several parts, each an image, and a hook that is told which of them a thread is at.</summary>
internal sealed unsafe class HookedBatch : IDisposable
{
    public const int Parts = 8;

    /// <summary>As much as a thread takes at a time, in whole vectors: so that each image is a turn of its own.</summary>
    private const int Pixels = 5464;

    private readonly float[] predictions = GC.AllocateArray<float>(Parts * 3 * Pixels, pinned: true);
    private readonly float[] gradient = GC.AllocateArray<float>(Parts * 3 * Pixels, pinned: true);
    private readonly byte[] labels = new byte[Parts * Pixels];

    public HookedBatch()
    {
        Random random = new(1);
        for (int i = 0; i < predictions.Length; i++)
        {
            predictions[i] = random.NextSingle() * MathF.ScaleB(1, -random.Next(70));
            labels[i / 3] = (byte)random.Next(3);
        }

        None3.Sums sums = default;
        Accumulate(ref sums, 1);
        Exact = sums;
        Backward(1);
        ExactGradient = [.. gradient];
        Array.Clear(gradient);
    }

    /// <summary>Sums without any hook or help.</summary>
    public readonly None3.Sums Exact;

    /// <summary>The parts at which a hook was called.</summary>
    public ConcurrentDictionary<int, bool> Begun { get; } = [];

    public float[] ExactGradient { get; }

    public float[] Gradient => gradient;

    /// <summary>Calls the hook with the number of the part wherever memory is read or written.</summary>
    public void Hook(Action<int> hook)
    {
        nuint firstPrediction = (nuint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref predictions[0]);
        nuint firstSlope = (nuint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref gradient[0]);
        nuint bytes = (nuint)predictions.Length * sizeof(float);
        Begun.Clear();
        HookedLanes.Hook = address =>
        {
            nuint distance = address - firstPrediction < bytes ? address - firstPrediction : address - firstSlope;
            int part = (int)(distance / (3 * Pixels * sizeof(float)));
            Begun[part] = true;
            hook(part);
        };
    }

    public void Accumulate(ref None3.Sums sums, int degree, CancellationToken cancellation = default) =>
        None3.Accumulate<HookedLanes, byte>(ref sums, predictions, labels, Parts, degree, cancellation);

    public void Backward(int degree, CancellationToken cancellation = default) =>
        None3.Backward<HookedLanes, byte>(in Exact, predictions, labels, gradient, Parts, 1, degree, cancellation);

    /// <summary>A call without a hook gives what it always gave.</summary>
    public void AssertWorks(int degree)
    {
        HookedLanes.Hook = null;
        None3.Sums sums = default;
        Accumulate(ref sums, degree);
        Xunit.Assert.True(sums.Equals(in Exact));
        Backward(degree);
        Xunit.Assert.True(gradient.AsSpan().SequenceEqual(ExactGradient));
    }

    public void Dispose() => HookedLanes.Hook = null;
}
