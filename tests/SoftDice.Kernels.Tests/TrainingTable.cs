using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Every loss with every kind of lanes, for the tests of activations and gradients.</summary>
internal static class TrainingTable
{
    private static readonly Dictionary<string, TrainingKernel> Kernels = All().ToDictionary(kernel => kernel.Name);

    public static TrainingKernel Find(string name) => Kernels[name];

    /// <summary>Those whose labels are class indices.</summary>
    public static TheoryData<string> Names(Func<TrainingKernel, bool> filter) => Names(filter, SoftDiceLabels.ClassIndex);

    /// <summary>Those whose labels are targets of the predictions' shape.</summary>
    public static TheoryData<string> OneHotNames(Func<TrainingKernel, bool> filter) => Names(filter, SoftDiceLabels.OneHot);

    private static TheoryData<string> Names(Func<TrainingKernel, bool> filter, SoftDiceLabels labels) =>
        [.. Kernels.Values.Where(kernel => kernel.Options.Labels == labels && filter(kernel)).Select(kernel => kernel.Name)];

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
        .. Widths<RowsSoftmax16, RowsSoftmax16.Sums>(AttributeOptions.Of<RowsSoftmax16>()),
        .. Widths<RowsSoftmax19, RowsSoftmax19.Sums>(AttributeOptions.Of<RowsSoftmax19>()),
        .. Widths<RowsSoftmax150, RowsSoftmax150.Sums>(AttributeOptions.Of<RowsSoftmax150>()),
        .. Widths<Sigmoid1, Sigmoid1.Sums>(SoftDiceActivation.Sigmoid),
        .. Widths<Sigmoid2, Sigmoid2.Sums>(SoftDiceActivation.Sigmoid),
        .. Widths<Sigmoid3, Sigmoid3.Sums>(SoftDiceActivation.Sigmoid),
        .. Widths<Sigmoid5, Sigmoid5.Sums>(SoftDiceActivation.Sigmoid),
        .. Widths<Sigmoid19, Sigmoid19.Sums>(SoftDiceActivation.Sigmoid),
        .. Widths<OneHotNone1, OneHotNone1.Sums>(SoftDiceActivation.None, SoftDiceLabels.OneHot),
        .. Widths<OneHotNone2, OneHotNone2.Sums>(SoftDiceActivation.None, SoftDiceLabels.OneHot),
        .. Widths<OneHotNone3, OneHotNone3.Sums>(SoftDiceActivation.None, SoftDiceLabels.OneHot),
        .. Widths<OneHotNone4, OneHotNone4.Sums>(SoftDiceActivation.None, SoftDiceLabels.OneHot),
        .. Widths<OneHotNone5, OneHotNone5.Sums>(SoftDiceActivation.None, SoftDiceLabels.OneHot),
        .. Widths<OneHotNone9, OneHotNone9.Sums>(SoftDiceActivation.None, SoftDiceLabels.OneHot),
        .. Widths<OneHotNone19, OneHotNone19.Sums>(SoftDiceActivation.None, SoftDiceLabels.OneHot),
        .. Widths<OneHotSoftmax1, OneHotSoftmax1.Sums>(SoftDiceActivation.Softmax, SoftDiceLabels.OneHot),
        .. Widths<OneHotSoftmax2, OneHotSoftmax2.Sums>(SoftDiceActivation.Softmax, SoftDiceLabels.OneHot),
        .. Widths<OneHotSoftmax3, OneHotSoftmax3.Sums>(SoftDiceActivation.Softmax, SoftDiceLabels.OneHot),
        .. Widths<OneHotSoftmax4, OneHotSoftmax4.Sums>(SoftDiceActivation.Softmax, SoftDiceLabels.OneHot),
        .. Widths<OneHotSoftmax5, OneHotSoftmax5.Sums>(SoftDiceActivation.Softmax, SoftDiceLabels.OneHot),
        .. Widths<OneHotSoftmax9, OneHotSoftmax9.Sums>(SoftDiceActivation.Softmax, SoftDiceLabels.OneHot),
        .. Widths<OneHotSoftmax19, OneHotSoftmax19.Sums>(SoftDiceActivation.Softmax, SoftDiceLabels.OneHot),
        .. Widths<OneHotSoftmax150, OneHotSoftmax150.Sums>(SoftDiceActivation.Softmax, SoftDiceLabels.OneHot),
        .. Widths<OneHotSigmoid1, OneHotSigmoid1.Sums>(SoftDiceActivation.Sigmoid, SoftDiceLabels.OneHot),
        .. Widths<OneHotSigmoid2, OneHotSigmoid2.Sums>(SoftDiceActivation.Sigmoid, SoftDiceLabels.OneHot),
        .. Widths<OneHotSigmoid3, OneHotSigmoid3.Sums>(SoftDiceActivation.Sigmoid, SoftDiceLabels.OneHot),
        .. Widths<OneHotSigmoid4, OneHotSigmoid4.Sums>(SoftDiceActivation.Sigmoid, SoftDiceLabels.OneHot),
        .. Widths<OneHotSigmoid5, OneHotSigmoid5.Sums>(SoftDiceActivation.Sigmoid, SoftDiceLabels.OneHot),
        .. Widths<OneHotSigmoid9, OneHotSigmoid9.Sums>(SoftDiceActivation.Sigmoid, SoftDiceLabels.OneHot),
        .. Widths<OneHotSigmoid19, OneHotSigmoid19.Sums>(SoftDiceActivation.Sigmoid, SoftDiceLabels.OneHot),
    ];

    private static TrainingKernel[] Widths<TLoss, TSums>(
        SoftDiceActivation activation, SoftDiceLabels labels = SoftDiceLabels.ClassIndex)
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums> =>
        Widths<TLoss, TSums>(new SoftDiceOptions(TSums.ClassCount) { Activation = activation, Labels = labels });

    public static TrainingKernel[] Widths<TLoss, TSums>(SoftDiceOptions options)
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums> =>
    [
        // Without vector instructions these are several of 128 bits, which takes minutes, and no entry point has them.
        .. Vector128.IsHardwareAccelerated
            ? new TrainingKernel[] { new TrainingKernel<TLoss, TSums, Lanes512>(options), new TrainingKernel<TLoss, TSums, Lanes256>(options) }
            : [],
        new TrainingKernel<TLoss, TSums, Lanes128>(options),
        new TrainingKernel<TLoss, TSums, ScalarLane>(options),
        new TrainingKernel<TLoss, TSums, CheckingLanes>(options),
    ];
}
