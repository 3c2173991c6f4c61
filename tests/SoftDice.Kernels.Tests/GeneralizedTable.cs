using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Every generalised Dice loss, with every kind of lanes.</summary>
internal static class GeneralizedTable
{
    private static readonly Dictionary<string, TrainingKernel> Kernels = All().ToDictionary(kernel => kernel.Name);

    public static TrainingKernel Find(string name) => Kernels[name];

    public static TheoryData<string> Names(Func<TrainingKernel, bool> filter) =>
        [.. Kernels.Values.Where(filter).Select(kernel => kernel.Name)];

    private static TrainingKernel[] All() =>
    [
        .. Widths<GeneralizedSquare3, GeneralizedSquare3.Sums>(),
        .. Widths<GeneralizedSimple3, GeneralizedSimple3.Sums>(),
        .. Widths<GeneralizedUniform3, GeneralizedUniform3.Sums>(),
        .. Widths<GeneralizedZero3, GeneralizedZero3.Sums>(),
        .. Widths<GeneralizedTargets1, GeneralizedTargets1.Sums>(),
        .. Widths<GeneralizedLog5, GeneralizedLog5.Sums>(),
        .. Widths<GeneralizedNegative19, GeneralizedNegative19.Sums>(),
        .. Widths<GeneralizedTargets3, GeneralizedTargets3.Sums>(),
        .. Widths<GeneralizedTargets5, GeneralizedTargets5.Sums>(),
        .. Widths<GeneralizedFloored5, GeneralizedFloored5.Sums>(),
        .. Widths<GeneralizedSigmoid1, GeneralizedSigmoid1.Sums>(),
    ];

    private static TrainingKernel[] Widths<TLoss, TSums>()
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums> =>
        TrainingTable.Widths<TLoss, TSums>(AttributeOptions.Of<TLoss>());
}
