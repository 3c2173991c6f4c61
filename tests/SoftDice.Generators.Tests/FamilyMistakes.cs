using System.Collections.Generic;

namespace SoftDice.Generators.Tests;

/// <summary>Those that can be made with the options on the sums of the classes.</summary>
internal static partial class Mistakes
{
    private static Dictionary<string, Mistake> OfTheFamily() => new()
    {
        ["SDG013 form"] = Option(
            "NumClasses = 3, [|Form = (SoftDice.SoftDiceForm)3|]",
            ("SDG013", "Form of 'TissueLoss' is 3; it must be NegativeLog, OneMinus or Negative")),
        ["SDG013 element type"] = Option(
            "NumClasses = 3, [|ElementType = (SoftDice.SoftDiceElementType)3|]",
            ("SDG013", "ElementType of 'TissueLoss' is 3; it must be Float, Double or Half")),
        ["SDG013 overlap"] = Option(
            "NumClasses = 3, [|Overlap = (SoftDice.SoftDiceOverlap)(-1)|]",
            ("SDG013", "Overlap of 'TissueLoss' is -1; it must be Dice, Jaccard or Tversky")),
        ["SDG013 reduction and absent classes"] = Option(
            "NumClasses = 3, [|Reduction = (SoftDice.SoftDiceReduction)3|], [|AbsentClasses = (SoftDice.SoftDiceAbsentClasses)9|]",
            ("SDG013", "Reduction of 'TissueLoss' is 3; it must be Mean, Sum or None"),
            ("SDG013", "AbsentClasses of 'TissueLoss' is 9; it must be Count, Zero or Skip")),

        ["SDG014 smoothings"] = Option(
            "NumClasses = 3, [|NumeratorSmoothing = -1|], [|DenominatorSmoothing = double.NaN|]",
            ("SDG014", "NumeratorSmoothing of 'TissueLoss' is -1; it must be finite and not negative"),
            ("SDG014", "DenominatorSmoothing of 'TissueLoss' is NaN; it must be finite and not negative")),
        ["SDG014 floor"] = Option(
            "NumClasses = 3, [|DenominatorFloor = 1 / 0.0|]",
            ("SDG014", "DenominatorFloor of 'TissueLoss' is Infinity; it must be finite and not negative")),
        ["SDG014 gamma"] = Option(
            "NumClasses = 3, Form = SoftDice.SoftDiceForm.OneMinus, [|Gamma = 0|]",
            ("SDG014", "Gamma of 'TissueLoss' is 0; it must be finite and above 0")),

        ["SDG015 too few"] = Option(
            "NumClasses = 3, [|ClassWeights = [1, 2]|]",
            ("SDG015", "ClassWeights of 'TissueLoss' has 2 weights for 3 classes; give one for each class, those that are left out included")),
        ["SDG015 negative"] = Option(
            "NumClasses = 3, [|ClassWeights = new[] { 1, 2, -0.5 }|]",
            ("SDG015", "ClassWeights of 'TissueLoss' has -0.5 for class 2; a weight must be finite and not negative")),
        ["SDG015 not a number"] = Option(
            "NumClasses = 2, [|ClassWeights = [double.NaN, 1]|], NormalizeWeights = true",
            ("SDG015", "ClassWeights of 'TissueLoss' has NaN for class 0; a weight must be finite and not negative")),
        ["SDG015 nothing"] = Option(
            "NumClasses = 2, IncludeBackground = false, [|ClassWeights = [1, 0]|]",
            ("SDG015", "ClassWeights of 'TissueLoss' has 0 for every class that counts, which makes the loss 0; give one of them more")),

        ["SDG016 no class"] = Option(
            "NumClasses = 3, [|ExcludedClasses = [3]|]",
            ("SDG016", "ExcludedClasses of 'TissueLoss' has 3, which is no class; classes are 0 to 2")),
        ["SDG016 background twice"] = Option(
            "NumClasses = 3, IncludeBackground = false, [|ExcludedClasses = [0]|]",
            ("SDG016", "ExcludedClasses of 'TissueLoss' has 0, which IncludeBackground = false leaves out already; remove one of the two")),

        ["SDG017 background alone"] = Option(
            "NumClasses = 1, [|IncludeBackground = false|]",
            ("SDG017", "'TissueLoss' leaves out every class, of which there are 1, so that nothing adds to the loss; leave one in")),
        ["SDG017 all by number"] = Option(
            "NumClasses = 2, [|ExcludedClasses = [1, 0]|]",
            ("SDG017", "'TissueLoss' leaves out every class, of which there are 2, so that nothing adds to the loss; leave one in")),

        ["SDG018 ignored label of targets"] = Option(
            "NumClasses = 3, Labels = SoftDice.SoftDiceLabels.OneHot, [|IgnoreIndex = 255|]",
            ("SDG018", "IgnoreIndex of 'TissueLoss' is a class index, and with Labels = OneHot labels are none; remove one of the two")),
        ["SDG018 the only class ignored"] = Option("NumClasses = 1, [|IgnoreIndex = 0|]", ("SDG018", NoLabelLeft(0))),
        ["SDG018 the foreground ignored"] = Option(
            "NumClasses = 1, Activation = SoftDice.SoftDiceActivation.Sigmoid, [|IgnoreIndex = 1|]", ("SDG018", NoLabelLeft(1))),
        ["SDG018 the class ignored that is left"] = Option("NumClasses = 3, ExcludedClasses = [0, 2], [|IgnoreIndex = 1|]", ("SDG018", NoLabelLeft(1))),
        ["SDG018 the foreground ignored beside a background that is left out"] = Option(
            "NumClasses = 2, IncludeBackground = false, Activation = SoftDice.SoftDiceActivation.Softmax, CrossEntropy = 1, [|IgnoreIndex = 1|]",
            ("SDG018", NoLabelLeft(1))),
        ["SDG009 method with a mask"] = new(
            """
            [SoftDice.SoftDiceLoss(NumClasses = 3, Mask = true)]
            internal partial class TissueLoss
            {
                internal static double [|Forward|]<T>(
                    System.ReadOnlySpan<float> predictions, System.ReadOnlySpan<T> labels, System.ReadOnlySpan<bool> mask, int batchSize, int threads,
                    System.Threading.CancellationToken token) => 0;
            }
            """,
            ("SDG009", "The generated loss of 'TissueLoss' has a member 'Forward', but that name is already taken here; rename it")),
        ["SDG020 byte"] = Ignoring("-1", "byte"),
        ["SDG020 sbyte"] = Ignoring("255", "sbyte"),
        ["SDG020 short"] = Ignoring("32768", "short"),
        ["SDG020 ushort"] = Ignoring("-100", "ushort"),
        ["SDG020 uint"] = Ignoring("-2147483648", "uint"),
        ["SDG020 float"] = Ignoring("16777217", "float"),

        ["SDG014 weights of errors"] = Option(
            "NumClasses = 3, Overlap = SoftDice.SoftDiceOverlap.Tversky, [|Alpha = -0.5|], [|Beta = double.NaN|]",
            ("SDG014", "Alpha of 'TissueLoss' is -0.5; it must be finite and not negative"),
            ("SDG014", "Beta of 'TissueLoss' is NaN; it must be finite and not negative")),
        ["SDG018 weights of no errors"] = Option(
            "NumClasses = 3, [|Alpha = 0.3|], Overlap = SoftDice.SoftDiceOverlap.Jaccard, [|Beta = 0.7|]",
            ("SDG018", "Alpha of 'TissueLoss' is a weight of the Tversky index; write Overlap = SoftDiceOverlap.Tversky too, or remove it"),
            ("SDG018", "Beta of 'TissueLoss' is a weight of the Tversky index; write Overlap = SoftDiceOverlap.Tversky too, or remove it")),
        ["SDG018 no error counts"] = Option(
            "NumClasses = 3, Overlap = SoftDice.SoftDiceOverlap.Tversky, [|Alpha = 0|], Beta = 0",
            ("SDG018", "Alpha of 'TissueLoss' is 0, and so is Beta, so that no error counts; make one of them larger")),
        ["SDG013 intersection"] = Option(
            "NumClasses = 3, Labels = SoftDice.SoftDiceLabels.OneHot, [|Intersection = (SoftDice.SoftDiceIntersection)2|]",
            ("SDG013", "Intersection of 'TissueLoss' is 2; it must be Product or Minimum")),
        ["SDG018 squares of errors"] = Option(
            "NumClasses = 3, Overlap = SoftDice.SoftDiceOverlap.Tversky, Alpha = 1, Beta = 1, [|SquaredDenominator = true|]",
            ("SDG018", "SquaredDenominator of 'TissueLoss' squares the predictions and targets that Dice and Jaccard divide by, and a Tversky index " +
                "divides by errors; remove one of the two")),
        ["SDG018 minimum of labels"] = Option(
            "NumClasses = 3, [|Intersection = SoftDice.SoftDiceIntersection.Minimum|]",
            ("SDG018", "Intersection of 'TissueLoss' is Minimum, which is about soft targets, and labels are class indices; " +
                "write Labels = SoftDiceLabels.OneHot too, or remove it")),
        ["SDG018 minimum and squares"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(
                NumClasses = 3, Labels = SoftDice.SoftDiceLabels.OneHot, SquaredDenominator = true,
                [|Intersection = SoftDice.SoftDiceIntersection.Minimum|])]
            internal partial class TissueLoss;
            """,
            ("SDG018", "Intersection of 'TissueLoss' is Minimum, which puts the optimum where predictions are the targets, as SquaredDenominator does " +
                "with products; remove one of the two")),
        ["SDG018 three smoothings"] = Option(
            "NumClasses = 3, [|Epsilon = 1|], NumeratorSmoothing = 0, DenominatorSmoothing = 1",
            ("SDG018", "Epsilon of 'TissueLoss' smooths nothing where NumeratorSmoothing and DenominatorSmoothing are both given; remove it or one of them")),
        ["SDG018 gamma of a logarithm"] = Option(
            "NumClasses = 3, [|Gamma = 2|]",
            ("SDG018", "Gamma of 'TissueLoss' is a power of 1 - d; write Form = SoftDiceForm.OneMinus too, or remove it")),
        ["SDG018 gamma of what may be negative"] = Option(
            "NumClasses = 3, Form = SoftDice.SoftDiceForm.OneMinus, [|Gamma = 2|], NumeratorSmoothing = 1",
            ("SDG018", "Gamma of 'TissueLoss' is a power of 1 - d, which is negative where NumeratorSmoothing is larger than DenominatorSmoothing; " +
                "make it at most as large")),
        ["SDG018 norm of nothing"] = Option(
            "NumClasses = 3, [|NormalizeWeights = true|]",
            ("SDG018", "NormalizeWeights of 'TissueLoss' is about ClassWeights, and there are none; give them or remove it")),
        ["SDG018 norm of a sum"] = Option(
            "NumClasses = 2, Reduction = SoftDice.SoftDiceReduction.Sum, ClassWeights = [1, 2], [|NormalizeWeights = true|]",
            ("SDG018", "NormalizeWeights of 'TissueLoss' is about what a mean divides by, and Reduction is Sum; remove one of the two")),
        ["SDG018 skip in a sum"] = Option(
            "NumClasses = 2, Reduction = SoftDice.SoftDiceReduction.Sum, [|AbsentClasses = SoftDice.SoftDiceAbsentClasses.Skip|]",
            ("SDG018", "AbsentClasses of 'TissueLoss' is Skip, which is about what a mean divides by, and Reduction is Sum; " +
                "write SoftDiceAbsentClasses.Zero")),
        ["SDG005 alone, whatever the classes"] = Option(
            "[|NumClasses = 0|], ClassWeights = [1, 2], ExcludedClasses = [1]", ("SDG005", ClassesOutOfRange("0"))),
    };

    private static Mistake Ignoring(string ignored, string type) => new(
        $$"""
        namespace Demo;
        [SoftDice.SoftDiceLoss(NumClasses = 3, IgnoreIndex = {{ignored}})]
        internal partial class TissueLoss;
        internal static class User
        {
            public static double Use({{type}}[] labels) => TissueLoss.Forward([1], [|labels|], 1);
        }
        """,
        (
            "SDG020",
            $"Labels of type '{type}' cannot be {ignored}, the IgnoreIndex of 'TissueLoss', so that no pixel would be ignored; " +
            "use labels of another type, or another IgnoreIndex"));

    private static string NoLabelLeft(int label) =>
        $"IgnoreIndex of 'TissueLoss' is {label}, the label of the only class that counts, so that no pixel is left to be found; ignore another label, or count another class";
}
