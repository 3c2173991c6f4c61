using System.Collections.Generic;
using System.Linq;

using SoftDice.Generators.Model;

namespace SoftDice.Generators.Text;

/// <summary>How the costs of the classes become the loss: which count, what they weigh, and what a mean divides by.</summary>
internal static class AggregateText
{
    private const int ItemsPerLine = 16;

    /// <summary>Tables that the loop needs.</summary>
    public static IEnumerable<string> Tables(LossOptions options)
    {
        Aggregation aggregation = options.Aggregation;
        if (aggregation.HasWeights)
        {
            yield return Table("double", "ClassWeights", aggregation.ClassWeights.Select(SourceWriter.Literal));
        }

        if (HasTable(aggregation))
        {
            yield return Table("int", "CountedClasses", aggregation.Counted(options.NumClasses).Select(SourceWriter.Literal));
        }
    }

    /// <summary>Methods that the loop needs.</summary>
    public static IEnumerable<string> Methods(LossOptions options)
    {
        if (options.Aggregation.IsGeneralized)
        {
            foreach (string method in options.Aggregation.HasDistances ? WassersteinText.Methods(options) : GeneralizedText.Methods(options))
            {
                yield return method;
            }
        }

        if (options.Aggregation.AbsentClasses != AbsentClasses.Count)
        {
            yield return
                """
                // A class of no label counts for nothing, unless there is a NaN to be seen.
                private readonly bool IsAbsent(int c) => TargetSum(c) == 0 && !double.IsNaN(Miss(c));
                """;
        }
    }

    /// <summary>The body of <c>Loss</c>.</summary>
    public static string Loss(LossOptions options)
    {
        SourceWriter writer = new();
        foreach (string why in CostText.WhyAdded(options))
        {
            writer.Line(why);
        }

        if (options.Aggregation.IsGeneralized)
        {
            writer.Line(GeneralizedText.Loss(options));
            return writer.ToString().TrimEnd('\n');
        }

        (string sign, string cost) = CostText.Added(options);
        writer.Line("double loss = 0;");
        using (writer.Open(Loop(options)))
        {
            if (options.Aggregation.AbsentClasses != AbsentClasses.Count)
            {
                using (writer.Open("if (IsAbsent(c))"))
                {
                    writer.Line("continue;");
                }

                writer.Line();
            }

            writer.Line($"loss {sign} {(options.Aggregation.HasWeights ? "ClassWeights[c] * " : string.Empty)}{cost};");
        }

        writer.Line();
        writer.Line(DividesByPresent(options) ? "return loss * Share();" : $"return loss{Division(options)};");
        return writer.ToString().TrimEnd('\n');
    }

    /// <summary>The body of <c>Losses</c>, of a loss that is not one number.</summary>
    public static string Losses(LossOptions options)
    {
        SourceWriter writer = new();
        writer.Line("global::SoftDice.Kernels.KernelGuard.LossCount(losses.Length, LossCount, 1, nameof(losses));");
        writer.Line();
        foreach (string why in CostText.WhyAdded(options))
        {
            writer.Line(why);
        }

        if (options.Aggregation.IsGeneralized)
        {
            writer.Line(GeneralizedText.Loss(options).Replace("return ", "losses[0] = "));
            return writer.ToString().TrimEnd('\n');
        }

        (string sign, string cost) = CostText.Added(options);
        string weight = options.Aggregation.HasWeights ? "ClassWeights[c] * " : string.Empty;
        string value = (sign == "-=" ? "-" : string.Empty) + weight + cost;
        if (options.Aggregation.AbsentClasses != AbsentClasses.Count)
        {
            value = $"IsAbsent(c) ? 0 : {value}";
        }

        if (HasTable(options.Aggregation))
        {
            using (writer.Open("for (int i = 0; i < CountedClasses.Length; i++)"))
            {
                writer.Line("int c = CountedClasses[i];");
                writer.Line($"losses[i] = {value};");
            }
        }
        else
        {
            using (writer.Open(Loop(options)))
            {
                writer.Line($"losses[{IndexOfLoss(options)}] = {value};");
            }
        }

        return writer.ToString().TrimEnd('\n');
    }

    /// <summary>How many losses there are that are not one number.</summary>
    public static string LossCount(LossOptions options)
    {
        int counted = options.NumClasses - options.Aggregation.Excluded.Count;
        return options.Aggregation.IsGeneralized ? "1"
            : counted == options.NumClasses ? "NumClasses"
            : SourceWriter.Literal(counted);
    }

    /// <summary>The body of <c>Share</c>, which is there if what a mean divides by depends on the labels.</summary>
    public static string Share(LossOptions options)
    {
        SourceWriter writer = new();
        writer.Line("double divisor = 0;");
        using (writer.Open(Loop(options)))
        {
            writer.Line($"divisor += IsAbsent(c) ? 0 : {(options.Aggregation.NormalizeWeights ? "ClassWeights[c]" : "1")};");
        }

        writer.Line();
        writer.Line("return divisor == 0 ? 0 : 1 / divisor;");
        return writer.ToString().TrimEnd('\n');
    }

