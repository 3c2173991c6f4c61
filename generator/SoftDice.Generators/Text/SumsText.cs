using System.Collections.Generic;
using System.Linq;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The struct of per-class sums, and the loss as a formula over them.</summary>
internal static class SumsText
{
    public static void Write(SourceWriter writer, KernelPlan plan)
    {
        LossOptions options = plan.Options;
        bool isOneHot = options.IsOneHot;
        bool isSplit = plan.SplitsMisses;
        int arrays = isSplit ? 4 : 3;
        string gap = CostText.Gap(options, "classIndex");
        bool hasTerms = options.HasTerms;

        // Sums come in the lanes that the loops have them in, unless the library goes through the rows.
        string number = plan.AddsRows ? "double" : "global::System.Runtime.Intrinsics.Vector256<double>";
        string Total(string sum) => plan.AddsRows ? sum : $"global::System.Runtime.Intrinsics.Vector256.Sum({sum})";
        writer.Line(
            $$"""
            /// <summary>The sums per class that the loss is made of, in double. Sums add: tiles, files, threads, machines.</summary>
            {{LossFile.GeneratedCode}}
            public struct Sums : global::SoftDice.{{Interface(options)}}<Sums>
            {
                {{Members(CostText.Constants(options).Concat(CompoundText.Constants(options)).Concat(AggregateText.Tables(options)).Concat(CompoundText.Tables(options)))}}// All intersections, then all {{(isSplit ? "false negatives, then all false positives" : "misses")}}, then all target sums{{CompoundText.WhereNumbersAre(options)}}.
                private Values values;

                /// <inheritdoc/>
                public static int ClassCount => NumClasses;

                /// <inheritdoc/>
                public static int ByteCount => {{(hasTerms ? $"({arrays} * NumClasses + {SourceWriter.Literal(CompoundText.Numbers(options))})" : $"{arrays} * NumClasses")}} * sizeof(double);

                {{Members(LossCount(options))}}/// <inheritdoc/>
                public static Sums operator +(in Sums left, in Sums right)
                {
                    Sums sum = left;
                    sum.Add(in right);
                    return sum;
                }

                /// <inheritdoc/>
                public static Sums ReadFrom(global::System.ReadOnlySpan<byte> source)
                {
                    Sums sums = default;
                    global::SoftDice.Kernels.SumsMemory.Read(source, sums.values);
                    return sums;
                }

                /// <inheritdoc/>
                public readonly void WriteTo(global::System.Span<byte> destination) =>
                    global::SoftDice.Kernels.SumsMemory.Write(values, destination);

                /// <inheritdoc/>
                public readonly double Intersection(int classIndex) =>
                    values[global::SoftDice.Kernels.KernelGuard.ClassIndex(classIndex, NumClasses)];

                /// <inheritdoc/>
                public readonly double Miss(int classIndex) =>
                    {{(isSplit ? "FalseNegatives(classIndex) + FalsePositives(classIndex)" : At("NumClasses"))}};

                /// <inheritdoc/>
                public readonly double PredictionSum(int classIndex) =>
                    Miss(classIndex) + 2 * Intersection(classIndex) - TargetSum(classIndex);

                /// <inheritdoc/>
                public readonly double TargetSum(int classIndex) =>
                    {{At($"{arrays - 1} * NumClasses")}};

                /// <inheritdoc/>
                public readonly double Dice(int classIndex) =>
                    Numerator(classIndex) / (Numerator(classIndex) + {{gap}});

                {{LossHeading(options, arrays)}}
                {
                    {{Indented(options.Aggregation.IsUnreduced ? AggregateText.Losses(options) : AggregateText.Loss(options), 2)}}
                }

                /// <inheritdoc/>
                public void Add(in Sums other) => global::SoftDice.Kernels.SumsMemory.Add(values, other.values);

                /// <inheritdoc/>
                public readonly bool Equals(in Sums other) => global::SoftDice.Kernels.SumsMemory.AreEqual(values, other.values);

                /// <inheritdoc/>
                public override readonly bool Equals(object? obj) => obj is Sums other && Equals(in other);

                /// <inheritdoc/>
                public override readonly int GetHashCode() => global::SoftDice.Kernels.SumsMemory.HashCode(values);

                {{Methods(options)}}

                internal void AddClass(
                    int c,
                    {{number}} intersection,
                    {{number}} {{(isSplit ? "falseNegatives" : "miss")}},{{(isSplit ? $"\n        {number} falsePositives," : string.Empty)}}
                    {{(isOneHot ? number : "long")}} targetSum)
                {
                    values[c] += {{Total("intersection")}};
                    values[NumClasses + c] += {{Total(isSplit ? "falseNegatives" : "miss")}};{{(isSplit ? $"\n        values[2 * NumClasses + c] += {Total("falsePositives")};" : string.Empty)}}
                    values[{{arrays - 1}} * NumClasses + c] += {{(isOneHot ? Total("targetSum") : "targetSum")}};
                }

                {{(hasTerms ? SourceWriter.Indented(CompoundText.Internals(options, arrays), 1) + "\n\n    " : string.Empty)}}{{Slopes(options)}}

                [global::System.Runtime.CompilerServices.InlineArray({{SourceWriter.Literal((arrays * options.NumClasses) + (hasTerms ? CompoundText.Numbers(options) : 0))}})]
                private struct Values
                {
                    private double first;
                }
            }
            """);
    }

