using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Numerics.Tensors;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftDice.Generators.Tests;

/// <summary>A user's project in memory, under the strictest settings, and the generator run over it.</summary>
internal static class GeneratorHarness
{
    /// <summary>Diagnose makes the compiler read documentation comments, and miss them on public members (CS1591).</summary>
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    /// <summary>Every warning there is, as an error; no unsafe code.</summary>
    public static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        generalDiagnosticOption: ReportDiagnostic.Error,
        warningLevel: 9999,
        nullableContextOptions: NullableContextOptions.Enable);

    // The running framework, and not what xunit and Roslyn bring along.
    private static readonly ImmutableArray<MetadataReference> Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly MetadataReference Library = MetadataReference.CreateFromFile(typeof(SoftDiceLossAttribute).Assembly.Location);

    /// <summary>The package that has tensors, which most projects do not reference.</summary>
    public static readonly MetadataReference Tensors = MetadataReference.CreateFromFile(typeof(Tensor).Assembly.Location);

    public static CSharpCompilation Compile(params string[] sources) =>
        Compile(ParseOptions, [.. sources.Select((text, index) => ($"Source{index}.cs", text))]);

    public static CSharpCompilation Compile(CSharpParseOptions parseOptions, params (string Path, string Text)[] sources) =>
        CSharpCompilation.Create(
            "Consumer",
            sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, parseOptions, source.Path)),
            Framework.Add(Library),
            Options);

    public static CSharpCompilation CompileWithoutLibrary(string source) => Compile(source).WithReferences(Framework);

    public static GeneratorRun Run(params string[] sources) => Run(Compile(sources));

    public static GeneratorRun Run(CSharpCompilation input)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new SoftDiceGenerator().AsSourceGenerator()],
            parseOptions: (CSharpParseOptions?)input.SyntaxTrees.FirstOrDefault()?.Options ?? ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return GeneratorRun.Of(driver, input);
    }
}