    /// <summary>The body of <c>Slopes</c>.</summary>
    public static string Slopes(LossOptions options)
    {
        SourceWriter writer = new();
        bool isUnreduced = options.Aggregation.IsUnreduced;
        bool isSearched = isUnreduced && !options.Aggregation.IsGeneralized && HasTable(options.Aggregation);
        if (isSearched)
        {
            writer.Line("int index = global::System.MemoryExtensions.BinarySearch(CountedClasses, c);");
        }

        string[] reasons = [.. WhyNoSlopes(options, isSearched)];
        if (reasons.Length > 0)
        {
            using (writer.Open($"if ({string.Join(" || ", reasons)})"))
            {
                writer.Line("return default;");
            }

            writer.Line();
        }

        if (options.Compound.OverlapWeight != 1)
        {
            writer.Line("scale *= OverlapWeight;");
        }

        if (isUnreduced)
        {
            string index = options.Aggregation.IsGeneralized ? "0" : isSearched ? "index" : IndexOfLoss(options);
            writer.Line($"double scale = {(options.Aggregation.HasWeights ? "ClassWeights[c] * " : string.Empty)}upstream[{index}];");
        }
        else if (options.Aggregation.HasWeights)
        {
            writer.Line("scale *= ClassWeights[c];");
        }

        if (options.Aggregation.HasDistances)
        {
            writer.Line(WassersteinText.Slope(options));
            return writer.ToString().TrimEnd('\n');
        }

        foreach (string line in options.Aggregation.IsGeneralized ? GeneralizedText.Slopes(options) : CostText.Slopes(options))
        {
            writer.Line(line);
        }

        string division = Division(options);
        (string first, string second) = SlopeText.Names(options);
        writer.Line($"return ({SlopeText.Scaled(options, first + division)}, {SlopeText.Scaled(options, second + division)});");
        return writer.ToString().TrimEnd('\n');
    }

    /// <summary>What the slopes of all classes have in common, before they are asked for one by one.</summary>
    public static string? Preparation(LossOptions options) =>
        DividesByPresent(options) ? "scale *= sums.Share();"
        : options.Aggregation.IsGeneralized ? GeneralizedText.Preparation(options)
        : null;

    /// <summary>The call of <c>Slopes</c> for a class.</summary>
    public static string SlopesCall(LossOptions options, string classIndex = "c") =>
        $"sums.Slopes({classIndex}, scale{(options.Aggregation.IsGeneralized ? ", in ratio" : string.Empty)})";

    /// <summary>The parameters of <c>Slopes</c>.</summary>
    public static string SlopesParameters(LossOptions options) =>
        $"int c, {(options.Aggregation.IsUnreduced ? "global::System.ReadOnlySpan<double> upstream" : "double scale")}{(options.Aggregation.IsGeneralized ? GeneralizedText.Parameter(options) : string.Empty)}";

    /// <summary>Whether what a mean divides by depends on the labels; the gradient's scale then has it, once for all classes.</summary>
    public static bool DividesByPresent(LossOptions options) =>
        options.Aggregation is { Reduction: Reduction.Mean, AbsentClasses: AbsentClasses.Skip };

    private static IEnumerable<string> WhyNoSlopes(LossOptions options, bool isSearched)
    {
        Aggregation aggregation = options.Aggregation;
        if (isSearched)
        {
            yield return "index < 0";
        }
        else if (HasTable(aggregation))
        {
            yield return "global::System.MemoryExtensions.BinarySearch(CountedClasses, c) < 0";
        }
        else if (aggregation.ExcludesFirst)
        {
            yield return $"c < {SourceWriter.Literal(aggregation.Excluded.Count)}";
        }

        if (aggregation.AbsentClasses != AbsentClasses.Count)
        {
            yield return "IsAbsent(c)";
        }
    }

    /// <summary>A loop over the classes that count.</summary>
    public static string Loop(LossOptions options) => HasTable(options.Aggregation)
        ? "foreach (int c in CountedClasses)"
        : $"for (int c = {SourceWriter.Literal(options.Aggregation.Excluded.Count)}; c < NumClasses; c++)";

    private static string Division(LossOptions options)
    {
        Aggregation aggregation = options.Aggregation;
        if (aggregation.Reduction != Reduction.Mean || aggregation.IsGeneralized || DividesByPresent(options))
        {
            return string.Empty;
        }

        int[] counted = aggregation.Counted(options.NumClasses);
        return " / " + (aggregation.NormalizeWeights
            ? SourceWriter.Literal(counted.Sum(c => aggregation.ClassWeights[c]))
            : counted.Length == options.NumClasses ? "NumClasses" : SourceWriter.Literal(counted.Length));
    }

    // Losses are those of the classes that count, in their order.
    private static string IndexOfLoss(LossOptions options) =>
        options.Aggregation.Excluded.Count == 0 ? "c" : $"c - {SourceWriter.Literal(options.Aggregation.Excluded.Count)}";

    private static bool HasTable(Aggregation aggregation) => aggregation.Excluded.Count > 0 && !aggregation.ExcludesFirst;

    /// <summary>Constants as data of the assembly.</summary>
    public static string Table(string type, string name, IEnumerable<string> items)
    {
        string[] all = [.. items];
        IEnumerable<string> lines = Enumerable.Range(0, (all.Length + ItemsPerLine - 1) / ItemsPerLine)
            .Select(line => "    " + string.Join(", ", all.Skip(line * ItemsPerLine).Take(ItemsPerLine)) + ",");
        return $"private static global::System.ReadOnlySpan<{type}> {name} =>\n[\n{string.Join("\n", lines)}\n];";
    }
}
