namespace SoftDice.Kernels.Tests;

// A mask over activations, kinds of labels, terms and numbers of classes: in registers, in groups and in tiles.

[SoftDiceLoss(NumClasses = 1, Mask = true)]
internal sealed partial class Mask1;

[SoftDiceLoss(NumClasses = 3, Mask = true)]
internal sealed partial class Mask3;

[SoftDiceLoss(NumClasses = 5, Mask = true)]
internal sealed partial class Mask5;

[SoftDiceLoss(NumClasses = 40, Mask = true)]
internal sealed partial class Mask40;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Mask = true)]
internal sealed partial class MaskSoftmax3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Mask = true)]
internal sealed partial class MaskSoftmax19;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, Mask = true)]
internal sealed partial class MaskSigmoid1;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, Mask = true)]
internal sealed partial class MaskSigmoid5;

[SoftDiceLoss(NumClasses = 3, IgnoreIndex = 255, Mask = true)]
internal sealed partial class MaskIgnore3;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 0, Mask = true)]
internal sealed partial class MaskIgnoreClass5;

[SoftDiceLoss(NumClasses = 3, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7, Form = SoftDiceForm.OneMinus, Mask = true)]
internal sealed partial class MaskTversky3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, SquaredDenominator = true, Mask = true)]
internal sealed partial class MaskSquared19;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, GeneralizedWeights = SoftDiceGeneralizedWeights.Square,
    Form = SoftDiceForm.OneMinus, Mask = true)]
internal sealed partial class MaskGeneralized3;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, Mask = true)]
internal sealed partial class MaskCrossEntropy3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, Mask = true)]
internal sealed partial class MaskCrossEntropy19;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 0.5, CrossEntropyClassWeights = [1, 4, 0.25],
    LabelSmoothing = 0.1, Mask = true)]
internal sealed partial class MaskWeightedSmoothed3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 255, CrossEntropy = 2,
    CrossEntropyClassWeights = [1, 2, 0.25, 1, 3], LabelSmoothing = 0.1, Mask = true)]
internal sealed partial class MaskWeightedSmoothed5;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 1, Mask = true)]
internal sealed partial class MaskBinary1;

[SoftDiceLoss(NumClasses = 9, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 0.5, LabelSmoothing = 0.1, Mask = true)]
internal sealed partial class MaskBinary9;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 1, CrossEntropyClassWeights = [1, 0.5, 2],
    CrossEntropyPositiveWeights = [3, 1, 0.5], Mask = true)]
internal sealed partial class MaskBinaryWeights3;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 1, IgnoreIndex = 255, Mask = true)]
internal sealed partial class MaskIgnoreBinary1;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 1, IgnoreIndex = 0, Mask = true)]
internal sealed partial class MaskIgnoreBinary3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 0.5, CrossEntropyClassWeights = [1, 2, 0.3, 0, 4],
    LabelSmoothing = 0.25, IgnoreIndex = -100, Mask = true)]
internal sealed partial class MaskIgnoreBinary5;

[SoftDiceLoss(NumClasses = 3, Labels = SoftDiceLabels.OneHot, Mask = true)]
internal sealed partial class MaskOneHot3;

[SoftDiceLoss(NumClasses = 19, Labels = SoftDiceLabels.OneHot, Activation = SoftDiceActivation.Softmax, Mask = true)]
internal sealed partial class MaskOneHot19;

[SoftDiceLoss(
    NumClasses = 3, Labels = SoftDiceLabels.OneHot, Activation = SoftDiceActivation.Softmax, SquaredDenominator = true,
    Mask = true)]
internal sealed partial class MaskOneHotSoftmax3;

[SoftDiceLoss(NumClasses = 9, Labels = SoftDiceLabels.OneHot, Activation = SoftDiceActivation.Sigmoid, Mask = true)]
internal sealed partial class MaskOneHotSigmoid9;

[SoftDiceLoss(
    NumClasses = 3, Labels = SoftDiceLabels.OneHot, Intersection = SoftDiceIntersection.Minimum, Overlap = SoftDiceOverlap.Tversky,
    Alpha = 0.3, Beta = 0.7, Mask = true)]
internal sealed partial class MaskMinimumTversky3;

[SoftDiceLoss(NumClasses = 5, Labels = SoftDiceLabels.OneHot, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 1, Mask = true)]
internal sealed partial class MaskOneHotBinary5;

[SoftDiceLoss(
    NumClasses = 3, Labels = SoftDiceLabels.OneHot, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 2,
    LabelSmoothing = 0.2, CrossEntropyPositiveWeights = [3, 1, 0.5], Mask = true)]
internal sealed partial class MaskOneHotBinary3;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, SumsOver = SoftDiceSumsOver.Sample, Mask = true)]
internal sealed partial class MaskSample3;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, SumsOver = SoftDiceSumsOver.Sample, CrossEntropy = 1, Mask = true)]
internal sealed partial class MaskSampleTerms3;

[SoftDiceLoss(NumClasses = 3, Layout = SoftDiceLayout.ChannelsLast, Mask = true)]
internal sealed partial class MaskLast3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, Layout = SoftDiceLayout.ChannelsLast, Mask = true)]
internal sealed partial class MaskLastSoftmax19;

[SoftDiceLoss(NumClasses = 3, Labels = SoftDiceLabels.OneHot, Layout = SoftDiceLayout.ChannelsLast, Mask = true)]
internal sealed partial class MaskLastOneHot3;
