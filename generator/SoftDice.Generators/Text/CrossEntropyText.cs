using System.Collections.Generic;
using System.Linq;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The cross-entropy of a softmax in the loops over pixels: its sum beside those of the classes, and its part of the gradient.</summary>
internal static class CrossEntropyText
{
    private const string Library = "global::SoftDice.Kernels.SoftmaxCrossEntropy";
    private const string Log = "global::SoftDice.Kernels.Logarithm.OfOnePlus";
    private const string Add = "global::System.Runtime.CompilerServices.Unsafe.Add";

    /// <summary>Tables of the kernel: what pixels of a label weigh, and how much all classes have of a smoothed label.</summary>
    public static IEnumerable<string> Tables(LossOptions options)
    {
        if (!options.HasCategoricalCrossEntropy)
        {
            yield break;
        }

        Compound compound = options.Compound;
        double[] weights = Weights(options);
        double[] smoothings = [.. weights.Select(weight => compound.LabelSmoothing / options.NumClasses * weight)];
        if (compound.HasWeights)
        {
            double all = smoothings.Sum();
            yield return "// What the -ln of a label's probability is multiplied by.\n" +
                AggregateText.Table("float", "OwnWeights", weights.Select(weight => Float(((1 - compound.LabelSmoothing) * weight) + all)));
        }

        if (compound.IsSmoothed)
        {
            yield return "// How much each class has of a smoothed label, whatever the label.\n" +
                AggregateText.Table("float", "Smoothings", smoothings.Select(Float));
        }
    }

    /// <summary>Beside the double sums of a part.</summary>
    public static void WriteSum(SourceWriter writer, KernelPlan plan)
    {
        if (plan.Scratch is not null)
        {
            if (plan.Options.HasCategoricalCrossEntropy)
            {
                writer.Line("global::System.Runtime.Intrinsics.Vector256<double> crossEntropy = default;");
            }

            FocalText.WriteSum(writer, plan);
        }
    }

    /// <summary>Before the first chain, in registers.</summary>
    public static void WriteStart(SourceWriter writer, KernelPlan plan, string lanes)
    {
        if (IsInRegisters(plan))
        {
            writer.Line();
            writer.Line("// What chains leave for one call after the last: a call for each of them would take the loop its registers.");
            writer.Line($"global::System.Span<float> kept = global::SoftDice.Kernels.Chains.Kept<{lanes}>(endPixel - firstPixel, chain, {Kept(plan).Length});");
            writer.Line("ref float next = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(kept);");
            writer.Line();
        }
    }

    /// <summary>Beside the float sums of a chain, in registers.</summary>
    public static void WriteChain(SourceWriter writer, KernelPlan plan, string lanes)
    {
        if (IsInRegisters(plan))
        {
            if (plan.Options.HasCategoricalCrossEntropy)
            {
                writer.Line(WeighsPixels(plan)
                    ? $"{lanes} cost = default, least = {lanes}.Broadcast(1);"
                    : $"{lanes} product = {lanes}.Broadcast(1), lost = default;");
            }

            FocalText.WriteChain(writer, plan, lanes);
        }
    }

    /// <summary>Of the tile, the rows of what a label's probability is and of what it misses to 1.</summary>
    public static void WriteRows(SourceWriter writer, KernelPlan plan)
    {
        if (plan.Options.HasCategoricalTerm)
        {
            writer.Line($"ref float owns = ref {Add}(ref factors, global::SoftDice.Kernels.SoftmaxTile.MoreRows * {SourceWriter.Literal(plan.Scratch!.Stride)});");
            writer.Line($"ref float misses = ref {Add}(ref owns, {SourceWriter.Literal(plan.Scratch.Stride)});");
        }
    }

    /// <summary>One vector of pixels, once the probabilities of a group are there.</summary>
    public static void WriteTurn(SourceWriter writer, KernelPlan plan, int size, string lanes)
    {
        if (!plan.Options.HasCategoricalTerm)
        {
            return;
        }

        writer.Line();
        if (plan.Scratch is not null)
        {
            writer.Line("// Of each pixel, over the groups: its label's probability, and those of the other classes.");
            writer.Line($"{lanes}.Store({Selected(lanes, size, c => $"p{c}", $"{lanes}.Load(in owns, pixel)")}, ref owns, pixel);");
            writer.Line($"{lanes}.Store({lanes}.Load(in misses, pixel) + {Grouped(Others(lanes, size))}, ref misses, pixel);");
            return;
        }

        if (!plan.Options.IgnoresPixels && size is 2 or 3)
        {
            // Not the other classes is the last one: an instruction less for each of both, and a label that is no class is found by the counts.
            writer.Line($"{lanes} own = {Selected(lanes, size - 1, c => $"p{c}", $"p{size - 1}")};");
            writer.Line($"{lanes} others = {Selected(lanes, size - 1, c => SumWithout(c, size), SumWithout(size - 1, size))};");
        }
        else
        {
            string otherwise = plan.Options.IgnoresPixels ? $"{lanes}.SelectWhere(label, ignored, {lanes}.Broadcast(1), default)" : "default";
            writer.Line($"{lanes} own = {Selected(lanes, size, c => $"p{c}", otherwise)};");
            writer.Line($"{lanes} others = {string.Join(" + ", Others(lanes, size))};");
        }

        if (!WeighsPixels(plan))
        {
            writer.Line("// A product of probabilities has one logarithm, and what it misses to 1 keeps the digits of that where all are near 1.");
            writer.Line($"lost = {lanes}.MultiplyAdd(others, product, lost);");
            writer.Line("product *= own;");
            return;
        }

        writer.Line($"least = {lanes}.SelectWhereLarger(least, own, own, least);");
        string ofLabel = $"{Log}(others / own)";
        if (plan.Options.HasCategoricalFocal)
        {
            writer.Line($"{lanes} ofLabel = {ofLabel};");
            ofLabel = "ofLabel";
        }

        if (plan.Options.HasCategoricalCrossEntropy)
        {
            WriteCost(writer, plan, size, lanes, ofLabel);
        }

        FocalText.WriteTurn(writer, plan, size, lanes);
    }

