namespace SoftDice.Kernels.Tests;

// Sums of each image: every reduction to one number, with what depends on the labels of an image.

[SoftDiceLoss(NumClasses = 3, Form = SoftDiceForm.OneMinus, SumsOver = SoftDiceSumsOver.Sample)]
internal sealed partial class PerSample3;

[SoftDiceLoss(NumClasses = 3, Form = SoftDiceForm.OneMinus, SumsOver = SoftDiceSumsOver.Sample, Reduction = SoftDiceReduction.Sum)]
internal sealed partial class PerSampleSum3;

[SoftDiceLoss(
    NumClasses = 3, Form = SoftDiceForm.Negative, SumsOver = SoftDiceSumsOver.Sample, Epsilon = 1, DenominatorFloor = 1e-8,
    IncludeBackground = false)]
internal sealed partial class PerSampleNegative3;

[SoftDiceLoss(
    NumClasses = 3, Form = SoftDiceForm.OneMinus, SumsOver = SoftDiceSumsOver.Sample, Epsilon = 0,
    AbsentClasses = SoftDiceAbsentClasses.Skip)]
internal sealed partial class PerSampleSkip3;

[SoftDiceLoss(
    NumClasses = 3, SumsOver = SoftDiceSumsOver.Sample, ClassWeights = [2, 1, 4], NormalizeWeights = true,
    AbsentClasses = SoftDiceAbsentClasses.Skip, IncludeBackground = false)]
internal sealed partial class PerSampleForeground3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, SumsOver = SoftDiceSumsOver.Sample,
    ClassWeights = [1, 2, 0.5, 4, 1], ExcludedClasses = [3])]
internal sealed partial class PerSampleWeighted5;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, SumsOver = SoftDiceSumsOver.Sample,
    Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7)]
internal sealed partial class PerSampleTargets5;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, SumsOver = SoftDiceSumsOver.Sample)]
internal sealed partial class PerSample19;

[SoftDiceLoss(
    NumClasses = 3, Form = SoftDiceForm.OneMinus, SumsOver = SoftDiceSumsOver.Sample,
    GeneralizedWeights = SoftDiceGeneralizedWeights.Square)]
internal sealed partial class PerSampleSquare3;

[SoftDiceLoss(
    NumClasses = 2, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, SumsOver = SoftDiceSumsOver.Sample,
    GeneralizedWeights = SoftDiceGeneralizedWeights.Square, Epsilon = 1e-4)]
internal sealed partial class PerSampleSquare2;

[SoftDiceLoss(
    NumClasses = 2, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, SumsOver = SoftDiceSumsOver.Sample,
    GeneralizedWeights = SoftDiceGeneralizedWeights.Square, Epsilon = 1e-4, Reduction = SoftDiceReduction.Sum)]
internal sealed partial class PerSampleSquareSum2;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, SumsOver = SoftDiceSumsOver.Sample, SquaredDenominator = true)]
internal sealed partial class PerSampleSquared5;

[SoftDiceLoss(
    NumClasses = 3, Labels = SoftDiceLabels.OneHot, Intersection = SoftDiceIntersection.Minimum, SumsOver = SoftDiceSumsOver.Sample,
    Form = SoftDiceForm.OneMinus)]
internal sealed partial class PerSampleMinimum3;

[SoftDiceLoss(NumClasses = 3, SumsOver = SoftDiceSumsOver.Sample, IgnoreIndex = 2, AbsentClasses = SoftDiceAbsentClasses.Skip)]
internal sealed partial class PerSampleIgnore3;
