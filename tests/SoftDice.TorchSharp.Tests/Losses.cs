namespace SoftDice.Torch.Tests;

// One loss for each option that tensor operations can write, and for combinations whose loops differ.
[SoftDiceLoss(NumClasses = 3)]
internal sealed partial class TissueLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class SoftmaxLoss;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class ManyClassesLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid)]
internal sealed partial class SigmoidLoss;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid)]
internal sealed partial class BinaryLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class TargetLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, Intersection = SoftDiceIntersection.Minimum)]
internal sealed partial class MinimumLoss;

[SoftDiceLoss(NumClasses = 3, Labels = SoftDiceLabels.OneHot, SquaredDenominator = true)]
internal sealed partial class SquaredTargetLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, SquaredDenominator = true, Form = SoftDiceForm.OneMinus)]
internal sealed partial class SquaredLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Overlap = SoftDiceOverlap.Jaccard, Form = SoftDiceForm.Negative, Epsilon = 0.5)]
internal sealed partial class JaccardLoss;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.7, Beta = 0.4, Form = SoftDiceForm.OneMinus, Gamma = 1.5)]
internal sealed partial class FocalTverskyLoss;

[SoftDiceLoss(
    NumClasses = 3, Labels = SoftDiceLabels.OneHot, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.6, Beta = 0.5, NumeratorSmoothing = 0, DenominatorSmoothing = 1)]
internal sealed partial class TverskyTargetLoss;

[SoftDiceLoss(
    NumClasses = 4, Activation = SoftDiceActivation.Softmax, NumeratorSmoothing = 1, DenominatorFloor = 40, IncludeBackground = false, ExcludedClasses = [2])]
internal sealed partial class FloorLoss;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, ClassWeights = [0.5, 2, 1], NormalizeWeights = true, SumsOver = SoftDiceSumsOver.Sample)]
internal sealed partial class WeightedSampleLoss;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax, AbsentClasses = SoftDiceAbsentClasses.Skip, SumsOver = SoftDiceSumsOver.Sample)]
internal sealed partial class SkipLoss;

[SoftDiceLoss(NumClasses = 5, Epsilon = 0, AbsentClasses = SoftDiceAbsentClasses.Zero, Reduction = SoftDiceReduction.Sum, ClassWeights = [1, 2, 3, 4, 5])]
internal sealed partial class ZeroLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Reduction = SoftDiceReduction.Sum, SumsOver = SoftDiceSumsOver.Sample)]
internal sealed partial class SumLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, GeneralizedWeights = SoftDiceGeneralizedWeights.Square)]
internal sealed partial class GeneralizedLoss;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, GeneralizedWeights = SoftDiceGeneralizedWeights.Simple, Form = SoftDiceForm.OneMinus,
    SumsOver = SoftDiceSumsOver.Sample)]
internal sealed partial class GeneralizedSampleLoss;

[SoftDiceLoss(
    NumClasses = 5, GeneralizedWeights = SoftDiceGeneralizedWeights.Simple, InfiniteWeights = SoftDiceInfiniteWeights.Zero, DenominatorFloor = 1e-3)]
internal sealed partial class GeneralizedZeroLoss;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, WassersteinDistances = [0, 1, 1, 1, 0, 0.5, 1, 0.5, 0])]
internal sealed partial class WassersteinLoss;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, WassersteinDistances = [0, 2, 1, 1, 0, 0.5, 1, 0.5, 0],
    WassersteinWeights = SoftDiceWassersteinWeights.InverseSize, SumsOver = SoftDiceSumsOver.Sample)]
internal sealed partial class WassersteinSampleLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 255)]
internal sealed partial class IgnoreLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1)]
internal sealed partial class CrossEntropyLoss;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 0.7, CrossEntropyClassWeights = [0.2, 1, 3], LabelSmoothing = 0.1, OverlapWeight = 0.4,
    SumsOver = SoftDiceSumsOver.Sample, IgnoreIndex = 1)]
internal sealed partial class WeightedCrossEntropyLoss;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, CrossEntropy = 2, CrossEntropyClassWeights = [0.2, 1, 3],
    LabelSmoothing = 0.2)]
internal sealed partial class TargetCrossEntropyLoss;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 1, CrossEntropyClassWeights = [0.2, 1, 3], CrossEntropyPositiveWeights = [2, 1, 0.5],
    LabelSmoothing = 0.1, IgnoreIndex = -1)]
internal sealed partial class SigmoidCrossEntropyLoss;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 1, CrossEntropyPositiveWeights = [3])]
internal sealed partial class BinaryCrossEntropyLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, CrossEntropy = 1, LabelSmoothing = 0.1)]
internal sealed partial class SigmoidTargetCrossEntropyLoss;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Focal = 1, FocalClassWeights = [1, 0.5, 2], CrossEntropy = 0.5, IgnoreIndex = 2)]
internal sealed partial class FocalLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, Focal = 1, FocalGamma = 1.5, FocalAlpha = 0.3)]
internal sealed partial class SigmoidFocalLoss;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, Focal = 2, FocalGamma = 3, FocalClassWeights = [1, 0.5, 2],
    SumsOver = SoftDiceSumsOver.Sample)]
internal sealed partial class SigmoidFocalTargetLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Layout = SoftDiceLayout.ChannelsLast, CrossEntropy = 1)]
internal sealed partial class ChannelsLastLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Layout = SoftDiceLayout.ChannelsLast, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class ChannelsLastTargetLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, ElementType = SoftDiceElementType.Double)]
internal sealed partial class DoubleLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, ElementType = SoftDiceElementType.Half)]
internal sealed partial class HalfLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, Mask = true)]
internal sealed partial class MaskedLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 255, SumsOver = SoftDiceSumsOver.Sample, Mask = true)]
internal sealed partial class MaskedSampleLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, CrossEntropy = 1, Mask = true)]
internal sealed partial class MaskedTargetLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Mask = true, ElementType = SoftDiceElementType.Double)]
internal sealed partial class MaskedDoubleLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Reduction = SoftDiceReduction.None, ElementType = SoftDiceElementType.Half)]
internal sealed partial class UnreducedHalfLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Reduction = SoftDiceReduction.None, ClassWeights = [1, 2, 3])]
internal sealed partial class UnreducedLoss;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Reduction = SoftDiceReduction.None, IncludeBackground = false, SumsOver = SoftDiceSumsOver.Sample)]
internal sealed partial class UnreducedSampleLoss;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Reduction = SoftDiceReduction.None, GeneralizedWeights = SoftDiceGeneralizedWeights.Uniform,
    SumsOver = SoftDiceSumsOver.Sample)]
internal sealed partial class UnreducedGeneralizedLoss;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Overlap = SoftDiceOverlap.Tversky, Alpha = 1, Beta = 0, Form = SoftDiceForm.OneMinus, Gamma = 1.5,
    Epsilon = 1)]
internal sealed partial class FalsePositivesLoss;

[SoftDiceLoss(NumClasses = 3, SquaredDenominator = true)]
internal sealed partial class SquaredProbabilitiesLoss;

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class FewClasses;

[SoftDiceLoss(NumClasses = 128, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class ManyClasses;
