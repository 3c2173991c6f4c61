using System;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace VerifyTests;

/// <summary>A generator that does what a test of the stand-in wants.</summary>
internal sealed class FakeGenerator(Action<SourceProductionContext, Compilation> output) : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(context.CompilationProvider, output);

    /// <summary>Runs generators over one source and gives the files of the snapshot.</summary>
    public static SnapshotFile[] FilesOf(string source, params Action<SourceProductionContext, Compilation>[] outputs)
    {
        CSharpCompilation compilation =
            CSharpCompilation.Create("Fake", [CSharpSyntaxTree.ParseText(source, path: @"folder\Source.cs")]);
        ISourceGenerator[] generators = Array.ConvertAll(outputs, output => new FakeGenerator(output).AsSourceGenerator());
        GeneratorDriver driver = CSharpGeneratorDriver.Create(generators).RunGenerators(compilation);
        return [.. GeneratorSnapshot.FilesOf(driver.GetRunResult())];
    }
}
