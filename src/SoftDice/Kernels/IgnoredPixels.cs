using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>Pixels that take no part in a loss: how kernels tell them from others.</summary>
public static class IgnoredPixels
{
    /// <summary>
    /// The label that an ignored pixel has in the lanes of <see cref="ILanes{TSelf}.LoadLabels{TLabel}(ref readonly TLabel, nuint, long)"/>,
    /// and no other pixel: it is no class, whatever label is ignored.
    /// </summary>
    public const int Label = int.MinValue;

    /// <summary>Stands for the ignored label where none is.</summary>
    public const long None = long.MinValue;

    /// <summary>How many pixels of a range are ignored: they are in no class's count.</summary>
    /// <typeparam name="TLanes">The lanes; the length of the range is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="ignored">The label that is ignored.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <returns>Their number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static long Count<TLanes, TLabel>(ReadOnlySpan<TLabel> labels, long ignored, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        ReadOnlySpan<TLabel> range = labels[firstPixel..endPixel];
        if (typeof(TLabel) != typeof(float))
        {
            return
                typeof(TLabel) == typeof(byte) ? Count<TLabel, byte>(range, ignored)
                : typeof(TLabel) == typeof(sbyte) ? Count<TLabel, sbyte>(range, ignored)
                : typeof(TLabel) == typeof(short) ? Count<TLabel, short>(range, ignored)
                : typeof(TLabel) == typeof(ushort) ? Count<TLabel, ushort>(range, ignored)
                : typeof(TLabel) == typeof(int) ? Count<TLabel, int>(range, ignored)
                : typeof(TLabel) == typeof(uint) ? Count<TLabel, uint>(range, ignored)
                : Count<TLabel, long>(range, ignored);
        }

        // The framework counts floats one by one.
        ref readonly TLabel first = ref MemoryMarshal.GetReference(range);
        TLanes counts = default;
        for (nuint pixel = 0; pixel < (nuint)range.Length; pixel += (nuint)TLanes.Count)
        {
            counts = TLanes.CountWhere(counts, TLanes.LoadLabels(in first, pixel, ignored), Label);
        }

        return TLanes.Total(counts);
    }

    // Labels of whole numbers, as they lie: none is a number that its type does not have.
    private static long Count<TLabel, TNumber>(ReadOnlySpan<TLabel> labels, long ignored)
        where TLabel : unmanaged
        where TNumber : unmanaged, IBinaryInteger<TNumber>
    {
        TNumber number = TNumber.CreateTruncating(ignored);
        return long.CreateTruncating(number) == ignored ? MemoryMarshal.Cast<TLabel, TNumber>(labels).Count(number) : 0;
    }

    /// <summary>How many pixels of a range take no part by their label or by a mask.</summary>
    /// <typeparam name="TLanes">The lanes; the length of the range is a multiple of theirs.</typeparam>
    /// <typeparam name="TLabel">A type that labels can have.</typeparam>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="firstPixel">The first pixel.</param>
    /// <param name="endPixel">The pixel after the last one.</param>
    /// <returns>Their number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static long Count<TLanes, TLabel>(PixelLabels<TLabel> labels, int firstPixel, int endPixel)
        where TLanes : struct, ILanes<TLanes>
        where TLabel : unmanaged
    {
        TLanes counts = default;
        for (nuint pixel = (nuint)firstPixel; pixel < (nuint)endPixel; pixel += (nuint)TLanes.Count)
        {
            counts = TLanes.CountWhere(counts, labels.Load<TLanes>(pixel), Label);
        }

        return TLanes.Total(counts);
    }
}
