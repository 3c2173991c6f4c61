namespace SoftDice.Kernels.Tests;

// Focal terms: of a softmax in registers and in tiles, and of sigmoids, alone and beside a cross-entropy, with every kind of power.

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Softmax, Focal = 1, FocalGamma = 0.5)]
internal sealed partial class FocalTerm2;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Focal = 1)]
internal sealed partial class FocalTerm3;

[SoftDiceLoss(
    NumClasses = 4, Activation = SoftDiceActivation.Softmax, Focal = 0.25, FocalGamma = 1, FocalClassWeights = [1, 2, 0.3, 0], OverlapWeight = 3)]
internal sealed partial class FocalWeighted4;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax, Focal = 1)]
internal sealed partial class FocalTerm5;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax, Focal = 2, FocalGamma = 2.5, FocalClassWeights = [1, 2, 0.3, 0, 4])]
internal sealed partial class FocalWeighted5;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Focal = 1, FocalGamma = 4)]
internal sealed partial class FocalTerm19;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Focal = 1, FocalGamma = 0)]
internal sealed partial class FocalOfNoPower3;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax, Focal = 1, FocalGamma = 0)]
internal sealed partial class FocalOfNoPower5;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Focal = 1, FocalGamma = 3, CrossEntropy = 0.5)]
internal sealed partial class FocalAndEntropy3;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax, Focal = 1, CrossEntropy = 0.5)]
internal sealed partial class FocalAndEntropy5;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Focal = 1, FocalClassWeights = [3, 0.5, 1], CrossEntropy = 1,
    CrossEntropyClassWeights = [1, 2, 0.3], LabelSmoothing = 0.25, OverlapWeight = 0.5)]
internal sealed partial class FocalAndEverything3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Focal = 1, FocalClassWeights = [3, 0.5, 1, 0, 2], CrossEntropy = 1,
    CrossEntropyClassWeights = [1, 2, 0.3, 0, 4], LabelSmoothing = 0.25, Form = SoftDiceForm.OneMinus, AbsentClasses = SoftDiceAbsentClasses.Skip)]
internal sealed partial class FocalAndEverything5;

[SoftDiceLoss(
    NumClasses = 16, Activation = SoftDiceActivation.Softmax, Focal = 1, FocalClassWeights = [3, 0.5, 1, 0, 2, 1, 1, 0.25, 1, 2, 1, 1, 0.5, 1, 1, 4], CrossEntropy = 1,
    CrossEntropyClassWeights = [1, 2, 0.3, 0, 4, 1, 0.5, 1, 1, 3, 1, 0.25, 1, 1, 2, 0.75], LabelSmoothing = 0.25, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7)]
internal sealed partial class FocalAndEverything16;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, Focal = 1)]
internal sealed partial class SigmoidFocal1;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, Focal = 1, FocalGamma = 0.5, FocalAlpha = 0.25)]
internal sealed partial class SigmoidFocalAlpha3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, Focal = 2, FocalGamma = 0, FocalClassWeights = [1, 2, 0.3, 0, 4], OverlapWeight = 3)]
internal sealed partial class SigmoidFocalWeighted5;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, Focal = 1, FocalGamma = 3, CrossEntropy = 0.5,
    CrossEntropyPositiveWeights = [1, 3, 0.25, 7, 0], CrossEntropyClassWeights = [1, 2, 0.3, 0, 4], AbsentClasses = SoftDiceAbsentClasses.Skip)]
internal sealed partial class SigmoidFocalAndEntropy5;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, Focal = 1)]
internal sealed partial class SigmoidFocalTargets3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, SquaredDenominator = true, Focal = 1,
    FocalGamma = 1.5, FocalAlpha = 0.75, FocalClassWeights = [1, 2, 0.3, 0, 4], CrossEntropy = 1)]
internal sealed partial class SigmoidFocalEverythingTargets5;

// As MONAI's DiceFocalLoss(sigmoid=True, batch=True) has it for one channel.
[SoftDiceLoss(
    NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, Form = SoftDiceForm.OneMinus, Focal = 1)]
internal sealed partial class MonaiFocal1;

// The overlap has next to no part in these.
[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Epsilon = 1, OverlapWeight = 1e-30, Focal = 1, FocalGamma = 0.25)]
internal sealed partial class FocalAlone3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Epsilon = 1, OverlapWeight = 1e-30, Focal = 1, FocalGamma = 1)]
internal sealed partial class FocalAlone19;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, Epsilon = 1, OverlapWeight = 1e-30, Focal = 1, FocalGamma = 1)]
internal sealed partial class SigmoidFocalAlone1;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Focal = 1, IgnoreIndex = 255)]
internal sealed partial class FocalIgnoring3;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax, Focal = 1, FocalGamma = 0.5, IgnoreIndex = 255)]
internal sealed partial class FocalIgnoring5;

[SoftDiceLoss(
    NumClasses = 16, Activation = SoftDiceActivation.Softmax, Focal = 1, FocalGamma = 0.5, IgnoreIndex = 255, CrossEntropy = 1, LabelSmoothing = 0.1,
    CrossEntropyClassWeights = [1, 2, 0.3, 0, 4, 1, 0.5, 1, 1, 3, 1, 0.25, 1, 1, 2, 0.75])]
internal sealed partial class FocalIgnoring16;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, SumsOver = SoftDiceSumsOver.Sample, Focal = 1, FocalClassWeights = [1, 2, 0.3])]
internal sealed partial class PerSampleFocal3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, Form = SoftDiceForm.OneMinus,
    SumsOver = SoftDiceSumsOver.Sample, Focal = 2, FocalAlpha = 0.25)]
internal sealed partial class PerSampleFocalTargets5;
