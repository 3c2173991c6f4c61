using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;

using TorchSharp;

using Xunit;

using static TorchSharp.torch;

namespace SoftDice.Torch.Tests;

/// <summary>The README's example is compiled, and runs.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_network_of_the_readme_learns()
    {
        using DisposeScope scope = NewDisposeScope();

        // At first a network knows nothing: a cross-entropy and an overlap's term of ln 2 each. Half of that is gone if it has learned anything.
        Assert.InRange(ReadmeExample.Run(), 0, Math.Log(2));
    }

    [Fact]
    public void The_readme_has_what_is_compiled()
    {
        string folder = Path.GetDirectoryName(ThisFile())!;
        string readme = File.ReadAllText(Path.Combine(folder, "..", "..", "README.md"));
        foreach (string part in File.ReadAllText(Path.Combine(folder, "ReadmeExample.cs")).Split("// <README>\n").Skip(1))
        {
            string[] lines = part[..part.IndexOf("// </README>", StringComparison.Ordinal)].TrimEnd().Split('\n');
            int indent = lines[0].Length - lines[0].TrimStart().Length;
            string text = string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[indent..]));
            Assert.Contains(text, readme, StringComparison.Ordinal);
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
