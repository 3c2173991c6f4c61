using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>A mistake stays an error, whatever a project says of warnings; what is a warning is the project's to silence.</summary>
public sealed class SilencingTests
{
    public static TheoryData<string> MistakeNames => [.. Mistakes.All.Keys.Except(Mistakes.Warnings)];

    public static TheoryData<string> WarningNames => [.. Mistakes.Warnings];

    [Theory]
    [MemberData(nameof(WarningNames))]
    public async Task Every_way_to_silence_a_warning_silences_it(string name)
    {
        CSharpCompilation compilation = Compile(name);
        string id = Assert.Single(IdsOf(name));
        CSharpCompilation[] silenced =
        [
            Compile(name, $"#pragma warning disable {id}\n"),
            Compile(name, $"[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"SoftDice\", \"{id}\")]\n"),
            compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([KeyValuePair.Create(id, ReportDiagnostic.Suppress)])),
            compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new SeverityNone([id]))),
        ];

        await AssertIsReported(name, compilation);
        foreach (CSharpCompilation silent in silenced)
        {
            Assert.Empty(await AnalyzerHarness.Analyze(GeneratorHarness.Run(silent).Output));
        }
    }

    // The project of the other tests makes errors of all warnings.
    [Theory]
    [MemberData(nameof(WarningNames))]
    public async Task A_warning_is_an_error_only_where_a_project_wants_that(string name)
    {
        CSharpCompilation compilation = Compile(name);
        CSharpCompilation lenient = compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default));

        await AssertIsReported(name, lenient, DiagnosticSeverity.Warning);
    }

    [Theory]
    [MemberData(nameof(MistakeNames))]
    public async Task No_pragma_silences_a_mistake(string name)
    {
        string ids = string.Join(", ", IdsOf(name));

        await AssertIsReported(name, Compile(name, $"#pragma warning disable {ids}\n"));
    }

    /// <summary>The options of a compilation hold what stands in NoWarn and in a .globalconfig.</summary>
    [Theory]
    [MemberData(nameof(MistakeNames))]
    public async Task No_warning_option_silences_a_mistake(string name)
    {
        CSharpCompilation compilation = Compile(name);

        await AssertIsReported(name, compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
            IdsOf(name).Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress)))));
    }

    [Theory]
    [MemberData(nameof(MistakeNames))]
    public async Task No_editorconfig_silences_a_mistake(string name)
    {
        CSharpCompilation compilation = Compile(name);

        await AssertIsReported(
            name, compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new SeverityNone(IdsOf(name)))));
    }

    /// <summary>
    /// The compiler lets [SuppressMessage] hide even an error that cannot be configured. Where an option has been replaced by a
    /// valid one, code that computes something else than was asked for must then not run.
    /// </summary>
    [Theory]
    [InlineData("SDG004", "")]
    [InlineData("SDG005", "(NumClasses = 0)")]
    [InlineData("SDG006", "(NumClasses = 1, Epsilon = -1)")]
    [InlineData("SDG021", "(NumClasses = 1, Epsilon = TissueLoss.NumClasses)")]
    [InlineData("SDG021", "(NumClasses = 1, ClassWeights = [TissueLoss.NumClasses])")]
    public async Task No_program_runs_with_a_replaced_option(string id, string arguments)
    {
        GeneratorRun run = GeneratorHarness.Run(
            $$"""
            [assembly: System.Diagnostics.CodeAnalysis.SuppressMessage("SoftDice", "{{id}}")]
            [SoftDice.SoftDiceLoss{{arguments}}]
            internal partial class TissueLoss
            {
                public static double Run() => Forward<byte>([1], [0], 1);
            }
            """);

        ImmutableArray<Diagnostic> found = await AnalyzerHarness.Analyze(run.Output);

        if (found.Length == 0 && run.CompilerDiagnosticIds().Length == 0)
        {
            Assert.Throws<TargetInvocationException>(() => run.Call<double>("TissueLoss", "Run"));
        }
    }

    private static string[] IdsOf(string name) => [.. Mistakes.All[name].Expected.Select(text => text.Id).Distinct()];

    private static CSharpCompilation Compile(string name, string firstLine = "") => GeneratorHarness.Compile(
        GeneratorHarness.ParseOptions.WithLanguageVersion(Mistakes.All[name].Language),
        ("Source.cs", firstLine + AnalyzerHarness.ReadMarks(Mistakes.All[name].Source).Source)).AddReferences(Mistakes.All[name].References);

    private static async Task AssertIsReported(string name, CSharpCompilation compilation, DiagnosticSeverity severity = DiagnosticSeverity.Error)
    {
        ImmutableArray<Diagnostic> found = await AnalyzerHarness.Analyze(GeneratorHarness.Run(compilation).Output);

        Assert.Equal(
            Mistakes.All[name].Expected.Select(text => (text.Id, severity)),
            found.Select(diagnostic => (diagnostic.Id, diagnostic.Severity)));
    }

    /// <summary>An .editorconfig with <c>dotnet_diagnostic.(ID).severity = none</c>.</summary>
    private sealed class SeverityNone(string[] ids) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(
            SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Suppress;
            return ids.Contains(diagnosticId);
        }

        public override bool TryGetGlobalDiagnosticValue(
            string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Default;
            return false;
        }
    }
}
