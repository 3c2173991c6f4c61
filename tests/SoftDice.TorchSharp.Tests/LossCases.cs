using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Torch.Tests;

/// <summary>All losses of <c>Losses.cs</c>.</summary>
public static class LossCases
{
    private static readonly LossCase[] Cases =
    [
        new ReducedCase<TissueLoss, TissueLoss.Sums, float>(),
        new ReducedCase<SoftmaxLoss, SoftmaxLoss.Sums, float>(),
        new ReducedCase<ManyClassesLoss, ManyClassesLoss.Sums, float>(),
        new ReducedCase<SigmoidLoss, SigmoidLoss.Sums, float>(),
        new ReducedCase<BinaryLoss, BinaryLoss.Sums, float>(),
        new ReducedCase<TargetLoss, TargetLoss.Sums, float>(),
        new ReducedCase<MinimumLoss, MinimumLoss.Sums, float>(),
        new ReducedCase<SquaredTargetLoss, SquaredTargetLoss.Sums, float>(),
        new ReducedCase<SquaredLoss, SquaredLoss.Sums, float>(),
        new ReducedCase<JaccardLoss, JaccardLoss.Sums, float>(),
        new ReducedCase<FocalTverskyLoss, FocalTverskyLoss.Sums, float>(),
        new ReducedCase<TverskyTargetLoss, TverskyTargetLoss.Sums, float>(),
        new ReducedCase<FloorLoss, FloorLoss.Sums, float>(),
        new ReducedCase<WeightedSampleLoss, WeightedSampleLoss.Sums, float>(),
        new ReducedCase<SkipLoss, SkipLoss.Sums, float>(),
        new ReducedCase<ZeroLoss, ZeroLoss.Sums, float>(),
        new ReducedCase<SumLoss, SumLoss.Sums, float>(),
        new ReducedCase<GeneralizedLoss, GeneralizedLoss.Sums, float>(),
        new ReducedCase<GeneralizedSampleLoss, GeneralizedSampleLoss.Sums, float>(),
        new ReducedCase<GeneralizedZeroLoss, GeneralizedZeroLoss.Sums, float>(),
        new ReducedCase<WassersteinLoss, WassersteinLoss.Sums, float>(),
        new ReducedCase<WassersteinSampleLoss, WassersteinSampleLoss.Sums, float>(),
        new ReducedCase<IgnoreLoss, IgnoreLoss.Sums, float>(),
        new ReducedCase<CrossEntropyLoss, CrossEntropyLoss.Sums, float>(),
        new ReducedCase<WeightedCrossEntropyLoss, WeightedCrossEntropyLoss.Sums, float>(),
        new ReducedCase<TargetCrossEntropyLoss, TargetCrossEntropyLoss.Sums, float>(),
        new ReducedCase<SigmoidCrossEntropyLoss, SigmoidCrossEntropyLoss.Sums, float>(),
        new ReducedCase<BinaryCrossEntropyLoss, BinaryCrossEntropyLoss.Sums, float>(),
        new ReducedCase<SigmoidTargetCrossEntropyLoss, SigmoidTargetCrossEntropyLoss.Sums, float>(),
        new ReducedCase<FocalLoss, FocalLoss.Sums, float>(),
        new ReducedCase<SigmoidFocalLoss, SigmoidFocalLoss.Sums, float>(),
        new ReducedCase<SigmoidFocalTargetLoss, SigmoidFocalTargetLoss.Sums, float>(),
        new ReducedCase<ChannelsLastLoss, ChannelsLastLoss.Sums, float>(),
        new ReducedCase<ChannelsLastTargetLoss, ChannelsLastTargetLoss.Sums, float>(),
        new ReducedCase<DoubleLoss, DoubleLoss.Sums, double>(),
        new ReducedCase<HalfLoss, HalfLoss.Sums, Half>(),
        new MaskedCase<MaskedLoss, MaskedLoss.Sums, float>(),
        new MaskedCase<MaskedSampleLoss, MaskedSampleLoss.Sums, float>(),
        new MaskedCase<MaskedTargetLoss, MaskedTargetLoss.Sums, float>(),
        new MaskedCase<MaskedDoubleLoss, MaskedDoubleLoss.Sums, double>(),
        new UnreducedCase<UnreducedHalfLoss, UnreducedHalfLoss.Sums, Half>(),
        new UnreducedCase<UnreducedLoss, UnreducedLoss.Sums, float>(),
        new UnreducedCase<UnreducedSampleLoss, UnreducedSampleLoss.Sums, float>(),
        new UnreducedCase<UnreducedGeneralizedLoss, UnreducedGeneralizedLoss.Sums, float>(),
    ];

    public static TheoryData<LossCase> All => [.. Cases];

    /// <summary>The annotated types.</summary>
    public static IEnumerable<Type> Types => Cases.Select(loss => loss.LossType);
}
