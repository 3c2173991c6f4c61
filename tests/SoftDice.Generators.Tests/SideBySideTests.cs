using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>The pieces of code that docs/side-by-side.md shows are in the snapshots that it names.</summary>
public sealed partial class SideBySideTests
{
    private const string Page = "docs/side-by-side.md";

    [Fact]
    public void The_page_shows_what_the_snapshots_have()
    {
        string page = Repository.Read(Page);
        string expected = Excerpt().Replace(page, match =>
            $"{match.Groups["marker"].Value}\n```csharp\n{Read(match.Groups["file"].Value, match.Groups["first"].Value, match.Groups["last"].Value)}```\n");

        // Every piece of code is one of these, and there are losses of three kinds.
        Assert.Equal(Regex.Count(page, "```csharp\n"), Excerpt().Count(page));
        Assert.Equal(3, Excerpt().Matches(page).Select(match => match.Groups["loss"].Value).Distinct().Count());
        if (AcceptMode.IsOn)
        {
            File.WriteAllText(Repository.PathOf(Page), expected);
            return;
        }

        Assert.Equal(expected, page);
    }

    // From a line to the next one of another text, without the indent of the first.
    private static string Read(string file, string first, string last)
    {
        string[] lines = Repository.Read($"tests/SoftDice.Generators.Tests/Snapshots/{file}").Split('\n');
        int start = Array.FindIndex(lines, line => line.Trim() == first);
        int end = start < 0 ? -1 : Array.FindIndex(lines, start, line => line.Trim() == last);
        Assert.True(end >= 0, $"{Page} shows the lines from «{first}» to «{last}» of {file}, which are not there any more; choose others.");
        int indent = lines[start].Length - lines[start].TrimStart().Length;
        return string.Concat(lines[start..(end + 1)].Select(line => line[Math.Min(indent, line.Length)..] + "\n"));
    }

    [GeneratedRegex(@"(?<marker><!-- from (?<file>(?<loss>[^:#]+)#[^:]+): (?<first>.+?) \.\.\. (?<last>.+?) -->)\n```csharp\n.*?```\n", RegexOptions.Singleline)]
    private static partial Regex Excerpt();
}
