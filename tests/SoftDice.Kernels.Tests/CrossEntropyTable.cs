using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Every loss with a cross-entropy, with every kind of lanes.</summary>
internal static class CrossEntropyTable
{
    private static readonly Dictionary<string, TrainingKernel> Kernels = All().ToDictionary(kernel => kernel.Name);

    public static TrainingKernel Find(string name) => Kernels[name];

    public static TheoryData<string> Names(Func<TrainingKernel, bool> filter) =>
        [.. Kernels.Values.Where(filter).Select(kernel => kernel.Name)];

    private static TrainingKernel[] All() =>
    [
        .. Widths<CrossEntropy2, CrossEntropy2.Sums>(),
        .. Widths<CrossEntropy3, CrossEntropy3.Sums>(),
        .. Widths<CrossEntropy4, CrossEntropy4.Sums>(),
        .. Widths<CrossEntropy5, CrossEntropy5.Sums>(),
        .. Widths<CrossEntropy19, CrossEntropy19.Sums>(),
        .. Widths<CrossEntropy150, CrossEntropy150.Sums>(),
        .. Widths<CrossEntropyWeighted3, CrossEntropyWeighted3.Sums>(),
        .. Widths<CrossEntropyWeighted5, CrossEntropyWeighted5.Sums>(),
        .. Widths<CrossEntropySmoothed3, CrossEntropySmoothed3.Sums>(),
        .. Widths<CrossEntropySmoothed19, CrossEntropySmoothed19.Sums>(),
        .. Widths<CrossEntropyWeightedSmoothed3, CrossEntropyWeightedSmoothed3.Sums>(),
        .. Widths<CrossEntropyWeightedSmoothed5, CrossEntropyWeightedSmoothed5.Sums>(),
        .. Widths<CrossEntropyWeightedSmoothed16, CrossEntropyWeightedSmoothed16.Sums>(),
        .. Widths<DiceCrossEntropy3, DiceCrossEntropy3.Sums>(),
        .. Widths<NnUNet3, NnUNet3.Sums>(),
        .. Widths<CrossEntropyTversky5, CrossEntropyTversky5.Sums>(),
        .. Widths<PerSampleEntropy3, PerSampleEntropy3.Sums>(),
        .. Widths<PerSampleEntropyWeighted5, PerSampleEntropyWeighted5.Sums>(),
    ];

    private static TrainingKernel[] Widths<TLoss, TSums>()
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums> =>
        TrainingTable.Widths<TLoss, TSums>(AttributeOptions.Of<TLoss>());
}
