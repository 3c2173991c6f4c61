using System;

using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>
/// The last gradient that this thread gave to autograd. Its engine takes what a backward function returns once that has returned, so that the
/// function cannot dispose of it; left to the collector, which sees some bytes of it and not megabytes, gradients would pile up.
/// </summary>
internal static class HandedOver
{
    [ThreadStatic]
    private static Tensor? last;

    /// <summary>Takes a gradient out of all scopes until this thread computes a loss or another gradient.</summary>
    public static Tensor Keep(Tensor gradient)
    {
        Release();
        last = gradient.DetachFromDisposeScope();
        return gradient;
    }

    /// <summary>Drops it: by now it is autograd's.</summary>
    public static void Release()
    {
        last?.Dispose();
        last = null;
    }
}
