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

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, SquaredDenominator = true)]
internal sealed partial class PlanesSquaredSoftmax19;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax, SquaredDenominator = true, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastSquaredSoftmax19;

[SoftDiceLoss(NumClasses = 24, Activation = SoftDiceActivation.Softmax, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7, IgnoreIndex = 5)]
internal sealed partial class PlanesSoftmaxTversky24;

[SoftDiceLoss(NumClasses = 24, Activation = SoftDiceActivation.Softmax, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7, IgnoreIndex = 5, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastSoftmaxTversky24;

[SoftDiceLoss(NumClasses = 150, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus)]
internal sealed partial class PlanesSoftmax150;

[SoftDiceLoss(NumClasses = 150, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastSoftmax150;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid)]
internal sealed partial class PlanesBinary;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastBinary;

[SoftDiceLoss(NumClasses = 3, SquaredDenominator = true)]
internal sealed partial class PlanesSquared3;

[SoftDiceLoss(NumClasses = 3, SquaredDenominator = true, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastSquared3;

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Sigmoid, SquaredDenominator = true, IgnoreIndex = 255)]
internal sealed partial class PlanesSigmoid2;

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Sigmoid, SquaredDenominator = true, IgnoreIndex = 255, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastSigmoid2;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, CrossEntropyClassWeights = [1, 2, 3], LabelSmoothing = 0.1, IgnoreIndex = 7)]
internal sealed partial class PlanesSmoothed3;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, CrossEntropyClassWeights = [1, 2, 3], LabelSmoothing = 0.1, IgnoreIndex = 7, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastSmoothed3;

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Softmax, Focal = 1, FocalGamma = 1.5, SquaredDenominator = true)]
internal sealed partial class PlanesFocal2;

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Softmax, Focal = 1, FocalGamma = 1.5, SquaredDenominator = true, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastFocal2;

[SoftDiceLoss(NumClasses = 4, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7, IgnoreIndex = 2)]
internal sealed partial class PlanesTverskyIgnore4;

[SoftDiceLoss(NumClasses = 4, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7, IgnoreIndex = 2, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastTverskyIgnore4;

[SoftDiceLoss(NumClasses = 3, IgnoreIndex = 255)]
internal sealed partial class PlanesPlainIgnore3;

[SoftDiceLoss(NumClasses = 3, IgnoreIndex = 255, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastPlainIgnore3;

[SoftDiceLoss(NumClasses = 4, IgnoreIndex = 1)]
internal sealed partial class PlanesIgnoreClass4;

[SoftDiceLoss(NumClasses = 4, IgnoreIndex = 1, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastIgnoreClass4;

[SoftDiceLoss(NumClasses = 2, SquaredDenominator = true, IgnoreIndex = 0)]
internal sealed partial class PlanesSquaredIgnore2;

[SoftDiceLoss(NumClasses = 2, SquaredDenominator = true, IgnoreIndex = 0, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastSquaredIgnore2;

[SoftDiceLoss(NumClasses = 3, WassersteinDistances = [0, 1, 0.5, 1, 0, 2, 0.5, 2, 0])]
internal sealed partial class PlanesDistances3;

[SoftDiceLoss(NumClasses = 3, WassersteinDistances = [0, 1, 0.5, 1, 0, 2, 0.5, 2, 0], Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastDistances3;

[SoftDiceLoss(NumClasses = 4, Activation = SoftDiceActivation.Softmax, WassersteinDistances = [0, 1, 0.5, 1, 1, 0, 2, 0, 0.5, 2, 0, 1, 1, 1, 1, 0])]
internal sealed partial class PlanesSoftmaxDistances4;

[SoftDiceLoss(NumClasses = 4, Activation = SoftDiceActivation.Softmax, WassersteinDistances = [0, 1, 0.5, 1, 1, 0, 2, 0, 0.5, 2, 0, 1, 1, 1, 1, 0], Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastSoftmaxDistances4;

[SoftDiceLoss(NumClasses = 19)]
internal sealed partial class PlanesRows19;

[SoftDiceLoss(NumClasses = 19, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastRows19;

[SoftDiceLoss(NumClasses = 24, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7, IgnoreIndex = 5)]
internal sealed partial class PlanesRowsTversky24;

[SoftDiceLoss(NumClasses = 24, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3, Beta = 0.7, IgnoreIndex = 5, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastRowsTversky24;

[SoftDiceLoss(NumClasses = 16, Form = SoftDiceForm.OneMinus)]
internal sealed partial class PlanesRows16;

[SoftDiceLoss(NumClasses = 16, Form = SoftDiceForm.OneMinus, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastRows16;

[SoftDiceLoss(NumClasses = 150)]
internal sealed partial class PlanesRows150;

[SoftDiceLoss(NumClasses = 150, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class LastRows150;
