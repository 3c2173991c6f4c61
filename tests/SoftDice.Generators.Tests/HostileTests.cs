using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>Names that generated code or its files might trip over.</summary>
public sealed class HostileTests
{
    private static readonly string[] Endings = ["a", "b", "B", "é", "e\u0301"];

    public static TheoryData<string> TrapNames => [.. Trap.All.Keys];

    [Theory]
    [MemberData(nameof(TrapNames))]
    public async Task A_trap_compiles_without_a_warning_and_computes_the_loss(string name)
    {
        Trap trap = Trap.All[name];
        GeneratorRun run = GeneratorHarness.Run(
            trap.Source,
            $$"""
            internal static class Probe
            {
                public static double Run() => global::{{trap.Loss}}.Forward<byte>([0.5f, 0, 0.25f, 0, 0.125f], [2], 1);
            }
            """);

        run.AssertCompilesWithoutDiagnostics();
        Assert.Empty((await AnalyzerHarness.Analyze(run.Output)).Select(AnalyzerHarness.Describe));
        double expected = SoftDiceReference.Loss<byte>(new SoftDiceOptions(5), [0.5f, 0, 0.25f, 0, 0.125f], [2], 1);
        Assert.Equal(expected, run.Call<double>("Probe", "Run"), 1e-12);
    }

    [Theory]
    [MemberData(nameof(TrapNames))]
    public void Every_file_system_takes_the_name_of_a_file(string name)
    {
        GeneratorRun run = GeneratorHarness.Run(Trap.All[name].Source);

        Assert.NotEmpty(run.Sources);
        Assert.All(run.Sources.Keys, hint =>
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(hint), 1, 255);
            Assert.Matches("^[-._0-9A-Za-z]+$", hint);
        });
    }

    /// <summary>Whichever the generator chooses: another name of its own, or an error that names the member.</summary>
    [Theory]
    [InlineData("internal const int AddTiles = 1;")]
    [InlineData("internal const int Add3Classes = 1;")]
    [InlineData("internal const int Add2Classes = 1;")]
    [InlineData("internal struct AddTiles;")]
    [InlineData("internal static int AddTiles => 1;")]
    [InlineData("internal static void Epsilon() { }")]
    [InlineData("internal static int Forward<T>(ReadOnlySpan<float> p, ReadOnlySpan<T> l, int b) where T : unmanaged => 1;")]
    public async Task A_member_named_like_a_generated_one_is_no_trouble_or_is_reported(string member)
    {
        GeneratorRun run = GeneratorHarness.Run(
            "global using System;",
            $$"""
            [SoftDice.SoftDiceLoss(NumClasses = 5)]
            internal partial class Loss
            {
                {{member}}
            }
            """);

        Assert.Empty(run.CompilerDiagnosticIds());
        ImmutableArray<Diagnostic> reported = await AnalyzerHarness.Analyze(run.Output);
        Assert.True(run.Sources.Count > 0 || reported.Any(diagnostic => diagnostic.Id == "SDG009"));
    }

    /// <summary>A type hides a namespace of references that has its full name, from generated code as from the user's: C# has no other way to write it.</summary>
    [Theory]
    [InlineData("internal class System;")]
    [InlineData("internal struct System;")]
    [InlineData("internal interface System;")]
    public void Beside_a_type_of_the_global_namespace_called_System_no_code_reaches_the_framework(string type)
    {
        const string Own = "internal static class Own { public static global::System.ReadOnlySpan<float> None => default; }";
        string[] own = GeneratorHarness.Run(type, Own).CompilerDiagnosticIds();
        string[] generated = GeneratorHarness.Run(type, "[SoftDice.SoftDiceLoss(NumClasses = 2)] internal partial class Loss;").CompilerDiagnosticIds();

        Assert.Equal(["CS0426", "CS0437"], own);
        Assert.All(own, id => Assert.Contains(id, generated));
    }

    [Theory]
    [InlineData("class Foo;", "class fOO;")]
    [InlineData("class fOO;", "struct FOO;")]
    [InlineData("class Foo<T>;", "class fOO<T>;")]
    public void Names_that_differ_only_in_case_have_files_that_do_not(string first, string second)
    {
        GeneratorRun run = GeneratorHarness.Run(
            "[SoftDice.SoftDiceLoss(NumClasses = 2)] internal partial " + first,
            "[SoftDice.SoftDiceLoss(NumClasses = 3)] internal partial " + second);

        run.AssertCompilesWithoutDiagnostics();
        Assert.Equal(2 * GeneratorRun.FilesPerLoss, run.Sources.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    /// <summary>The user has silenced the warning that such a name may become a keyword; another part must not bring it back.</summary>
    [Theory]
    [InlineData("class foo;")]
    [InlineData("class Foo<item>;")]
    [InlineData("class @foo<@type>;")]
    public void A_name_of_small_letters_only_is_warned_of_no_second_time(string declaration) => GeneratorHarness.Run(
        $"#pragma warning disable CS8981\n[SoftDice.SoftDiceLoss(NumClasses = 2)] internal partial {declaration}")
        .AssertCompilesWithoutDiagnostics();

    [Fact]
    public void The_same_name_elsewhere_is_another_name()
    {
        GeneratorRun run = GeneratorHarness.Run(
            """
            using SoftDice;
            [SoftDiceLoss(NumClasses = 2)] internal partial class Loss;
            [SoftDiceLoss(NumClasses = 2)] internal partial class Loss<T>;
            [SoftDiceLoss(NumClasses = 2)] internal partial class Loss<T, U>;
            namespace First { [SoftDiceLoss(NumClasses = 2)] internal partial class Loss; }
            namespace First.Second { [SoftDiceLoss(NumClasses = 2)] internal partial class Loss; }
            namespace Second { [SoftDiceLoss(NumClasses = 2)] internal partial class Loss; }
            namespace Second { partial class Loss { [SoftDiceLoss(NumClasses = 2)] internal partial class Loss1; } }
            namespace Second { internal partial class Loss<T> { [SoftDiceLoss(NumClasses = 2)] internal partial class Loss1; } }
            """);

        run.AssertCompilesWithoutDiagnostics();
        Assert.Equal(
            [
                "First.Loss", "First.Second.Loss", "Loss", "Loss-1", "Loss-2", "Second.Loss", "Second.Loss-1.Loss1", "Second.Loss.Loss1",
            ],
            run.Sources.Keys.Where(hint => hint.EndsWith(".SoftDice.g.cs", StringComparison.Ordinal))
                .Select(hint => hint.Replace(".SoftDice.g.cs", string.Empty, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Long_names_that_differ_only_at_their_end_have_different_files()
    {
        string name = new('A', 400);

        GeneratorRun run = GeneratorHarness.Run(
            [.. Endings.Select(ending => $"[SoftDice.SoftDiceLoss(NumClasses = 2)] internal partial class {name}{ending};")]);

        run.AssertCompilesWithoutDiagnostics();
        Assert.Equal(GeneratorRun.FilesPerLoss * Endings.Length, run.Sources.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }
}
