using System;
using System.IO;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>The generated file that the README shows is the one that is generated.</summary>
public sealed class ReadmeTests
{
    private const string Marker = "<!-- generated: NumClasses = 3 -->\n";
    private const string Opening = "```csharp\n";
    private const string Closing = "```\n";

    [Fact]
    public void The_readme_shows_what_is_generated()
    {
        GeneratorRun run = GeneratorHarness.Run("namespace Demo; [SoftDice.SoftDiceLoss(NumClasses = 3)] public partial class TissueLoss;");
        string generated = run.Sources["Demo.TissueLoss.SoftDice.g.cs"];
        string readme = Repository.Read("README.md");

        int marker = readme.IndexOf(Marker, StringComparison.Ordinal);
        Assert.True(marker >= 0, $"README.md has no line {Marker}");
        int start = readme.IndexOf(Opening, marker, StringComparison.Ordinal) + Opening.Length;
        Assert.Equal(marker + Marker.Length + Opening.Length, start);
        int end = readme.IndexOf("\n" + Closing, start - 1, StringComparison.Ordinal) + 1;
        Assert.InRange(end, start, readme.Length);

        if (AcceptMode.IsOn)
        {
            File.WriteAllText(Repository.PathOf("README.md"), readme[..start] + generated + readme[end..]);
            return;
        }

        Assert.Equal(generated, readme[start..end]);
    }
}
