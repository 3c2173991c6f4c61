using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

using Xunit;

namespace SoftDice.PackageTests;

/// <summary>Users' projects, built as strictly as can be in two ways, and run.</summary>
public sealed class ConsumerTests(Workplace workplace)
{
    private static readonly string[] Programs = ["App", "Console", "Friend", "Hostile", "Tensors"];

    [Theory]
    [InlineData("modern", "enable", "enable", "true")]
    [InlineData("plain", "disable", "disable", "false")]
    public async Task They_build_without_a_warning_and_print_the_right_loss(string output, string nullable, string usings, string isChecked)
    {
        Ending build = await workplace.Dotnet(
            output, "build", "Consumers.slnx",
            $"-p:Nullable={nullable}", $"-p:ImplicitUsings={usings}", $"-p:CheckForOverflowUnderflow={isChecked}");
        Assert.Contains("    0 Warning(s)", build.MustBeWell(), StringComparison.Ordinal);

        foreach (string program in Programs)
        {
            Ending run = await Tool.Run("dotnet", workplace.Folder(), Tool.SameEnvironment, workplace.Folder(output, "bin", program, "release", program + ".dll"));
            Printed.MustHaveLosses(run.MustBeWell(), program == "Hostile" ? 3 : 1);
            if (program == "Console")
            {
                Printed.MustBeRight(run.Text);
            }
        }

        // Where docs/package.md says.
        Assert.Equal(
            ["Losses.HiddenLoss.SoftDice.Gradient.g.cs", "Losses.HiddenLoss.SoftDice.Sums.g.cs", "Losses.HiddenLoss.SoftDice.g.cs"],
            GeneratedFiles(output, "Friend"));
        Assert.Equal(
            [
                "Consumer.TissueLoss.SoftDice.Gradient.g.cs", "Consumer.TissueLoss.SoftDice.Sums.g.cs", "Consumer.TissueLoss.SoftDice.Tensors.g.cs",
                "Consumer.TissueLoss.SoftDice.g.cs",
            ],
            GeneratedFiles(output, "Tensors"));
        Assert.DoesNotContain(GeneratedFiles(output, "Console"), file => file.Contains("Tensors", StringComparison.Ordinal));

        // The generator does not go on to a project that references one that uses it, though a type there is annotated.
        Assert.Empty(GeneratedFiles(output, "App"));
    }

    [Fact]
    public async Task Mistakes_are_reported_by_the_analyzers_of_the_package()
    {
        Ending build = await workplace.Dotnet("mistaken", "build", "Mistaken/Mistaken.csproj");

        Assert.NotEqual(0, build.Code);
        Assert.Contains("error SDG001: 'NotPartial' has [SoftDiceLoss] but is not partial", build.Text, StringComparison.Ordinal);
        Assert.Contains("error SDG006: Epsilon of 'Negative' is -1", build.Text, StringComparison.Ordinal);
        Assert.Contains("/docs/diagnostics.md#sdg006", build.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("CS8785", build.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compiler_that_is_too_old_is_named_with_the_remedy()
    {
        Ending build = await workplace.Dotnet("old", "build", "Mistaken/Mistaken.csproj", "-p:CompilerApiVersion=roslyn4.14");

        Assert.NotEqual(0, build.Code);
        Assert.Contains("error SDG100: ", build.Text, StringComparison.Ordinal);
        Assert.Contains("This build uses the compiler 'roslyn4.14'. Install the .NET SDK 10", build.Text, StringComparison.Ordinal);
    }

    private string[] GeneratedFiles(string output, string project)
    {
        string folder = workplace.Folder(output, "obj", project, "release", "generated", "SoftDice.Generators", "SoftDice.Generators.SoftDiceGenerator");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)] : [];
    }
}
