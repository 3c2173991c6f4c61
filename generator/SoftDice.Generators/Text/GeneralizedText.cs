using System.Collections.Generic;

using SoftDice.Generators.Model;

namespace SoftDice.Generators.Text;

/// <summary>The generalised Dice loss: one ratio of the weighted sums of the classes, its cost and its slopes.</summary>
internal static class GeneralizedText
{
    private const string Library = "global::SoftDice.Kernels.SumsMemory";
    private const string Math = "global::System.Math";

    /// <summary>What the slopes of all classes have in common, made once for all of them. A type of the user's may be called var.</summary>
    public static string Preparation(LossOptions options) => $"{RatioType(options)} ratio = sums.Ratio();";

    /// <summary>The ratio as a parameter.</summary>
    public static string Parameter(LossOptions options) => $", in {RatioType(options)} ratio";

    /// <summary>The methods that the formula is made of.</summary>
    public static IEnumerable<string> Methods(LossOptions options)
    {
        if (HasWeight(options))
        {
            yield return Weight(options);
        }

        yield return
            $$"""
            // 2·Σ {{(HasWeight(options) ? "w·" : string.Empty)}}I with its smoothing, and what the denominator has more than that{{(NeedsLeast(options) ? "; and the fewest labels of a class" : string.Empty)}}.
            internal readonly {{RatioType(options)}} Ratio()
            {
                {{SourceWriter.Indented(RatioBody(options), 1)}}
            }
            """;
    }

    /// <summary>The body of <c>Loss</c>.</summary>
    public static string Loss(LossOptions options)
    {
        string cost = options.Cost.Form switch
        {
            Form.OneMinus => $"{Library}.Complement(ratio.Numerator, ratio.Gap)",
            Form.Negative => "-ratio.Numerator / (ratio.Numerator + ratio.Gap)",
            _ => $"{Library}.NegativeLog(ratio.Numerator, ratio.Gap)",
        };
        return $"{RatioType(options)} ratio = Ratio();\nreturn {cost};";
    }

    /// <summary>The slopes of the cost, in the variables <c>other</c> and <c>own</c> or, of targets, <c>step</c>.</summary>
    public static IEnumerable<string> Slopes(LossOptions options)
    {
        if (HasWeight(options))
        {
            yield return $"scale *= {Weight(options, "ratio.Fewest")};";
        }

        bool isLog = options.Cost.Form == Form.NegativeLog;
        yield return "double denominator = ratio.Numerator + ratio.Gap;";
        string byDenominator = isLog ? "1 / denominator" : "ratio.Numerator / denominator / denominator";
        string byNumerator = isLog ? "ratio.Numerator" : "denominator";
        yield return $"double other = {(CostText.HasFloor(options) ? "ratio.IsFloored ? 0 : " : string.Empty)}{byDenominator};";
        yield return options.IsOneHot ? $"double step = -2 / {byNumerator};" : $"double own = other - 2 / {byNumerator};";
    }

    private static string RatioBody(LossOptions options)
    {
        SourceWriter writer = new();
        if (NeedsLeast(options))
        {
            writer.Line("double fewest = double.PositiveInfinity;");
            using (writer.Open(AggregateText.Loop(options)))
            {
                writer.Line($"fewest = TargetSum(c) > 0 ? {Math}.Min(fewest, TargetSum(c)) : fewest;");
            }

            writer.Line();
        }

        writer.Line("double hit = 0, miss = 0;");
        using (writer.Open(AggregateText.Loop(options)))
        {
            if (HasWeight(options))
            {
                writer.Line($"double weight = {Weight(options, "fewest")};");
            }

            string times = HasWeight(options) ? "weight * " : string.Empty;
            writer.Line($"hit += {times}Intersection(c);");
            writer.Line($"miss += {times}Miss(c);");
        }

        writer.Line();
        writer.Line(RatioOfBoth(options));
        return writer.ToString().TrimEnd('\n');
    }

    /// <summary>The end of the body of <c>Ratio</c>, of the sums <c>hit</c> and <c>miss</c>.</summary>
    public static string RatioOfBoth(LossOptions options)
    {
        SourceWriter writer = new();
        string gap = options.HasOneSmoothing ? "miss" : "miss + (DenominatorSmoothing - NumeratorSmoothing)";
        string numerator = $"2 * hit + {(options.HasOneSmoothing ? "Epsilon" : "NumeratorSmoothing")}";
        string fewest = NeedsLeast(options) ? ", fewest" : string.Empty;
        if (CostText.HasFloor(options))
        {
            writer.Line($"double numerator = {numerator};");
            writer.Line($"double gap = {gap};");
            writer.Line($"return (numerator, {Math}.Max(gap, DenominatorFloor - numerator){fewest}, numerator + gap < DenominatorFloor);");
        }
        else
        {
            writer.Line($"return ({numerator}, {gap}{fewest});");
        }

        return writer.ToString().TrimEnd('\n');
    }

    private static string Weight(LossOptions options)
    {
        bool isSquare = options.Aggregation.GeneralizedWeights == GeneralizedWeights.Square;
        string power = isSquare ? "²" : string.Empty;
        string value = isSquare ? "1 / (labels * labels)" : "1 / labels";
        return options.Aggregation.InfiniteWeights == InfiniteWeights.Zero
            ? $$"""
              // What a class weighs: 1 / T{{power}}, and nothing if there are no labels of it.
              private readonly double Weight(int c)
              {
                  double labels = TargetSum(c);
                  return labels == 0 ? 0 : {{value}};
              }
              """
            : $$"""
              // What a class weighs: 1 / T{{power}}. One without labels weighs as much as that of the fewest; if no class has any, fewest is infinite
              // and the weight 0.
              private readonly double Weight(int c, double fewest)
              {
                  double labels = TargetSum(c) == 0 ? fewest : TargetSum(c);
                  return {{value}};
              }
              """;
    }

    private static string Weight(LossOptions options, string fewest) => NeedsLeast(options) ? $"Weight(c, {fewest})" : "Weight(c)";

    /// <summary>What <c>Ratio</c> returns.</summary>
    public static string RatioType(LossOptions options) =>
        "(double Numerator, double Gap" + (NeedsLeast(options) ? ", double Fewest" : string.Empty) +
        (CostText.HasFloor(options) ? ", bool IsFloored" : string.Empty) + ")";

    private static bool HasWeight(LossOptions options) => options.Aggregation.GeneralizedWeights is GeneralizedWeights.Simple or GeneralizedWeights.Square;

    private static bool NeedsLeast(LossOptions options) =>
        HasWeight(options) && options.Aggregation.InfiniteWeights == InfiniteWeights.LargestFinite;
}
