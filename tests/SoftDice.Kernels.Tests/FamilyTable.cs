using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Every loss with options of the family, with every kind of lanes.</summary>
internal static class FamilyTable
{
    private static readonly Dictionary<string, TrainingKernel> Kernels = All().ToDictionary(kernel => kernel.Name);

    public static TrainingKernel Find(string name) => Kernels[name];

    public static TheoryData<string> Names(Func<TrainingKernel, bool> filter) =>
        [.. Kernels.Values.Where(filter).Select(kernel => kernel.Name)];

    private static TrainingKernel[] All() =>
    [
        .. Widths<JaccardLog3, JaccardLog3.Sums>(),
        .. Widths<JaccardLogTargets5, JaccardLogTargets5.Sums>(),
        .. Widths<JaccardOneMinus5, JaccardOneMinus5.Sums>(),
        .. Widths<JaccardOneMinusTargets3, JaccardOneMinusTargets3.Sums>(),
        .. Widths<JaccardNegative1, JaccardNegative1.Sums>(),
        .. Widths<OneMinus3, OneMinus3.Sums>(),
        .. Widths<OneMinusTargets5, OneMinusTargets5.Sums>(),
        .. Widths<OneMinusForeground19, OneMinusForeground19.Sums>(),
        .. Widths<NegativeForeground5, NegativeForeground5.Sums>(),
        .. Widths<WithoutNumeratorSmoothing3, WithoutNumeratorSmoothing3.Sums>(),
        .. Widths<TwoSmoothings5, TwoSmoothings5.Sums>(),
        .. Widths<MoreInTheNumerator1, MoreInTheNumerator1.Sums>(),
        .. Widths<Floored3, Floored3.Sums>(),
        .. Widths<FlooredTargets5, FlooredTargets5.Sums>(),
        .. Widths<FlooredZero5, FlooredZero5.Sums>(),
        .. Widths<Focal3, Focal3.Sums>(),
        .. Widths<FocalLess1, FocalLess1.Sums>(),
        .. Widths<FocalLess19, FocalLess19.Sums>(),
        .. Widths<FocalTargets3, FocalTargets3.Sums>(),
        .. Widths<Sum3, Sum3.Sums>(),
        .. Widths<WeightedSum5, WeightedSum5.Sums>(),
        .. Widths<Weighted5, Weighted5.Sums>(),
        .. Widths<WeightedMean3, WeightedMean3.Sums>(),
        .. Widths<Excluded19, Excluded19.Sums>(),
        .. Widths<ExcludedLast5, ExcludedLast5.Sums>(),
        .. Widths<ExcludedFirst5, ExcludedFirst5.Sums>(),
        .. Widths<ZeroAbsent5, ZeroAbsent5.Sums>(),
        .. Widths<SkipAbsent5, SkipAbsent5.Sums>(),
        .. Widths<SkipAbsent19, SkipAbsent19.Sums>(),
        .. Widths<SkipAbsentTargets3, SkipAbsentTargets3.Sums>(),
        .. Widths<SkipAbsent1, SkipAbsent1.Sums>(),
        .. Widths<Everything19, Everything19.Sums>(),
        .. Widths<Everything5, Everything5.Sums>(),
        .. Widths<TverskyLog3, TverskyLog3.Sums>(),
        .. Widths<TverskyEqual5, TverskyEqual5.Sums>(),
        .. Widths<Tversky1, Tversky1.Sums>(),
        .. Widths<Tversky3, Tversky3.Sums>(),
        .. Widths<Tversky5, Tversky5.Sums>(),
        .. Widths<Tversky19, Tversky19.Sums>(),
        .. Widths<TverskySoftmax3, TverskySoftmax3.Sums>(),
        .. Widths<TverskySigmoid1, TverskySigmoid1.Sums>(),
        .. Widths<TverskyTargets3, TverskyTargets3.Sums>(),
        .. Widths<TverskyTargets5, TverskyTargets5.Sums>(),
        .. Widths<TverskyTargets19, TverskyTargets19.Sums>(),
        .. Widths<TverskyFloored5, TverskyFloored5.Sums>(),
        .. Widths<Squared1, Squared1.Sums>(),
        .. Widths<Squared3, Squared3.Sums>(),
        .. Widths<SquaredOneMinus3, SquaredOneMinus3.Sums>(),
        .. Widths<SquaredFloored5, SquaredFloored5.Sums>(),
        .. Widths<SquaredSoftmax3, SquaredSoftmax3.Sums>(),
        .. Widths<SquaredSoftmax5, SquaredSoftmax5.Sums>(),
        .. Widths<SquaredSoftmax19, SquaredSoftmax19.Sums>(),
        .. Widths<SquaredSigmoid1, SquaredSigmoid1.Sums>(),
        .. Widths<SquaredSigmoid5, SquaredSigmoid5.Sums>(),
        .. Widths<SquaredTargets3, SquaredTargets3.Sums>(),
        .. Widths<SquaredTargets5, SquaredTargets5.Sums>(),
        .. Widths<SquaredTargets19, SquaredTargets19.Sums>(),
        .. Widths<SquaredSoftmaxTargets3, SquaredSoftmaxTargets3.Sums>(),
        .. Widths<SquaredSigmoidTargets3, SquaredSigmoidTargets3.Sums>(),
        .. Widths<Minimum1, Minimum1.Sums>(),
        .. Widths<Minimum3, Minimum3.Sums>(),
        .. Widths<MinimumFloored5, MinimumFloored5.Sums>(),
        .. Widths<MinimumSoftmax3, MinimumSoftmax3.Sums>(),
        .. Widths<MinimumSoftmax5, MinimumSoftmax5.Sums>(),
        .. Widths<MinimumSigmoid3, MinimumSigmoid3.Sums>(),
        .. Widths<MinimumTversky1, MinimumTversky1.Sums>(),
        .. Widths<MinimumTversky3, MinimumTversky3.Sums>(),
        .. Widths<MinimumTversky5, MinimumTversky5.Sums>(),
        .. Widths<MinimumTversky19, MinimumTversky19.Sums>(),
    ];

    private static TrainingKernel[] Widths<TLoss, TSums>()
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums> =>
        TrainingTable.Widths<TLoss, TSums>(AttributeOptions.Of<TLoss>());
}
