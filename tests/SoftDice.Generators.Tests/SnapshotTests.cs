using System.Globalization;
using System.Threading.Tasks;

using VerifyXunit;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>What the generator writes, in full, and that it compiles.</summary>
public sealed class SnapshotTests
{
    public static TheoryData<string> AllShapes => [.. Shapes.Sources.Keys];

    // One register group (1 to 4), groups of two sizes over tiles (19, 150).
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(19)]
    [InlineData(150)]
    public async Task Class_counts(int numClasses)
    {
        string arguments = string.Create(CultureInfo.InvariantCulture, $"NumClasses = {numClasses}");
        GeneratorRun run = GeneratorHarness.Run(Shapes.InDemo("public partial class TissueLoss;", arguments));

        run.AssertCompilesWithoutDiagnostics();
        await Verifier.Verify(run.Driver).UseDirectory("Snapshots").UseParameters(numClasses);
    }

    // One channel of sigmoid is the foreground of two labels.
    [Theory]
    [InlineData("Softmax", 3)]
    [InlineData("Softmax", 19)]
    [InlineData("Sigmoid", 3)]
    [InlineData("Sigmoid", 1)]
    public async Task Activations(string activation, int numClasses)
    {
        string arguments = string.Create(
            CultureInfo.InvariantCulture, $"NumClasses = {numClasses}, Activation = SoftDiceActivation.{activation}");
        GeneratorRun run = GeneratorHarness.Run(Shapes.InDemo("public partial class TissueLoss;", arguments));

        run.AssertCompilesWithoutDiagnostics();
        await Verifier.Verify(run.Driver).UseDirectory("Snapshots").UseParameters(activation, numClasses);
    }

    [Theory]
    [InlineData("None", 3)]
    [InlineData("None", 5)]
    [InlineData("Sigmoid", 1)]
    [InlineData("Softmax", 3)]
    [InlineData("Softmax", 19)]
    public async Task One_hot_labels(string activation, int numClasses)
    {
        string arguments = string.Create(
            CultureInfo.InvariantCulture,
            $"NumClasses = {numClasses}, Labels = SoftDiceLabels.OneHot, Activation = SoftDiceActivation.{activation}");
        GeneratorRun run = GeneratorHarness.Run(Shapes.InDemo("public partial class TissueLoss;", arguments));

        run.AssertCompilesWithoutDiagnostics();
        await Verifier.Verify(run.Driver).UseDirectory("Snapshots").UseParameters(activation, numClasses);
    }

    [Theory]
    [MemberData(nameof(AllShapes))]
    public async Task Shapes_of_type(string shape)
    {
        GeneratorRun run = GeneratorHarness.Run(Shapes.Sources[shape]);

        run.AssertCompilesWithoutDiagnostics();
        await Verifier.Verify(run.Driver).UseDirectory("Snapshots").UseParameters(shape);
    }
}