    private static void WriteCost(SourceWriter writer, KernelPlan plan, int size, string lanes, string ofLabel)
    {
        Compound compound = plan.Options.Compound;
        writer.Line(compound.HasWeights
            ? $"cost = {lanes}.MultiplyAdd({Weight(lanes, size)}, {ofLabel}, cost);"
            : $"cost += {ofLabel};");
        if (compound.IsSmoothed)
        {
            writer.Line("// -ln of another class's probability is more than that of the label's by what its logit is less.");
            if (plan.SplitsPixels)
            {
                writer.Line(PixelsText.Load(size, lanes, "firstPrediction", "logit"));
            }

            string Logit(int c) => plan.SplitsPixels ? $"logit{c}" : $"{lanes}.Load(in plane{c}, pixel)";
            writer.Line($"{lanes} logit = {Selected(lanes, size, Logit)};");
            writer.Each(size, c =>
            {
                string more = IgnoreText.Cleared(plan.Options, $"{lanes}.SelectWhere(label, {c}, default, logit - {Logit(c)})", lanes);
                return $"cost = {lanes}.MultiplyAdd({lanes}.Broadcast(Smoothings[{c}]), {more}, cost);";
            });
        }
    }

    /// <summary>Where the float sums of a chain are carried over to double.</summary>
    public static void WriteChainEnd(SourceWriter writer, KernelPlan plan, string lanes)
    {
        if (IsInRegisters(plan))
        {
            string[] kept = Kept(plan);
            writer.Each(kept.Length, i => $"{lanes}.Store({kept[i]}, ref next, {(i == 0 ? "0" : i == 1 ? $"(nuint){lanes}.Count" : $"{i} * (nuint){lanes}.Count")});");
            writer.Line($"next = ref {Add}(ref next, {kept.Length} * {lanes}.Count);");
        }
    }

    // What a chain leaves: what tells whether it is exact, then what is added up.
    private static string[] Kept(KernelPlan plan)
    {
        string[] costs = [.. plan.Options.HasCategoricalCrossEntropy ? ["cost"] : Enumerable.Empty<string>(), .. FocalText.Costs(plan)];
        return WeighsPixels(plan) ? ["least", .. costs] : ["product", "lost"];
    }

    /// <summary>What the terms of single pixels are made of after the last chain: what chains left, and where to look if that is not exact.</summary>
    public static string ArgumentsOfChains(KernelPlan plan) =>
        $"kept, {(WeighsPixels(plan) ? $"{Kept(plan).Length}, " : string.Empty)}image, {IgnoreText.PixelLabels(plan.Options)}, firstPixel, endPixel, chain, NumClasses";

    /// <summary>Before the groups of a tile add to its rows.</summary>
    public static void WriteTileStart(SourceWriter writer, KernelPlan plan)
    {
        if (plan.Options.HasCategoricalTerm)
        {
            writer.Line("ofLabels.Clear();");
        }
    }

    /// <summary>After the groups of a tile have.</summary>
    public static void WriteTileEnd(SourceWriter writer, KernelPlan plan, TypeParameters parameters)
    {
        if (plan.Options.HasCategoricalCrossEntropy)
        {
            writer.Line(
                $"""
                crossEntropy += {Library}.OfTile<{parameters.At(atWidth: true)}>(
                    ofLabels, {SourceWriter.Literal(plan.Scratch!.Stride)}, image, {IgnoreText.PixelLabels(plan.Options)}, tile, count, NumClasses{Arguments(plan)});
                """);
        }

        FocalText.WriteTileEnd(writer, plan, parameters);
    }

    /// <summary>Scratch memory of the tile beside the rows of the softmax.</summary>
    public static string MoreRows(KernelPlan plan) => plan.Options.HasCategoricalTerm ? $" + {Library}.MoreRows" : string.Empty;

    /// <summary>These rows.</summary>
    public static void WriteTileRows(SourceWriter writer, KernelPlan plan)
    {
        if (plan.Options.HasCategoricalTerm)
        {
            string stride = SourceWriter.Literal(plan.Scratch!.Stride);
            writer.Line($"global::System.Span<float> ofLabels = rows.Slice((NumClasses + global::SoftDice.Kernels.SoftmaxTile.MoreRows) * {stride});");
        }
    }

