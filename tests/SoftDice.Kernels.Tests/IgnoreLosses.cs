namespace SoftDice.Kernels.Tests;

// An ignored label over activations, numbers of classes and options of the family; labels that are a class's among them.

[SoftDiceLoss(NumClasses = 1, IgnoreIndex = 255)]
internal sealed partial class Ignore1;

[SoftDiceLoss(NumClasses = 3, IgnoreIndex = 255)]
internal sealed partial class Ignore3;

[SoftDiceLoss(NumClasses = 4, IgnoreIndex = -1)]
internal sealed partial class Ignore4;

[SoftDiceLoss(NumClasses = 5, IgnoreIndex = -100)]
internal sealed partial class Ignore5;

[SoftDiceLoss(NumClasses = 19, IgnoreIndex = 255)]
internal sealed partial class Ignore19;

[SoftDiceLoss(NumClasses = 40, IgnoreIndex = 255)]
internal sealed partial class Ignore40;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 255)]
internal sealed partial class IgnoreSoftmax3;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax, IgnoreIndex = -100)]
internal sealed partial class IgnoreSoftmax5;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 255)]
internal sealed partial class IgnoreSoftmax19;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, IgnoreIndex = 255)]
internal sealed partial class IgnoreSigmoid1;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, IgnoreIndex = 255)]
internal sealed partial class IgnoreSigmoid3;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, IgnoreIndex = int.MinValue)]
internal sealed partial class IgnoreSigmoid5;

[SoftDiceLoss(NumClasses = 3, IgnoreIndex = 1)]
internal sealed partial class IgnoreClass1Of3;

[SoftDiceLoss(NumClasses = 5, IgnoreIndex = 0)]
internal sealed partial class IgnoreClass0Of5;

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 1)]
internal sealed partial class IgnoreClass1OfSoftmax2;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 0)]
internal sealed partial class IgnoreClass0OfSoftmax3;

[SoftDiceLoss(NumClasses = 4, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 2)]
internal sealed partial class IgnoreClass2OfSoftmax4;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 18)]
internal sealed partial class IgnoreClass18Of19;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, IgnoreIndex = 0)]
internal sealed partial class IgnoreBackground1;

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Sigmoid, IgnoreIndex = 1)]
internal sealed partial class IgnoreClass1OfSigmoid2;

[SoftDiceLoss(NumClasses = 3, IgnoreIndex = 255, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7)]
internal sealed partial class IgnoreTversky3;

[SoftDiceLoss(
    NumClasses = 19, Activation = SoftDiceActivation.Softmax, IgnoreIndex = -1,
    Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7, Form = SoftDiceForm.OneMinus)]
internal sealed partial class IgnoreTversky19;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, IgnoreIndex = int.MaxValue,
    Overlap = SoftDiceOverlap.Jaccard, Form = SoftDiceForm.OneMinus, AbsentClasses = SoftDiceAbsentClasses.Skip)]
internal sealed partial class IgnoreJaccard5;

[SoftDiceLoss(
    NumClasses = 5, IgnoreIndex = 2, Form = SoftDiceForm.OneMinus, Gamma = 2, Epsilon = 0.5, ClassWeights = [1, 2, 3, 4, 5],
    Reduction = SoftDiceReduction.Sum, ExcludedClasses = [2], AbsentClasses = SoftDiceAbsentClasses.Zero)]
internal sealed partial class IgnoreEverything5;

[SoftDiceLoss(NumClasses = 3, IgnoreIndex = -1, Form = SoftDiceForm.Negative, Epsilon = 0, DenominatorFloor = 1e-7)]
internal sealed partial class IgnoreFloored3;

[SoftDiceLoss(NumClasses = 3, IgnoreIndex = int.MinValue)]
internal sealed partial class IgnoreLowest3;

[SoftDiceLoss(NumClasses = 3, IgnoreIndex = int.MaxValue)]
internal sealed partial class IgnoreHighest3;

[SoftDiceLoss(NumClasses = 3, IgnoreIndex = 16777217)]
internal sealed partial class IgnoreNoFloat3;

[SoftDiceLoss(NumClasses = 3, IgnoreIndex = 255, SquaredDenominator = true)]
internal sealed partial class IgnoreSquared3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, IgnoreIndex = -1, SquaredDenominator = true, Form = SoftDiceForm.OneMinus)]
internal sealed partial class IgnoreSquared19;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, IgnoreIndex = -100, CrossEntropy = 1)]
internal sealed partial class IgnoreCrossEntropy3;

[SoftDiceLoss(NumClasses = 4, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 2, CrossEntropy = 2, CrossEntropyClassWeights = [1, 0.5, 3, 2])]
internal sealed partial class IgnoreCrossEntropy4;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 255, CrossEntropy = 1)]
internal sealed partial class IgnoreCrossEntropy19;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 255, CrossEntropy = 0.5, OverlapWeight = 2,
    CrossEntropyClassWeights = [1, 4, 0.25], LabelSmoothing = 0.1)]
internal sealed partial class IgnoreWeightedSmoothed3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 0, CrossEntropy = 0.5,
    CrossEntropyClassWeights = [1, 2, 0.25, 1, 3], LabelSmoothing = 0.1)]
internal sealed partial class IgnoreWeightedSmoothed5;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, IgnoreIndex = 255, CrossEntropy = 1)]
internal sealed partial class IgnoreBinaryEntropy1;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, IgnoreIndex = 0, CrossEntropy = 1)]
internal sealed partial class IgnoreBackgroundEntropy1;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, IgnoreIndex = -100, CrossEntropy = 1)]
internal sealed partial class IgnoreBinaryEntropy3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Sigmoid, IgnoreIndex = 18, CrossEntropy = 0.25, OverlapWeight = 3)]
internal sealed partial class IgnoreBinaryEntropy19;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, IgnoreIndex = 0, CrossEntropy = 1, CrossEntropyPositiveWeights = [2, 0.5, 3])]
internal sealed partial class IgnoreBinaryEntropyPositive3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, IgnoreIndex = 255, CrossEntropy = 1, CrossEntropyClassWeights = [1, 2, 0.3, 0, 4],
    LabelSmoothing = 0.25)]
internal sealed partial class IgnoreBinaryEntropySmoothed5;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, IgnoreIndex = 2, CrossEntropy = 1, CrossEntropyClassWeights = [1, 2, 0.3, 0, 4],
    CrossEntropyPositiveWeights = [1, 3, 0.25, 7, 0], LabelSmoothing = 0.25)]
internal sealed partial class IgnoreBinaryEntropyEverything5;
