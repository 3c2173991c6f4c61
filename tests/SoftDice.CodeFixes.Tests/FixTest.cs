using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

using SoftDice.Generators.Diagnostics;

using Xunit;

namespace SoftDice.CodeFixes.Tests;

/// <summary>
/// A user's file, with marks where it is wrong, and what a fix makes of it: one diagnostic after the other, and with Fix All in the document, the project
/// and the solution.
/// </summary>
internal sealed class FixTest<TFix> : CSharpCodeFixTest<LossTypeAnalyzer, TFix, DefaultVerifier>
    where TFix : CodeFixProvider, new()
{
    public static Task Run(string wrong, string right, string? title = null)
    {
        FixTest<TFix> test = new()
        {
            TestCode = wrong,
            FixedCode = right,
            // The running framework, as GeneratorHarness has it: the package of its references is not in every registry.
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
            CompilerDiagnostics = CompilerDiagnostics.None,
            CodeActionVerifier = title is null ? null : (action, verifier) => verifier.Equal(title, action.Title),
        };
        test.TestState.AdditionalReferences.AddRange(
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
                .Append(typeof(SoftDiceLossAttribute).Assembly.Location)
                .Select(path => MetadataReference.CreateFromFile(path)));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.Diagnose);
}
