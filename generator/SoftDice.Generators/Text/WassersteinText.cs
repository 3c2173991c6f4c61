using System;
using System.Collections.Generic;
using System.Linq;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>
/// The generalised Wasserstein Dice loss where all classes share the registers, and the one ratio of its sums: a class's intersection is the sum of 1 - W
/// over the pixels labelled with it, its miss that of W, with W how far a prediction is from its label.
/// </summary>
internal static class WassersteinText
{
    private const string Library = "global::SoftDice.Kernels.SumsMemory";

    /// <summary>What <c>Slopes</c> returns.</summary>
    public const string MeaningOfSlope = "d loss / d distance of a pixel labelled with a class. How many there are is a constant.";

    /// <summary>The lines of a vector of pixels: what is added to the sums of their labels.</summary>
    /// <param name="writer">Takes the lines.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="probability">The probability of a class.</param>
    /// <param name="lanes">The name of the lanes.</param>
    public static void WriteTurn(SourceWriter writer, KernelPlan plan, Func<int, string> probability, string lanes)
    {
        int size = plan.Options.NumClasses;
        if (plan.Options.Activation != Activation.Softmax && !PixelsText.LoadsProbabilities(plan))
        {
            writer.Line();
            writer.Each(size, c => $"{lanes} p{c} = {probability(c)};");
        }

        for (int label = 0; label < size; label++)
        {
            writer.Line();
            writer.Line($"{lanes} off{label} = {Distance(plan.Options, label, lanes)};");
            writer.Line($"hit{label} = {lanes}.AddWhere(hit{label}, {lanes}.Broadcast(1) - off{label}, label, {label});");
            writer.Line($"missed{label} = {lanes}.AddWhere(missed{label}, off{label}, label, {label});");
            writer.Line($"count{label} = {lanes}.CountWhere(count{label}, label, {label});");
        }
    }

    /// <summary>What pixels of a label have for a slope, before the loop of the gradient.</summary>
    public static string SlopeOfLabel(LossOptions options, int label) =>
        $"float slope{label} = {AggregateText.SlopesCall(options, SourceWriter.Literal(label))};";

    /// <summary>The lines that declare the slopes of a pixel's probabilities, <c>s0</c>, <c>s1</c>...: 0 where the label is no class.</summary>
    public static IEnumerable<string> SlopesOfPixel(LossOptions options)
    {
        int size = options.NumClasses;
        yield return $"TLanes slope = {Selected(Enumerable.Range(0, size).Select(label => (label, $"slope{label}")))};";
        for (int c = 0; c < size; c++)
        {
            (int Label, string Value)[] distances =
            [
                .. Enumerable.Range(0, size)
                    .Select(label => (label, Distance: DistanceOf(options, label, c)))
                    .Where(of => of.Distance != 0)
                    .Select(of => (of.label, CrossEntropyText.Float(of.Distance))),
            ];

            // What is at no distance from any label is right wherever it is predicted.
            yield return distances.Length == 0 ? $"TLanes s{c} = default;" : $"TLanes s{c} = slope * {Selected(distances)};";
        }
    }

    /// <summary>The loop of a gradient of probabilities that share the registers.</summary>
    public static string GradientInRegisters(KernelPlan plan)
    {
        LossOptions options = plan.Options;
        int size = options.NumClasses;
        SourceWriter writer = new();
        SoftmaxText.WritePixels(writer, plan);
        SoftmaxText.WriteSlopePlanes(writer, plan);
        writer.Line(IgnoreText.FirstLabel(options, "TLabel"));
        writer.Each(size, label => SlopeOfLabel(options, label));
        writer.Line();
        IgnoreText.WriteDeclaration(writer, options);
        writer.Line("// What the predictions are does not matter: the distance from a label is linear in them.");
        using (writer.Open("for (nuint pixel = (nuint)firstPixel; pixel < (nuint)endPixel; pixel += (nuint)TLanes.Count)"))
        {
            writer.Line($"TLanes label = {IgnoreText.LoadLabels(options, "TLanes")};");
            foreach (string line in SlopesOfPixel(options))
            {
                writer.Line(line);
            }

            SoftmaxText.WriteStores(writer, plan, c => IgnoreText.Cleared(options, $"s{c}", "TLanes"));
        }

        return writer.ToString().TrimEnd('\n');
    }