    private static string Interface(LossOptions options) =>
        options.Aggregation.IsUnreduced ? "ISoftDiceUnreducedSums" : options.HasTermOfBatch ? "ISoftDiceCompoundSums" : "ISoftDiceSums";

    private static string LossHeading(LossOptions options, int arrays) =>
        options.HasTerms ? SourceWriter.Indented(CompoundText.Losses(options, arrays), 1)
        : options.Aggregation.IsUnreduced ? "/// <inheritdoc/>\n    public readonly void Losses(global::System.Span<double> losses)"
        : "/// <inheritdoc/>\n    public readonly double Loss()";

    private static IEnumerable<string> LossCount(LossOptions options) => options.Aggregation.IsUnreduced
        ? [$"/// <inheritdoc/>\npublic static int LossCount => {AggregateText.LossCount(options)};"]
        : [];

    private static string Slopes(LossOptions options)
    {
        string share = AggregateText.DividesByPresent(options)
            ? $$"""
              // 1 by what the mean divides by, in which classes without labels have no part; 0 if there are no others.
              internal readonly double Share()
              {
                  {{Indented(AggregateText.Share(options), 1)}}
              }


              """
            : string.Empty;
        return Indented(
            $$"""
            {{share}}// {{SlopeText.Meaning(options)}}
            internal readonly {{SlopeText.Types(options)}} Slopes({{AggregateText.SlopesParameters(options)}})
            {
                {{Indented(AggregateText.Slopes(options), 1)}}
            }
            """,
            1);
    }

    private static string At(string start) =>
        $"values[{start} + global::SoftDice.Kernels.KernelGuard.ClassIndex(classIndex, NumClasses)]";

    private static readonly string[] Errors =
    [
        $"private readonly double FalseNegatives(int classIndex) =>\n    {At("NumClasses")};",
        $"private readonly double FalsePositives(int classIndex) =>\n    {At("2 * NumClasses")};",
    ];

    private static string Methods(LossOptions options) =>
        Indented(string.Join("\n\n", (options.Cost.WeighsErrors ? Errors : []).Concat(CostText.Methods(options)).Concat(AggregateText.Methods(options))), 1);

    // These end at the indentation of the member that follows.
    private static string Members(IEnumerable<string> members) =>
        string.Concat(members.Select(member => Indented(member, 1) + "\n\n    "));

    private static string Indented(string text, int levels) => SourceWriter.Indented(text, levels);
}
