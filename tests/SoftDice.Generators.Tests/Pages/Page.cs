using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

using Markdig;
using Markdig.Syntax;

namespace SoftDice.Generators.Tests.Pages;

/// <summary>The blocks of C# of a page, in their order.</summary>
internal sealed class Page
{
    private static readonly string[] Pages =
    [
        "README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md", "SECURITY.md", "src/SoftDice/PACKAGE.md", "src/SoftDice.TorchSharp/PACKAGE.md",
        .. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Select(file => "docs/" + Path.GetFileName(file)).Order(StringComparer.Ordinal),
    ];

    private Page(string path, CodeBlock[] blocks, int[] indented)
    {
        Name = path;
        Blocks = blocks;
        Indented = indented;
    }

    public static IReadOnlyList<Page> All { get; } = [.. Pages.Select(Read)];

    public string Name { get; }

    public IReadOnlyList<CodeBlock> Blocks { get; }

    /// <summary>Lines of C# that no block tells the language of.</summary>
    public IReadOnlyList<int> Indented { get; }

    public static Page Read(string path)
    {
        MarkdownDocument document = Markdown.Parse(Repository.Read(path));
        List<CodeBlock> blocks = [];
        string comment = string.Empty;
        foreach (Block block in document)
        {
            if (block is HtmlBlock html)
            {
                comment = html.Lines.ToString().Trim();
                if (Words(comment) is ["context", ..])
                {
                    blocks.Add(new CodeBlock(BlockKind.Context, string.Empty, Inside(comment)["context".Length..], block.Line + 1));
                }

                continue;
            }

            if (block is FencedCodeBlock { Info: "csharp" } code)
            {
                blocks.Add(Describe(comment, code.Lines.ToString(), block.Line + 1));
            }

            comment = string.Empty;
        }

        return new Page(path, [.. blocks], [.. document.Where(LooksLikeCSharp).Select(block => block.Line + 1)]);
    }

    private static CodeBlock Describe(string comment, string text, int line)
    {
        string[] words = Words(comment);
        return words switch
        {
            [] or ["context", ..] => new CodeBlock(BlockKind.Fragment, string.Empty, text, line),
            ["program"] => new CodeBlock(BlockKind.Program, string.Empty, text, line),
            ["reports", string id] => new CodeBlock(BlockKind.Reports, id, text, line),
            ["compiled", "in", string file] => new CodeBlock(BlockKind.CompiledIn, file, text, line),
            ["generated:" or "from", ..] => new CodeBlock(BlockKind.Generated, string.Empty, text, line),
            _ => throw new InvalidDataException($"The comment «{comment}» before line {line} is none that blocks of code have."),
        };
    }

    private static string[] Words(string comment) => Inside(comment).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string Inside(string comment) =>
        comment.StartsWith("<!--", StringComparison.Ordinal) && comment.EndsWith("-->", StringComparison.Ordinal) ? comment[4..^3].Trim() : string.Empty;

    private static bool LooksLikeCSharp(Block block) =>
        block is Markdig.Syntax.CodeBlock code && code is not FencedCodeBlock { Info: "csharp" or "xml" } &&
        code.Lines.ToString().Split('\n').Any(line => line.TrimEnd().EndsWith(';') || line.Contains("[SoftDiceLoss", StringComparison.Ordinal));
}
