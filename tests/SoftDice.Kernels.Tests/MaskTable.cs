using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Losses with a mask whose sums are over the batch, with every kind of lanes.</summary>
internal static class MaskTable
{
    private static readonly Dictionary<string, TrainingKernel> Kernels = All().ToDictionary(kernel => kernel.Name);

    public static TrainingKernel Find(string name) => Kernels[name];

    public static TheoryData<string> Names(Func<TrainingKernel, bool> filter) =>
        [.. Kernels.Values.Where(filter).Select(kernel => kernel.Name)];

    private static TrainingKernel[] All() =>
    [
        .. Widths<Mask1, Mask1.Sums>(),
        .. Widths<Mask3, Mask3.Sums>(),
        .. Widths<Mask5, Mask5.Sums>(),
        .. Widths<Mask40, Mask40.Sums>(),
        .. Widths<MaskSoftmax3, MaskSoftmax3.Sums>(),
        .. Widths<MaskSoftmax19, MaskSoftmax19.Sums>(),
        .. Widths<MaskSigmoid1, MaskSigmoid1.Sums>(),
        .. Widths<MaskSigmoid5, MaskSigmoid5.Sums>(),
        .. Widths<MaskIgnore3, MaskIgnore3.Sums>(),
        .. Widths<MaskIgnoreClass5, MaskIgnoreClass5.Sums>(),
        .. Widths<MaskTversky3, MaskTversky3.Sums>(),
        .. Widths<MaskSquared19, MaskSquared19.Sums>(),
        .. Widths<MaskGeneralized3, MaskGeneralized3.Sums>(),
        .. Widths<MaskWasserstein3, MaskWasserstein3.Sums>(),
        .. Widths<MaskWasserstein5, MaskWasserstein5.Sums>(),
        .. Widths<MaskCrossEntropy3, MaskCrossEntropy3.Sums>(),
        .. Widths<MaskCrossEntropy19, MaskCrossEntropy19.Sums>(),
        .. Widths<MaskWeightedSmoothed3, MaskWeightedSmoothed3.Sums>(),
        .. Widths<MaskWeightedSmoothed5, MaskWeightedSmoothed5.Sums>(),
        .. Widths<MaskBinary1, MaskBinary1.Sums>(),
        .. Widths<MaskBinary9, MaskBinary9.Sums>(),
        .. Widths<MaskBinaryWeights3, MaskBinaryWeights3.Sums>(),
        .. Widths<MaskIgnoreBinary1, MaskIgnoreBinary1.Sums>(),
        .. Widths<MaskIgnoreBinary3, MaskIgnoreBinary3.Sums>(),
        .. Widths<MaskIgnoreBinary5, MaskIgnoreBinary5.Sums>(),
        .. Widths<MaskOneHot3, MaskOneHot3.Sums>(),
        .. Widths<MaskOneHot19, MaskOneHot19.Sums>(),
        .. Widths<MaskOneHotSoftmax3, MaskOneHotSoftmax3.Sums>(),
        .. Widths<MaskOneHotSigmoid9, MaskOneHotSigmoid9.Sums>(),
        .. Widths<MaskMinimumTversky3, MaskMinimumTversky3.Sums>(),
        .. Widths<MaskOneHotBinary5, MaskOneHotBinary5.Sums>(),
        .. Widths<MaskOneHotBinary3, MaskOneHotBinary3.Sums>(),
    ];

    private static TrainingKernel[] Widths<TLoss, TSums>()
        where TLoss : ISoftDiceMaskedLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums>
    {
        SoftDiceOptions options = AttributeOptions.Of<TLoss>();
        return
        [
            // Without vector instructions these are several of 128 bits, which takes minutes, and no entry point has them.
            .. Vector128.IsHardwareAccelerated
                ? new TrainingKernel[] { new MaskedKernel<TLoss, TSums, Lanes512>(options), new MaskedKernel<TLoss, TSums, Lanes256>(options) }
                : [],
            new MaskedKernel<TLoss, TSums, Lanes128>(options),
            new MaskedKernel<TLoss, TSums, ScalarLane>(options),
            new MaskedKernel<TLoss, TSums, CheckingLanes>(options),
        ];
    }
}
