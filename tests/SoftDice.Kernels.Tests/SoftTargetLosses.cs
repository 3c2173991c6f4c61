namespace SoftDice.Kernels.Tests;

// Minima of predictions and soft targets with every activation and plan, and with the options that go into its slopes.

[SoftDiceLoss(
    NumClasses = 1, Labels = SoftDiceLabels.OneHot, Intersection = SoftDiceIntersection.Minimum, Form = SoftDiceForm.OneMinus, Epsilon = 0.5)]
internal sealed partial class Minimum1;

[SoftDiceLoss(NumClasses = 3, Labels = SoftDiceLabels.OneHot, Intersection = SoftDiceIntersection.Minimum)]
internal sealed partial class Minimum3;

[SoftDiceLoss(
    NumClasses = 5, Labels = SoftDiceLabels.OneHot, Intersection = SoftDiceIntersection.Minimum, Overlap = SoftDiceOverlap.Jaccard,
    DenominatorFloor = 6, AbsentClasses = SoftDiceAbsentClasses.Skip)]
internal sealed partial class MinimumFloored5;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot,
    Intersection = SoftDiceIntersection.Minimum, Overlap = SoftDiceOverlap.Jaccard, Form = SoftDiceForm.OneMinus)]
internal sealed partial class MinimumSoftmax3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot,
    Intersection = SoftDiceIntersection.Minimum, Form = SoftDiceForm.OneMinus, Epsilon = 0, DenominatorFloor = 1e-7,
    AbsentClasses = SoftDiceAbsentClasses.Zero)]
internal sealed partial class MinimumSoftmax5;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot,
    Intersection = SoftDiceIntersection.Minimum, Form = SoftDiceForm.OneMinus, Gamma = 1.5)]
internal sealed partial class MinimumSigmoid3;

[SoftDiceLoss(
    NumClasses = 1, Labels = SoftDiceLabels.OneHot, Intersection = SoftDiceIntersection.Minimum, Overlap = SoftDiceOverlap.Tversky,
    Alpha = 0.3, Beta = 0.7, Form = SoftDiceForm.OneMinus, Epsilon = 0.5)]
internal sealed partial class MinimumTversky1;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot,
    Intersection = SoftDiceIntersection.Minimum, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.75, Beta = 0.75)]
internal sealed partial class MinimumTversky3;

[SoftDiceLoss(
    NumClasses = 5, Labels = SoftDiceLabels.OneHot, Intersection = SoftDiceIntersection.Minimum, Overlap = SoftDiceOverlap.Tversky,
    Alpha = 2, Beta = 0.5, Form = SoftDiceForm.Negative)]
internal sealed partial class MinimumTversky5;

[SoftDiceLoss(
    NumClasses = 19, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot,
    Intersection = SoftDiceIntersection.Minimum, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7, IncludeBackground = false)]
internal sealed partial class MinimumTversky19;
