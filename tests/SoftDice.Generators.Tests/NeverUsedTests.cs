using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>What counts as a use of an annotated type, and which types nobody can know of whether they are used.</summary>
public sealed class NeverUsedTests
{
    private const string Loss = "namespace Demo { [SoftDice.SoftDiceLoss(NumClasses = 3)] internal partial class TissueLoss; }";

    /// <summary>Files of a project in which TissueLoss is used, or may be.</summary>
    private static readonly Dictionary<string, string[]> Used = new()
    {
        ["a static member"] = [Loss, In("static double M() => TissueLoss.Forward<byte>([1, 1, 1], [0], 1);")],
        ["a constant"] = [Loss, In("static int M() => TissueLoss.NumClasses;")],
        ["a constant in an attribute"] = [Loss, "[assembly: System.CLSCompliant(Demo.TissueLoss.NumClasses == 3)]"],
        ["a nested type"] = [Loss, In("static int M(in TissueLoss.Sums sums) => 0;")],
        ["a type argument"] =
        [
            Loss,
            In(
                """
                static double M() => Evaluate<TissueLoss, TissueLoss.Sums>();
                static double Evaluate<TLoss, TSums>() where TLoss : SoftDice.ISoftDiceLoss<TSums> where TSums : struct, SoftDice.ISoftDiceSums<TSums> => 0;
                """),
        ],
        ["typeof"] = [Loss, In("static SoftDice.SoftDiceOptions M() => SoftDice.SoftDiceOptions.Of(typeof(TissueLoss));")],
        ["using static"] = [Loss, "using static Demo.TissueLoss; class User { static double M() => Forward<byte>([1, 1, 1], [0], 1); }"],
        ["global using static"] = ["global using static Demo.TissueLoss;", Loss, "class User { static int M() => NumClasses; }"],
        ["an alias"] = [Loss, "using L = Demo.TissueLoss; class User { static int M() => L.NumClasses; }"],
        ["an alias that is qualified"] = [Loss, "using L = Demo.TissueLoss; class User { static int M() => L::Sums.ByteCount; }"],
        ["a global alias"] = ["global using L = Demo.TissueLoss;", Loss, "class User { static int M() => L.NumClasses; }"],
        ["an alias of a nested type"] = [Loss, "using S = Demo.TissueLoss.Sums; class User { static int M() => S.ByteCount; }"],
        ["an alias of a list"] =
            [Loss, "using Losses = System.Collections.Generic.List<Demo.TissueLoss>; class User { static int M(Losses losses) => losses.Count; }"],
        ["an alias of a pair"] = [Loss, "using Two = (Demo.TissueLoss, int); class User { static int M(Two two) => two.Item2; }"],
        ["an alias of an alias"] =
            ["global using D = Demo;", Loss, "namespace Inner { using L = D.TissueLoss; class User { static int M() => L.NumClasses; } }"],
        ["an alias of a namespace"] = [Loss, "using D = Demo; class User { static int M() => D.TissueLoss.NumClasses; }"],
        ["an alias that is hidden elsewhere"] =
        [
            Loss,
            "using L = Demo.TissueLoss; class User { static int M() => L.NumClasses; }",
            "using L = System.Int32; class Other { static int M() => L.MaxValue; }",
        ],
        ["new"] = [Loss, In("static object M() => new TissueLoss();")],
        ["a field"] = [Loss, In("TissueLoss? loss;")],
        ["a pattern"] = [Loss, In("static bool M(object value) => value is TissueLoss;")],
        ["an array"] = [Loss, In("static object M() => System.Array.Empty<TissueLoss[]>();")],
        ["a base type"] = [Loss, "namespace Demo { internal sealed class Derived : TissueLoss; }"],
        ["a lambda in a field"] = [Loss, In("static readonly System.Func<int> F = () => TissueLoss.NumClasses;")],
        ["a default value"] = [Loss, In("static int M(int classes = TissueLoss.NumClasses) => classes;")],
        ["the type around it"] =
            ["partial class Outer { [SoftDice.SoftDiceLoss(NumClasses = 3)] private partial class TissueLoss; static int M() => TissueLoss.NumClasses; }"],
        ["another loss's option"] =
        [
            "[SoftDice.SoftDiceLoss(NumClasses = 3)] partial class TissueLoss { public const int Own = 3; }",
            "[SoftDice.SoftDiceLoss(NumClasses = TissueLoss.Own)] public partial class OrganLoss;",
        ],
        ["a loss in it"] =
        [
            "[SoftDice.SoftDiceLoss(NumClasses = 3)] partial class TissueLoss { [SoftDice.SoftDiceLoss(NumClasses = 3)] internal partial class OrganLoss; }",
            "class User { static int M() => TissueLoss.OrganLoss.NumClasses; }",
        ],
        ["a generic one"] =
            ["[SoftDice.SoftDiceLoss(NumClasses = 3)] partial class TissueLoss<T>; class User { static int M() => TissueLoss<int>.NumClasses; }"],
        ["a generic one without arguments"] =
            ["[SoftDice.SoftDiceLoss(NumClasses = 3)] partial class TissueLoss<T>; class User { static object M() => typeof(TissueLoss<>); }"],
        ["a name that is escaped"] =
            ["[SoftDice.SoftDiceLoss(NumClasses = 3)] partial class @class; class User { static int M() => @class.NumClasses; }"],
        ["a letter that is escaped"] = [Loss, In("static int M() => \\u0054issueLoss.NumClasses;")],
        ["a method of the user's that is called nameof"] = [Loss, In("static int M() => nameof(TissueLoss.NumClasses); static int nameof(int number) => number;")],
        ["code that does not bind"] = [Loss, In("static int M() => Missing(TissueLoss.Missing, x => x.TissueLoss);")],
        ["code that is being written"] = [Loss, In("static int M() => TissueLoss.")],
        ["a public type"] = ["[SoftDice.SoftDiceLoss(NumClasses = 3)] public partial class TissueLoss;"],
        ["a protected type"] = ["public partial class Model { [SoftDice.SoftDiceLoss(NumClasses = 3)] protected partial class TissueLoss; }"],
        ["a protected internal type"] = ["public partial class Model { [SoftDice.SoftDiceLoss(NumClasses = 3)] protected internal partial class TissueLoss; }"],
        ["a friend"] = [Loss, "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Friend\")]"],
        ["extension methods"] =
            ["[SoftDice.SoftDiceLoss(NumClasses = 3)] static partial class TissueLoss { public static int Count(this float[] values) => values.Length; }"],
        ["extension members"] =
            ["[SoftDice.SoftDiceLoss(NumClasses = 3)] static partial class TissueLoss { extension(float[] values) { public int Count => values.Length; } }"],
        ["another attribute"] = ["[SoftDice.SoftDiceLoss(NumClasses = 3), System.ComponentModel.Description(\"\")] partial class TissueLoss;"],
        ["an attribute of a member"] = ["[SoftDice.SoftDiceLoss(NumClasses = 3)] partial class TissueLoss { [System.ComponentModel.Description(\"\")] void M() { } }"],
        ["a base type of its own"] = ["[SoftDice.SoftDiceLoss(NumClasses = 3)] partial class TissueLoss : System.Exception;"],
        ["a base type on another part"] = [Loss, "namespace Demo { partial class TissueLoss : System.IDisposable { public void Dispose() { } } }"],
    };

