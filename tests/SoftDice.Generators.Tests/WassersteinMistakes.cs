using System.Collections.Generic;

namespace SoftDice.Generators.Tests;

/// <summary>Those that can be made with distances between classes.</summary>
internal static partial class Mistakes
{
    private const string OfOneClass = "is about what a single class costs, and WassersteinDistances make one cost of all; remove one of the two";

    private static Dictionary<string, Mistake> OfDistances() => new()
    {
        ["SDG013 weights of distances"] = Option(
            "NumClasses = 2, WassersteinDistances = [0, 1, 1, 0], [|WassersteinWeights = (SoftDice.SoftDiceWassersteinWeights)2|]",
            ("SDG013", "WassersteinWeights of 'TissueLoss' is 2; it must be Foreground or InverseSize")),
        ["SDG018 weights of no distances"] = Option(
            "NumClasses = 2, [|WassersteinWeights = SoftDice.SoftDiceWassersteinWeights.InverseSize|]",
            ("SDG018", "WassersteinWeights of 'TissueLoss' says what pixels weigh with WassersteinDistances, and there are none; give them or remove it")),
        ["SDG038 too few"] = Option(
            "NumClasses = 3, [|WassersteinDistances = [0, 1, 1, 0]|]",
            ("SDG038", "WassersteinDistances of 'TissueLoss' has 4 distances for 3 classes; give one for each pair of a label and a class, 9, a row a label")),
        ["SDG038 negative"] = Option(
            "NumClasses = 2, [|WassersteinDistances = [0, 1, -0.5, 0]|]",
            ("SDG038", "WassersteinDistances of 'TissueLoss' has -0.5 for label 1 and class 0; a distance must be finite and not negative")),
        ["SDG038 infinite"] = Option(
            "NumClasses = 2, [|WassersteinDistances = [0, 1 / 0.0, 1, 0]|]",
            ("SDG038", "WassersteinDistances of 'TissueLoss' has Infinity for label 0 and class 1; a distance must be finite and not negative")),
        ["SDG038 from itself"] = Option(
            "NumClasses = 2, [|WassersteinDistances = [0, 1, 1, 0.5]|]",
            ("SDG038", "WassersteinDistances of 'TissueLoss' has 0.5 for label 1 and the same class, which is no distance; write 0")),
        ["SDG038 nothing"] = Option(
            "NumClasses = 1, [|WassersteinDistances = [0]|]",
            ("SDG038", "WassersteinDistances of 'TissueLoss' has nothing but 0, so that no prediction is wrong; give two classes a distance")),
        ["SDG018 distances of sigmoids"] = Option(
            "NumClasses = 2, WassersteinDistances = [0, 1, 1, 0], [|Activation = SoftDice.SoftDiceActivation.Sigmoid|]",
            ("SDG018", "Activation of 'TissueLoss' is Sigmoid, and WassersteinDistances are those of predictions that share a pixel among its classes; " +
                "write Softmax, or remove one of the two")),
        ["SDG018 distances of targets"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(NumClasses = 2, WassersteinDistances = [0, 1, 1, 0], [|Labels = SoftDice.SoftDiceLabels.OneHot|])]
            internal partial class TissueLoss;
            """,
            ("SDG018", "Labels of 'TissueLoss' is OneHot, and WassersteinDistances are those from a pixel's one label; pass class indices, or remove one of the two")),
        ["SDG018 distances and costs of classes"] = Option(
            "NumClasses = 2, WassersteinDistances = [0, 1, 1, 0], Form = SoftDice.SoftDiceForm.OneMinus, [|Gamma = 2|], [|ClassWeights = [1, 2]|], " +
            "[|AbsentClasses = SoftDice.SoftDiceAbsentClasses.Zero|], [|Reduction = SoftDice.SoftDiceReduction.Sum|], " +
            "[|SquaredDenominator = true|], [|Overlap = SoftDice.SoftDiceOverlap.Jaccard|]",
            ("SDG018", "Gamma of 'TissueLoss' " + OfOneClass),
            ("SDG018", "ClassWeights of 'TissueLoss' " + OfOneClass),
            ("SDG018", "AbsentClasses of 'TissueLoss' " + OfOneClass),
            ("SDG018", "Reduction of 'TissueLoss' is Sum, and WassersteinDistances leave one cost, of which there is nothing to add; remove one of the two, " +
                "or let SumsOver be Sample"),
            ("SDG018", "SquaredDenominator of 'TissueLoss' " + OfOneClass),
            ("SDG018", "Overlap of 'TissueLoss' " + OfOneClass)),
        ["SDG018 distances of some classes"] = Option(
            "NumClasses = 2, WassersteinDistances = [0, 1, 1, 0], [|IncludeBackground = false|]",
            ("SDG018", "IncludeBackground of 'TissueLoss' leaves out classes, and WassersteinDistances are between all; WassersteinWeights says what pixels " +
                "of the background weigh")),
        ["SDG018 two ratios"] = Option(
            "NumClasses = 2, WassersteinDistances = [0, 1, 1, 0], [|GeneralizedWeights = SoftDice.SoftDiceGeneralizedWeights.Square|]",
            ("SDG018", "GeneralizedWeights of 'TissueLoss' make one ratio of the overlaps of all classes, and WassersteinDistances make another; remove one of the two")),
        ["SDG018 distances and a cross-entropy"] = Option(
            "NumClasses = 2, WassersteinDistances = [0, 1, 1, 0], Activation = SoftDice.SoftDiceActivation.Softmax, [|CrossEntropy = 1|]",
            ("SDG018", "CrossEntropy of 'TissueLoss' is not supported with WassersteinDistances yet; remove one of the two, and add up two losses")),
        ["SDG018 distances and a focal term"] = Option(
            "NumClasses = 2, WassersteinDistances = [0, 1, 1, 0], Activation = SoftDice.SoftDiceActivation.Softmax, [|Focal = 1|]",
            ("SDG018", "Focal of 'TissueLoss' is not supported with WassersteinDistances yet; remove one of the two, and add up two losses")),
    };
}
