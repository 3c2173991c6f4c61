namespace SoftDice.Kernels.Tests;

// A cross-entropy of the batch beside an overlap of each image: with what makes images weigh differently in it.

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, SumsOver = SoftDiceSumsOver.Sample, CrossEntropy = 1)]
internal sealed partial class PerSampleEntropy3;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, SumsOver = SoftDiceSumsOver.Sample, CrossEntropy = 1,
    Reduction = SoftDiceReduction.Sum)]
internal sealed partial class PerSampleEntropySum3;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, Form = SoftDiceForm.OneMinus, SumsOver = SoftDiceSumsOver.Sample, CrossEntropy = 2,
    CrossEntropyClassWeights = [1, 2, 4])]
internal sealed partial class PerSampleEntropyWeighted3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, SumsOver = SoftDiceSumsOver.Sample, CrossEntropy = 0.25, OverlapWeight = 3,
    CrossEntropyClassWeights = [1, 2, 0.3, 0, 4], LabelSmoothing = 0.25, AbsentClasses = SoftDiceAbsentClasses.Skip)]
internal sealed partial class PerSampleEntropyWeighted5;

[SoftDiceLoss(
    NumClasses = 3, Activation = SoftDiceActivation.Softmax, SumsOver = SoftDiceSumsOver.Sample, CrossEntropy = 1, IgnoreIndex = 0,
    Form = SoftDiceForm.OneMinus)]
internal sealed partial class PerSampleEntropyIgnore3;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Softmax, SumsOver = SoftDiceSumsOver.Sample, CrossEntropy = 1, Layout = SoftDiceLayout.ChannelsLast)]
internal sealed partial class PerSampleEntropyChannelsLast5;

[SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid, SumsOver = SoftDiceSumsOver.Sample, CrossEntropy = 1)]
internal sealed partial class PerSampleBinaryEntropy1;

[SoftDiceLoss(
    NumClasses = 5, Activation = SoftDiceActivation.Sigmoid, Labels = SoftDiceLabels.OneHot, SumsOver = SoftDiceSumsOver.Sample, CrossEntropy = 1,
    CrossEntropyClassWeights = [1, 2, 0.3, 0, 4], CrossEntropyPositiveWeights = [1, 3, 0.25, 7, 0], OverlapWeight = 0.5,
    GeneralizedWeights = SoftDiceGeneralizedWeights.Simple)]
internal sealed partial class PerSampleBinaryEntropyTargets5;
