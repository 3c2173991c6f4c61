using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Every kernel under test: a row for each loss at each kind of lanes. Tests take their rows by name.</summary>
internal static class KernelTable
{
    private static readonly Dictionary<string, KernelUnderTest> Kernels = All().ToDictionary(kernel => kernel.Name);

    public static KernelUnderTest Find(string name) => Kernels[name];

    public static TheoryData<string> Names(Func<KernelUnderTest, bool> filter) =>
        [.. Kernels.Values.Where(filter).Select(kernel => kernel.Name)];

    private static KernelUnderTest[] All() =>
    [
        .. Widths<Loss1, Loss1.Sums>(),
        .. Widths<Loss2, Loss2.Sums>(),
        .. Widths<Loss3, Loss3.Sums>(),
        .. Widths<Loss4, Loss4.Sums>(),
        .. Widths<Loss5, Loss5.Sums>(),
        .. Widths<Loss6, Loss6.Sums>(),
        .. Widths<Loss7, Loss7.Sums>(),
        .. Widths<Loss8, Loss8.Sums>(),
        .. Widths<Loss9, Loss9.Sums>(),
        .. Widths<Loss12, Loss12.Sums>(),
        .. Widths<Loss13, Loss13.Sums>(),
        .. Widths<Loss16, Loss16.Sums>(),
        .. Widths<Loss17, Loss17.Sums>(),
        .. Widths<Loss19, Loss19.Sums>(),
        .. Widths<Loss150, Loss150.Sums>(),
        .. Widths<Loss4096, Loss4096.Sums>(),
        .. Widths<LossWithoutSmoothing, LossWithoutSmoothing.Sums>(epsilon: 0),
        .. Widths<LossWithSmoothing1, LossWithSmoothing1.Sums>(epsilon: 1),
    ];

    private static KernelUnderTest[] Widths<TLoss, TSums>(double epsilon = 1e-5)
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums> =>
    [
        // Without vector instructions these are several of 128 bits, which takes minutes, and no entry point has them.
        .. Vector128.IsHardwareAccelerated
            ? new KernelUnderTest[] { new KernelUnderTest<TLoss, TSums, Lanes512>(epsilon), new KernelUnderTest<TLoss, TSums, Lanes256>(epsilon) }
            : [],
        new KernelUnderTest<TLoss, TSums, Lanes128>(epsilon),
        new KernelUnderTest<TLoss, TSums, ScalarLane>(epsilon),
        new KernelUnderTest<TLoss, TSums, CheckingLanes>(epsilon),
    ];
}
