using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

using SoftDice.Generators.Tests;

using Xunit;

namespace SoftDice.PackageTests;

/// <summary>Someone who does what the README says, and knows no more.</summary>
public sealed partial class NewUserTests(Workplace workplace)
{
    [Fact]
    public async Task The_lines_of_the_readme_lead_to_a_loss()
    {
        string readme = Repository.Read("README.md");
        Assert.Contains(
            "    dotnet new console -o FirstLoss\n    cd FirstLoss\n    dotnet add package SoftDice --source ../softdice-feed\n", readme, StringComparison.Ordinal);
        Match program = Program().Match(readme);
        string home = workplace.Folder("newuser"), project = Path.Combine(home, "FirstLoss");
        Directory.CreateDirectory(home);

        // The version is named because that of the tests is none that is taken without being asked for.
        await Do(home, "new", "console", "-o", "FirstLoss");
        await Do(project, "add", "package", "SoftDice", "--source", workplace.Feed, "--version", workplace.Version);
        File.WriteAllText(Path.Combine(project, "Program.cs"), program.Groups["text"].Value);
        string printed = await Do(project, "run", "-c", "Release", "-p:EmitCompilerGeneratedFiles=true");

        string[] lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith(program.Groups["number"].Value, Assert.Single(lines), StringComparison.Ordinal);

        // And the generated code is where the README says.
        const string Place = "obj/Release/net10.0/generated/SoftDice.Generators/SoftDice.Generators.SoftDiceGenerator";
        Assert.Contains($"`{Place}`", readme, StringComparison.Ordinal);
        Assert.Equal(
            ["TissueLoss.SoftDice.Gradient.g.cs", "TissueLoss.SoftDice.Sums.g.cs", "TissueLoss.SoftDice.g.cs"],
            Directory.EnumerateFiles(Path.Combine(project, Place)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    private async Task<string> Do(string folder, params IEnumerable<string> command)
    {
        Dictionary<string, string> environment = new() { ["NUGET_PACKAGES"] = workplace.Folder("packages") };
        Ending ending = await Tool.Run("dotnet", folder, environment, command);
        return ending.MustBeWell();
    }

    [GeneratedRegex("<!-- program -->\n```csharp\n(?<text>.*?// (?<number>[0-9.]+[0-9])\\.\\.\\..*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();
}
