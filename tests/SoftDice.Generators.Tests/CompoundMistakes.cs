using System.Collections.Generic;

namespace SoftDice.Generators.Tests;

/// <summary>Those that can be made with terms beside that of the overlap.</summary>
internal static partial class Mistakes
{
    private const string Softmax = "Activation = SoftDice.SoftDiceActivation.Softmax, ";
    private const string Sigmoid = "Activation = SoftDice.SoftDiceActivation.Sigmoid, ";

    private static Dictionary<string, Mistake> OfTerms() => new()
    {
        ["SDG014 cross-entropy"] = Option(
            $"NumClasses = 3, {Softmax}[|CrossEntropy = -1|]",
            ("SDG014", "CrossEntropy of 'TissueLoss' is -1; it must be finite and not negative")),
        ["SDG014 weight of the overlap"] = Option(
            $"NumClasses = 3, {Softmax}CrossEntropy = 1, [|OverlapWeight = 0|]",
            ("SDG014", "OverlapWeight of 'TissueLoss' is 0; it must be finite and above 0")),
        ["SDG031 weight of the overlap"] = Option(
            $"NumClasses = 3, {Softmax}[|OverlapWeight = 2|]",
            ("SDG031", "OverlapWeight of 'TissueLoss' weighs the overlap against other terms, and there are none; " +
                "give CrossEntropy or Focal a weight above 0 or remove it")),
        ["SDG030 without an activation"] = Option(
            "NumClasses = 3, [|CrossEntropy = 1|]",
            ("SDG030", "CrossEntropy of 'TissueLoss' is computed from logits, and without an activation predictions are probabilities, " +
                "whose rounding near 0 and 1 has already lost it; pass logits and write Activation = SoftDiceActivation.Softmax or Sigmoid, or remove it")),
        ["SDG030 a cross-entropy of targets with a mask"] = OfNoCall(
            "NumClasses = 3, Activation = SoftDice.SoftDiceActivation.Softmax, Labels = SoftDice.SoftDiceLabels.OneHot, Mask = true, [|CrossEntropy = 1|]",
            ("SDG030", "CrossEntropy of 'TissueLoss' of a softmax with targets is not supported with Mask yet; remove one of the two, or pass class indices")),
        ["SDG030 one class"] = Option(
            $"NumClasses = 1, {Softmax}[|CrossEntropy = 1|]",
            ("SDG030", "CrossEntropy of 'TissueLoss' is 0 whatever the logits where a softmax has one class; remove it, or give NumClasses at least 2")),
        ["SDG031 of no term"] = Option(
            $"NumClasses = 2, {Softmax}[|CrossEntropyClassWeights = [1, 2]|], [|LabelSmoothing = 0.1|]",
            ("SDG031", "CrossEntropyClassWeights of 'TissueLoss' is about the cross-entropy, and there is none; " +
                "give CrossEntropy a weight above 0 or remove it"),
            ("SDG031", "LabelSmoothing of 'TissueLoss' is about the cross-entropy, and there is none; give CrossEntropy a weight above 0 or remove it")),
        ["SDG031 positive weights of a softmax"] = Option(
            $"NumClasses = 2, {Softmax}CrossEntropy = 1, [|CrossEntropyPositiveWeights = [1, 2]|]",
            ("SDG031", "CrossEntropyPositiveWeights of 'TissueLoss' weighs what belongs to a class against what does not, each class by itself, and " +
                "through a softmax they depend on each other; write CrossEntropyClassWeights, or Activation = SoftDiceActivation.Sigmoid, or remove it")),
        ["SDG032 positive weights"] = Option(
            $"NumClasses = 1, {Sigmoid}CrossEntropy = 1, [|CrossEntropyPositiveWeights = [0]|]",
            ("SDG032", "CrossEntropyPositiveWeights of 'TissueLoss' has 0 for every class, so that no pixel of a class counts; give one of them more")),
        ["SDG032 too few"] = Option(
            $"NumClasses = 3, {Softmax}CrossEntropy = 1, [|CrossEntropyClassWeights = [1, 2]|]",
            ("SDG032", "CrossEntropyClassWeights of 'TissueLoss' has 2 weights for 3 classes; give one for each class")),
        ["SDG032 negative"] = Option(
            $"NumClasses = 2, {Softmax}CrossEntropy = 1, [|CrossEntropyClassWeights = [1, -2]|]",
            ("SDG032", "CrossEntropyClassWeights of 'TissueLoss' has -2 for class 1; a weight is 0, or 1e-15 to 1e15")),
        ["SDG032 too large for floats"] = Option(
            $"NumClasses = 2, {Softmax}CrossEntropy = 1, [|CrossEntropyClassWeights = [1, 1E+16]|]",
            ("SDG032", "CrossEntropyClassWeights of 'TissueLoss' has 10000000000000000 for class 1; a weight is 0, or 1e-15 to 1e15")),
        ["SDG032 too small for floats"] = Option(
            $"NumClasses = 2, {Softmax}CrossEntropy = 1, [|CrossEntropyClassWeights = [1, 1E-16]|]",
            ("SDG032", "CrossEntropyClassWeights of 'TissueLoss' has 1E-16 for class 1; a weight is 0, or 1e-15 to 1e15")),
        ["SDG032 nothing"] = Option(
            $"NumClasses = 2, {Softmax}CrossEntropy = 1, [|CrossEntropyClassWeights = [0, 0]|]",
            ("SDG032", "CrossEntropyClassWeights of 'TissueLoss' has 0 for every class, so that no pixel counts; give one of them more")),
        ["SDG033"] = Option(
            $"NumClasses = 2, {Softmax}CrossEntropy = 1, [|LabelSmoothing = 1|]",
            ("SDG033", "LabelSmoothing of 'TissueLoss' is 1; it must be at least 0 and below 1")),
    };
}
