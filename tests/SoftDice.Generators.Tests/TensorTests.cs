using System;
using System.Linq;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis.CSharp;

using VerifyXunit;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>Overloads for tensors are there where the project knows tensors, and leave no trace where it does not.</summary>
public sealed class TensorTests
{
    [Theory]
    [InlineData("ClassIndex")]
    [InlineData("OneHot")]
    public async Task With_the_package(string labels)
    {
        GeneratorRun run = Run(Shapes.InDemo("public partial class TissueLoss;", $"NumClasses = 3, Labels = SoftDiceLabels.{labels}"));

        run.AssertCompilesWithoutDiagnostics();
        await Verifier.Verify(run.Driver).UseDirectory("Snapshots").UseParameters(labels);
    }

    [Fact]
    public async Task Where_the_loss_is_not_one_number()
    {
        GeneratorRun run = Run(Shapes.InDemo("public partial class TissueLoss;", "NumClasses = 3, Reduction = SoftDiceReduction.None"));

        run.AssertCompilesWithoutDiagnostics();
        await Verifier.Verify(run.Driver).UseDirectory("Snapshots");
    }

    [Fact]
    public async Task With_a_mask()
    {
        GeneratorRun run = Run(Shapes.InDemo("public partial class TissueLoss;", "NumClasses = 3, Mask = true"));

        run.AssertCompilesWithoutDiagnostics();
        await Verifier.Verify(run.Driver).UseDirectory("Snapshots");
    }

    [Fact]
    public void Without_the_package_nothing_mentions_them()
    {
        GeneratorRun run = GeneratorHarness.Run(Shapes.InDemo("public partial class TissueLoss;", "NumClasses = 3"));

        Assert.Equal(GeneratorRun.FilesPerLoss, run.Sources.Count);
        Assert.All(run.Sources.Values, text => Assert.DoesNotContain("Tensor", text, StringComparison.Ordinal));
    }

    [Fact]
    public void All_shapes_of_type_take_them()
    {
        foreach (string source in Shapes.Sources.Values)
        {
            GeneratorRun run = Run(source);
            run.AssertCompilesWithoutDiagnostics();
            Assert.Contains(run.Sources.Keys, name => name.EndsWith(SoftDiceGenerator.TensorsEnding, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void While_they_are_experimental_they_are_left_alone()
    {
        const string Experimental =
            """
            namespace System.Numerics.Tensors
            {
                /// <summary>As in version 9 of the package.</summary>
                /// <typeparam name="T">The element.</typeparam>
                [System.Diagnostics.CodeAnalysis.Experimental("SYSLIB5001")]
                public readonly ref struct ReadOnlyTensorSpan<T>;
            }
            """;
        GeneratorRun run = GeneratorHarness.Run(Shapes.InDemo("public partial class TissueLoss;", "NumClasses = 3"), Experimental);

        run.AssertCompilesWithoutDiagnostics();
        Assert.Equal(GeneratorRun.FilesPerLoss, run.Sources.Count);
    }

    private static GeneratorRun Run(string source)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(source);
        return GeneratorHarness.Run(compilation.AddReferences(GeneratorHarness.Tensors));
    }
}
