using System.Collections.Generic;
using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftDice.Generators.Tests;

/// <summary>A user's mistake.</summary>
/// <param name="Source">The code, with [| and |] around each place that is reported.</param>
/// <param name="Expected">For each such place ID and message.</param>
internal sealed record Mistake(string Source, params (string Id, string Message)[] Expected)
{
    /// <summary>What the compiler itself says of the mistake, with or without us.</summary>
    public string[] OfTheCompiler { get; init; } = [];

    public LanguageVersion Language { get; init; } = LanguageVersion.CSharp14;

    /// <summary>Other libraries that the user's project has.</summary>
    public MetadataReference[] References { get; init; } = [];
}

/// <summary>Everything that the analyzers know, at least once.</summary>
internal static partial class Mistakes
{
    private const string CallOfForward =
        "\ninternal static class User { public static double Use() => Demo.TissueLoss.Forward<byte>([1], [0], 1); }\n";

    /// <summary>Names of those that are warnings.</summary>
    public static IEnumerable<string> Warnings => OfUse().Concat(OfActivations()).Select(pair => pair.Key);

    public static readonly IReadOnlyDictionary<string, Mistake> All = new Dictionary<string, Mistake>(OfTheFamily().Concat(OfTheAggregation()).Concat(OfDistances()).Concat(OfTerms()).Concat(OfFocalTerms()).Concat(OfConstants()).Concat(OfUse()).Concat(OfActivations()))
    {
        ["SDG001 class"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(NumClasses = 3)]
            internal class [|TissueLoss|];
            """,
            ("SDG001", NotPartial)),

        ["SDG001 record struct"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(NumClasses = 3)]
            internal record struct [|TissueLoss|]<T>;
            """,
            ("SDG001", NotPartial)),

        ["SDG001 with a call"] = new(
            "namespace Demo { [SoftDice.SoftDiceLoss(NumClasses = 3)] internal class [|TissueLoss|]; }" + CallOfForward,
            ("SDG001", NotPartial))
        {
            // There is no Forward.
            OfTheCompiler = ["CS0117"],
        },

