namespace SoftDice.Kernels.Tests;

// Losses of doubles and of Halfs, each with the same of floats.

[SoftDiceLoss(NumClasses = 1)]
internal sealed partial class Floats1;

[SoftDiceLoss(NumClasses = 1, ElementType = SoftDiceElementType.Half)]
internal sealed partial class Halfs1;

[SoftDiceLoss(NumClasses = 1, ElementType = SoftDiceElementType.Double)]
internal sealed partial class Doubles1;

[SoftDiceLoss(NumClasses = 3)]
internal sealed partial class Floats3;

[SoftDiceLoss(NumClasses = 3, ElementType = SoftDiceElementType.Half)]
internal sealed partial class Halfs3;

[SoftDiceLoss(NumClasses = 3, ElementType = SoftDiceElementType.Double)]
internal sealed partial class Doubles3;

[SoftDiceLoss(NumClasses = 4, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, SumsOver = SoftDiceSumsOver.Sample)]
internal sealed partial class FloatsCrossEntropy4;

[SoftDiceLoss(
    NumClasses = 4, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, SumsOver = SoftDiceSumsOver.Sample,
    ElementType = SoftDiceElementType.Double)]
internal sealed partial class DoublesCrossEntropy4;

[SoftDiceLoss(NumClasses = 5, Labels = SoftDiceLabels.OneHot, SquaredDenominator = true)]
internal sealed partial class FloatsTargets5;

[SoftDiceLoss(NumClasses = 5, Labels = SoftDiceLabels.OneHot, SquaredDenominator = true, ElementType = SoftDiceElementType.Half)]
internal sealed partial class HalfsTargets5;

[SoftDiceLoss(NumClasses = 5, Labels = SoftDiceLabels.OneHot, SquaredDenominator = true, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class FloatsTargetsLast5;

[SoftDiceLoss(
    NumClasses = 5, Labels = SoftDiceLabels.OneHot, SquaredDenominator = true, Layout = SoftDiceLayout.ChannelsLast,
    ElementType = SoftDiceElementType.Double)]
internal sealed partial class DoublesTargetsLast5;

// One class less than are taken row by row, where floats have other bits than what is turned.
[SoftDiceLoss(NumClasses = 15, Activation = SoftDiceActivation.Softmax, Layout = SoftDiceLayout.ChannelsLast, IgnoreIndex = 255)]
internal sealed partial class FloatsSoftmaxLast15;

[SoftDiceLoss(
    NumClasses = 15, Activation = SoftDiceActivation.Softmax, Layout = SoftDiceLayout.ChannelsLast, IgnoreIndex = 255,
    ElementType = SoftDiceElementType.Half)]
internal sealed partial class HalfsSoftmaxLast15;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 1)]
internal sealed partial class FloatsIgnoreClass3;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 1, ElementType = SoftDiceElementType.Double)]
internal sealed partial class DoublesIgnoreClass3;

[SoftDiceLoss(NumClasses = 2, Mask = true)]
internal sealed partial class FloatsMask2;

[SoftDiceLoss(NumClasses = 2, Mask = true, ElementType = SoftDiceElementType.Half)]
internal sealed partial class HalfsMask2;

[SoftDiceLoss(NumClasses = 3, Reduction = SoftDiceReduction.None)]
internal sealed partial class FloatsUnreduced3;

[SoftDiceLoss(NumClasses = 3, Reduction = SoftDiceReduction.None, ElementType = SoftDiceElementType.Double)]
internal sealed partial class DoublesUnreduced3;

[SoftDiceLoss(NumClasses = 2, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class FloatsLast2;

[SoftDiceLoss(NumClasses = 4, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class FloatsLast4;

[SoftDiceLoss(NumClasses = 6, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class FloatsLast6;

[SoftDiceLoss(NumClasses = 19, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class FloatsLast19;

[SoftDiceLoss(NumClasses = 6, Activation = SoftDiceActivation.Softmax, WassersteinDistances = [0, 1, 2, 1, 1, 3, 1, 0, 1, 2, 1, 1, 2, 1, 0, 1, 1, 1, 1, 2, 1, 0, 1, 1, 1, 1, 1, 1, 0, 2, 3, 1, 1, 1, 2, 0])]
internal sealed partial class FloatsDistances6;

[SoftDiceLoss(
    NumClasses = 6, Activation = SoftDiceActivation.Softmax, WassersteinDistances = [0, 1, 2, 1, 1, 3, 1, 0, 1, 2, 1, 1, 2, 1, 0, 1, 1, 1, 1, 2, 1, 0, 1, 1, 1, 1, 1, 1, 0, 2, 3, 1, 1, 1, 2, 0],
    ElementType = SoftDiceElementType.Double)]
internal sealed partial class DoublesDistances6;

[SoftDiceLoss(NumClasses = 5, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, CrossEntropy = 1, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class FloatsTargetEntropyLast5;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, CrossEntropy = 1, Layout = SoftDiceLayout.ChannelsLast,
    ElementType = SoftDiceElementType.Half)]
internal sealed partial class HalfsTargetEntropyLast5;
