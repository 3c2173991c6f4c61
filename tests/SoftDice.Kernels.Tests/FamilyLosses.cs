namespace SoftDice.Kernels.Tests;

// The options of the family, each alone and several together, over activations, labels and numbers of classes.

[SoftDiceLoss(NumClasses = 3, Overlap = SoftDiceOverlap.Jaccard)]
internal sealed partial class JaccardLog3;

[SoftDiceLoss(NumClasses = 5, Labels = SoftDiceLabels.OneHot, Overlap = SoftDiceOverlap.Jaccard)]
internal sealed partial class JaccardLogTargets5;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Overlap = SoftDiceOverlap.Jaccard,
    Form = SoftDiceForm.OneMinus)]
internal sealed partial class JaccardOneMinus5;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot,
    Overlap = SoftDiceOverlap.Jaccard, Form = SoftDiceForm.OneMinus)]
internal sealed partial class JaccardOneMinusTargets3;

[SoftDiceLoss(
    NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, Overlap = SoftDiceOverlap.Jaccard,
    Form = SoftDiceForm.Negative)]
internal sealed partial class JaccardNegative1;

[SoftDiceLoss(NumClasses = 3, Form = SoftDiceForm.OneMinus)]
internal sealed partial class OneMinus3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot,
    Form = SoftDiceForm.OneMinus)]
internal sealed partial class OneMinusTargets5;

[SoftDiceLoss(
    NumClasses = 19, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus,
    IncludeBackground = false)]
internal sealed partial class OneMinusForeground19;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.Negative, Epsilon = 1,
    DenominatorFloor = 1e-8, IncludeBackground = false)]
internal sealed partial class NegativeForeground5;

[SoftDiceLoss(NumClasses = 3, Form = SoftDiceForm.OneMinus, NumeratorSmoothing = 0)]
internal sealed partial class WithoutNumeratorSmoothing3;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, NumeratorSmoothing = 0.25, DenominatorSmoothing = 1)]
internal sealed partial class TwoSmoothings5;

[SoftDiceLoss(NumClasses = 1, Labels = SoftDiceLabels.OneHot, NumeratorSmoothing = 2, DenominatorSmoothing = 0.5)]
internal sealed partial class MoreInTheNumerator1;

[SoftDiceLoss(NumClasses = 3, DenominatorFloor = 6)]
internal sealed partial class Floored3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot,
    Overlap = SoftDiceOverlap.Jaccard, Form = SoftDiceForm.OneMinus, DenominatorFloor = 6)]
internal sealed partial class FlooredTargets5;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, Epsilon = 0,
    DenominatorFloor = 1e-7, AbsentClasses = SoftDiceAbsentClasses.Zero)]
internal sealed partial class FlooredZero5;

[SoftDiceLoss(NumClasses = 3, Form = SoftDiceForm.OneMinus, Gamma = 2)]
internal sealed partial class Focal3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, Gamma = 0.75)]
internal sealed partial class FocalLess19;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot,
    Overlap = SoftDiceOverlap.Jaccard, Form = SoftDiceForm.OneMinus, Gamma = 1.5)]
internal sealed partial class FocalTargets3;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Reduction = SoftDiceReduction.Sum)]
internal sealed partial class Sum3;

[SoftDiceLoss(
    NumClasses = 5, Labels = SoftDiceLabels.OneHot, Form = SoftDiceForm.OneMinus,
    Reduction = SoftDiceReduction.Sum, ClassWeights = [1, 0, 2.5, 0.125, 3])]
internal sealed partial class WeightedSum5;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax, ClassWeights = [0.5, 2, 1, 0.25, 4])]
internal sealed partial class Weighted5;

[SoftDiceLoss(
    NumClasses = 3, Labels = SoftDiceLabels.OneHot, ClassWeights = [0.5, 2, 3], NormalizeWeights = true,
    IncludeBackground = false)]
internal sealed partial class WeightedMean3;

[SoftDiceLoss(
    NumClasses = 19, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus,
    ExcludedClasses = [18, 1, 2, 5])]
internal sealed partial class Excluded19;