    public static TheoryData<string> UsedNames => [.. Used.Keys];

    [Theory]
    [MemberData(nameof(UsedNames))]
    public async Task A_type_that_may_be_used_is_left_alone(string name)
    {
        Assert.Empty(await Unused(GeneratorHarness.Compile(Used[name])));
        Assert.Empty(await Unused(GeneratorHarness.Compile([.. Used[name].Reverse()])));
    }

    // Of two losses in two files the other one is found unused all the same, whatever the order of the files.
    [Theory]
    [MemberData(nameof(UsedNames))]
    public async Task A_type_beside_it_is_still_reported(string name)
    {
        const string Other = "namespace Apart { [SoftDice.SoftDiceLoss(NumClasses = 3)] internal partial class SkinLoss; }";
        string[] expected = name == "a friend" ? [] : ["SkinLoss"];

        Assert.Equal(expected, await Unused(GeneratorHarness.Compile([.. Used[name], Other])));
        Assert.Equal(expected, await Unused(GeneratorHarness.Compile([Other, .. Used[name].Reverse()])));
    }

    [Fact]
    public async Task The_program_itself_may_be_annotated()
    {
        CSharpCompilation program = GeneratorHarness.Compile(
            "[SoftDice.SoftDiceLoss(NumClasses = 3)] internal partial class Program { private static void Main() => System.Console.WriteLine(NumClasses); }");
        CSharpCompilation inside = GeneratorHarness.Compile(
            "[SoftDice.SoftDiceLoss(NumClasses = 3)] internal partial class Program { private static class Start { private static void Main() { } } }");

        Assert.Equal(["Program"], await Unused(program));
        Assert.Empty(await Unused(program.WithOptions(program.Options.WithOutputKind(OutputKind.ConsoleApplication))));
        Assert.Empty(await Unused(inside.WithOptions(inside.Options.WithOutputKind(OutputKind.ConsoleApplication))));
    }

