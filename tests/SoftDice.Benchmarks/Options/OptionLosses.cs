namespace SoftDice.Benchmarks.Options;

[SoftDiceLoss(NumClasses = 3, Overlap = SoftDiceOverlap.Jaccard, Form = SoftDiceForm.OneMinus)]
internal sealed partial class Jaccard3;

[SoftDiceLoss(NumClasses = 19, Overlap = SoftDiceOverlap.Jaccard, Form = SoftDiceForm.OneMinus)]
internal sealed partial class Jaccard19;

[SoftDiceLoss(NumClasses = 3, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7)]
internal sealed partial class Tversky3;

[SoftDiceLoss(NumClasses = 19, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7)]
internal sealed partial class Tversky19;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7)]
internal sealed partial class SoftmaxTversky3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7)]
internal sealed partial class SoftmaxTversky19;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1)]
internal sealed partial class CrossEntropy3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1)]
internal sealed partial class CrossEntropy19;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, LabelSmoothing = 0.1)]
internal sealed partial class CrossEntropySmoothed3;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Focal = 1)]
internal sealed partial class Focal3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Focal = 1)]
internal sealed partial class Focal19;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Focal = 1, CrossEntropy = 1)]
internal sealed partial class FocalCrossEntropy3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Focal = 1, CrossEntropy = 1)]
internal sealed partial class FocalCrossEntropy19;

[SoftDiceLoss(NumClasses = 3, Mask = true)]
internal sealed partial class Mask3;

[SoftDiceLoss(NumClasses = 19, Mask = true)]
internal sealed partial class Mask19;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Mask = true)]
internal sealed partial class MaskSoftmax3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Mask = true)]
internal sealed partial class MaskSoftmax19;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class TargetsSoftmax3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class TargetsSoftmax19;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, CrossEntropy = 1)]
internal sealed partial class TargetsCrossEntropy3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, CrossEntropy = 1)]
internal sealed partial class TargetsCrossEntropy19;

[SoftDiceLoss(NumClasses = 3, IgnoreIndex = 255)]
internal sealed partial class Ignore3;

[SoftDiceLoss(NumClasses = 19, IgnoreIndex = 255)]
internal sealed partial class Ignore19;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 255)]
internal sealed partial class IgnoreSoftmax3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 255)]
internal sealed partial class IgnoreSoftmax19;

[SoftDiceLoss(NumClasses = 3, IgnoreIndex = 0)]
internal sealed partial class IgnoreClass0Of3;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 0)]
internal sealed partial class IgnoreClass0OfSoftmax3;

[SoftDiceLoss(NumClasses = 3, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class Last3;

[SoftDiceLoss(NumClasses = 19, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class Last19;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastSoftmax3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastSoftmax19;

[SoftDiceLoss(NumClasses = 3, SquaredDenominator = true)]
internal sealed partial class Squared3;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, SquaredDenominator = true)]
internal sealed partial class SquaredSoftmax3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, SquaredDenominator = true)]
internal sealed partial class SquaredSoftmax19;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, SumsOver = SoftDiceSumsOver.Sample)]
internal sealed partial class PerSampleSoftmax3;

[SoftDiceLoss(NumClasses = 3, ElementType = SoftDiceElementType.Half)]
internal sealed partial class Halfs3;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, ElementType = SoftDiceElementType.Half)]
internal sealed partial class HalfsSoftmax3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, ElementType = SoftDiceElementType.Half)]
internal sealed partial class HalfsSoftmax19;

[SoftDiceLoss(NumClasses = 3, ElementType = SoftDiceElementType.Double)]
internal sealed partial class Doubles3;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, ElementType = SoftDiceElementType.Double)]
internal sealed partial class DoublesSoftmax3;

[SoftDiceLoss(NumClasses = 3, WassersteinDistances = [0, 1, 1, 1, 0, 0.5, 1, 0.5, 0])]
internal sealed partial class Wasserstein3;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, WassersteinDistances = [0, 1, 1, 1, 0, 0.5, 1, 0.5, 0])]
internal sealed partial class WassersteinSoftmax3;

[SoftDiceLoss(
    NumClasses = 19, Activation = SoftDiceActivation.Softmax,
    WassersteinDistances =
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
        1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
        2, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
        3, 2, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
        5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
        6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
        7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
        8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
        9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
        10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8,
        11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6, 7,
        12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6,
        13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5,
        14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4,
        15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3,
        16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2,
        17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1,
        18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ])]
internal sealed partial class WassersteinSoftmax19;
