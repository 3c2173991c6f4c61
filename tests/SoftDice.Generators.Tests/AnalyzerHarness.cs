using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

using SoftDice.Generators.Diagnostics;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>Runs the analyzers as a compiler does: over the user's code together with the generated code.</summary>
internal static class AnalyzerHarness
{
    private const string Begin = "[|";
    private const string End = "|]";

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = 
        [new LossTypeAnalyzer(), new LabelTypeAnalyzer(), new NeverUsedAnalyzer(), new ActivatedTwiceAnalyzer()];

    public static async Task<ImmutableArray<Diagnostic>> Analyze(Compilation compilation)
    {
        // An analyzer that throws would otherwise be a mere warning, AD0001.
        CompilationWithAnalyzersOptions options = new(
            new AnalyzerOptions([]),
            (exception, _, _) => throw new InvalidOperationException("An analyzer has thrown.", exception),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> diagnostics = await compilation
            .WithAnalyzers(Analyzers, options)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return
        [
            .. diagnostics
                .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>ID, place and message of a diagnostic: <c>SDG001 (2,4)-(2,9) message</c>, lines and columns from 1.</summary>
    public static string Describe(Diagnostic diagnostic) => Describe(
        diagnostic.Id, diagnostic.Location.GetLineSpan().Span, diagnostic.GetMessage(CultureInfo.InvariantCulture));

    public static string Describe(string id, LinePositionSpan span, string message) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{id} ({span.Start.Line + 1},{span.Start.Character + 1})-({span.End.Line + 1},{span.End.Character + 1}) {message}");

    /// <summary>Takes the marks <c>[|</c> and <c>|]</c> out of a source and gives the places that they were around.</summary>
    public static (string Source, LinePositionSpan[] Marked) ReadMarks(string marked)
    {
        ImmutableArray<TextSpan>.Builder spans = ImmutableArray.CreateBuilder<TextSpan>();
        string source = marked;
        for (int start = Find(Begin); start >= 0; start = Find(Begin))
        {
            source = source.Remove(start, Begin.Length);
            int end = Find(End);
            source = source.Remove(end, End.Length);
            spans.Add(TextSpan.FromBounds(start, end));
        }

        TextLineCollection lines = SourceText.From(source).Lines;
        return (source, [.. spans.Select(lines.GetLinePositionSpan)]);

        int Find(string mark) => source.IndexOf(mark, StringComparison.Ordinal);
    }
}
