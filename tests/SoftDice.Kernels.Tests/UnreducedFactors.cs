using System.Linq;

namespace SoftDice.Kernels.Tests;

/// <summary>What tests multiply the losses by that are not reduced to one number, and the options of a loss that is their sum.</summary>
internal static class UnreducedFactors
{
    /// <summary>A factor for each loss of the sums: different from class to class, and one 0.</summary>
    public static double[] Of(SoftDiceOptions options, int losses) => [.. Enumerable.Range(0, losses).Select(i => Factor(options, i))];

    /// <summary>The options with the factors in the weights of a sum.</summary>
    public static SoftDiceOptions Reduced(SoftDiceOptions options)
    {
        double[] weights = new double[options.NumClasses];
        int loss = 0;
        for (int c = 0; c < weights.Length; c++)
        {
            bool counts = !(c == 0 && !options.IncludeBackground) && !options.ExcludedClasses.Contains(c);
            double weight = options.ClassWeights.Count == 0 ? 1 : options.ClassWeights[c];
            weights[c] = counts ? weight * Factor(options, loss++) : weight;
        }

        return options with
        {
            Reduction = SoftDiceReduction.Sum,
            ClassWeights = options.GeneralizedWeights != SoftDiceGeneralizedWeights.None ? [] : weights,
        };
    }

    private static double Factor(SoftDiceOptions options, int loss) =>
        options.GeneralizedWeights != SoftDiceGeneralizedWeights.None ? 1 : (loss + 2) % 4;
}
