using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels;

/// <summary>Softmax of a tile of many classes, in scratch memory.</summary>
/// <remarks>
/// A softmax does not change if the same number is taken from all logits of a pixel. The usual choice is the largest of them, so that no
/// exponential overflows; it takes a pass of its own to find, and the differences round. The largest logit of a network's pixel is seldom
/// outside -20 to 60, where nothing overflows, and then nothing is taken from them: one pass is enough. Pixels of which it is, in a
/// network that diverges or in made-up numbers, are done again relative to the largest.
/// </remarks>
public static partial class SoftmaxTile
{
    // Classes whose exponentials are added up before the sum goes to that of all: a float sum of thousands would lose digits.
    private const int BlockClasses = 64;

    /// <summary>Rows of scratch memory beside those of the classes.</summary>
    public const int MoreRows = 2;

    /// <summary>
    /// Exponentials of the logits of a tile, times a number that all have in common; for each pixel the factor that makes probabilities of them, and half of their sum.
    /// </summary>
    /// <remarks>A pixel with a NaN, with +∞, or with nothing but -∞ is NaN in all classes, as in PyTorch.</remarks>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <param name="image">The logits of an image, (class, pixels).</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="rows">Receives the exponentials, a row a class, then the factors, then the halves.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <exception cref="ArgumentException">A tile of this size is not in the image, or does not fit the rows.</exception>
    public static void Compute<TLanes>(ReadOnlySpan<float> image, int start, int count, Span<float> rows, int stride, int numClasses)
        where TLanes : struct, ILanes<TLanes>
    {
        TileGradient none = default;
        Compute<TLanes>(image, start, count, rows, stride, numClasses, ref none);
    }

    /// <summary>The same in the rows of a gradient, whose tile before is written meanwhile: both together take little longer than one.</summary>
    /// <typeparam name="TLanes">The lanes; the number of pixels is a multiple of theirs.</typeparam>
    /// <param name="image">The logits of an image, (class, pixels).</param>
    /// <param name="start">The first pixel of the tile.</param>
    /// <param name="count">Pixels of the tile.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    /// <param name="numClasses">Number of classes.</param>
    /// <param name="gradient">The gradient; its rows receive the exponentials, a row a class, then the factors, then the halves.</param>
    /// <exception cref="ArgumentException">A tile of this size is not in the image, or does not fit the rows.</exception>
    public static void Compute<TLanes>(
        ReadOnlySpan<float> image, int start, int count, int stride, int numClasses, scoped ref TileGradient gradient)
        where TLanes : struct, ILanes<TLanes>
    {
        Compute<TLanes>(image, start, count, gradient.Rows, stride, numClasses, ref gradient);
        gradient.Hold(count);
    }

    private static void Compute<TLanes>(
        ReadOnlySpan<float> image, int start, int count, Span<float> rows, int stride, int numClasses, scoped ref TileGradient gradient)
        where TLanes : struct, ILanes<TLanes>
    {
        Tiles.Check(image, start, count, rows, stride, numClasses, MoreRows);
        if (count == 0)
        {
            return;
        }

        AddExponentials<TLanes>(image, start, count, rows, stride, numClasses, ref gradient);
        Finish<TLanes>(image, start, count, rows, stride, numClasses);
    }