        ["SDG001 in one of two parts"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(NumClasses = 3)]
            internal partial class TissueLoss;
            internal class [|TissueLoss|];
            """,
            ("SDG001", NotPartial))
        {
            OfTheCompiler = ["CS0260"],
        },

        ["SDG002 class"] = new(
            """
            namespace Demo;
            internal class [|Model|]
            {
                [SoftDice.SoftDiceLoss(NumClasses = 3)]
                internal partial class TissueLoss;
            }
            """,
            ("SDG002", "'Model' contains 'TissueLoss', which has [SoftDiceLoss], but is not partial; add 'partial' to 'Model'")),

        ["SDG001 and SDG002 twice"] = new(
            """
            namespace Demo;
            internal interface [|IOuter|]
            {
                internal struct [|Inner|]
                {
                    [SoftDice.SoftDiceLoss(NumClasses = 3)]
                    internal class [|TissueLoss|];
                }
            }
            """,
            ("SDG002", "'IOuter' contains 'TissueLoss', which has [SoftDiceLoss], but is not partial; add 'partial' to 'IOuter'"),
            ("SDG002", "'Inner' contains 'TissueLoss', which has [SoftDiceLoss], but is not partial; add 'partial' to 'Inner'"),
            ("SDG001", NotPartial)),

        ["SDG003 type"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(NumClasses = 3)]
            file partial class [|TissueLoss|];
            """,
            ("SDG003", FileLocal("TissueLoss"))),

        ["SDG003 container"] = new(
            """
            namespace Demo;
            file partial class [|Model|]
            {
                [SoftDice.SoftDiceLoss(NumClasses = 3)]
                internal partial class TissueLoss;
            }
            """,
            ("SDG003", FileLocal("Model"))),

        ["SDG004 without arguments"] = new(
            "namespace Demo { [[|SoftDice.SoftDiceLoss|]] internal partial class TissueLoss; }" + CallOfForward,
            ("SDG004", MissingClasses)),

        ["SDG004 with another argument"] = new(
            "namespace Demo { [[|SoftDice.SoftDiceLoss(Epsilon = 0)|]] internal partial class TissueLoss; }" + CallOfForward,
            ("SDG004", MissingClasses)),

        ["SDG005 zero"] = Option("[|NumClasses = 0|]", ("SDG005", ClassesOutOfRange("0"))),
        ["SDG005 negative"] = Option("[|NumClasses = -3|], Epsilon = 1", ("SDG005", ClassesOutOfRange("-3"))),
        ["SDG005 too many"] = Option("[|NumClasses = 4096 + 1|]", ("SDG005", ClassesOutOfRange("4097"))),
        ["SDG005 smallest"] = Option("[|NumClasses = int.MinValue|]", ("SDG005", ClassesOutOfRange("-2147483648"))),
        ["SDG006 negative"] = Option("NumClasses = 3, [|Epsilon = -1e-5|]", ("SDG006", EpsilonIs("-1E-05"))),
        ["SDG006 not a number"] = Option("NumClasses = 3, [|Epsilon = double.NaN|]", ("SDG006", EpsilonIs("NaN"))),
        ["SDG006 infinite"] = Option("NumClasses = 3, [|Epsilon = 1 / 0.0|]", ("SDG006", EpsilonIs("Infinity"))),
        ["SDG006 minus infinity"] = Option("NumClasses = 3, [|Epsilon = -1 / 0.0|]", ("SDG006", EpsilonIs("-Infinity"))),
        ["SDG005 and SDG006"] = Option(
            "[|NumClasses = 0|], [|Epsilon = -1|]", ("SDG005", ClassesOutOfRange("0")), ("SDG006", EpsilonIs("-1"))),

        ["SDG011 none of them"] = Option(
            "NumClasses = 3, [|Activation = (SoftDice.SoftDiceActivation)3|]", ("SDG011", ActivationIs("3"))),
        ["SDG012 none of them"] = Option(
            "NumClasses = 3, [|Labels = (SoftDice.SoftDiceLabels)2|]", ("SDG012", LabelsAre("2"))),
        ["SDG010 class index for a target"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(NumClasses = 1, Labels = SoftDice.SoftDiceLabels.OneHot)]
            internal partial class TissueLoss;
            internal static class User
            {
                public static double Use() => TissueLoss.Forward([1], [|new int[1]|], 1);
                public static double UseWell() => TissueLoss.Forward([1], new float[1], 1) + TissueLoss.Forward([1], new byte[1], 1);
            }
            """,
            ("SDG010", "Labels of type 'int' are not supported here; use byte or float, as Labels is OneHot")),
        ["SDG011 negative"] = Option(
            "NumClasses = 3, [|Activation = (SoftDice.SoftDiceActivation)(-1)|]", ("SDG011", ActivationIs("-1"))),

        ["SDG007"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(NumClasses = 3)]
            internal partial class [|TissueLoss|] { }
            """,
            ("SDG007", TooOld("13.0")))
        {
            Language = LanguageVersion.CSharp13,
        },

        ["SDG007 with a call"] = new(
            "namespace Demo { [SoftDice.SoftDiceLoss(NumClasses = 3)] internal partial class [|TissueLoss|] { } }" + CallOfForward,
            ("SDG007", TooOld("12.0")))
        {
            Language = LanguageVersion.CSharp12,
        },

        ["SDG007 long ago"] = new(
            "namespace Demo { [SoftDice.SoftDiceLoss(NumClasses = 3)] internal partial class [|TissueLoss|] { } }",
            ("SDG007", TooOld("8.0")))
        {
            Language = LanguageVersion.CSharp8,
        },

        ["SDG008 on two parts"] = new(
            "namespace Demo { [SoftDice.SoftDiceLoss(NumClasses = 1)] internal partial class TissueLoss; }\n" +
            "namespace Demo { [[|SoftDice.SoftDiceLoss(NumClasses = 4)|]] internal partial class TissueLoss; }" + CallOfForward,
            ("SDG008", Repeated)),

        ["SDG008 three on one part"] = new(
            "using SoftDice;\nnamespace Demo { [SoftDiceLoss(NumClasses = 1), [|SoftDiceLoss|]] [[|SoftDiceLoss(NumClasses = 0)|]] " +
            "internal partial class TissueLoss; }" + CallOfForward,
            ("SDG008", Repeated),
            ("SDG008", Repeated)),

        ["SDG009 property"] = Member("internal static int [|NumClasses|] => 1;", "NumClasses"),
        ["SDG009 field"] = Member("internal const double [|Epsilon|] = 1;", "Epsilon"),
        ["SDG009 nested type"] = Member("internal struct [|Sums|] { }", "Sums"),
        ["SDG009 delegate field"] = Member("internal static System.Action? [|Forward|];", "Forward") with
        {
            // The field is never assigned.
            OfTheCompiler = ["CS0649"],
        },
        ["SDG009 event accessor"] = Member("internal static event System.Action [|Accumulate|] { add { } remove { } }", "Accumulate"),
        ["SDG009 method where a type goes"] = Member("internal static int [|Sums|]() => 1;", "Sums"),
        ["SDG009 method where a constant goes"] = Member("internal static int [|NumClasses|]() => 1;", "NumClasses"),
        ["SDG009 type parameter"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(NumClasses = 3)]
            internal partial class TissueLoss<[|Sums|]>;
            """,
            ("SDG009", Taken("TissueLoss", "Sums"))),

        ["SDG009 positional property"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(NumClasses = 3)]
            internal partial record TissueLoss(double [|Epsilon|]);
            """,
            ("SDG009", Taken("TissueLoss", "Epsilon"))),

        ["SDG009 type itself"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(NumClasses = 3)]
            internal partial class [|Forward|];
            """,
            ("SDG009", Taken("Forward", "Forward"))),

        ["SDG010 double"] = Call("[1], [|new double[1]|], 1", "double"),
        ["SDG010 stated type"] = Call("[1], [|[0]|], 1", "ulong", "<ulong>"),
        ["SDG010 enum"] = Call("[1], [|new System.DayOfWeek[1]|], 1", "System.DayOfWeek"),
        ["SDG010 bool"] = Call("[1], batchSize: 1, [|labels: default(System.ReadOnlySpan<bool>)|]", "bool"),
        ["SDG010 decimal"] = Call("[1], [|System.Array.Empty<decimal>()|], 1", "decimal"),
        ["SDG010 sums"] = new(
            """
            namespace Demo;
            [SoftDice.SoftDiceLoss(NumClasses = 1)]
            internal partial class TissueLoss;
            internal static class User
            {
                public static void Use(ref TissueLoss.Sums sums, char[] labels)
                {
                    TissueLoss.Accumulate<char>(ref sums, [1], [|labels|], 1);
                    TissueLoss.Accumulate<SoftDice.Kernels.ScalarLane, char>(ref sums, [1], [|labels|], 1);
                }
            }
            """,
            ("SDG010", LabelsOf("char")),
            ("SDG010", LabelsOf("char"))),
    };

    private const string NotPartial =
        "'TissueLoss' has [SoftDiceLoss] but is not partial; add 'partial' so that its loss can be generated into it";

    private const string MissingClasses =
        "[SoftDiceLoss] on 'TissueLoss' does not say how many classes there are; write [SoftDiceLoss(NumClasses = ...)], 1 to 4096";

    private const string Repeated =
        "'TissueLoss' has [SoftDiceLoss] more than once, on one part or on several; keep one and remove this one";

    private static string FileLocal(string container) =>
        $"The loss of 'TissueLoss' cannot be generated, because '{container}' is file-local and no other file can add to it; remove 'file'";

    private static string ClassesOutOfRange(string value) => $"NumClasses of 'TissueLoss' is {value}; it must be 1 to 4096";

    private static string EpsilonIs(string value) =>
        $"Epsilon of 'TissueLoss' is {value}; it must be finite and not negative, and is 1e-5 if left out";

    private static string ActivationIs(string value) =>
        $"Activation of 'TissueLoss' is {value}; it must be None, Softmax or Sigmoid";

    private static string TooOld(string version) =>
        $"The loss of 'TissueLoss' needs C# 14, the default for .NET 10, but this project is compiled as C# {version}; " +
        "remove LangVersion or raise it";

    private static string Taken(string type, string member) =>
        $"The generated loss of '{type}' has a member '{member}', but that name is already taken here; rename it";

    private static string LabelsOf(string type) =>
        $"Labels of type '{type}' are not supported here; use byte, sbyte, short, ushort, int, uint, long or float (byte is the fastest)";

    private static string LabelsAre(string value) => $"Labels of 'TissueLoss' is {value}; it must be ClassIndex or OneHot";

    private static Mistake Option(string arguments, params (string Id, string Message)[] expected) => new(
        $"namespace Demo {{ [SoftDice.SoftDiceLoss({arguments})] internal partial class TissueLoss; }}" + CallOfForward, expected);

    private static Mistake Member(string member, string name) => new(
        $$"""
        namespace Demo;
        [SoftDice.SoftDiceLoss(NumClasses = 3)]
        internal partial class TissueLoss
        {
            {{member}}
        }
        """,
        ("SDG009", Taken("TissueLoss", name)));

    private static Mistake Call(string arguments, string type, string typeArguments = "") => new(
        $$"""
        namespace Demo;
        [SoftDice.SoftDiceLoss(NumClasses = 1)]
        internal partial class TissueLoss;
        internal static class User
        {
            public static double Use() => TissueLoss.Forward{{typeArguments}}({{arguments}});
        }
        """,
        ("SDG010", LabelsOf(type)));
}
