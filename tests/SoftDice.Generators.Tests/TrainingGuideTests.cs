using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>The code of docs/training.md, pasted in order into one program, compiles and runs.</summary>
public sealed class TrainingGuideTests
{
    [Fact]
    public void Its_code_compiles_and_runs_in_order()
    {
        string guide = Repository.Read("docs/training.md");
        List<string> blocks = [.. Regex.Matches(guide, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
        Assert.True(blocks.Count >= 8, $"Only {blocks.Count} blocks of code.");

        // What the guide takes for granted: shapes and a token, and the usings of a new project.
        IEnumerable<string> types = blocks.Where(IsType).Select(WithoutUsings);
        IEnumerable<string> statements = blocks.Where(block => !IsType(block)).Select(WithoutUsings);
        string program =
            $$"""
            using System;
            using System.Collections.Generic;
            using System.Numerics.Tensors;
            using System.Threading;
            using SoftDice;

            {{string.Concat(types)}}
            internal static class Program
            {
                public static double Run()
                {
                    const int batchSize = 2;
                    const int height = 4;
                    const int width = 5;
                    CancellationToken token = CancellationToken.None;
            {{string.Concat(statements)}}
                    return loss - sameLoss + lossOfStep - lossOfTensors + tumourLoss;
                }
            }
            """;
        GeneratorRun run = GeneratorHarness.Run(GeneratorHarness.Compile(Documented(program)).AddReferences(GeneratorHarness.Tensors));

        run.AssertCompilesWithoutDiagnostics();
        Assert.True(double.IsFinite(run.Call<double>("Program", "Run")));
    }

    private static bool IsType(string block) => block.Contains("[SoftDiceLoss(", StringComparison.Ordinal);

    private static string WithoutUsings(string block) => Regex.Replace(block, "^using [^;]*;\n", string.Empty, RegexOptions.Multiline);

    // The harness misses documentation on public types; the guide's are public because a user's may be.
    private static string Documented(string program) => program.Replace("public partial class", "internal partial class", StringComparison.Ordinal);
}
