using System.Collections.Immutable;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Options;

/// <summary>The options whose loops differ from those of the plain loss. Others act on the sums, once a call.</summary>
internal static class OptionList
{
    private static readonly CaseShape Probabilities3 = new(LossMode.ForwardProbabilities, 3, 2, 1024, 512);
    private static readonly CaseShape Probabilities19 = new(LossMode.ForwardProbabilities, 19, 1, 1024, 512);
    private static readonly CaseShape Logits3 = new(LossMode.ForwardLogits, 3, 2, 1024, 512);
    private static readonly CaseShape Logits19 = new(LossMode.ForwardLogits, 19, 1, 1024, 512);
    private static readonly CaseShape Training3 = new(LossMode.ForwardBackwardLogits, 3, 2, 1024, 512);
    private static readonly CaseShape Training19 = new(LossMode.ForwardBackwardLogits, 19, 1, 1024, 512);

    public static ImmutableArray<OptionCase> All { get; } =
    [
        new("Overlap = Jaccard, Form = OneMinus", Probabilities3, data => Jaccard3.Forward<byte>(data.Predictions, data.Labels, data.Shape.Batch)),
        new("Overlap = Jaccard, Form = OneMinus", Probabilities19, data => Jaccard19.Forward<byte>(data.Predictions, data.Labels, data.Shape.Batch)),
        new("Overlap = Tversky, Alpha = 0.3, Beta = 0.7", Probabilities3, data => Tversky3.Forward<byte>(data.Predictions, data.Labels, data.Shape.Batch)),
        new("Overlap = Tversky, Alpha = 0.3, Beta = 0.7", Probabilities19, data => Tversky19.Forward<byte>(data.Predictions, data.Labels, data.Shape.Batch)),
        new("Overlap = Tversky, Alpha = 0.3, Beta = 0.7", Training3, data => SoftmaxTversky3.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)),
        new("Overlap = Tversky, Alpha = 0.3, Beta = 0.7", Training19, data => SoftmaxTversky19.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)),
        new("CrossEntropy = 1", Logits3, data => CrossEntropy3.Forward<byte>(data.Predictions, data.Labels, data.Shape.Batch)) { Most = 1.25 },
        new("CrossEntropy = 1", Logits19, data => CrossEntropy19.Forward<byte>(data.Predictions, data.Labels, data.Shape.Batch)) { Most = 1.25 },
        new("CrossEntropy = 1", Training3, data => CrossEntropy3.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)) { Most = 1.25 },
        new("CrossEntropy = 1", Training19, data => CrossEntropy19.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)) { Most = 1.25 },
        new("CrossEntropy = 1, LabelSmoothing = 0.1", Logits3, data => CrossEntropySmoothed3.Forward<byte>(data.Predictions, data.Labels, data.Shape.Batch)),
        new("CrossEntropy = 1, LabelSmoothing = 0.1", Training3, data => CrossEntropySmoothed3.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)),
        new("Focal = 1", Logits3, data => Focal3.Forward<byte>(data.Predictions, data.Labels, data.Shape.Batch)),
        new("Focal = 1", Training3, data => Focal3.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)),
        new("Focal = 1", Training19, data => Focal19.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)),
        new("Focal = 1, CrossEntropy = 1", Training3, data => FocalCrossEntropy3.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)),
        new("Focal = 1, CrossEntropy = 1", Training19, data => FocalCrossEntropy19.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)),
        new("IgnoreIndex = 255", Probabilities3, data => Ignore3.Forward<byte>(data.Predictions, data.Labels, data.Shape.Batch)) { Most = 1.1 },
        new("IgnoreIndex = 255", Probabilities19, data => Ignore19.Forward<byte>(data.Predictions, data.Labels, data.Shape.Batch)) { Most = 1.1 },
        new("IgnoreIndex = 255", Training3, data => IgnoreSoftmax3.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)) { Most = 1.1 },
        new("IgnoreIndex = 255", Training19, data => IgnoreSoftmax19.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)) { Most = 1.1 },
        new("IgnoreIndex = 0", Probabilities3, data => IgnoreClass0Of3.Forward<byte>(data.Predictions, data.Labels, data.Shape.Batch)) { Most = 1.1 },
        new("IgnoreIndex = 0", Training3, data => IgnoreClass0OfSoftmax3.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)) { Most = 1.1 },
        new("Mask = true", Probabilities3, data => Mask3.Forward<byte>(data.Predictions, data.Labels, data.Mask, data.Shape.Batch)),
        new("Mask = true", Probabilities19, data => Mask19.Forward<byte>(data.Predictions, data.Labels, data.Mask, data.Shape.Batch)),
        new("Mask = true", Training3, data => MaskSoftmax3.ForwardBackward<byte>(data.Predictions, data.Labels, data.Mask, data.Gradient, data.Shape.Batch)),
        new("Mask = true", Training19, data => MaskSoftmax19.ForwardBackward<byte>(data.Predictions, data.Labels, data.Mask, data.Gradient, data.Shape.Batch)),
        new("Labels = OneHot", Training3, data => TargetsSoftmax3.ForwardBackward<float>(data.Predictions, data.Targets, data.Gradient, data.Shape.Batch)),
        new("Labels = OneHot", Training19, data => TargetsSoftmax19.ForwardBackward<float>(data.Predictions, data.Targets, data.Gradient, data.Shape.Batch)),
        new("Labels = OneHot, CrossEntropy = 1", Training3, data => TargetsCrossEntropy3.ForwardBackward<float>(data.Predictions, data.Targets, data.Gradient, data.Shape.Batch)),
        new("Labels = OneHot, CrossEntropy = 1", Training19, data => TargetsCrossEntropy19.ForwardBackward<float>(data.Predictions, data.Targets, data.Gradient, data.Shape.Batch)),
        new("Layout = ChannelsLast", Probabilities3, data => Last3.Forward<byte>(data.Predictions, data.Labels, data.Shape.Batch)) { Most = 1.3 },
        new("Layout = ChannelsLast", Probabilities19, data => Last19.Forward<byte>(data.Predictions, data.Labels, data.Shape.Batch)) { Most = 1.3 },
        new("Layout = ChannelsLast", Training3, data => LastSoftmax3.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)) { Most = 1.3 },
        new("Layout = ChannelsLast", Training19, data => LastSoftmax19.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)) { Most = 1.3 },
        new("ElementType = Half", Probabilities3, data => Halfs3.Forward<byte>(data.Halfs, data.Labels, data.Shape.Batch)),
        new("ElementType = Half", Training3, data => HalfsSoftmax3.ForwardBackward<byte>(data.Halfs, data.Labels, data.HalfGradient, data.Shape.Batch)),
        new("ElementType = Half", Training19, data => HalfsSoftmax19.ForwardBackward<byte>(data.Halfs, data.Labels, data.HalfGradient, data.Shape.Batch)),
        new("ElementType = Double", Probabilities3, data => Doubles3.Forward<byte>(data.Doubles, data.Labels, data.Shape.Batch)),
        new("ElementType = Double", Training3, data => DoublesSoftmax3.ForwardBackward<byte>(data.Doubles, data.Labels, data.DoubleGradient, data.Shape.Batch)),
        new("SquaredDenominator = true", Probabilities3, data => Squared3.Forward<byte>(data.Predictions, data.Labels, data.Shape.Batch)),
        new("SquaredDenominator = true", Training3, data => SquaredSoftmax3.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)),
        new("SquaredDenominator = true", Training19, data => SquaredSoftmax19.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)),
        new("WassersteinDistances", Probabilities3, data => Wasserstein3.Forward<byte>(data.Predictions, data.Labels, data.Shape.Batch)),
        new("WassersteinDistances", Training3, data => WassersteinSoftmax3.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)),
        new("WassersteinDistances", Training19, data => WassersteinSoftmax19.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)),
        new("SumsOver = Sample", Training3, data => PerSampleSoftmax3.ForwardBackward<byte>(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch)),
    ];
}