    // Along rows, as the planes of an image of a power of two of pixels meet in one set of the cache; four at a time, so that four
    // streams of reads are under way; and the next four asked for, because their first lines would each be waited for.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddExponentials<TLanes>(
        ReadOnlySpan<float> image, int start, int count, Span<float> rows, int stride, int numClasses, scoped ref TileGradient gradient)
        where TLanes : struct, ILanes<TLanes>
    {
        nint pixels = image.Length / numClasses;
        ref float plane = ref MemoryMarshal.GetReference(image[start..]);
        ref float row = ref MemoryMarshal.GetReference(rows);
        ref float sums = ref Unsafe.Add(ref row, numClasses * stride);
        bool isOneBlock = numClasses <= BlockClasses;
        ref float block = ref Unsafe.Add(ref sums, isOneBlock ? 0 : stride);
        Fill<TLanes>(ref sums, count);
        if (!isOneBlock)
        {
            Fill<TLanes>(ref block, count);
        }

        int c = 0;
        for (; c <= numClasses - 4; c += 4)
        {
            nint ahead = c + 8 <= numClasses ? 4 * pixels : count - (pixels * c);
            ref float firstPlane = ref Unsafe.Add(ref plane, c * pixels);
            ref float firstRow = ref Unsafe.Add(ref row, c * stride);
            AddRows<TLanes, FourRows>(c, ref firstPlane, pixels, ref firstRow, stride, ref block, count, ahead, ref gradient);
            if (c % BlockClasses == BlockClasses - 4 && !isOneBlock)
            {
                MoveTo<TLanes>(ref block, ref sums, count);
            }
        }

        plane = ref Unsafe.Add(ref plane, c * pixels);
        row = ref Unsafe.Add(ref row, c * stride);
        switch (numClasses - c)
        {
            case 1:
                AddRows<TLanes, OneRow>(c, ref plane, pixels, ref row, stride, ref block, count, count, ref gradient);
                break;
            case 2:
                AddRows<TLanes, TwoRows>(c, ref plane, pixels, ref row, stride, ref block, count, count, ref gradient);
                break;
            case 3:
                AddRows<TLanes, ThreeRows>(c, ref plane, pixels, ref row, stride, ref block, count, count, ref gradient);
                break;
        }

        if (!isOneBlock)
        {
            MoveTo<TLanes>(ref block, ref sums, count);
        }
    }

    // Sums become factors and halves, and pixels whose sum is out of range are done again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Finish<TLanes>(ReadOnlySpan<float> image, int start, int count, Span<float> rows, int stride, int numClasses)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float factors = ref MemoryMarshal.GetReference(rows[(numClasses * stride)..]);
        ref float halves = ref Unsafe.Add(ref factors, stride);
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes sum = TLanes.Load(in factors, pixel);
            if (!TLanes.AreWithin(sum, Activations.TooSmallSum, Activations.MostSum))
            {
                sum = RelativeToLargest(image, start + (int)pixel, ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), pixel), stride, numClasses, sum);
            }

            TLanes.Store(TLanes.Broadcast(1) / sum, ref factors, pixel);
            TLanes.Store(TLanes.Broadcast(0.5f) * sum, ref halves, pixel);
        }
    }

    // One vector of pixels, of which only those change whose sum is out of range: so what comes out is the same for any lanes and tiles.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static TLanes RelativeToLargest<TLanes>(
        ReadOnlySpan<float> image, int pixel, ref float row, int stride, int numClasses, TLanes asTheyAre)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint pixels = (nuint)(image.Length / numClasses);
        ref float logits = ref MemoryMarshal.GetReference(image[pixel..]);
        TLanes largest = TLanes.Load(in logits, 0);
        for (nuint c = 1; c < (nuint)numClasses; c++)
        {
            largest = TLanes.AtLeast(largest, TLanes.Load(in logits, c * pixels));
        }

        LogitExponential<TLanes> exponential = new();
        TLanes sum = default, block = default;
        for (nuint c = 0; c < (nuint)numClasses; c++)
        {
            TLanes x = Activations.RelativeWhereOutOfRange(asTheyAre, TLanes.Load(in logits, c * pixels), largest);
            TLanes e = exponential.Of(x);
            TLanes.Store(e, ref row, c * (nuint)stride);
            block += e;
            if (c % BlockClasses == BlockClasses - 1)
            {
                sum += block;
                block = default;
            }
        }

        // The sums of the others were added up in another order, and stay what they are.
        sum += block;
        TLanes unlessTooLarge = TLanes.SelectWhereLarger(asTheyAre, TLanes.Broadcast(Activations.MostSum), sum, asTheyAre);
        return TLanes.SelectWhereLarger(asTheyAre, TLanes.Broadcast(Activations.TooSmallSum), unlessTooLarge, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill<TLanes>(ref float row, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes.Store(default, ref row, pixel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void MoveTo<TLanes>(ref float row, ref float total, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
        {
            TLanes.Store(TLanes.Load(in total, pixel) + TLanes.Load(in row, pixel), ref total, pixel);
            TLanes.Store(default, ref row, pixel);
        }
    }
}
