using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Every loss that ignores pixels, with every kind of lanes.</summary>
internal static class IgnoreTable
{
    private static readonly Dictionary<string, TrainingKernel> Kernels = All().ToDictionary(kernel => kernel.Name);

    public static TrainingKernel Find(string name) => Kernels[name];

    public static TheoryData<string> Names(Func<TrainingKernel, bool> filter) =>
        [.. Kernels.Values.Where(filter).Select(kernel => kernel.Name)];

    private static TrainingKernel[] All() =>
    [
        .. Widths<Ignore1, Ignore1.Sums>(),
        .. Widths<Ignore3, Ignore3.Sums>(),
        .. Widths<Ignore4, Ignore4.Sums>(),
        .. Widths<Ignore5, Ignore5.Sums>(),
        .. Widths<Ignore19, Ignore19.Sums>(),
        .. Widths<Ignore40, Ignore40.Sums>(),
        .. Widths<IgnoreSoftmax3, IgnoreSoftmax3.Sums>(),
        .. Widths<IgnoreSoftmax5, IgnoreSoftmax5.Sums>(),
        .. Widths<IgnoreSoftmax19, IgnoreSoftmax19.Sums>(),
        .. Widths<IgnoreSigmoid1, IgnoreSigmoid1.Sums>(),
        .. Widths<IgnoreSigmoid3, IgnoreSigmoid3.Sums>(),
        .. Widths<IgnoreSigmoid5, IgnoreSigmoid5.Sums>(),
        .. Widths<IgnoreClass1Of3, IgnoreClass1Of3.Sums>(),
        .. Widths<IgnoreClass0Of5, IgnoreClass0Of5.Sums>(),
        .. Widths<IgnoreClass1OfSoftmax2, IgnoreClass1OfSoftmax2.Sums>(),
        .. Widths<IgnoreClass0OfSoftmax3, IgnoreClass0OfSoftmax3.Sums>(),
        .. Widths<IgnoreClass2OfSoftmax4, IgnoreClass2OfSoftmax4.Sums>(),
        .. Widths<IgnoreClass18Of19, IgnoreClass18Of19.Sums>(),
        .. Widths<IgnoreBackground1, IgnoreBackground1.Sums>(),
        .. Widths<IgnoreClass1OfSigmoid2, IgnoreClass1OfSigmoid2.Sums>(),
        .. Widths<IgnoreTversky3, IgnoreTversky3.Sums>(),
        .. Widths<IgnoreTversky19, IgnoreTversky19.Sums>(),
        .. Widths<IgnoreJaccard5, IgnoreJaccard5.Sums>(),
        .. Widths<IgnoreEverything5, IgnoreEverything5.Sums>(),
        .. Widths<IgnoreFloored3, IgnoreFloored3.Sums>(),
        .. Widths<IgnoreLowest3, IgnoreLowest3.Sums>(),
        .. Widths<IgnoreHighest3, IgnoreHighest3.Sums>(),
        .. Widths<IgnoreNoFloat3, IgnoreNoFloat3.Sums>(),
        .. Widths<WassersteinIgnore3, WassersteinIgnore3.Sums>(),
        .. Widths<WassersteinIgnore5, WassersteinIgnore5.Sums>(),
        .. Widths<WassersteinIgnoreClass5, WassersteinIgnoreClass5.Sums>(),
        .. Widths<IgnoreSquared3, IgnoreSquared3.Sums>(),
        .. Widths<IgnoreSquared19, IgnoreSquared19.Sums>(),
        .. Widths<IgnoreCrossEntropy3, IgnoreCrossEntropy3.Sums>(),
        .. Widths<IgnoreCrossEntropy4, IgnoreCrossEntropy4.Sums>(),
        .. Widths<IgnoreCrossEntropy19, IgnoreCrossEntropy19.Sums>(),
        .. Widths<IgnoreWeightedSmoothed3, IgnoreWeightedSmoothed3.Sums>(),
        .. Widths<IgnoreWeightedSmoothed5, IgnoreWeightedSmoothed5.Sums>(),
        .. Widths<FocalIgnoring3, FocalIgnoring3.Sums>(),
        .. Widths<FocalIgnoring5, FocalIgnoring5.Sums>(),
        .. Widths<FocalIgnoring16, FocalIgnoring16.Sums>(),
        .. Widths<IgnoreBinaryEntropy1, IgnoreBinaryEntropy1.Sums>(),
        .. Widths<IgnoreBackgroundEntropy1, IgnoreBackgroundEntropy1.Sums>(),
        .. Widths<IgnoreBinaryEntropy3, IgnoreBinaryEntropy3.Sums>(),
        .. Widths<IgnoreBinaryEntropy19, IgnoreBinaryEntropy19.Sums>(),
        .. Widths<IgnoreBinaryEntropyPositive3, IgnoreBinaryEntropyPositive3.Sums>(),
        .. Widths<IgnoreBinaryEntropySmoothed5, IgnoreBinaryEntropySmoothed5.Sums>(),
        .. Widths<IgnoreBinaryEntropyEverything5, IgnoreBinaryEntropyEverything5.Sums>(),
    ];

    private static TrainingKernel[] Widths<TLoss, TSums>()
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums> =>
        TrainingTable.Widths<TLoss, TSums>(AttributeOptions.Of<TLoss>());
}
