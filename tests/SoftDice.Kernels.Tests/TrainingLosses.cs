namespace SoftDice.Kernels.Tests;

// Losses for the tests of activations and gradients: each activation with one group of classes and with several.

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.None)]
internal sealed partial class None1;

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.None)]
internal sealed partial class None2;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.None)]
internal sealed partial class None3;

[SoftDiceLoss(NumClasses = 4, Activation = SoftDiceActivation.None)]
internal sealed partial class None4;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.None)]
internal sealed partial class None5;

[SoftDiceLoss(NumClasses = 9, Activation = SoftDiceActivation.None)]
internal sealed partial class None9;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.None)]
internal sealed partial class None19;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax1;

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax2;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax3;

[SoftDiceLoss(NumClasses = 4, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax4;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax5;

[SoftDiceLoss(NumClasses = 9, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax9;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax19;

[SoftDiceLoss(NumClasses = 150, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax150;

[SoftDiceLoss(NumClasses = 16, Activation = SoftDiceActivation.Softmax, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class RowsSoftmax16;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class RowsSoftmax19;

[SoftDiceLoss(NumClasses = 150, Activation = SoftDiceActivation.Softmax, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class RowsSoftmax150;

[SoftDiceLoss(NumClasses = 300, Activation = SoftDiceActivation.Softmax, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class RowsSoftmax300;

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Softmax, Epsilon = 0)]
internal sealed partial class SoftmaxWithoutSmoothing;

[SoftDiceLoss(NumClasses = 4096, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax4096;

[SoftDiceLoss(NumClasses = 4096, Activation = SoftDiceActivation.Softmax, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class RowsSoftmax4096;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid)]
internal sealed partial class Sigmoid1;

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Sigmoid)]
internal sealed partial class Sigmoid2;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Sigmoid)]
internal sealed partial class Sigmoid3;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Sigmoid)]
internal sealed partial class Sigmoid5;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Sigmoid)]
internal sealed partial class Sigmoid19;