    /// <summary>The methods of the sums that the formula is made of.</summary>
    public static IEnumerable<string> Methods(LossOptions options)
    {
        bool isByLabels = IsByLabels(options);
        if (isByLabels)
        {
            yield return
                """
                // What a pixel weighs, by how many have its label.
                private readonly double Weight(int c) => 1 / (TargetSum(c) + 1);
                """;
        }

        string times = isByLabels ? "Weight(c) * " : string.Empty;
        SourceWriter writer = new();
        writer.Line(isByLabels ? "double hit = 0, miss = 0;" : "double hit = 0, miss = Miss(0);");
        using (writer.Open($"for (int c = {(isByLabels ? 0 : 1)}; c < NumClasses; c++)"))
        {
            writer.Line($"hit += {times}Intersection(c);");
            writer.Line($"miss += {times}Miss(c);");
        }

        writer.Line();
        writer.Line(GeneralizedText.RatioOfBoth(options));
        string what = isByLabels ? "2·Σ w·H" : "2·Σ H without the background";
        yield return
            $$"""
            // {{what}} with its smoothing, and what the denominator has more than that.
            internal readonly {{GeneralizedText.RatioType(options)}} Ratio()
            {
                {{SourceWriter.Indented(writer.ToString().TrimEnd('\n'), 1)}}
            }
            """;
    }

    /// <summary>The end of the body of <c>Slopes</c>: both parts have the same sign, unless the numerator is smoothed by more than the denominator.</summary>
    public static string Slope(LossOptions options)
    {
        bool isLog = options.Cost.Form == Form.NegativeLog;
        string missed = $"{Library}.Complement(ratio.Numerator, ratio.Gap)";
        string right = $"2 * {(CostText.HasFloor(options) ? $"(ratio.IsFloored ? 1 : {missed})" : missed)} / {(isLog ? "ratio.Numerator" : "denominator")}";
        string wrong = isLog ? "1 / denominator" : "ratio.Numerator / denominator / denominator";
        string weighed = IsByLabels(options) ? "scale *= Weight(c);\n" : string.Empty;
        return
            $"""
            {weighed}double denominator = ratio.Numerator + ratio.Gap;
            double lessRight = {(IsByLabels(options) ? string.Empty : "c == 0 ? 0 : ")}{right};
            double moreWrong = {(CostText.HasFloor(options) ? "ratio.IsFloored ? 0 : " : string.Empty)}{wrong};
            return {SlopeText.Scaled(options, "lessRight + moreWrong")};
            """;
    }

    /// <summary>Whether pixels weigh what their label says.</summary>
    public static bool IsByLabels(LossOptions options) => options.Aggregation.Wasserstein!.Weights == WassersteinWeights.InverseSize;

    private static double DistanceOf(LossOptions options, int label, int c) =>
        options.Aggregation.Wasserstein!.Distances[(label * options.NumClasses) + c];

    // Σ distance·p, from the largest distance on. A softmax is NaN in all classes of a pixel or in none; a probability at no distance is looked at only where there
    // is none, as it may be NaN alone.
    private static string Distance(LossOptions options, int label, string lanes)
    {
        string sum = string.Empty;
        foreach ((int c, double distance) in Enumerable.Range(0, options.NumClasses)
            .Select(c => (c, DistanceOf(options, label, c)))
            .Where(of => of.Item2 != 0 || options.Activation == Activation.None)
            .OrderByDescending(of => of.Item2))
        {
            string factor = $"{lanes}.Broadcast({(distance == (int)distance ? SourceWriter.Literal((int)distance) : CrossEntropyText.Float(distance))})";
            sum = (sum.Length == 0, distance == 1) switch
            {
                (true, true) => $"p{c}",
                (true, false) => $"p{c} * {factor}",
                (false, true) => $"{sum} + p{c}",
                _ => $"{lanes}.MultiplyAdd(p{c}, {factor}, {sum})",
            };
        }

        return sum.Length == 0 ? "default" : sum;
    }

    // The number that goes with the label; 0 if there is none.
    private static string Selected(IEnumerable<(int Label, string Value)> values) => values.Reverse().Aggregate(
        "default", (otherwise, of) => $"TLanes.SelectWhere(label, {of.Label}, TLanes.Broadcast({of.Value}), {otherwise})");
}
