using System.Collections.Generic;

namespace SoftDice.Generators.Tests;

/// <summary>Those that can be made with the options on how classes and images become losses.</summary>
internal static partial class Mistakes
{
    private static Dictionary<string, Mistake> OfTheAggregation() => new()
    {
        ["SDG013 generalised weights"] = Option(
            "NumClasses = 3, [|GeneralizedWeights = (SoftDice.SoftDiceGeneralizedWeights)4|]",
            ("SDG013", "GeneralizedWeights of 'TissueLoss' is 4; it must be None, Uniform, Simple or Square")),
        ["SDG013 infinite weights"] = Option(
            "NumClasses = 3, GeneralizedWeights = SoftDice.SoftDiceGeneralizedWeights.Square, [|InfiniteWeights = (SoftDice.SoftDiceInfiniteWeights)2|]",
            ("SDG013", "InfiniteWeights of 'TissueLoss' is 2; it must be LargestFinite or Zero")),
        ["SDG018 infinite weights of none"] = Option(
            "NumClasses = 3, [|InfiniteWeights = SoftDice.SoftDiceInfiniteWeights.Zero|]",
            ("SDG018", "InfiniteWeights of 'TissueLoss' is about weights of 1 / T, which only GeneralizedWeights = Simple and Square have; " +
                "write one of them, or remove it")),
        ["SDG018 infinite weights of 1"] = Option(
            "NumClasses = 3, GeneralizedWeights = SoftDice.SoftDiceGeneralizedWeights.Uniform, [|InfiniteWeights = SoftDice.SoftDiceInfiniteWeights.LargestFinite|]",
            ("SDG018", "InfiniteWeights of 'TissueLoss' is about weights of 1 / T, which only GeneralizedWeights = Simple and Square have; " +
                "write one of them, or remove it")),
        ["SDG018 one ratio of another overlap"] = Option(
            "NumClasses = 3, GeneralizedWeights = SoftDice.SoftDiceGeneralizedWeights.Square, [|Overlap = SoftDice.SoftDiceOverlap.Jaccard|]",
            ("SDG018", "Overlap of 'TissueLoss' measures the overlap of a single class, and GeneralizedWeights make one Dice coefficient of all; " +
                "remove one of the two")),
        ["SDG018 one ratio of squares"] = Option(
            "NumClasses = 3, GeneralizedWeights = SoftDice.SoftDiceGeneralizedWeights.Square, [|SquaredDenominator = true|]",
            ("SDG018", "SquaredDenominator of 'TissueLoss' squares what GeneralizedWeights, which make up for the size of a class, are defined with " +
                "as it is; remove one of the two")),
        ["SDG018 one ratio of minima"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(
                NumClasses = 3, Labels = SoftDice.SoftDiceLabels.OneHot, GeneralizedWeights = SoftDice.SoftDiceGeneralizedWeights.Square,
                [|Intersection = SoftDice.SoftDiceIntersection.Minimum|])]
            internal partial class TissueLoss;
            """,
            ("SDG018", "Intersection of 'TissueLoss' is Minimum, and GeneralizedWeights are defined with products of predictions and targets; " +
                "remove one of the two")),
        ["SDG018 one ratio and costs of classes"] = Option(
            "NumClasses = 2, GeneralizedWeights = SoftDice.SoftDiceGeneralizedWeights.Simple, Form = SoftDice.SoftDiceForm.OneMinus, [|Gamma = 2|], " +
            "[|ClassWeights = [1, 2]|], [|AbsentClasses = SoftDice.SoftDiceAbsentClasses.Zero|], [|Reduction = SoftDice.SoftDiceReduction.Sum|]",
            ("SDG018", "Gamma of 'TissueLoss' is a power of what a single class costs, and GeneralizedWeights make one cost of all; remove one of the two"),
            ("SDG018", "ClassWeights of 'TissueLoss' multiply what a single class costs, and GeneralizedWeights, which come from the labels, make one " +
                "cost of all; remove one of the two"),
            ("SDG018", "AbsentClasses of 'TissueLoss' is about what a single class costs, and GeneralizedWeights make one cost of all; " +
                "InfiniteWeights says what a class without labels weighs"),
            ("SDG018", "Reduction of 'TissueLoss' is Sum, and GeneralizedWeights leave one cost, of which there is nothing to add; remove one of the two, " +
                "or let SumsOver be Sample")),
        ["SDG030 cross-entropy without one loss"] = OfNoCall(
            "NumClasses = 3, Activation = SoftDice.SoftDiceActivation.Softmax, Reduction = SoftDice.SoftDiceReduction.None, [|CrossEntropy = 1|]",
            ("SDG030", "CrossEntropy of 'TissueLoss' is a term of one number, and Reduction is None; write SoftDiceReduction.Mean or Sum, or remove CrossEntropy")),
        ["SDG030 a cross-entropy of sigmoids and targets that is not reduced"] = OfNoCall(
            $"NumClasses = 3, {Sigmoid}Labels = SoftDice.SoftDiceLabels.OneHot, Reduction = SoftDice.SoftDiceReduction.None, [|CrossEntropy = 1|]",
            ("SDG030", "CrossEntropy of 'TissueLoss' is a term of one number, and Reduction is None; write SoftDiceReduction.Mean or Sum, or remove CrossEntropy")),
        ["SDG013 sums over"] = Option(
            "NumClasses = 3, [|SumsOver = (SoftDice.SoftDiceSumsOver)2|]",
            ("SDG013", "SumsOver of 'TissueLoss' is 2; it must be Batch or Sample")),
        ["SDG018 skip without a mean"] = OfNoCall(
            "NumClasses = 2, Reduction = SoftDice.SoftDiceReduction.None, [|AbsentClasses = SoftDice.SoftDiceAbsentClasses.Skip|]",
            ("SDG018", "AbsentClasses of 'TissueLoss' is Skip, which is about what a mean divides by, and Reduction is None; " +
                "write SoftDiceAbsentClasses.Zero")),
        ["SDG018 norm without a mean"] = OfNoCall(
            "NumClasses = 2, Reduction = SoftDice.SoftDiceReduction.None, ClassWeights = [1, 2], [|NormalizeWeights = true|]",
            ("SDG018", "NormalizeWeights of 'TissueLoss' is about what a mean divides by, and Reduction is None; remove one of the two")),
        ["SDG018 mask of losses that are not reduced"] = OfNoCall(
            "NumClasses = 3, Reduction = SoftDice.SoftDiceReduction.None, [|Mask = true|]",
            ("SDG018", "Mask of 'TissueLoss' is not supported with Reduction = None yet; write SoftDiceReduction.Mean or Sum, or remove it")),
        ["SDG009 losses and factors"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(NumClasses = 3, Reduction = SoftDice.SoftDiceReduction.None)]
            internal partial class TissueLoss
            {
                public static void [|Forward|]<T>(System.ReadOnlySpan<float> a, System.ReadOnlySpan<T> b, System.Span<double> c, int d, int e, System.Threading.CancellationToken f) { }
            }
            """,
            ("SDG009", "The generated loss of 'TissueLoss' has a member 'Forward', but that name is already taken here; rename it")),
        ["SDG010 losses"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(NumClasses = 3, Reduction = SoftDice.SoftDiceReduction.None)]
            internal partial class TissueLoss;
            internal static class User
            {
                public static void Use(double[] losses, double[] labels) => TissueLoss.Forward<double>([1], [|labels|], losses, 1);
                public static void UseAny<TLoss, TSums>(double[] losses, double[] labels)
                    where TLoss : SoftDice.ISoftDiceUnreducedLoss<TSums>
                    where TSums : struct, SoftDice.ISoftDiceUnreducedSums<TSums> => TLoss.Forward<double>([1], [|labels|], losses, 1);
            }
            """,
            ("SDG010", "Labels of type 'double' are not supported here; use byte, sbyte, short, ushort, int, uint, long or float (byte is the fastest)"),
            ("SDG010", "Labels of type 'double' are not supported here; use byte, sbyte, short, ushort, int, uint, long or float (byte is the fastest)")),
    };

    // Where the loss is not one number, a call has one more argument.
    private static Mistake OfNoCall(string arguments, params (string Id, string Message)[] expected) =>
        new($"namespace Demo;\n[SoftDice.SoftDiceLoss({arguments})]\ninternal partial class TissueLoss;\n", expected);
}
