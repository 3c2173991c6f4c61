namespace SoftDice.Kernels.Tests;

// The losses of TrainingLosses.cs with targets of the predictions' shape.

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.None, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotNone1;

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.None, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotNone2;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.None, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotNone3;

[SoftDiceLoss(NumClasses = 4, Activation = SoftDiceActivation.None, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotNone4;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.None, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotNone5;

[SoftDiceLoss(NumClasses = 9, Activation = SoftDiceActivation.None, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotNone9;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.None, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotNone19;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotSoftmax1;

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotSoftmax2;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotSoftmax3;

[SoftDiceLoss(NumClasses = 4, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotSoftmax4;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotSoftmax5;

[SoftDiceLoss(NumClasses = 9, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotSoftmax9;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotSoftmax19;

[SoftDiceLoss(NumClasses = 150, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotSoftmax150;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotSigmoid1;

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotSigmoid2;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotSigmoid3;

[SoftDiceLoss(NumClasses = 4, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotSigmoid4;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotSigmoid5;

[SoftDiceLoss(NumClasses = 9, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotSigmoid9;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class OneHotSigmoid19;
