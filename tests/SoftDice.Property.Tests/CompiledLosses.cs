using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

using SoftDice.Generators.Tests;

using Xunit;

namespace SoftDice.PropertyTests;

/// <summary>Losses written by the generator into one assembly, compiled as a user's and loaded until they are disposed of.</summary>
internal sealed class CompiledLosses : IDisposable
{
    /// <summary>A project without files, whose references have been read: they are not read again for each of those that are made of it.</summary>
    private static readonly CSharpCompilation Framework = Empty();

    private readonly AssemblyLoadContext context;
    private readonly Assembly? assembly;
    private readonly ILookup<int, string> compiler;
    private readonly ILookup<int, Diagnostic> analyzers;

    private CompiledLosses(Assembly? assembly, AssemblyLoadContext context, IEnumerable<Diagnostic> compiler, IEnumerable<Diagnostic> analyzers)
    {
        this.assembly = assembly;
        this.context = context;
        this.compiler = compiler.ToLookup(IndexOf, diagnostic => diagnostic.ToString());
        this.analyzers = analyzers.ToLookup(IndexOf);
    }

    /// <summary>Whether the compiler had nothing to say of any of them.</summary>
    public bool AreClean => compiler.Count == 0;

    public static async Task<CompiledLosses> Make(IReadOnlyList<string> arguments)
    {
        GeneratorRun run = GeneratorHarness.Run(Framework.AddSyntaxTrees(arguments.Select((text, index) =>
            CSharpSyntaxTree.ParseText(Source(text, index), GeneratorHarness.ParseOptions, $"L{Show(index)}.cs"))));
        run.AssertDidNotFail();
        ImmutableArray<Diagnostic> analyzers = await AnalyzerHarness.Analyze(run.Output);

        AssemblyLoadContext context = new("Drawn", isCollectible: true);
        using MemoryStream image = new();
        EmitResult emitted = run.Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        image.Position = 0;
        return new CompiledLosses(emitted.Success ? context.LoadFromStream(image) : null, context, emitted.Diagnostics, analyzers);
    }

    // Optimised, as kernels are to be tested as users run them.
    private static CSharpCompilation Empty()
    {
        CSharpCompilation empty = GeneratorHarness.Compile();
        empty = empty.WithOptions(empty.Options.WithOptimizationLevel(OptimizationLevel.Release));
        Assert.Empty(empty.GetDiagnostics(TestContext.Current.CancellationToken));
        return empty;
    }

    /// <summary>What the compiler says of a loss.</summary>
    public string[] CompilerDiagnostics(int index) => [.. compiler[index]];

    /// <summary>The IDs of what the analyzers say of a loss.</summary>
    public string[] AnalyzerIds(int index) => [.. analyzers[index].Select(diagnostic => diagnostic.Id)];

    public Type Loss(int index) => assembly!.GetType($"Drawn.L{Show(index)}", throwOnError: true)!;

    public void Dispose() => context.Unload();

    // Documented and public, so that the compiler is at its strictest; and called, so that members that are missing are missed; with labels of a type
    // that can be any ignored one.
    private static string Source(string arguments, int index) =>
        $$"""
        using SoftDice;

        namespace Drawn;

        /// <summary>A loss.</summary>
        [SoftDiceLoss({{arguments}})]
        public partial class L{{Show(index)}};

        internal static class UserOfL{{Show(index)}}
        {
            public static void Use() => L{{Show(index)}}.Forward<{{(arguments.Contains("SoftDiceLabels.OneHot", StringComparison.Ordinal) ? "byte" : "long")}}>([], []{{(TakesThree(arguments) ? ", []" : string.Empty)}}, 1);
        }
        """;

    // A place for the losses, or a mask: of the two together, which is a mistake, the mask goes.
    private static bool TakesThree(string arguments) =>
        arguments.Contains("SoftDiceReduction.None", StringComparison.Ordinal) || arguments.Contains("Mask = true", StringComparison.Ordinal);

    // Files are L17.cs and, generated, .../Drawn.L17.SoftDice.g.cs.
    private static int IndexOf(Diagnostic diagnostic)
    {
        string file = Path.GetFileName(diagnostic.Location.SourceTree?.FilePath ?? string.Empty);
        string name = file.Split('.').FirstOrDefault(part => part.Length > 1 && part[0] == 'L' && char.IsAsciiDigit(part[1])) ?? "L-1";
        return int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture);
    }

    private static string Show(int index) => index.ToString(CultureInfo.InvariantCulture);
}
