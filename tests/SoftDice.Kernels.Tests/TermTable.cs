using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Every loss with a term beside that of the overlap, other than a cross-entropy of class indices, with every kind of lanes.</summary>
internal static class TermTable
{
    private static readonly Dictionary<string, TrainingKernel> Kernels = All().ToDictionary(kernel => kernel.Name);

    public static TrainingKernel Find(string name) => Kernels[name];

    public static TheoryData<string> Names(Func<TrainingKernel, bool> filter) =>
        [.. Kernels.Values.Where(filter).Select(kernel => kernel.Name)];

    private static TrainingKernel[] All() =>
    [
        .. Widths<BinaryEntropy1, BinaryEntropy1.Sums>(),
        .. Widths<BinaryEntropy3, BinaryEntropy3.Sums>(),
        .. Widths<BinaryEntropy19, BinaryEntropy19.Sums>(),
        .. Widths<BinaryEntropyWeighted5, BinaryEntropyWeighted5.Sums>(),
        .. Widths<BinaryEntropyPositive1, BinaryEntropyPositive1.Sums>(),
        .. Widths<BinaryEntropySmoothed3, BinaryEntropySmoothed3.Sums>(),
        .. Widths<BinaryEntropyEverything5, BinaryEntropyEverything5.Sums>(),
        .. Widths<BinaryEntropyTargets1, BinaryEntropyTargets1.Sums>(),
        .. Widths<BinaryEntropyTargets3, BinaryEntropyTargets3.Sums>(),
        .. Widths<BinaryEntropyPositiveTargets5, BinaryEntropyPositiveTargets5.Sums>(),
        .. Widths<BinaryEntropyEverythingTargets5, BinaryEntropyEverythingTargets5.Sums>(),
        .. Widths<MonaiBinary1, MonaiBinary1.Sums>(),
        .. Widths<NnUNetRegions2, NnUNetRegions2.Sums>(),
        .. Widths<TargetEntropy2, TargetEntropy2.Sums>(),
        .. Widths<TargetEntropy3, TargetEntropy3.Sums>(),
        .. Widths<TargetEntropyEverything4, TargetEntropyEverything4.Sums>(),
        .. Widths<TargetEntropyEverything5, TargetEntropyEverything5.Sums>(),
        .. Widths<TargetEntropy19, TargetEntropy19.Sums>(),
        .. Widths<TargetEntropySmoothed150, TargetEntropySmoothed150.Sums>(),
        .. Widths<PerSampleBinaryEntropy1, PerSampleBinaryEntropy1.Sums>(),
        .. Widths<PerSampleBinaryEntropyTargets5, PerSampleBinaryEntropyTargets5.Sums>(),
        .. Widths<FocalTerm2, FocalTerm2.Sums>(),
        .. Widths<FocalTerm3, FocalTerm3.Sums>(),
        .. Widths<FocalWeighted4, FocalWeighted4.Sums>(),
        .. Widths<FocalTerm5, FocalTerm5.Sums>(),
        .. Widths<FocalWeighted5, FocalWeighted5.Sums>(),
        .. Widths<FocalTerm19, FocalTerm19.Sums>(),
        .. Widths<FocalOfNoPower3, FocalOfNoPower3.Sums>(),
        .. Widths<FocalOfNoPower5, FocalOfNoPower5.Sums>(),
        .. Widths<FocalAndEntropy3, FocalAndEntropy3.Sums>(),
        .. Widths<FocalAndEntropy5, FocalAndEntropy5.Sums>(),
        .. Widths<FocalAndEverything3, FocalAndEverything3.Sums>(),
        .. Widths<FocalAndEverything5, FocalAndEverything5.Sums>(),
        .. Widths<FocalAndEverything16, FocalAndEverything16.Sums>(),
        .. Widths<SigmoidFocal1, SigmoidFocal1.Sums>(),
        .. Widths<SigmoidFocalAlpha3, SigmoidFocalAlpha3.Sums>(),
        .. Widths<SigmoidFocalWeighted5, SigmoidFocalWeighted5.Sums>(),
        .. Widths<SigmoidFocalAndEntropy5, SigmoidFocalAndEntropy5.Sums>(),
        .. Widths<SigmoidFocalTargets3, SigmoidFocalTargets3.Sums>(),
        .. Widths<SigmoidFocalEverythingTargets5, SigmoidFocalEverythingTargets5.Sums>(),
        .. Widths<MonaiFocal1, MonaiFocal1.Sums>(),
    ];

    private static TrainingKernel[] Widths<TLoss, TSums>()
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums> =>
        TrainingTable.Widths<TLoss, TSums>(AttributeOptions.Of<TLoss>());
}
