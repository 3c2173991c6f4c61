using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Limits;

/// <summary>
/// Reads the predictions of a case in the order of a loss from probabilities: four planes of a part at a time, and beside them the labels of
/// the part. With as many vector instructions for each read as the loss has, of the cheapest kind, and without one that waits for another in its turn:
/// what is left of the speed of memory beside so much work.
/// </summary>
internal sealed class OrderedReading(CaseData data) : IContender
{
    /// <summary>How many planes are read side by side.</summary>
    public const int Planes = 4;

    private const int PartPixels = 65536;

    public string Name => "in the order of the loss";

    public int FloatChain => 0;

    public int WarmCalls => 2;

    public double Run()
    {
        (int classes, int pixels) = (data.Shape.Classes, data.Shape.Pixels);
        int sum = 0;
        for (int image = 0; image < data.Shape.Batch; image++)
        {
            for (int start = 0; start < pixels; start += PartPixels)
            {
                for (int c = 0; c < classes; c += Planes)
                {
                    // The last planes overlap those before where classes are no multiple of four: at most two more of 150 or 19.
                    int first = Math.Min(c, classes - Planes);
                    sum += Read(
                        ref data.Predictions[(((image * classes) + first) * pixels) + start],
                        ref data.Labels[(image * pixels) + start],
                        (nuint)pixels,
                        (nuint)Math.Min(PartPixels, pixels - start));
                }
            }
        }

        return sum;
    }

    public void CopyGradientTo(Span<float> destination) => throw new NotSupportedException("A limit has no gradient.");

    public void Dispose()
    {
    }

    // Five instructions for each vector of a plane, its load among them: no fewer than the loss has with masks as operands.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Read(ref float plane, ref byte labels, nuint pixels, nuint count)
    {
        Vector512<int> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        Vector512<int> c0 = default, c1 = default, c2 = default, c3 = default, d0 = default, d1 = default, d2 = default, d3 = default;
        nuint end = count - (count % (nuint)Vector512<float>.Count);
        for (nuint i = 0; i < end; i += (nuint)Vector512<float>.Count)
        {
            Vector512<int> label = Vector512.Create((int)Unsafe.Add(ref labels, i));
            Vector512<int> p0 = Vector512.LoadUnsafe(ref plane, i).AsInt32();
            a0 += p0;
            b0 ^= p0;
            c0 += label;
            d0 ^= label;
            Vector512<int> p1 = Vector512.LoadUnsafe(ref plane, i + pixels).AsInt32();
            a1 += p1;
            b1 ^= p1;
            c1 += label;
            d1 ^= label;
            Vector512<int> p2 = Vector512.LoadUnsafe(ref plane, i + (2 * pixels)).AsInt32();
            a2 += p2;
            b2 ^= p2;
            c2 += label;
            d2 ^= label;
            Vector512<int> p3 = Vector512.LoadUnsafe(ref plane, i + (3 * pixels)).AsInt32();
            a3 += p3;
            b3 ^= p3;
            c3 += label;
            d3 ^= label;
        }

        return Vector512.Sum(a0 + a1 + a2 + a3 + b0 + b1 + b2 + b3 + c0 + c1 + c2 + c3 + d0 + d1 + d2 + d3);
    }
}
