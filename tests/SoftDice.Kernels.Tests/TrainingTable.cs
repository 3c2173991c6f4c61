using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Every loss with every kind of lanes, for the tests of activations and gradients.</summary>
internal static class TrainingTable
{
    private static readonly Dictionary<string, TrainingKernel> Kernels = All().ToDictionary(kernel => kernel.Name);

    public static TrainingKernel Find(string name) => Kernels[name];

    public static TheoryData<string> Names(Func<TrainingKernel, bool> filter) =>
        [.. Kernels.Values.Where(filter).Select(kernel => kernel.Name)];

    private static TrainingKernel[] All() =>
    [
        .. Widths<None1, None1.Sums>(SoftDiceActivation.None),
        .. Widths<None2, None2.Sums>(SoftDiceActivation.None),
        .. Widths<None3, None3.Sums>(SoftDiceActivation.None),
        .. Widths<None4, None4.Sums>(SoftDiceActivation.None),
        .. Widths<None5, None5.Sums>(SoftDiceActivation.None),
        .. Widths<None9, None9.Sums>(SoftDiceActivation.None),
        .. Widths<None19, None19.Sums>(SoftDiceActivation.None),
        .. Widths<Softmax1, Softmax1.Sums>(SoftDiceActivation.Softmax),
        .. Widths<Softmax2, Softmax2.Sums>(SoftDiceActivation.Softmax),
        .. Widths<Softmax3, Softmax3.Sums>(SoftDiceActivation.Softmax),
        .. Widths<Softmax4, Softmax4.Sums>(SoftDiceActivation.Softmax),
        .. Widths<Softmax5, Softmax5.Sums>(SoftDiceActivation.Softmax),
        .. Widths<Softmax9, Softmax9.Sums>(SoftDiceActivation.Softmax),
        .. Widths<Softmax19, Softmax19.Sums>(SoftDiceActivation.Softmax),
        .. Widths<Softmax150, Softmax150.Sums>(SoftDiceActivation.Softmax),
        .. Widths<Sigmoid1, Sigmoid1.Sums>(SoftDiceActivation.Sigmoid),
        .. Widths<Sigmoid2, Sigmoid2.Sums>(SoftDiceActivation.Sigmoid),
        .. Widths<Sigmoid3, Sigmoid3.Sums>(SoftDiceActivation.Sigmoid),
        .. Widths<Sigmoid5, Sigmoid5.Sums>(SoftDiceActivation.Sigmoid),
        .. Widths<Sigmoid19, Sigmoid19.Sums>(SoftDiceActivation.Sigmoid),
    ];

    private static TrainingKernel[] Widths<TLoss, TSums>(SoftDiceActivation activation)
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums> =>
    [
        new TrainingKernel<TLoss, TSums, Lanes512>(activation),
        new TrainingKernel<TLoss, TSums, Lanes256>(activation),
        new TrainingKernel<TLoss, TSums, Lanes128>(activation),
        new TrainingKernel<TLoss, TSums, ScalarLane>(activation),
        new TrainingKernel<TLoss, TSums, CheckingLanes>(activation),
    ];
}
