using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>Random methods: what is reported of a call is true of every way to it.</summary>
public sealed class ActivationFuzzTests
{
    private const int Programs = 20;
    private const int Methods = 50;

    /// <summary>Enough to take every way through most methods.</summary>
    private const int Runs = 200;

    private static readonly CSharpCompilation Losses = GeneratorHarness.Run(
        GeneratorHarness.Compile(Mistakes.CallsOfLosses("")).AddReferences([GeneratorHarness.Tensors, .. TorchReferences.All])).Output;

    [Fact]
    public async Task What_is_reported_is_true_whichever_way_the_code_takes()
    {
        int reported = 0, always = 0, all = 0;
        for (int program = 0; program < Programs; program++)
        {
            ActivationSource[] methods = [.. Enumerable.Range(program * Methods, Methods).Select(seed => new ActivationSource(seed))];
            CSharpCompilation compilation = Losses.AddSyntaxTrees(Parse(Write(methods)));
            Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken)
                .Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error));

            ILookup<int, int> found = (await AnalyzerHarness.Analyze(compilation)).Select(PlaceOf).ToLookup(place => place.Method, place => place.Call);
            for (int method = 0; method < Methods; method++)
            {
                (bool IsReached, bool IsAlways)[] calls = methods[method].Observe(Runs);
                Assert.All(found[method], call => Assert.True(
                    calls[call].IsAlways, $"Method {method} of program {program}: call {call} is reported, and takes logits:\n{methods[method].Text}"));
                reported += found[method].Count();
                always += calls.Count(call => call is { IsReached: true, IsAlways: true });
                all += calls.Length;
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{Programs * Methods} methods with {all} calls, {always} of which take probabilities always; {reported} are reported");

        // A search that never finds anything would be right as well.
        Assert.True(reported > always / 4, $"Only {reported} of {always} are reported.");
    }

    [Fact]
    public async Task Broken_methods_break_nothing_of_ours()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            string text = Write([.. Enumerable.Range(seed * 3, 3).Select(method => new ActivationSource(method))]);
            SyntaxNode root = await Parse(text).GetRootAsync(TestContext.Current.CancellationToken);
            List<string> tokens = [.. root.DescendantTokens().Select(token => token.ToFullString())];
            for (int left = random.Next(1, 5); left > 0; left--)
            {
                int at = random.Next(tokens.Count), other = random.Next(tokens.Count);
                (tokens[at], tokens[other]) = random.Next(2) == 0 ? (tokens[other], tokens[at]) : (string.Empty, tokens[other]);
            }

            // It throws if an analyzer does.
            await AnalyzerHarness.Analyze(Losses.AddSyntaxTrees(Parse(string.Concat(tokens))));
        }
    }

    private static SyntaxTree Parse(string text) =>
        CSharpSyntaxTree.ParseText(text, GeneratorHarness.ParseOptions, cancellationToken: TestContext.Current.CancellationToken);

    private static string Write(ActivationSource[] methods) =>
        "using System; using System.Numerics.Tensors; namespace Demo;\ninternal static class Random\n{\n" + string.Concat(methods.Select((method, index) =>
            $"static double M{index}(float[] other, byte[] labels)\n{{\nfloat[] p = new float[64], q = new float[64];\ndouble r = 0;\n{method.Text}\nreturn r;\n}}\n")) + "}\n";

    private static (int Method, int Call) PlaceOf(Diagnostic diagnostic)
    {
        Assert.Equal("SDG023", diagnostic.Id);
        string text = diagnostic.Location.SourceTree!.GetText().ToString();
        int start = text.LastIndexOf("static double M", diagnostic.Location.SourceSpan.Start, StringComparison.Ordinal) + "static double M".Length;
        int batch = text.IndexOf("batchSize: ", diagnostic.Location.SourceSpan.End, StringComparison.Ordinal) + "batchSize: ".Length;
        return (Number(text[start..text.IndexOf('(', start)]), Number(text[batch..text.IndexOf(')', batch)]));

        static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
