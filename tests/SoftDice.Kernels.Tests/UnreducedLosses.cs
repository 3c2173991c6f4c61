namespace SoftDice.Kernels.Tests;

// Losses that are not one number: sums over the batch and over samples, with what makes the losses of classes differ in number or place.

[SoftDiceLoss(NumClasses = 3, Form = SoftDiceForm.OneMinus, Reduction = SoftDiceReduction.None)]
internal sealed partial class Unreduced3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Reduction = SoftDiceReduction.None, ClassWeights = [1, 2, 0.5, 4, 3],
    ExcludedClasses = [3, 1])]
internal sealed partial class UnreducedWeighted5;

[SoftDiceLoss(
    NumClasses = 5, Labels = SoftDiceLabels.OneHot, Reduction = SoftDiceReduction.None, IncludeBackground = false,
    AbsentClasses = SoftDiceAbsentClasses.Zero, Form = SoftDiceForm.Negative, Overlap = SoftDiceOverlap.Jaccard)]
internal sealed partial class UnreducedTargets5;

[SoftDiceLoss(
    NumClasses = 19, Activation = SoftDiceActivation.Softmax, Reduction = SoftDiceReduction.None, ExcludedClasses = [5],
    AbsentClasses = SoftDiceAbsentClasses.Zero, Form = SoftDiceForm.OneMinus, Gamma = 2)]
internal sealed partial class Unreduced19;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Reduction = SoftDiceReduction.None)]
internal sealed partial class UnreducedSoftmax3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, Reduction = SoftDiceReduction.None,
    GeneralizedWeights = SoftDiceGeneralizedWeights.Simple, Form = SoftDiceForm.OneMinus, ExcludedClasses = [2])]
internal sealed partial class UnreducedGeneralized5;

[SoftDiceLoss(
    NumClasses = 3, Form = SoftDiceForm.OneMinus, Reduction = SoftDiceReduction.None, SumsOver = SoftDiceSumsOver.Sample)]
internal sealed partial class UnreducedSample3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Reduction = SoftDiceReduction.None, SumsOver = SoftDiceSumsOver.Sample,
    IncludeBackground = false, ClassWeights = [1, 2, 0.5, 4, 3])]
internal sealed partial class UnreducedSample5;

[SoftDiceLoss(
    NumClasses = 2, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, SumsOver = SoftDiceSumsOver.Sample,
    GeneralizedWeights = SoftDiceGeneralizedWeights.Square, Epsilon = 1e-4, Reduction = SoftDiceReduction.None)]
internal sealed partial class UnreducedSampleSquare2;

[SoftDiceLoss(NumClasses = 3, Reduction = SoftDiceReduction.None)]
internal static partial class UnreducedStatic3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Reduction = SoftDiceReduction.None, SquaredDenominator = true,
    IncludeBackground = false)]
internal sealed partial class UnreducedSquared5;
