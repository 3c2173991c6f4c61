namespace SoftDice.Kernels.Tests;

// Each loss twice: with a plane a class, and with the classes of a pixel side by side.

[SoftDiceLoss(NumClasses = 2)]
internal sealed partial class Planes2;

[SoftDiceLoss(NumClasses = 2, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class Last2;

[SoftDiceLoss(NumClasses = 3)]
internal sealed partial class Planes3;

[SoftDiceLoss(NumClasses = 3, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class Last3;

[SoftDiceLoss(NumClasses = 4, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, Form = SoftDiceForm.OneMinus)]
internal sealed partial class PlanesCrossEntropy4;

[SoftDiceLoss(
    NumClasses = 4, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, Form = SoftDiceForm.OneMinus,
    Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastCrossEntropy4;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 1)]
internal sealed partial class PlanesIgnore3;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, IgnoreIndex = 1, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastIgnore3;

[SoftDiceLoss(NumClasses = 5, Labels = SoftDiceLabels.OneHot, SquaredDenominator = true)]
internal sealed partial class PlanesTargets5;

[SoftDiceLoss(NumClasses = 5, Labels = SoftDiceLabels.OneHot, SquaredDenominator = true, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastTargets5;

[SoftDiceLoss(NumClasses = 6, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, SumsOver = SoftDiceSumsOver.Sample)]
internal sealed partial class PlanesPerSample6;

[SoftDiceLoss(
    NumClasses = 6, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, SumsOver = SoftDiceSumsOver.Sample,
    Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastPerSample6;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class PlanesSoftmax19;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastSoftmax19;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid)]
internal sealed partial class PlanesBinary;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastBinary;
