namespace SoftDice.Kernels.Tests;

// A squared denominator with every activation, kind of labels and plan, and with the options that go into its slopes.

[SoftDiceLoss(NumClasses = 1, Labels = SoftDiceLabels.OneHot, SquaredDenominator = true, Form = SoftDiceForm.OneMinus, Epsilon = 0.5)]
internal sealed partial class Squared1;

[SoftDiceLoss(NumClasses = 3, SquaredDenominator = true)]
internal sealed partial class Squared3;

[SoftDiceLoss(NumClasses = 3, SquaredDenominator = true, Form = SoftDiceForm.OneMinus)]
internal sealed partial class SquaredOneMinus3;

[SoftDiceLoss(
    NumClasses = 5, SquaredDenominator = true, Form = SoftDiceForm.Negative, DenominatorFloor = 6,
    AbsentClasses = SoftDiceAbsentClasses.Skip)]
internal sealed partial class SquaredFloored5;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, SquaredDenominator = true, CrossEntropy = 1)]
internal sealed partial class SquaredCrossEntropy3;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax, SquaredDenominator = true, CrossEntropy = 1)]
internal sealed partial class SquaredCrossEntropy5;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, SquaredDenominator = true, Form = SoftDiceForm.OneMinus)]
internal sealed partial class SquaredSoftmax3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Overlap = SoftDiceOverlap.Jaccard, SquaredDenominator = true,
    Form = SoftDiceForm.OneMinus, NumeratorSmoothing = 0)]
internal sealed partial class SquaredSoftmax5;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, SquaredDenominator = true, IncludeBackground = false)]
internal sealed partial class SquaredSoftmax19;

[SoftDiceLoss(
    NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, SquaredDenominator = true, Form = SoftDiceForm.OneMinus, Gamma = 2)]
internal sealed partial class SquaredSigmoid1;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, Overlap = SoftDiceOverlap.Jaccard, SquaredDenominator = true)]
internal sealed partial class SquaredSigmoid5;

[SoftDiceLoss(
    NumClasses = 3, Labels = SoftDiceLabels.OneHot, Overlap = SoftDiceOverlap.Jaccard, SquaredDenominator = true,
    Form = SoftDiceForm.OneMinus, Gamma = 0.75)]
internal sealed partial class SquaredTargets3;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, SquaredDenominator = true)]
internal sealed partial class SquaredTargets5;

[SoftDiceLoss(
    NumClasses = 19, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, SquaredDenominator = true,
    Form = SoftDiceForm.OneMinus, DenominatorFloor = 6, ExcludedClasses = [3, 7])]
internal sealed partial class SquaredTargets19;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, SquaredDenominator = true,
    ClassWeights = [0.5, 2, 3])]
internal sealed partial class SquaredSoftmaxTargets3;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, SquaredDenominator = true,
    NumeratorSmoothing = 0.25, DenominatorSmoothing = 1)]
internal sealed partial class SquaredSigmoidTargets3;
