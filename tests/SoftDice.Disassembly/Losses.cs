namespace SoftDice.Disassembly;

[SoftDiceLoss(NumClasses = 3)]
internal sealed partial class Probabilities3;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax3;

[SoftDiceLoss(NumClasses = 19)]
internal sealed partial class Probabilities19;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax19;

// Tiles that are added up in groups of classes.
[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, SquaredDenominator = true)]
internal sealed partial class Squared19;

// The largest loops that there are of three classes, and of many.
[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, Focal = 1)]
internal sealed partial class Terms3;

[SoftDiceLoss(NumClasses = 15, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, Focal = 1)]
internal sealed partial class Terms15;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Focal = 1, FocalGamma = 1.5, FocalClassWeights = [1, 2, 3, 4, 5], IgnoreIndex = 0)]
internal sealed partial class Focal5;

[SoftDiceLoss(
    NumClasses = 6, Activation = SoftDiceActivation.Softmax, Focal = 1, FocalGamma = 4, FocalClassWeights = [1, 2, 3, 4, 5, 6], IgnoreIndex = 0)]
internal sealed partial class Focal6;

[SoftDiceLoss(
    NumClasses = 15, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, LabelSmoothing = 0.1, Focal = 1, FocalGamma = 2.5,
    IgnoreIndex = 255)]
internal sealed partial class Smoothed15;

[SoftDiceLoss(
    NumClasses = 19, Activation = SoftDiceActivation.Softmax, SquaredDenominator = true, CrossEntropy = 1, LabelSmoothing = 0.1, Focal = 1, FocalGamma = 2.5,
    IgnoreIndex = 255)]
internal sealed partial class SquaredTerms19;

[SoftDiceLoss(NumClasses = 15, Activation = SoftDiceActivation.Softmax, Focal = 1)]
internal sealed partial class Focal15;

// Tiles of the library with terms beside the overlap.
[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1)]
internal sealed partial class CrossEntropy19;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, LabelSmoothing = 0.1, Focal = 1)]
internal sealed partial class Terms19;

[SoftDiceLoss(NumClasses = 3, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class ChannelsLast3;

[SoftDiceLoss(NumClasses = 19, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class Rows19;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class RowsSoftmax19;
