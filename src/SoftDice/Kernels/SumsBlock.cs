using System;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace SoftDice.Kernels;

/// <summary>Sums of nothing, one for a batch or one for each of its images, in memory that the thread keeps from call to call.</summary>
internal readonly unsafe ref struct SumsBlock<TSums>
    where TSums : struct
{
    private readonly byte[] block;

    /// <summary>Takes the memory.</summary>
    /// <param name="batchSize">Number of images.</param>
    /// <param name="sumsOver">Whether each has sums of its own.</param>
    /// <param name="pixels">Pixels of an image; images of none, of which there can be any number, share sums that stay as they are.</param>
    public SumsBlock(int batchSize, SoftDiceSumsOver sumsOver, int pixels)
    {
        bool isForEach = sumsOver == SoftDiceSumsOver.Sample && pixels > 0;
        long bytes = (long)Unsafe.SizeOf<TSums>() * (isForEach ? batchSize : 1);
        if (bytes > Scratch.MostBytes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batchSize),
                batchSize,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"batchSize is {batchSize}; the sums of so many images take {bytes} bytes, and at most {Scratch.MostBytes} are kept. Split the batch."));
        }

        block = Scratch.TakeImages((nint)bytes, out void* first);
        new Span<byte>(first, (int)bytes).Clear();
        Sums = new ImageSums<TSums>(first, isForEach);
    }

    /// <summary>The sums.</summary>
    public ImageSums<TSums> Sums { get; }

    /// <summary>Keeps the memory for the next call.</summary>
    public void Dispose() => Scratch.GiveBackImages(block);
}
