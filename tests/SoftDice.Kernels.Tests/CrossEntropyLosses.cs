namespace SoftDice.Kernels.Tests;

// The cross-entropy in registers and in tiles, with its options alone and together.

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1)]
internal sealed partial class CrossEntropy2;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1)]
internal sealed partial class CrossEntropy3;

[SoftDiceLoss(NumClasses = 4, Activation = SoftDiceActivation.Softmax, CrossEntropy = 0.25, OverlapWeight = 3)]
internal sealed partial class CrossEntropy4;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1)]
internal sealed partial class CrossEntropy5;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1)]
internal sealed partial class CrossEntropy19;

[SoftDiceLoss(NumClasses = 150, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1)]
internal sealed partial class CrossEntropy150;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 2, CrossEntropyClassWeights = [1, 2, 0.3])]
internal sealed partial class CrossEntropyWeighted3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, CrossEntropyClassWeights = [1, 2, 0.3, 0, 4])]
internal sealed partial class CrossEntropyWeighted5;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, LabelSmoothing = 0.1)]
internal sealed partial class CrossEntropySmoothed3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, LabelSmoothing = 0.1)]
internal sealed partial class CrossEntropySmoothed19;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, CrossEntropyClassWeights = [1, 2, 0.3],
    LabelSmoothing = 0.25)]
internal sealed partial class CrossEntropyWeightedSmoothed3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, CrossEntropyClassWeights = [1, 2, 0.3, 0, 4],
    LabelSmoothing = 0.25, OverlapWeight = 0.5)]
internal sealed partial class CrossEntropyWeightedSmoothed5;

[SoftDiceLoss(
    NumClasses = 16, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, LabelSmoothing = 0.25, OverlapWeight = 0.5,
    CrossEntropyClassWeights = [1, 2, 0.3, 0, 4, 1, 0.5, 1, 1, 3, 1, 0.25, 1, 1, 2, 0.75])]
internal sealed partial class CrossEntropyWeightedSmoothed16;

// As MONAI's DiceCELoss(softmax=True, batch=True) has it.
[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, CrossEntropy = 1)]
internal sealed partial class DiceCrossEntropy3;

// As nnU-Net's DC_and_CE_loss has it for labels, with batch_dice.
[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.Negative, DenominatorFloor = 1e-8,
    IncludeBackground = false, CrossEntropy = 1)]
internal sealed partial class NnUNet3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7,
    Form = SoftDiceForm.OneMinus, AbsentClasses = SoftDiceAbsentClasses.Skip, ClassWeights = [1, 2, 3, 4, 5], CrossEntropy = 0.5)]
internal sealed partial class CrossEntropyTversky5;

// The overlap has next to no part in these.
[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Epsilon = 1, OverlapWeight = 1e-9, CrossEntropy = 1)]
internal sealed partial class CrossEntropyAlone3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Epsilon = 1, OverlapWeight = 1e-9, CrossEntropy = 1)]
internal sealed partial class CrossEntropyAlone19;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, GeneralizedWeights = SoftDiceGeneralizedWeights.Square,
    OverlapWeight = 0.5, CrossEntropy = 2)]
internal sealed partial class CrossEntropyGeneralized5;
