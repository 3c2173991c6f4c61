using System;
using System.Runtime.InteropServices;

using SoftDice.Kernels;

namespace SoftDice.Disassembly;

/// <summary>One call of every kernel that is to be looked at, which is what makes the JIT compile it.</summary>
internal static class Calls
{
    private const int Pixels = 64;
    private const int Line = 16;

    // Floats that no cache is taken to hold: a processor that is to be asked far ahead compiles loops of their own for it.
    private const int Far = 1 << 22;

    /// <summary>Calls them.</summary>
    public static void All<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        byte[] labels = new byte[Pixels];
        float[] few = new float[3 * Pixels];
        float[] many = new float[19 * Pixels];

        Probabilities3.Sums probabilities3 = default;
        Probabilities3.Accumulate<TLanes, byte>(ref probabilities3, few, labels, 1);
        Probabilities3.Accumulate<TLanes, byte>(ref probabilities3, new float[3 * Far], new byte[Far], 1);
        Probabilities3.Backward<TLanes, byte>(in probabilities3, few, labels, new float[few.Length], 1);

        Softmax3.Sums softmax3 = default;
        Softmax3.Accumulate<TLanes, byte>(ref softmax3, few, labels, 1);
        Softmax3.Backward<TLanes, byte>(in softmax3, few, labels, new float[few.Length], 1);
        Softmax3.ForwardBackward<byte>(few, labels, new float[few.Length], 1);

        Probabilities19.Sums probabilities19 = default;
        Probabilities19.Accumulate<TLanes, byte>(ref probabilities19, many, labels, 1);
        Probabilities19.Accumulate<TLanes, byte>(ref probabilities19, new float[Far / 19 * 19 + 19], new byte[Far / 19 + 1], 1);

        Softmax19.Sums softmax19 = default;
        Softmax19.Accumulate<TLanes, byte>(ref softmax19, many, labels, 1);
        Softmax19.Backward<TLanes, byte>(in softmax19, many, labels, new float[many.Length], 1);

        Squared19.Sums squared19 = default;
        Squared19.Accumulate<TLanes, byte>(ref squared19, many, labels, 1);

        Terms3.Sums terms3 = default;
        Terms3.Accumulate<TLanes, byte>(ref terms3, few, labels, 1);
        Terms3.Backward<TLanes, byte>(in terms3, few, labels, new float[few.Length], 1);
        Terms3.ForwardBackward<byte>(few, labels, new float[few.Length], 1);

        float[] fifteen = new float[15 * Pixels];
        Terms15.Sums terms15 = default;
        Terms15.Accumulate<TLanes, byte>(ref terms15, fifteen, labels, 1);
        Terms15.Backward<TLanes, byte>(in terms15, fifteen, labels, new float[fifteen.Length], 1);

        float[] five = new float[5 * Pixels];
        Focal5.Sums focal5 = default;
        Focal5.Accumulate<TLanes, byte>(ref focal5, five, labels, 1);
        Focal5.Backward<TLanes, byte>(in focal5, five, labels, new float[five.Length], 1);

        float[] six = new float[6 * Pixels];
        Focal6.Sums focal6 = default;
        Focal6.Accumulate<TLanes, byte>(ref focal6, six, labels, 1);
        Focal6.Backward<TLanes, byte>(in focal6, six, labels, new float[six.Length], 1);

        Focal15.Sums focal15 = default;
        Focal15.Accumulate<TLanes, byte>(ref focal15, fifteen, labels, 1);
        Focal15.Backward<TLanes, byte>(in focal15, fifteen, labels, new float[fifteen.Length], 1);

        Smoothed15.Sums smoothed15 = default;
        Smoothed15.Accumulate<TLanes, byte>(ref smoothed15, fifteen, labels, 1);
        Smoothed15.Backward<TLanes, byte>(in smoothed15, fifteen, labels, new float[fifteen.Length], 1);

        SquaredTerms19.Sums squaredTerms19 = default;
        SquaredTerms19.Accumulate<TLanes, byte>(ref squaredTerms19, many, labels, 1);
        SquaredTerms19.Backward<TLanes, byte>(in squaredTerms19, many, labels, new float[many.Length], 1);

        CrossEntropy19.Sums crossEntropy19 = default;
        CrossEntropy19.Accumulate<TLanes, byte>(ref crossEntropy19, many, labels, 1);
        CrossEntropy19.Backward<TLanes, byte>(in crossEntropy19, many, labels, new float[many.Length], 1);

        Terms19.Sums terms19 = default;
        Terms19.Accumulate<TLanes, byte>(ref terms19, many, labels, 1);
        Terms19.Backward<TLanes, byte>(in terms19, many, labels, new float[many.Length], 1);

        ChannelsLast3.Sums channelsLast3 = default;
        ChannelsLast3.Accumulate<TLanes, byte>(ref channelsLast3, few, labels, 1);

        Rows19.Sums rows19 = default;
        Rows19.Accumulate<TLanes, byte>(ref rows19, many, labels, 1);

        RowsSoftmax19.Sums rowsSoftmax19 = default;
        RowsSoftmax19.Accumulate<TLanes, byte>(ref rowsSoftmax19, many, labels, 1);
        RowsSoftmax19.Backward<TLanes, byte>(in rowsSoftmax19, many, labels, new float[many.Length], 1);
        RowsSoftmax19.ForwardBackward<byte>(many, labels, new float[many.Length], 1);

        // Otherwise for gradients of 16 MB and more only, which are written, from a line of the cache on, while the second tile takes the place of the first.
        float[] pinned = GC.AllocateArray<float>(many.Length + Line, pinned: true);
        int toLine = (int)((0 - (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0)) / sizeof(float) % Line);
        TileGradient gradient = new(pinned.AsSpan(toLine, many.Length), 19, Pixels, 0, bypassCache: true);
        SoftmaxTile.Compute<TLanes>(many, 0, Pixels / 2, Pixels, 19, ref gradient);
        SoftmaxTile.Compute<TLanes>(many, Pixels / 2, Pixels / 2, Pixels, 19, ref gradient);
        gradient.Finish();
    }
}
