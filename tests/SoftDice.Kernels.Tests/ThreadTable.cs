using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Batches of every activation, kind of labels and grouping of classes, cut into parts in every way.</summary>
internal static class ThreadTable
{
    private static readonly Dictionary<string, Lazy<ThreadedBatch>> Batches = All().ToDictionary(pair => pair.Name, pair => pair.Batch);

    public static TheoryData<string> Names => [.. Batches.Keys];

    public static ThreadedBatch Find(string name) => Batches[name].Value;

    private static (string Name, Lazy<ThreadedBatch> Batch)[] All() =>
    [
        // Two images of two whole parts and a ragged one.
        Of<None3, None3.Sums, byte>("None3 of ragged parts", 2, Ragged),
        Of<None19, None19.Sums, int>("None19 of ragged parts", 2, Ragged),
        Of<Softmax3, Softmax3.Sums, byte>("Softmax3 of ragged parts", 2, Ragged),
        Of<Softmax19, Softmax19.Sums, byte>("Softmax19 of ragged parts", 2, Ragged),
        Of<Softmax150, Softmax150.Sums, byte>("Softmax150 of ragged parts", 2, Ragged),
        Of<RowsSoftmax19, RowsSoftmax19.Sums, byte>("RowsSoftmax19 of ragged parts", 2, Ragged),
        Of<Sigmoid1, Sigmoid1.Sums, byte>("Sigmoid1 of ragged parts", 2, Ragged),
        Of<Sigmoid5, Sigmoid5.Sums, long>("Sigmoid5 of ragged parts", 1, Ragged),
        Of<OneHotNone3, OneHotNone3.Sums, float>("OneHotNone3 of ragged parts", 2, Ragged),
        Of<OneHotNone9, OneHotNone9.Sums, byte>("OneHotNone9 of ragged parts", 1, Ragged),
        Of<OneHotSoftmax3, OneHotSoftmax3.Sums, byte>("OneHotSoftmax3 of ragged parts", 2, Ragged),
        Of<OneHotSoftmax19, OneHotSoftmax19.Sums, float>("OneHotSoftmax19 of ragged parts", 2, Ragged),
        Of<OneHotSigmoid5, OneHotSigmoid5.Sums, float>("OneHotSigmoid5 of ragged parts", 1, Ragged),

        // Pixels that take no part.
        Of<Ignore3, Ignore3.Sums, byte>("Ignore3 of ragged parts", 2, Ragged),
        Of<Ignore19, Ignore19.Sums, int>("Ignore19 of ragged parts", 2, Ragged),
        Of<IgnoreSoftmax3, IgnoreSoftmax3.Sums, byte>("IgnoreSoftmax3 of many images", 701, _ => 31),
        Of<IgnoreSoftmax5, IgnoreSoftmax5.Sums, long>("IgnoreSoftmax5 of 16 MB", 10, Ragged),
        Of<IgnoreLastRows19, IgnoreLastRows19.Sums, short>("IgnoreLastRows19 of many images", 701, _ => 39),
        Of<IgnoreSigmoid1, IgnoreSigmoid1.Sums, float>("IgnoreSigmoid1 of ragged parts", 1, Ragged),

        // A gradient that is written past the cache, unless it is an image's alone.
        Of<Softmax5, Softmax5.Sums, byte>("Softmax5 of 16 MB", 10, Ragged),

        // Exactly whole parts, and one pixel more.
        Of<None4, None4.Sums, byte>("None4 of whole parts", 2, part => 2 * part),
        Of<None5, None5.Sums, byte>("None5 of whole parts and a pixel", 2, part => part + 1),

        // Images far smaller than a part: a thread takes several at a time, the last of them fewer.
        Of<None3, None3.Sums, byte>("None3 of many images", 5003, _ => 7),
        Of<Softmax5, Softmax5.Sums, byte>("Softmax5 of many images", 701, _ => 31),
        Of<OneHotSigmoid1, OneHotSigmoid1.Sums, byte>("OneHotSigmoid1 of many images", 9001, _ => 5),

        // More parts than may wait to be added: rounds of them.
        Of<None3, None3.Sums, byte>("None3 of rounds", 20011, _ => 5),
        Of<Loss4096, Loss4096.Sums, short>("Loss4096 of rounds", 301, _ => 1),
        Of<Loss150, Loss150.Sums, byte>("Loss150 of rounds", 1009, _ => 3),

        // As many parts as there are threads, and fewer.
        Of<Sigmoid3, Sigmoid3.Sums, byte>("Sigmoid3 of two parts", 2, _ => 5462),
        Of<Softmax4, Softmax4.Sums, byte>("Softmax4 of one part", 1, _ => 1000),
    ];

    private static int Ragged(int part) => (2 * part) + (part / 3) + 7;

    private static (string Name, Lazy<ThreadedBatch> Batch) Of<TLoss, TSums, TLabel>(string name, int batchSize, Func<int, int> pixels)
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums>
        where TLabel : unmanaged, System.Numerics.INumber<TLabel> =>
        (name, new Lazy<ThreadedBatch>(() => new ThreadedBatch<TLoss, TSums, TLabel>(name, batchSize, pixels)));
}
