namespace SoftDice.Kernels.Tests;

// The generalised Wasserstein Dice loss: both kinds of weights, over forms, smoothings, activations and numbers of classes: in registers and in tiles.

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, WassersteinDistances = [0, 1, 1, 1, 0, 0.5, 1, 0.5, 0])]
internal sealed partial class Wasserstein3;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, WassersteinDistances = [0, 1, 1, 1, 0, 0.5, 1, 0.5, 0],
    WassersteinWeights = SoftDiceWassersteinWeights.InverseSize)]
internal sealed partial class WassersteinInverse3;

[SoftDiceLoss(NumClasses = 3, Form = SoftDiceForm.OneMinus, WassersteinDistances = [0, 1, 1, 1, 0, 0.5, 1, 0.5, 0])]
internal sealed partial class WassersteinProbabilities3;

// Not symmetric, not normalised, and one class is at no distance from another.
[SoftDiceLoss(NumClasses = 3, WassersteinDistances = [0, 2, 8, 3, 0, 5, 0, 1, 0], NumeratorSmoothing = 2, DenominatorSmoothing = 0.5)]
internal sealed partial class WassersteinUneven3;

[SoftDiceLoss(
    NumClasses = 2, Activation = SoftDiceActivation.Softmax, WassersteinDistances = [0, 1, 1, 0], WassersteinWeights = SoftDiceWassersteinWeights.InverseSize,
    Epsilon = 0)]
internal sealed partial class Wasserstein2;

[SoftDiceLoss(
    NumClasses = 4, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.Negative, DenominatorFloor = 40,
    WassersteinDistances = [0, 1, 2, 3, 1, 0, 1, 2, 2, 1, 0, 1, 3, 2, 1, 0])]
internal sealed partial class WassersteinFloored4;

[SoftDiceLoss(
    NumClasses = 4, WassersteinDistances = [0, 1, 2, 3, 1, 0, 1, 2, 2, 1, 0, 1, 3, 2, 1, 0], WassersteinWeights = SoftDiceWassersteinWeights.InverseSize,
    DenominatorFloor = 1.5)]
internal sealed partial class WassersteinFloored4Inverse;

[SoftDiceLoss(
    NumClasses = 6, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus,
    WassersteinDistances =
    [
        0, 1, 1, 1, 1, 1,
        1, 0, 0.25, 0.5, 0.5, 0.5,
        1, 0.25, 0, 0.5, 0.5, 0.5,
        1, 0.5, 0.5, 0, 0.1, 0.1,
        1, 0.5, 0.5, 0.1, 0, 0.1,
        1, 0.5, 0.5, 0.1, 0.1, 0,
    ])]
internal sealed partial class Wasserstein6;

[SoftDiceLoss(
    NumClasses = 6, Form = SoftDiceForm.OneMinus, WassersteinWeights = SoftDiceWassersteinWeights.InverseSize, NumeratorSmoothing = 0,
    WassersteinDistances =
    [
        0, 1, 2, 3, 4, 5,
        1, 0, 1, 2, 3, 4,
        2, 1, 0, 1, 2, 3,
        3, 2, 1, 0, 1, 2,
        4, 3, 2, 1, 0, 1,
        5, 4, 3, 2, 1, 0,
    ])]
internal sealed partial class WassersteinProbabilities6;

[SoftDiceLoss(
    NumClasses = 19, Activation = SoftDiceActivation.Softmax, WassersteinWeights = SoftDiceWassersteinWeights.InverseSize,
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
internal sealed partial class Wasserstein19;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, WassersteinDistances = [0, 1, 1, 1, 0, 0.5, 1, 0.5, 0],
    IgnoreIndex = 255)]
internal sealed partial class WassersteinIgnore3;

[SoftDiceLoss(
    NumClasses = 5, Form = SoftDiceForm.OneMinus, IgnoreIndex = 0,
    WassersteinDistances = [0, 1, 2, 3, 4, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 4, 3, 2, 1, 0])]
internal sealed partial class WassersteinIgnoreClass5;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, IgnoreIndex = -1,
    WassersteinDistances = [0, 1, 2, 3, 4, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 4, 3, 2, 1, 0])]
internal sealed partial class WassersteinIgnore5;

[SoftDiceLoss(NumClasses = 3, Form = SoftDiceForm.OneMinus, WassersteinDistances = [0, 1, 1, 1, 0, 0.5, 1, 0.5, 0], Mask = true)]
internal sealed partial class MaskWasserstein3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 255, Mask = true,
    WassersteinDistances = [0, 1, 2, 3, 4, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 4, 3, 2, 1, 0])]
internal sealed partial class MaskWasserstein5;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, WassersteinDistances = [0, 1, 1, 1, 0, 0.5, 1, 0.5, 0],
    WassersteinWeights = SoftDiceWassersteinWeights.InverseSize, SumsOver = SoftDiceSumsOver.Sample)]
internal sealed partial class WassersteinSample3;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, WassersteinDistances = [0, 1, 1, 1, 0, 0.5, 1, 0.5, 0],
    SumsOver = SoftDiceSumsOver.Sample, Reduction = SoftDiceReduction.None)]
internal sealed partial class WassersteinUnreduced3;

[SoftDiceLoss(
    NumClasses = 5, Form = SoftDiceForm.OneMinus,
    WassersteinDistances = [0, 1, 2, 3, 4, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 4, 3, 2, 1, 0])]
internal sealed partial class Wasserstein5;
