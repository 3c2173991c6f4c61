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

        if (options.Focal is { IsThere: true, Factor: not 1 })
        {
            yield return $"private const double FocalFactor = {SourceWriter.Literal(options.Focal.Factor)};";
        }
    }

    /// <summary>How many numbers the terms have: a sum, and what that is divided by where the sums of the classes do not tell.</summary>
    public static int Numbers(LossOptions options) => OfCrossEntropy(options) + FocalSumsText.Numbers(options);

    /// <summary>Where these are, after those of the classes.</summary>
    public static string WhereNumbersAre(LossOptions options) =>
        (options.Compound.HasCrossEntropy ? ", then what the cross-entropy has" : string.Empty) +
        (options.Focal.IsThere ? ", then what the focal term has" : string.Empty);

    /// <summary>Tables that the formulas need.</summary>
    public static IEnumerable<string> Tables(LossOptions options)
    {
        if (options.HasCategoricalCrossEntropy && options.Compound.HasWeights)
        {
            yield return AggregateText.Table("double", "PixelWeights", options.Compound.ClassWeights.Select(SourceWriter.Literal));
        }
    }

    /// <summary>The loss and its terms, ending with the heading of the overlap's.</summary>
    public static string Losses(LossOptions options, int arrays)
    {
        List<string> numbers = [], terms = [], losses = [];
        if (options.Compound.HasCrossEntropy)
        {
            numbers.Add(Members(options, arrays));
            terms.Add($"{Factor(options)}CrossEntropyLoss()");
            losses.Add(CrossEntropyLoss);
        }

        if (options.Focal.IsThere)
        {
            numbers.Add(FocalSumsText.Members(options, AtFocal(options, arrays)));
            terms.Add($"{(options.Focal.Factor == 1 ? string.Empty : "FocalFactor * ")}FocalLoss()");
            losses.Add(FocalSumsText.Loss);
        }

        return
            $$"""
            {{string.Join("\n\n", numbers)}}

            /// <inheritdoc/>
            public readonly double Loss() => {{(options.Compound.OverlapWeight == 1 ? string.Empty : "OverlapWeight * ")}}OverlapLoss() + {{string.Join(" + ", terms)}};

            {{string.Join("\n\n", losses)}}

            /// <summary>The term of the overlap, before its weight.</summary>
            public readonly double OverlapLoss()
            """;
    }

    /// <summary>What the loops call.</summary>
    public static string Internals(LossOptions options, int arrays) => string.Join("\n\n", AllInternals(options, arrays));

    private static IEnumerable<string> AllInternals(LossOptions options, int arrays)
    {
        if (options.Compound.HasCrossEntropy)
        {
            yield return options.HasCategoricalCrossEntropy ? AddSum(arrays) : AddSumAndNumber(options, arrays);
            if (!options.HasTermOfBatch)
            {
                yield return Slope(options);
            }
        }

        if (options.Focal.IsThere)
        {
            foreach (string member in FocalSumsText.Internals(options, AtFocal(options, arrays)))
            {
                yield return member;
            }
        }
    }

    private static int OfCrossEntropy(LossOptions options) =>
        !options.Compound.HasCrossEntropy ? 0 : options.HasCategoricalCrossEntropy ? 1 : 2;

    private static string AtFocal(LossOptions options, int arrays) =>
        $"{arrays} * NumClasses" + (options.Compound.HasCrossEntropy ? $" + {SourceWriter.Literal(OfCrossEntropy(options))}" : string.Empty);

    private static string Members(LossOptions options, int arrays) =>
        $$"""
        /// <summary>{{(options.HasCategoricalCrossEntropy
            ? "The sum over the pixels of what the cross-entropy of each is, times the weight of its label where labels have one."
            : options.HasTargetCrossEntropy
            ? "The sum over the pixels of what the cross-entropy of each is, its classes times their weights where they have one."
            : "The sum over the pixels and classes of what the cross-entropy of each is, times the weight of the class where classes have one.")}}</summary>
        public readonly double CrossEntropySum => values[{{arrays}} * NumClasses];

        {{(options.HasCategoricalCrossEntropy ? WeightOfLabels(options) : NumberOfTerms(options, arrays))}}
        """;

    private static string Slope(LossOptions options) =>
        $$"""
        // What the probabilities less {{(options.HasCategoricalCrossEntropy ? "those of the label" : "the targets")}} are multiplied by in the slopes of the logits.
        internal readonly float CrossEntropySlope(double scale) =>
            CrossEntropyWeight == 0 ? 0 : (float)(scale{{(options.Compound.CrossEntropy == 1 ? string.Empty : " * CrossEntropyFactor")}} / CrossEntropyWeight);
        """;

    private const string CrossEntropyLoss =
        """
        /// <summary>The term of the cross-entropy, before its weight: 0 where no pixel has a weight.</summary>
        public readonly double CrossEntropyLoss() => CrossEntropyWeight == 0 ? 0 : CrossEntropySum / CrossEntropyWeight;
        """;

    /// <summary>What the terms weigh, as the library asks where it puts them together.</summary>
    public static string Weights(Compound compound) =>
        $"""
        /// <inheritdoc/>
        public static double OverlapWeight => {SourceWriter.Literal(compound.OverlapWeight)};

        /// <inheritdoc/>
        public static double CrossEntropy => {SourceWriter.Literal(compound.CrossEntropy)};
        """;

    private static string AddSum(int arrays) =>
        $$"""
        internal void AddCrossEntropy(global::System.Runtime.Intrinsics.Vector256<double> sum) =>
            values[{{arrays}} * NumClasses] += global::System.Runtime.Intrinsics.Vector256.Sum(sum);
        """;

    private static string AddSumAndNumber(LossOptions options, int arrays) =>
        $$"""
        internal void AddCrossEntropy(global::System.Runtime.Intrinsics.Vector256<double> sum, int {{(options.HasTargetCrossEntropy ? "pixels" : "elements")}})
        {
            values[{{arrays}} * NumClasses] += global::System.Runtime.Intrinsics.Vector256.Sum(sum);
            values[{{arrays}} * NumClasses + 1] += {{(options.HasTargetCrossEntropy ? "pixels" : "elements")}};
        }
        """;

    private static string WeightOfLabels(LossOptions options) =>
        $$"""
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
        """;

    private static string NumberOfTerms(LossOptions options, int arrays) =>
        $$"""
        /// <summary>What that is divided by: the number of pixels{{(options.IgnoresPixels ? " that take part" : string.Empty)}}{{(options.HasTargetCrossEntropy ? string.Empty : " times that of classes")}}.</summary>
        public readonly double CrossEntropyWeight => values[{{arrays}} * NumClasses + 1];
        """;

    private static string Factor(LossOptions options) => options.Compound.CrossEntropy == 1 ? string.Empty : "CrossEntropyFactor * ";
}
