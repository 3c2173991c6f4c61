using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

using Xunit;

namespace SoftDice.Generators.Tests.Pages;

/// <summary>Every block of C# in the README and in docs is compiled, and run.</summary>
/// <remarks>
/// The blocks of a page are one program, in their order. A comment &lt;!-- context ... --&gt; begins another one, with lines of C# that the reader has
/// in mind. Other comments before a block say that it is a program by itself, is wrong, or is to be found elsewhere: <see cref="BlockKind"/>.
/// </remarks>
[Collection("Console")]
public sealed partial class PageTests
{
    public static TheoryData<string> WithCode => [.. Page.All.Where(page => page.Blocks.Count > 0).Select(page => page.Name)];

    public static TheoryData<string> Names => [.. Page.All.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(WithCode))]
    public async Task Fragments_compile_and_run(string name)
    {
        CodeBlock[] blocks = [.. Page.Read(name).Blocks.Where(block => block.Kind is BlockKind.Context or BlockKind.Fragment)];
        string text = PageProgram.Join(blocks);
        CSharpCompilation program = PageProgram.Compile(text, OutputKind.DynamicallyLinkedLibrary);

        AssertClean(program, text);
        Assert.Empty(await AnalyzerHarness.Analyze(program));
        PageProgram.Run(program);
    }

    [Theory]
    [MemberData(nameof(WithCode))]
    public void Programs_print_what_their_comments_say(string name)
    {
        foreach (CodeBlock block in Page.Read(name).Blocks.Where(block => block.Kind == BlockKind.Program))
        {
            CSharpCompilation program = PageProgram.Compile(block.Text, OutputKind.ConsoleApplication);
            AssertClean(program, block.Text);

            string[] printed = PageProgram.Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            string[] shown = [.. Shown().Matches(block.Text).Select(match => match.Groups["number"].Value)];
            Assert.NotEmpty(shown);
            Assert.Equal(shown.Length, printed.Length);
            Assert.All(shown.Zip(printed), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(WithCode))]
    public async Task What_is_shown_as_wrong_is_reported(string name)
    {
        foreach (CodeBlock block in Page.Read(name).Blocks.Where(block => block.Kind == BlockKind.Reports))
        {
            CSharpCompilation program = PageProgram.Compile("using SoftDice;\n" + block.Text, OutputKind.DynamicallyLinkedLibrary);
            Assert.Equal([block.Argument], (await AnalyzerHarness.Analyze(program)).Select(diagnostic => diagnostic.Id));
        }
    }

    [Theory]
    [MemberData(nameof(WithCode))]
    public void What_is_compiled_elsewhere_is_there(string name)
    {
        foreach (CodeBlock block in Page.Read(name).Blocks.Where(block => block.Kind == BlockKind.CompiledIn))
        {
            // In this order; the file may do more in between.
            string[] lines = [.. Repository.Read(block.Argument).Split('\n').Select(line => line.Trim())];
            int next = 0;
            foreach (string line in block.Text.Split('\n').Select(line => line.Trim()))
            {
                next = Array.IndexOf(lines, line, next) + 1;
                Assert.True(next > 0, $"{block.Argument} does not have the line «{line}» of {name} in its place.");
            }
        }
    }

    // An indented block has no language, and would be missed by all of the above.
    [Theory]
    [MemberData(nameof(Names))]
    public void All_code_is_marked_as_such(string name) => Assert.Empty(Page.Read(name).Indented);

    [Fact]
    public void Blocks_are_found()
    {
        ILookup<BlockKind, CodeBlock> blocks = Page.All.SelectMany(page => page.Blocks).ToLookup(block => block.Kind);

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Blocks of C# on {Page.All.Count} pages: {blocks[BlockKind.Fragment].Count()} compiled and run with their page, {blocks[BlockKind.Program].Count()} as programs, {blocks[BlockKind.Reports].Count()} reported as wrong, {blocks[BlockKind.CompiledIn].Count()} compiled elsewhere, {blocks[BlockKind.Generated].Count()} of generated code"));
        Assert.All(Enum.GetValues<BlockKind>(), kind => Assert.NotEmpty(blocks[kind]));
    }

    private static void AssertClean(CSharpCompilation program, string text)
    {
        // What a page shows is not documented, and what it computes not always used.
        Diagnostic[] diagnostics =
        [
            .. program.GetDiagnostics(TestContext.Current.CancellationToken)
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1591"),
        ];
        Assert.True(diagnostics.Length == 0, string.Join('\n', diagnostics.Select(diagnostic => diagnostic.ToString())) + "\n" + text);
    }

    [GeneratedRegex(@"Console\.WriteLine\(.*\);\s*// (?<number>-?[0-9.]+[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Shown();
}