[SoftDiceLoss(NumClasses = 5, Form = SoftDiceForm.Negative, Reduction = SoftDiceReduction.Sum, ExcludedClasses = [4])]
internal sealed partial class ExcludedLast5;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, ExcludedClasses = [1], IncludeBackground = false)]
internal sealed partial class ExcludedFirst5;

[SoftDiceLoss(NumClasses = 5, AbsentClasses = SoftDiceAbsentClasses.Zero)]
internal sealed partial class ZeroAbsent5;

[SoftDiceLoss(NumClasses = 5, AbsentClasses = SoftDiceAbsentClasses.Skip)]
internal sealed partial class SkipAbsent5;

[SoftDiceLoss(
    NumClasses = 19, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus,
    ClassWeights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2.5], NormalizeWeights = true,
    AbsentClasses = SoftDiceAbsentClasses.Skip)]
internal sealed partial class SkipAbsent19;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot,
    Form = SoftDiceForm.OneMinus, AbsentClasses = SoftDiceAbsentClasses.Skip, IncludeBackground = false)]
internal sealed partial class SkipAbsentTargets3;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, AbsentClasses = SoftDiceAbsentClasses.Skip)]
internal sealed partial class SkipAbsent1;

[SoftDiceLoss(
    NumClasses = 19, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot,
    Overlap = SoftDiceOverlap.Jaccard, Form = SoftDiceForm.OneMinus, Gamma = 1.25, NumeratorSmoothing = 0,
    DenominatorFloor = 6, ClassWeights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2.5],
    NormalizeWeights = true, ExcludedClasses = [3, 7], AbsentClasses = SoftDiceAbsentClasses.Skip)]
internal sealed partial class Everything19;

[SoftDiceLoss(
    NumClasses = 5, Form = SoftDiceForm.OneMinus, Gamma = 2, Epsilon = 0.5, ClassWeights = [1, 2, 3, 4, 5],
    Reduction = SoftDiceReduction.Sum, ExcludedClasses = [2], AbsentClasses = SoftDiceAbsentClasses.Zero)]
internal sealed partial class Everything5;

[SoftDiceLoss(NumClasses = 1, Form = SoftDiceForm.OneMinus, Gamma = 0.5)]
internal sealed partial class FocalLess1;

[SoftDiceLoss(NumClasses = 3, Overlap = SoftDiceOverlap.Tversky)]
internal sealed partial class TverskyLog3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.75, Beta = 0.75,
    Form = SoftDiceForm.OneMinus, DenominatorSmoothing = 0.5)]
internal sealed partial class TverskyEqual5;

[SoftDiceLoss(NumClasses = 1, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7, Form = SoftDiceForm.OneMinus)]
internal sealed partial class Tversky1;

[SoftDiceLoss(NumClasses = 3, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7)]
internal sealed partial class Tversky3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7,
    Form = SoftDiceForm.OneMinus, Gamma = 1.5)]
internal sealed partial class Tversky5;

[SoftDiceLoss(NumClasses = 19, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.2, Beta = 0, Form = SoftDiceForm.Negative)]
internal sealed partial class Tversky19;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Overlap = SoftDiceOverlap.Tversky, Alpha = 0, Beta = 0.5)]
internal sealed partial class TverskySoftmax3;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.9, Beta = 0.1)]
internal sealed partial class TverskySigmoid1;

[SoftDiceLoss(
    NumClasses = 3, Labels = SoftDiceLabels.OneHot, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.7, Beta = 0.3,
    Form = SoftDiceForm.OneMinus)]
internal sealed partial class TverskyTargets3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot,
    Overlap = SoftDiceOverlap.Tversky, Alpha = 2, Beta = 0.5, NumeratorSmoothing = 0)]
internal sealed partial class TverskyTargets5;

[SoftDiceLoss(
    NumClasses = 19, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot,
    Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7, Form = SoftDiceForm.OneMinus, Gamma = 0.75, IncludeBackground = false)]
internal sealed partial class TverskyTargets19;

[SoftDiceLoss(
    NumClasses = 5, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7, DenominatorFloor = 6,
    AbsentClasses = SoftDiceAbsentClasses.Skip)]
internal sealed partial class TverskyFloored5;