    [Fact]
    public async Task What_another_generator_writes_is_a_use()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(
            GeneratorHarness.ParseOptions, ("Loss.cs", Loss), ("Page.g.cs", "// <auto-generated/>\n" + In("static int M() => TissueLoss.NumClasses;")));

        Assert.Empty(await Unused(compilation));
    }

    [Fact]
    public async Task What_another_generator_annotates_is_not_for_the_user_to_use() =>
        Assert.Empty(await Unused(GeneratorHarness.Compile(GeneratorHarness.ParseOptions, ("Loss.g.cs", "// <auto-generated/>\n" + Loss))));

    [Theory]
    [InlineData("NumClasses = 0")]
    [InlineData("NumClasses = 3, Alpha = 0.5")]
    [InlineData("NumClasses = 3), SoftDice.SoftDiceLoss(NumClasses = 3")]
    public async Task What_is_wrong_with_a_type_comes_first(string arguments) =>
        Assert.Empty(await Unused(GeneratorHarness.Compile($"[SoftDice.SoftDiceLoss({arguments})] internal partial class TissueLoss;")));

    [Fact]
    public async Task Many_types_in_many_files_are_told_apart()
    {
        string[] losses = [.. Enumerable.Range(0, 40).Select(i => $"namespace N{i % 5} {{ [SoftDice.SoftDiceLoss(NumClasses = 2)] partial class Loss{i}; }}")];
        string[] users = [.. Enumerable.Range(0, 40).Where(i => i % 3 != 0).Select(i => $"class User{i} {{ static int M() => N{i % 5}.Loss{i}.NumClasses; }}")];

        Assert.Equal(
            Enumerable.Range(0, 40).Where(i => i % 3 == 0).Select(i => $"Loss{i}").Order(StringComparer.Ordinal),
            (await Unused(GeneratorHarness.Compile([.. users, .. losses]))).Order(StringComparer.Ordinal));
    }

    private static string In(string members) => $"namespace Demo {{ class User {{ {members} }} }}";

    private static async Task<string[]> Unused(CSharpCompilation compilation) =>
    [
        .. (await AnalyzerHarness.Analyze(GeneratorHarness.Run(compilation).Output))
            .Where(diagnostic => diagnostic.Id == "SDG022")
            .Select(diagnostic => diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan)),
    ];
}
