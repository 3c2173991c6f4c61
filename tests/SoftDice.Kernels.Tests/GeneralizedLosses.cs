namespace SoftDice.Kernels.Tests;

// The generalised Dice loss: every kind of weight, over forms, smoothings, activations, labels and numbers of classes.

[SoftDiceLoss(NumClasses = 3, GeneralizedWeights = SoftDiceGeneralizedWeights.Square, Form = SoftDiceForm.OneMinus)]
internal sealed partial class GeneralizedSquare3;

[SoftDiceLoss(NumClasses = 3, GeneralizedWeights = SoftDiceGeneralizedWeights.Simple, Form = SoftDiceForm.OneMinus)]
internal sealed partial class GeneralizedSimple3;

[SoftDiceLoss(NumClasses = 3, GeneralizedWeights = SoftDiceGeneralizedWeights.Uniform, Form = SoftDiceForm.OneMinus)]
internal sealed partial class GeneralizedUniform3;

[SoftDiceLoss(
    NumClasses = 3, GeneralizedWeights = SoftDiceGeneralizedWeights.Square, InfiniteWeights = SoftDiceInfiniteWeights.Zero,
    IncludeBackground = false)]
internal sealed partial class GeneralizedZero3;

[SoftDiceLoss(
    NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot,
    GeneralizedWeights = SoftDiceGeneralizedWeights.Square, Form = SoftDiceForm.OneMinus, Epsilon = 1e-6)]
internal sealed partial class GeneralizedTargets1;

[SoftDiceLoss(
    NumClasses = 2, Activation = SoftDiceActivation.Softmax, GeneralizedWeights = SoftDiceGeneralizedWeights.Simple,
    Form = SoftDiceForm.OneMinus, Epsilon = 0)]
internal sealed partial class GeneralizedSimple2;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax, GeneralizedWeights = SoftDiceGeneralizedWeights.Square)]
internal sealed partial class GeneralizedLog5;

[SoftDiceLoss(
    NumClasses = 19, Activation = SoftDiceActivation.Softmax, GeneralizedWeights = SoftDiceGeneralizedWeights.Simple,
    Form = SoftDiceForm.Negative, ExcludedClasses = [3, 7], DenominatorSmoothing = 0.5)]
internal sealed partial class GeneralizedNegative19;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot,
    GeneralizedWeights = SoftDiceGeneralizedWeights.Simple, Form = SoftDiceForm.OneMinus, NumeratorSmoothing = 0)]
internal sealed partial class GeneralizedTargets3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot,
    GeneralizedWeights = SoftDiceGeneralizedWeights.Square, Form = SoftDiceForm.OneMinus, IncludeBackground = false)]
internal sealed partial class GeneralizedTargets5;

[SoftDiceLoss(
    NumClasses = 5, GeneralizedWeights = SoftDiceGeneralizedWeights.Uniform, DenominatorFloor = 30,
    Form = SoftDiceForm.OneMinus)]
internal sealed partial class GeneralizedFloored5;

[SoftDiceLoss(
    NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, GeneralizedWeights = SoftDiceGeneralizedWeights.Square,
    InfiniteWeights = SoftDiceInfiniteWeights.Zero, DenominatorFloor = 1.5)]
internal sealed partial class GeneralizedSigmoid1;
