namespace SoftDice.Tensors.Tests;

[SoftDiceLoss(NumClasses = 3)]
internal sealed partial class TissueLoss;

[SoftDiceLoss(NumClasses = 3)]
internal static partial class StaticLoss;

[SoftDiceLoss(NumClasses = 3, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastLoss;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastBinaryLoss;

[SoftDiceLoss(NumClasses = 3, Mask = true)]
internal sealed partial class MaskedLoss;

[SoftDiceLoss(NumClasses = 3, Mask = true, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastMaskedLoss;

[SoftDiceLoss(NumClasses = 3, ElementType = SoftDiceElementType.Half)]
internal sealed partial class HalfLoss;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid)]
internal sealed partial class BinaryLoss;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot)]
internal sealed partial class TargetLoss;
