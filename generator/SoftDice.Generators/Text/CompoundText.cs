using System.Collections.Generic;
using System.Linq;

using SoftDice.Generators.Model;

namespace SoftDice.Generators.Text;

/// <summary>The terms beside that of the overlap, as formulas over the sums.</summary>
internal static class CompoundText
{
    /// <summary>What the terms weigh, where that is not 1.</summary>
    public static IEnumerable<string> Constants(LossOptions options)
    {
        if (options.Compound.OverlapWeight != 1)
        {
            yield return $"private const double OverlapWeight = {SourceWriter.Literal(options.Compound.OverlapWeight)};";
        }

        if (options.Compound.HasCrossEntropy && options.Compound.CrossEntropy != 1)
        {
            yield return $"private const double CrossEntropyFactor = {SourceWriter.Literal(options.Compound.CrossEntropy)};";
        }
    }

    /// <summary>Tables that the formulas need.</summary>
    public static IEnumerable<string> Tables(LossOptions options)
    {
        if (options.Compound.HasWeights)
        {
            yield return AggregateText.Table("double", "PixelWeights", options.Compound.ClassWeights.Select(SourceWriter.Literal));
        }
    }

    /// <summary>The loss and its terms, ending with the heading of the overlap's.</summary>
    public static string Losses(LossOptions options, int arrays) =>
        $$"""
        /// <summary>The sum over the pixels of what the cross-entropy of each is, times the weight of its label where labels have one.</summary>
        public readonly double CrossEntropySum => values[{{arrays}} * NumClasses];

        /// <summary>What that is divided by: {{(options.Compound.HasWeights ? "the sum of the weights of the labels" : "the number of pixels")}}.</summary>
        public readonly double CrossEntropyWeight
        {
            get
            {
                double weight = 0;
                for (int c = 0; c < NumClasses; c++)
                {
                    weight += {{(options.Compound.HasWeights ? "PixelWeights[c] * " : string.Empty)}}TargetSum(c);
                }

                return weight;
            }
        }

        /// <inheritdoc/>
        public readonly double Loss() => {{(options.Compound.OverlapWeight == 1 ? string.Empty : "OverlapWeight * ")}}OverlapLoss() + {{Factor(options)}}CrossEntropyLoss();

        /// <summary>The term of the cross-entropy, before its weight: 0 where no pixel has a weight.</summary>
        public readonly double CrossEntropyLoss() => CrossEntropyWeight == 0 ? 0 : CrossEntropySum / CrossEntropyWeight;

        /// <summary>The term of the overlap, before its weight.</summary>
        public readonly double OverlapLoss()
        """;

    /// <summary>What the loops call.</summary>
    public static string Internals(LossOptions options, int arrays) =>
        $$"""
        internal void AddCrossEntropy(global::System.Runtime.Intrinsics.Vector256<double> sum) =>
            values[{{arrays}} * NumClasses] += global::System.Runtime.Intrinsics.Vector256.Sum(sum);

        // What the probabilities less those of the label are multiplied by in the slopes of the logits.
        internal readonly float CrossEntropySlope(double scale) =>
            CrossEntropyWeight == 0 ? 0 : (float)(scale{{(options.Compound.CrossEntropy == 1 ? string.Empty : " * CrossEntropyFactor")}} / CrossEntropyWeight);
        """;

    private static string Factor(LossOptions options) => options.Compound.CrossEntropy == 1 ? string.Empty : "CrossEntropyFactor * ";
}
