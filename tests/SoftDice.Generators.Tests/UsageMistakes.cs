using System.Collections.Generic;

namespace SoftDice.Generators.Tests;

/// <summary>Annotated types that nothing uses.</summary>
internal static partial class Mistakes
{
    private const string Model = "/// <summary>A model.</summary>\npublic partial class Model {";

    private static Dictionary<string, Mistake> OfUse() => new()
    {
        ["SDG022 class"] = Unused("internal partial class [|TissueLoss|];"),
        ["SDG022 static class"] = Unused("internal static partial class [|TissueLoss|];"),
        ["SDG022 struct"] = Unused("internal partial struct [|TissueLoss|];"),
        ["SDG022 record"] = Unused("internal sealed partial record [|TissueLoss|];"),
        ["SDG022 generic"] = Unused("internal partial class [|TissueLoss|]<T>;"),
        ["SDG022 without modifier"] = Unused("partial class [|TissueLoss|];"),
        ["SDG022 private in a public type"] = Unused("private partial class [|TissueLoss|];", Model, "}"),
        ["SDG022 private protected in a public type"] = Unused("private protected partial class [|TissueLoss|];", Model, "}"),
        ["SDG022 public in an internal type that is used"] = Unused(
            "public partial class [|TissueLoss|];", "internal partial class Model {", "public static Model? Use() => null; }"),
        ["SDG022 named by nameof alone"] = Unused(
            "internal partial class [|TissueLoss|];", "", "internal static class User { public static string Use() => nameof(TissueLoss) + nameof(TissueLoss.Sums); }"),
        ["SDG022 named in documentation alone"] = Unused(
            "internal partial class [|TissueLoss|];",
            "",
            "/// <summary>See <see cref=\"TissueLoss\"/> and <see cref=\"TissueLoss.Sums\"/>.</summary>\ninternal static class User;"),
        ["SDG022 named by itself alone"] = Unused(
            "internal partial class [|TissueLoss|] { public static double Loss() => TissueLoss.Forward<byte>([1], [0], 1); public TissueLoss? Next => null; }"),
        ["SDG022 named by what is in it alone"] = Unused(
            "internal partial class [|TissueLoss|] { internal static class User { public static int Use() => TissueLoss.NumClasses; } }"),
        ["SDG022 alias that is not used"] = new(
            """
            using Loss = Demo.TissueLoss;
            namespace Demo
            {
                using Other = Loss;
                [SoftDice.SoftDiceLoss(NumClasses = 3)]
                internal partial class [|TissueLoss|];
            }
            """,
            ("SDG022", NothingUses("TissueLoss"))),
        ["SDG022 another type of its name"] = new(
            """
            namespace Demo
            {
                [SoftDice.SoftDiceLoss(NumClasses = 3)]
                internal partial class [|TissueLoss|];
            }
            namespace Other
            {
                internal static class TissueLoss { public static int Forward() => 1; }
                internal static class User { public static int Use(int TissueLoss) => TissueLoss + global::Other.TissueLoss.Forward(); }
            }
            """,
            ("SDG022", NothingUses("TissueLoss"))),
        ["SDG022 two parts"] = new(
            """
            namespace Demo;
            internal partial class TissueLoss { public const int Own = 3; }
            [SoftDice.SoftDiceLoss(NumClasses = TissueLoss.Own)]
            internal partial class [|TissueLoss|];
            internal partial class TissueLoss { public static int Two => 2 * Own; }
            """,
            ("SDG022", NothingUses("TissueLoss"))),
        ["SDG022 two types"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(NumClasses = 3)]
            internal partial class [|OrganLoss|];
            [SoftDice.SoftDiceLoss(NumClasses = 3)]
            internal partial class TissueLoss { public const int Own = 3; }
            [SoftDice.SoftDiceLoss(NumClasses = TissueLoss.Own)]
            internal partial class [|TissueLoss|]<T>;
            """,
            ("SDG022", NothingUses("OrganLoss")),
            ("SDG022", NothingUses("TissueLoss"))),
    };

    private static string NothingUses(string type) =>
        $"Nothing uses '{type}', and nothing outside of this project can; call its members, remove it or make it public";

    private static Mistake Unused(string declaration, string before = "", string after = "") => new(
        $"namespace Demo {{ {before}\n[SoftDice.SoftDiceLoss(NumClasses = 3)]\n{declaration}\n{after} }}", ("SDG022", NothingUses("TissueLoss")));
}
