using System.Collections.Generic;

namespace SoftDice.Generators.Tests;

/// <summary>Those that can be made with a focal term.</summary>
internal static partial class Mistakes
{
    private static Dictionary<string, Mistake> OfFocalTerms() => new()
    {
        ["SDG014 focal term"] = Option(
            $"NumClasses = 3, {Softmax}[|Focal = -1|]",
            ("SDG014", "Focal of 'TissueLoss' is -1; it must be finite and not negative")),
        ["SDG014 focal power"] = Option(
            $"NumClasses = 3, {Softmax}Focal = 1, [|FocalGamma = 101|]",
            ("SDG014", "FocalGamma of 'TissueLoss' is 101; it must be 0 to 100")),
        ["SDG014 focal alpha"] = Option(
            $"NumClasses = 3, {Sigmoid}Focal = 1, [|FocalAlpha = 1|]",
            ("SDG014", "FocalAlpha of 'TissueLoss' is 1; it must be above 0 and below 1")),
        ["SDG030 a focal term without an activation"] = Option(
            "NumClasses = 3, [|Focal = 1|]",
            ("SDG030", "Focal of 'TissueLoss' is computed from logits, and without an activation predictions are probabilities, " +
                "whose rounding near 0 and 1 has already lost it; pass logits and write Activation = SoftDiceActivation.Softmax or Sigmoid, or remove it")),
        ["SDG030 a focal term of targets"] = Option(
            $"NumClasses = 3, {Softmax}Labels = SoftDice.SoftDiceLabels.OneHot, [|Focal = 1|]",
            ("SDG030", "Focal of 'TissueLoss' is not supported with Labels = OneHot yet; pass class indices, or remove it")),
        ["SDG030 a focal term of images"] = Option(
            $"NumClasses = 3, {Softmax}SumsOver = SoftDice.SoftDiceSumsOver.Sample, IgnoreIndex = 255, [|Focal = 1|]",
            ("SDG030", "Focal of 'TissueLoss' is not supported with SumsOver = Sample and IgnoreIndex yet; write SoftDiceSumsOver.Batch, or remove one of the three")),
        ["SDG030 a focal term of summed images"] = Option(
            $"NumClasses = 3, {Softmax}SumsOver = SoftDice.SoftDiceSumsOver.Sample, Reduction = SoftDice.SoftDiceReduction.Sum, [|Focal = 1|]",
            ("SDG030", "Focal of 'TissueLoss' is not supported with SumsOver = Sample and Reduction = Sum yet; write SoftDiceSumsOver.Batch, or remove one of the three")),
        ["SDG030 a focal term of images beside a cross-entropy"] = Option(
            $"NumClasses = 3, {Softmax}SumsOver = SoftDice.SoftDiceSumsOver.Sample, CrossEntropy = 1, [|Focal = 1|]",
            ("SDG030", "Focal of 'TissueLoss' is not supported with SumsOver = Sample and CrossEntropy yet; write SoftDiceSumsOver.Batch, or remove one of the three")),
        ["SDG030 a focal term with a mask"] = OfNoCall(
            $"NumClasses = 3, {Softmax}Mask = true, [|Focal = 1|]",
            ("SDG030", "Focal of 'TissueLoss' is not supported with Mask yet; remove one of the two")),
        ["SDG031 of no focal term"] = Option(
            $"NumClasses = 2, {Sigmoid}[|FocalGamma = 1|], [|FocalClassWeights = [1, 2]|], [|FocalAlpha = 0.25|]",
            ("SDG031", "FocalGamma of 'TissueLoss' is about the focal term, and there is none; give Focal a weight above 0 or remove it"),
            ("SDG031", "FocalClassWeights of 'TissueLoss' is about the focal term, and there is none; give Focal a weight above 0 or remove it"),
            ("SDG031", "FocalAlpha of 'TissueLoss' is about the focal term, and there is none; give Focal a weight above 0 or remove it")),
        ["SDG031 alpha of a softmax"] = Option(
            $"NumClasses = 2, {Softmax}Focal = 1, [|FocalAlpha = 0.25|]",
            ("SDG031", "FocalAlpha of 'TissueLoss' weighs what belongs to a class against what does not, each class by itself, and " +
                "through a softmax they depend on each other; write FocalClassWeights, or Activation = SoftDiceActivation.Sigmoid, or remove it")),
        ["SDG032 of a focal term"] = Option(
            $"NumClasses = 3, {Softmax}Focal = 1, [|FocalClassWeights = [1, 2]|]",
            ("SDG032", "FocalClassWeights of 'TissueLoss' has 2 weights for 3 classes; give one for each class")),
    };
}
