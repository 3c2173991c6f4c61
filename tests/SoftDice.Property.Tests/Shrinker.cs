using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace SoftDice.PropertyTests;

/// <summary>Makes a configuration that fails smaller, as long as it fails.</summary>
internal sealed class Shrinker(Judge judge)
{
    private const int MostTries = 400;

    public int Tries { get; private set; }

    /// <summary>What is wrong with a loss that is compiled alone; null if nothing is, or if the analyzers refuse it.</summary>
    public async Task<string?> FindFault(Configuration configuration)
    {
        using CompiledLosses losses = await CompiledLosses.Make([configuration.Text]);
        return losses.AnalyzerIds(0).Length > 0 ? null
            : losses.AreClean ? judge.FindFault(LossUnderTest.Of(losses.Loss(0)), configuration)
            : $"The compiler says: {string.Join('\n', losses.CompilerDiagnostics(0).Concat(losses.CompilerDiagnostics(-1)))}";
    }

    /// <summary>The smallest that fails, and its fault.</summary>
    public async Task<(Configuration Smallest, string Fault)> Shrink(Configuration failing, string fault)
    {
        bool isSmaller = true;
        while (isSmaller)
        {
            isSmaller = false;
            foreach (Configuration candidate in Smaller(failing).Distinct().Where(candidate => candidate != failing).TakeWhile(_ => Tries < MostTries))
            {
                Tries++;
                if (await FindFault(candidate) is string found)
                {
                    (failing, fault, isSmaller) = (candidate, found, true);
                    break;
                }
            }
        }

        return (failing, fault);
    }

    private static IEnumerable<Configuration> Smaller(Configuration failing)
    {
        Recipe recipe = failing.Recipe;
        foreach (Argument argument in failing.Arguments.Skip(1))
        {
            yield return failing.Without(argument);
        }

        foreach (int numClasses in Between(1, failing.NumClasses))
        {
            yield return failing.WithClasses(numClasses);
        }

        foreach (int batchSize in Between(1, recipe.BatchSize))
        {
            yield return failing with { Recipe = recipe with { BatchSize = batchSize } };
        }

        foreach (int pixels in Between(0, recipe.Pixels))
        {
            yield return failing with { Recipe = recipe with { Pixels = pixels } };
        }

        yield return failing with { Recipe = recipe with { Threads = 1 } };
        yield return failing with { Recipe = recipe with { Scale = 1 } };
        yield return failing with { Recipe = recipe with { Values = Values.Uniform } };
        yield return failing with { Recipe = recipe with { Labels = LabelDraw.Uniform } };
        yield return failing with { Recipe = recipe with { Ignored = IgnoredDraw.Nothing } };
        if (recipe.Labels < LabelDraw.Soft)
        {
            yield return failing with { Recipe = recipe with { LabelType = LabelType.Byte } };
        }
    }

    // The least, then half the way back each time, and one less.
    private static IEnumerable<int> Between(int least, int largest)
    {
        for (int step = largest - least; step > 0; step /= 2)
        {
            yield return largest - step;
        }
    }
}
