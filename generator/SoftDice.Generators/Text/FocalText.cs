using System.Collections.Generic;
using System.Linq;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The focal term of a softmax in the loops over pixels: its sum beside those of the classes, and its part of the gradient.</summary>
internal static class FocalText
{
    private const string Library = "global::SoftDice.Kernels.SoftmaxFocal";

    /// <summary>A table of the kernel: what pixels of a label weigh.</summary>
    public static IEnumerable<string> Tables(LossOptions options)
    {
        if (options.HasCategoricalFocal && options.Focal.HasWeights)
        {
            yield return "// What the focal term of a pixel is multiplied by, by its label.\n" +
                AggregateText.Table("float", "FocalWeights", options.Focal.ClassWeights.Select(CrossEntropyText.Float));
        }
    }

    /// <summary>Beside the double sums of a part.</summary>
    public static void WriteSum(SourceWriter writer, KernelPlan plan)
    {
        if (plan.Options.HasCategoricalFocal)
        {
            writer.Line("global::System.Runtime.Intrinsics.Vector256<double> focal = default;");
        }
    }

    /// <summary>Beside the float sums of a chain, in registers.</summary>
    public static void WriteChain(SourceWriter writer, KernelPlan plan, string lanes)
    {
        if (plan.Options.HasCategoricalFocal)
        {
            string least = plan.Options.HasCategoricalCrossEntropy ? string.Empty : $", least = {lanes}.Broadcast(1)";
            writer.Line($"{lanes} focalCost = default{least};");
        }
    }

    /// <summary>One vector of pixels, given the probability <c>own</c> of the label, those of the others and <c>ofLabel</c>, its -ln.</summary>
    public static void WriteTurn(SourceWriter writer, KernelPlan plan, int size, string lanes)
    {
        if (plan.Options.HasCategoricalFocal)
        {
            string power = $"{Library}.Power(own, others, {Gamma(plan)})";
            string factor = plan.Options.Focal.HasWeights ? $"{Weight(lanes, size)} * {power}" : power;
            writer.Line($"focalCost = {lanes}.MultiplyAdd({factor}, ofLabel, focalCost);");
        }
    }

    /// <summary>What a chain leaves.</summary>
    public static string[] Costs(KernelPlan plan) => plan.Options.HasCategoricalFocal ? ["focalCost"] : [];

    /// <summary>After the groups of a tile have added to its rows.</summary>
    public static void WriteTileEnd(SourceWriter writer, KernelPlan plan, TypeParameters parameters)
    {
        if (plan.Options.HasCategoricalFocal)
        {
            writer.Line(
                $"""
                focal += {Library}.OfTile<{parameters.At(atWidth: true)}>(
                    ofLabels, {SourceWriter.Literal(plan.Scratch!.Stride)}, image, {IgnoreText.PixelLabels(plan.Options)}, tile, count, NumClasses, {Arguments(plan)});
                """);
        }
    }

    /// <summary>The sum goes where those of the classes go.</summary>
    public static void WriteResult(SourceWriter writer, KernelPlan plan, TypeParameters parameters)
    {
        if (plan.Options.HasCategoricalFocal)
        {
            writer.Line(plan.Scratch is not null
                ? "sums.AddFocal(focal);"
                : $"sums.AddFocal({Library}.OfChains<{parameters.At(atWidth: true)}>(\n    {CrossEntropyText.ArgumentsOfChains(plan)}, {Arguments(plan)}{PixelsText.LayoutArgument(plan)}));");
        }
    }

    /// <summary>Why a slope of a cross-entropy is in the gradient.</summary>
    public const string WhySlope =
        "// The slopes of the focal term are those of a cross-entropy, p_k less 1 at the label, where each pixel counts less the likelier its label is.";

    /// <summary>What the slopes of a pixel's cross-entropy are multiplied by, and what the others have, in registers.</summary>
    public static void WriteSlope(SourceWriter writer, KernelPlan plan, int size, string lanes)
    {
        if (plan.Options.HasCategoricalFocal)
        {
            writer.Line(WhySlope);
            writer.Line($"{lanes} own = {CrossEntropyText.Selected(lanes, size, c => $"p{c}")}, missing = {string.Join(" + ", CrossEntropyText.Others(lanes, size))};");
            string weight = plan.Options.Focal.HasWeights ? $" * {Weight(lanes, size)}" : string.Empty;
            writer.Line($"{lanes} ofFocal = {SlopeOfPixel(plan, "own", "missing")}{weight};");
        }
    }

    /// <summary>What these are multiplied by, before the weight of the label.</summary>
    public static string SlopeOfPixel(KernelPlan plan, string own, string missing) =>
        $"focalSlope * {Library}.{(plan.CallsFocalSlope ? "SlopeApart" : "Slope")}({own}, {missing}, {Gamma(plan)})";

    /// <summary>The slope of a logit, given that of the other terms; of several vectors of pixels, the one whose names end so.</summary>
    public static string Slope(
        KernelPlan plan, string lanes, string classIndex, string probability, string ofOthers, string vector = "") => plan.Options.HasCategoricalFocal
            ? $"{lanes}.MultiplyAdd(ofFocal{vector}, {lanes}.SelectWhere(label{vector}, {classIndex}, default({lanes}) - missing{vector}, {probability}), {ofOthers})"
            : ofOthers;

    private static string Arguments(KernelPlan plan) => $"{Gamma(plan)}, {(plan.Options.Focal.HasWeights ? "FocalWeights" : "default")}";

    private static string Gamma(KernelPlan plan) => CrossEntropyText.Float(plan.Options.Focal.Gamma);

    private static string Weight(string lanes, int size) => CrossEntropyText.Selected(lanes, size, c => $"{lanes}.Broadcast(FocalWeights[{c}])");
}
