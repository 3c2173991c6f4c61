namespace SoftDice.Kernels.Tests;

// Binary cross-entropies: of labels and of targets, in one group of classes and in several, with their options alone and together.

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 1)]
internal sealed partial class BinaryEntropy1;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 1)]
internal sealed partial class BinaryEntropy3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 0.25, OverlapWeight = 3)]
internal sealed partial class BinaryEntropy19;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 2, CrossEntropyClassWeights = [1, 2, 0.3, 0, 4])]
internal sealed partial class BinaryEntropyWeighted5;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 1, CrossEntropyPositiveWeights = [2.5])]
internal sealed partial class BinaryEntropyPositive1;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 1, LabelSmoothing = 0.1)]
internal sealed partial class BinaryEntropySmoothed3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, CrossEntropy = 1, CrossEntropyClassWeights = [1, 2, 0.3, 0, 4],
    CrossEntropyPositiveWeights = [1, 3, 0.25, 7, 0], LabelSmoothing = 0.25, OverlapWeight = 0.5)]
internal sealed partial class BinaryEntropyEverything5;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, CrossEntropy = 1)]
internal sealed partial class BinaryEntropyTargets1;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, CrossEntropy = 1)]
internal sealed partial class BinaryEntropyTargets3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, SquaredDenominator = true, CrossEntropy = 1,
    CrossEntropyPositiveWeights = [1, 3, 0.25, 7, 0])]
internal sealed partial class BinaryEntropyPositiveTargets5;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, CrossEntropy = 1,
    CrossEntropyClassWeights = [1, 2, 0.3, 0, 4], CrossEntropyPositiveWeights = [1, 3, 0.25, 7, 0], LabelSmoothing = 0.25,
    AbsentClasses = SoftDiceAbsentClasses.Skip)]
internal sealed partial class BinaryEntropyEverythingTargets5;

// As MONAI's DiceCELoss(sigmoid=True, weight=2) has it for one channel, and nnU-Net's DC_and_BCE_loss for regions.
[SoftDiceLoss(
    NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, Form = SoftDiceForm.OneMinus, CrossEntropy = 1,
    CrossEntropyPositiveWeights = [2])]
internal sealed partial class MonaiBinary1;

[SoftDiceLoss(
    NumClasses = 2, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, Form = SoftDiceForm.Negative,
    DenominatorFloor = 1e-8, CrossEntropy = 1)]
internal sealed partial class NnUNetRegions2;

// The overlap has next to no part in these.
[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, Epsilon = 1, OverlapWeight = 1e-9, CrossEntropy = 1)]
internal sealed partial class BinaryEntropyAlone1;

// Cross-entropies of a softmax with targets, in registers and in tiles.

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, CrossEntropy = 1)]
internal sealed partial class TargetEntropy2;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, CrossEntropy = 1)]
internal sealed partial class TargetEntropy3;

[SoftDiceLoss(
    NumClasses = 4, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, CrossEntropy = 0.25, OverlapWeight = 3,
    CrossEntropyClassWeights = [1, 2, 0.3, 0], LabelSmoothing = 0.25)]
internal sealed partial class TargetEntropyEverything4;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, Intersection = SoftDiceIntersection.Minimum,
    CrossEntropy = 1, CrossEntropyClassWeights = [1, 2, 0.3, 0, 4], LabelSmoothing = 0.25, OverlapWeight = 0.5)]
internal sealed partial class TargetEntropyEverything5;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, CrossEntropy = 1)]
internal sealed partial class TargetEntropy19;

[SoftDiceLoss(
    NumClasses = 150, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, CrossEntropy = 1, LabelSmoothing = 0.1)]
internal sealed partial class TargetEntropySmoothed150;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, SumsOver = SoftDiceSumsOver.Sample, CrossEntropy = 1)]
internal sealed partial class PerSampleTargetEntropy3;

// The overlap has next to no part in these.
[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, Epsilon = 1, OverlapWeight = 1e-9, CrossEntropy = 1)]
internal sealed partial class TargetEntropyAlone3;

[SoftDiceLoss(
    NumClasses = 19, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, Epsilon = 1, OverlapWeight = 1e-9, CrossEntropy = 1)]
internal sealed partial class TargetEntropyAlone19;

[SoftDiceLoss(
    NumClasses = 150, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, Epsilon = 1, OverlapWeight = 1e-9, CrossEntropy = 1,
    LabelSmoothing = 0.9999)]
internal sealed partial class TargetEntropyAlmostSpread150;
