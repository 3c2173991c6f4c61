using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>Random programs, most of them broken: nothing throws, and what is generated of good code compiles.</summary>
public sealed class FuzzTests
{
    /// <summary>The seed of the first program; the next have the next ones, so that one that fails is made again with its seed and a number of 1.</summary>
    private static readonly int Seed = Number("SOFTDICE_FUZZ_SEED", 1);
    private static readonly int Programs = Number("SOFTDICE_FUZZ_PROGRAMS", 2000);

    /// <summary>Without warnings as errors: code of this kind is full of them.</summary>
    private static readonly CSharpCompilation Empty = GeneratorHarness.Compile()
        .WithOptions(GeneratorHarness.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default).WithAllowUnsafe(true));

    private readonly ConcurrentQueue<string> _failures = [];
    private int _generated;
    private int _compiled;

    [Fact]
    public async Task Random_programs_break_nothing_of_ours()
    {
        await CheckAll(Programs, number => ($"seed {Seed + number}", new FuzzSource(Seed + number).Write()));

        // What is never right proves little: of a normal run a tenth must have compiled with what was generated.
        Assert.True(Programs < 100 || _compiled > Programs / 10, $"Only {_compiled} of {Programs} programs compiled with a loss.");
    }

    [Fact]
    public async Task Every_option_at_every_limit_breaks_nothing_of_ours()
    {
        (string Option, string Value)[] every = [.. FuzzSource.EveryValue()];

        await CheckAll(every.Length, number =>
        {
            (string option, string value) = every[number];
            string classes = option == "NumClasses" ? string.Empty : "NumClasses = 3, ";
            string source = $"[SoftDice.SoftDiceLoss({classes}{option} = {value})] internal partial class TissueLoss;";
            return ($"{option} = {value[..Math.Min(value.Length, 40)]}", source);
        });
    }

    private async Task CheckAll(int count, Func<int, (string Name, string Source)> write)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, count), TestContext.Current.CancellationToken, async (number, _) =>
        {
            (string name, string source) = write(number);
            try
            {
                await Check(source);
            }
            catch (Exception exception)
            {
                _failures.Enqueue($"{name}:\n{source[..Math.Min(source.Length, 2000)]}\n{exception.InnerException ?? exception}");
            }
        });

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{count} programs from seed {Seed}: {_generated} with a loss, {_compiled} of them compiled, {_failures.Count} failed");
        Assert.True(_failures.IsEmpty, $"{_failures.Count} of {count} programs failed:\n{string.Join("\n\n", _failures.Take(5))}");
    }

    private async Task Check(string source)
    {
        CSharpCompilation input = Empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            source, GeneratorHarness.ParseOptions, "Source.cs", cancellationToken: TestContext.Current.CancellationToken));
        GeneratorRun run = GeneratorHarness.Run(input);
        run.AssertDidNotFail();
        ImmutableArray<Diagnostic> mistakes = await AnalyzerHarness.Analyze(run.Output);
        foreach (SyntaxTree tree in run.Result.GeneratedSources.Select(generated => generated.SyntaxTree))
        {
            Assert.Empty(Errors(tree.GetDiagnostics(TestContext.Current.CancellationToken)));
        }

        if (run.Sources.Count == 0)
        {
            return;
        }

        Interlocked.Increment(ref _generated);
        // Beside a global type of that name no file reaches the namespace System, ours or anyone's.
        bool hidesSystem = !input.Assembly.GlobalNamespace.GetTypeMembers("System").IsEmpty;
        if (!mistakes.Any(mistake => mistake.DefaultSeverity == DiagnosticSeverity.Error) && !hidesSystem && !Errors(input.GetDiagnostics(TestContext.Current.CancellationToken)).Any())
        {
            Assert.Empty(Errors(run.Output.GetDiagnostics(TestContext.Current.CancellationToken)));
            Interlocked.Increment(ref _compiled);
        }
    }

    private static IEnumerable<string> Errors(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString());

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