    /// <summary>The sum goes where those of the classes go.</summary>
    public static void WriteResult(SourceWriter writer, KernelPlan plan, TypeParameters parameters)
    {
        if (plan.Options.HasCategoricalCrossEntropy)
        {
            writer.Line(plan.Scratch is not null
                ? "sums.AddCrossEntropy(crossEntropy);"
                : $"sums.AddCrossEntropy({Library}.OfChains<{parameters.At(atWidth: true)}>(\n    {ArgumentsOfChains(plan)}{Arguments(plan)}{PixelsText.LayoutArgument(plan)}));");
        }

        FocalText.WriteResult(writer, plan, parameters);
    }

    /// <summary>Why the gradient of a label's logit is made of the other probabilities.</summary>
    public const string WhyOthers =
        "// The cross-entropy adds p_k to the slope of logit k, less 1 at the label: there it is minus what the others have, as exact near 0.";

    /// <summary>What the label's logit has of the cross-entropy's slope, before the factor, in registers.</summary>
    public static void WriteOwnSlope(SourceWriter writer, KernelPlan plan, int size, string lanes)
    {
        string others = string.Join(" + ", Others(lanes, size));
        if (plan.Options.Compound.HasWeights)
        {
            writer.Line($"{lanes} weight = {Weight(lanes, size)};");
        }

        writer.Line($"{lanes} ofOwn = {OwnSlope(plan, lanes, plan.Options.Compound.HasWeights ? $"weight * ({others})" : $"({others})")};");
    }

    /// <summary>That, of what the other classes have.</summary>
    public static string OwnSlope(KernelPlan plan, string lanes, string others) =>
        plan.Options.Compound.IsSmoothed ? $"{lanes}.Broadcast({Float(Smoothing(plan.Options))}) - {others}" : $"default({lanes}) - {others}";

    /// <summary>The slope of a logit, given that of the overlap; of several vectors of pixels, the one whose names end so.</summary>
    public static string Slope(
        KernelPlan plan, string lanes, string classIndex, string probability, string smoothing, string ofOverlap, string vector = "")
    {
        string other = plan.Options.Compound.HasWeights ? $"weight{vector} * {probability}" : probability;
        string selected = $"{lanes}.SelectWhere(label{vector}, {classIndex}, ofOwn{vector}, {other})";
        return $"{lanes}.MultiplyAdd(crossEntropySlope, {(plan.Options.Compound.IsSmoothed ? $"{selected} - {smoothing}" : selected)}, {ofOverlap})";
    }

    /// <summary>The weight of a pixel by its label, of classes in registers.</summary>
    private static string Weight(string lanes, int size) => Selected(lanes, size, c => $"{lanes}.Broadcast(OwnWeights[{c}])");

    private static string Arguments(KernelPlan plan) => !WeighsPixels(plan)
        ? string.Empty
        : (plan.Options.Compound.HasWeights ? ", OwnWeights" : ", default") + (plan.Options.Compound.IsSmoothed ? ", Smoothings" : ", default");

    private static bool IsInRegisters(KernelPlan plan) => plan.Options.HasCategoricalTerm && plan.Scratch is null;

    // Each vector then has a logarithm, which a focal term in the registers needs anyway.
    private static bool WeighsPixels(KernelPlan plan) =>
        plan.Options.Compound.HasWeights || plan.Options.Compound.IsSmoothed || (IsInRegisters(plan) && plan.Options.HasCategoricalFocal);

    private static double[] Weights(LossOptions options) => options.Compound.HasWeights
        ? [.. options.Compound.ClassWeights]
        : [.. Enumerable.Repeat(1.0, options.NumClasses)];

    // How much all classes together have of a smoothed label.
    private static double Smoothing(LossOptions options) => options.Compound.LabelSmoothing / options.NumClasses * Weights(options).Sum();

    /// <summary>An item by the label, of classes in registers.</summary>
    public static string Selected(string lanes, int size, System.Func<int, string> item, string otherwise = "default") =>
        Enumerable.Range(0, size).Aggregate(otherwise, (rest, c) => $"{lanes}.SelectWhere(label, {SourceWriter.Literal(c)}, {item(c)}, {rest})");

    /// <summary>The probabilities of the classes that are not the label, of classes in registers.</summary>
    public static string[] Others(string lanes, int size) =>
        [.. Enumerable.Range(0, size).Select(c => $"{lanes}.SelectWhere(label, {SourceWriter.Literal(c)}, default, p{SourceWriter.Literal(c)})")];

    private static string SumWithout(int left, int size) => string.Join(" + ", Enumerable.Range(0, size).Where(c => c != left).Select(c => $"p{c}"));

    private static string Grouped(string[] terms) => terms.Length == 1 ? terms[0] : $"({string.Join(" + ", terms)})";

    /// <summary>A number as a float.</summary>
    public static string Float(double number) => SourceWriter.Literal(number) + "f";
}
