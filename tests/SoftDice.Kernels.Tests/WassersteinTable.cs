using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Every generalised Wasserstein Dice loss over a batch, with every kind of lanes.</summary>
internal static class WassersteinTable
{
    private static readonly Dictionary<string, TrainingKernel> Kernels = All().ToDictionary(kernel => kernel.Name);

    public static TrainingKernel Find(string name) => Kernels[name];

    public static TheoryData<string> Names(Func<TrainingKernel, bool> filter) =>
        [.. Kernels.Values.Where(filter).Select(kernel => kernel.Name)];

    private static TrainingKernel[] All() =>
    [
        .. Widths<Wasserstein3, Wasserstein3.Sums>(),
        .. Widths<WassersteinInverse3, WassersteinInverse3.Sums>(),
        .. Widths<WassersteinProbabilities3, WassersteinProbabilities3.Sums>(),
        .. Widths<WassersteinUneven3, WassersteinUneven3.Sums>(),
        .. Widths<Wasserstein2, Wasserstein2.Sums>(),
        .. Widths<WassersteinFloored4, WassersteinFloored4.Sums>(),
        .. Widths<WassersteinFloored4Inverse, WassersteinFloored4Inverse.Sums>(),
        .. Widths<Wasserstein6, Wasserstein6.Sums>(),
        .. Widths<WassersteinProbabilities6, WassersteinProbabilities6.Sums>(),
        .. Widths<Wasserstein19, Wasserstein19.Sums>(),
        .. Widths<Wasserstein5, Wasserstein5.Sums>(),
    ];

    private static TrainingKernel[] Widths<TLoss, TSums>()
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums> =>
        TrainingTable.Widths<TLoss, TSums>(AttributeOptions.Of<TLoss>());
}
