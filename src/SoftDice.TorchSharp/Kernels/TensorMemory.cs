using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>The elements of a contiguous tensor on the CPU where they lie.</summary>
internal static class TensorMemory
{
    /// <summary>A span over them. The caller keeps the tensor alive.</summary>
    /// <exception cref="ArgumentException">They are more than a span holds.</exception>
    public static Span<T> Of<T>(Tensor tensor)
        where T : unmanaged
    {
        long count = tensor.numel();
        if (count == 0)
        {
            return default;
        }

        if (count > int.MaxValue)
        {
            throw new ArgumentException(
                $"A tensor has {count} elements; the kernels take {int.MaxValue} at most. Give the loss the batch in several calls.", nameof(tensor));
        }

        // Of the first element alone, as a span of all bytes may be longer than spans are.
        using Tensor whole = tensor.detach();
        using Tensor flat = whole.view(-1);
        using Tensor first = flat.narrow(0, 0, 1);
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetReference(first.bytes)), (int)count);
    }
}
