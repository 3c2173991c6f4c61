using System.Collections.Generic;
using System.Linq;

namespace SoftDice.Generators.Tests;

/// <summary>Options that are made of constants of generated losses.</summary>
internal static partial class Mistakes
{
    private const string Organs = "[SoftDice.SoftDiceLoss(NumClasses = 3, Epsilon = 0.5)] internal partial class OrganLoss { public const int Own = 3; }\n";
    private const string Used = "internal static class User { public static double Use() => TissueLoss.Forward<int>([1], [0], 1); }";

    private static Dictionary<string, Mistake> OfConstants() => new()
    {
        ["SDG021 number of classes"] = Constant("[|NumClasses = OrganLoss.NumClasses|]", ("NumClasses", "NumClasses")),
        ["SDG021 sum"] = Constant("[|NumClasses = OrganLoss.NumClasses + 1|]", ("NumClasses", "NumClasses")),
        ["SDG021 smoothing"] = Constant("NumClasses = 3, [|Epsilon = OrganLoss.Epsilon|]", ("Epsilon", "Epsilon")),
        ["SDG021 of two options"] = Constant(
            "[|NumClasses = (int)(Demo.OrganLoss.NumClasses * 1.0)|], [|IgnoreIndex = -global::Demo.OrganLoss.NumClasses|]",
            ("NumClasses", "NumClasses"),
            ("IgnoreIndex", "NumClasses")),
        ["SDG021 in an array"] = Constant("NumClasses = 3, [|ClassWeights = [1, OrganLoss.Epsilon, 1]|]", ("ClassWeights", "Epsilon")),
        ["SDG021 cast to an enum"] = Constant(
            "NumClasses = 3, [|Reduction = (SoftDice.SoftDiceReduction)(OrganLoss.NumClasses - 3)|]", ("Reduction", "NumClasses")),
        ["SDG021 in a condition"] = Constant("[|NumClasses = OrganLoss.Epsilon > 1 ? 2 : 3|]", ("NumClasses", "Epsilon")),
        ["SDG021 in the user's constant"] = Constant(
            "[|NumClasses = Numbers.Classes|]",
            "internal static class Numbers { public const int Classes = One + 2; private const int One = OrganLoss.NumClasses - 2; }",
            ("NumClasses", "NumClasses")),
        ["SDG021 in an enum"] = Constant(
            "[|NumClasses = (int)Numbers.Three|]", "internal enum Numbers { Two = OrganLoss.NumClasses - 1, Three }", ("NumClasses", "NumClasses")),
        ["SDG021 of the type around it"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(NumClasses = 3)]
            internal partial class OrganLoss
            {
                [SoftDice.SoftDiceLoss([|NumClasses = NumClasses|])]
                internal partial class TissueLoss;
                internal static int Two => 2 * TissueLoss.NumClasses;
            }
            """,
            ("SDG021", MadeOf("NumClasses", "NumClasses", "TissueLoss"))),
        ["SDG021 of what meant another constant before"] = new(
            """
            namespace Demo;
            internal static partial class Losses
            {
                private const int NumClasses = 3;
                [SoftDice.SoftDiceLoss([|NumClasses = NumClasses + 1|])]
                internal partial class TissueLoss;
                internal static int Two => 2 * TissueLoss.NumClasses;
            }
            """,
            ("SDG021", MadeOf("NumClasses", "NumClasses", "TissueLoss"))),
        ["SDG021 of itself"] = new(
            "namespace Demo { [SoftDice.SoftDiceLoss(NumClasses = 3, [|Epsilon = TissueLoss.NumClasses|])] internal partial class TissueLoss; " + Used + " }",
            ("SDG021", MadeOf("Epsilon", "NumClasses", "TissueLoss"))),
    };

    private static string MadeOf(string option, string constant, string type = "OrganLoss") =>
        $"{option} of 'TissueLoss' is made of '{type}.{constant}', which is generated itself and not there yet when options are read; " +
        "write the number, or a constant of your own";

    private static Mistake Constant(string arguments, params (string Option, string Constant)[] expected) => Constant(arguments, string.Empty, expected);

    private static Mistake Constant(string arguments, string more, params (string Option, string Constant)[] expected) => new(
        $"namespace Demo {{\n{Organs}{more}\n[SoftDice.SoftDiceLoss({arguments})] internal partial class TissueLoss; {Used} }}",
        [.. expected.Select(pair => ("SDG021", MadeOf(pair.Option, pair.Constant)))]);
}
