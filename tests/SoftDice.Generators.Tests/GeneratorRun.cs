using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>One run of the generator: what went in, the driver after it, and the compilation with what came out.</summary>
internal sealed record GeneratorRun(GeneratorDriver Driver, CSharpCompilation Input, CSharpCompilation Output)
{
    /// <summary>The loss, its gradient, its sums.</summary>
    public const int FilesPerLoss = 3;

    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    /// <summary>The generated texts by hint name, in the order of the names.</summary>
    public SortedDictionary<string, string> Sources => new(
        Result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString()),
        StringComparer.Ordinal);

    public static GeneratorRun Of(GeneratorDriver driver, CSharpCompilation input)
    {
        GeneratorDriver after = driver.RunGeneratorsAndUpdateCompilation(
            input, out Compilation output, out ImmutableArray<Diagnostic> _, TestContext.Current.CancellationToken);
        return new GeneratorRun(after, input, (CSharpCompilation)output);
    }

    /// <summary>The next run of the same driver, as after an edit.</summary>
    public GeneratorRun Rerun(CSharpCompilation edited) => Of(Driver, edited);

    /// <summary>The generator has thrown nothing and, as mistakes are for the analyzers, said nothing (CS8785 included).</summary>
    public void AssertDidNotFail()
    {
        Assert.Null(Result.Exception);
        Assert.Empty(Driver.GetRunResult().Diagnostics);
    }

    /// <summary>The generator was silent, and the user's code compiles with its output without so much as a hint.</summary>
    public void AssertCompilesWithoutDiagnostics()
    {
        AssertDidNotFail();
        AssertNone(Output.GetDiagnostics(TestContext.Current.CancellationToken));
    }

    /// <summary>Whatever the user's own code is like, nothing is wrong in the generated files.</summary>
    public void AssertNoDiagnosticsInGeneratedCode()
    {
        AssertDidNotFail();
        AssertNone(Output.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Location.SourceTree is SyntaxTree tree && !Input.ContainsSyntaxTree(tree)));
    }

    /// <summary>IDs of the compiler's own errors and warnings, sorted.</summary>
    public string[] CompilerDiagnosticIds() =>
    [
        .. Output.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(diagnostic => diagnostic.Id)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Loads the compiled code and calls a static method of it that has no parameters.</summary>
    public T Call<T>(string typeName, string methodName)
    {
        using MemoryStream image = new();
        EmitResult emitted = Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        AssertNone(emitted.Diagnostics);
        image.Position = 0;
        AssemblyLoadContext context = new("Consumer", isCollectible: true);
        try
        {
            MethodInfo method = context.LoadFromStream(image).GetType(typeName, throwOnError: true)!.GetMethod(methodName)!;
            return (T)method.Invoke(null, null)!;
        }
        finally
        {
            context.Unload();
        }
    }

    private static void AssertNone(IEnumerable<Diagnostic> diagnostics)
    {
        string[] found = [.. diagnostics.Select(diagnostic => $"{diagnostic}\n    {LineOf(diagnostic.Location)}")];
        Assert.True(found.Length == 0, $"Diagnostics:\n{string.Join('\n', found.Take(10))}");
    }

    private static string? LineOf(Location location) =>
        location.SourceTree?.GetText().Lines[location.GetLineSpan().StartLinePosition.Line].ToString().Trim();
}
