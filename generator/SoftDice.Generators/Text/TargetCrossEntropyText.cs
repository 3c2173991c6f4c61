using System.Collections.Generic;
using System.Linq;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The cross-entropy of a softmax with targets: its sum beside those of the classes, and its part of the gradient.</summary>
/// <remarks>
/// -ln p of a class is that of the likeliest one and what its logit is less than the likeliest's. The first is exact where one class is nearly
/// certain, made of what the others have; and no term is negative.
/// </remarks>
internal static class TargetCrossEntropyText
{
    private const string Library = "global::SoftDice.Kernels.TargetCrossEntropy";
    private const string Log = "global::SoftDice.Kernels.Logarithm.OfOnePlus";

    /// <summary>Why the gradient of the likeliest class's logit is made of the others.</summary>
    public const string WhyOthers =
        "// The cross-entropy adds p_k times the sum of the shares less share k to the slope of logit k. Of a class that is likelier than all others\n" +
        "// together, that is the shares of the others less their probabilities times the sum: as exact near 0.";

    /// <summary>The table of the kernel: what classes weigh.</summary>
    public static IEnumerable<string> Tables(LossOptions options)
    {
        if (options.HasTargetCrossEntropy && options.Compound.HasWeights)
        {
            yield return "// What the -ln p of a class is multiplied by.\n" +
                AggregateText.Table("float", "CrossEntropyWeights", options.Compound.ClassWeights.Select(Float));
        }
    }

    /// <summary>Beside the double sums of a part.</summary>
    public static void WriteSum(SourceWriter writer, KernelPlan plan)
    {
        if (plan.Options.HasTargetCrossEntropy)
        {
            writer.Line("global::System.Runtime.Intrinsics.Vector256<double> crossEntropy = default;");
        }
    }

    /// <summary>Beside the float sums of a chain, in registers.</summary>
    public static void WriteChain(SourceWriter writer, KernelPlan plan, string lanes)
    {
        if (plan is { Options.HasTargetCrossEntropy: true, Scratch: null })
        {
            writer.Line($"{lanes} cost = default;");
        }
    }

    /// <summary>One vector of pixels in registers, once the targets are there.</summary>
    public static void WriteTurn(SourceWriter writer, KernelPlan plan, int size, string lanes)
    {
        if (plan is not { Options.HasTargetCrossEntropy: true, Scratch: null })
        {
            return;
        }

        writer.Line();
        writer.Line("// The likeliest class, and what the others have beside its exponential.");
        writer.Line($"{lanes} likeliest = {lanes}.Load(in plane0, pixel), ofLikeliest = e0, ofOthers = default;");
        for (int c = 1; c < size; c++)
        {
            writer.Line($"{lanes} logit{c} = {lanes}.Load(in plane{c}, pixel);");
            writer.Line($"ofOthers += {lanes}.SelectWhereLarger(logit{c}, likeliest, ofLikeliest, e{c});");
            writer.Line($"ofLikeliest = {lanes}.SelectWhereLarger(logit{c}, likeliest, e{c}, ofLikeliest);");
            writer.Line($"likeliest = {lanes}.SelectWhereLarger(logit{c}, likeliest, logit{c}, likeliest);");
        }

        writer.Line();
        writer.Line("// -ln p of another class is more than that of the likeliest by what its logit is less.");
        writer.Each(size, c => $"{lanes} share{c} = {Share(plan.Options, lanes, $"t{c}", $"{lanes}.Broadcast(CrossEntropyWeights[{c}])")};");
        writer.Line($"cost = {lanes}.MultiplyAdd({Sum(size, c => $"share{c}")}, {Log}(ofOthers / ofLikeliest), cost);");
        writer.Line($"cost = {lanes}.MultiplyAdd(share0, likeliest - {lanes}.Load(in plane0, pixel), cost);");
        for (int c = 1; c < size; c++)
        {
            writer.Line($"cost = {lanes}.MultiplyAdd(share{c}, likeliest - logit{c}, cost);");
        }
    }

    /// <summary>Where the float sums of a chain are carried over to double.</summary>
    public static void WriteChainEnd(SourceWriter writer, KernelPlan plan, string lanes)
    {
        if (plan is { Options.HasTargetCrossEntropy: true, Scratch: null })
        {
            writer.Line($"crossEntropy += {lanes}.ToDouble(cost);");
        }
    }

    /// <summary>Scratch memory of the tile beside the rows of the softmax.</summary>
    public static string MoreRows(KernelPlan plan) => plan.Options.HasTargetCrossEntropy ? $" + {Library}.MoreRows" : string.Empty;

    /// <summary>After the groups of a tile.</summary>
    public static void WriteTileEnd(SourceWriter writer, KernelPlan plan, TypeParameters parameters)
    {
        if (!plan.Options.HasTargetCrossEntropy)
        {
            return;
        }

        Compound compound = plan.Options.Compound;
        string weights = compound.HasWeights ? "CrossEntropyWeights" : "default";
        writer.Line(
            $"""
            crossEntropy += {Library}.OfTile<{parameters.At(atWidth: true)}>(
                rows, {SourceWriter.Literal(plan.Scratch!.Stride)}, image, labels, tile, count, NumClasses, {Float(1 - compound.LabelSmoothing)}, {Float(compound.LabelSmoothing / plan.Options.NumClasses)}, {weights});
            """);
    }

    /// <summary>The sum goes where those of the classes go, with the number of pixels.</summary>
    public static void WriteResult(SourceWriter writer, KernelPlan plan)
    {
        if (plan.Options.HasTargetCrossEntropy)
        {
            writer.Line("sums.AddCrossEntropy(crossEntropy, endPixel - firstPixel);");
        }
    }

    /// <summary>How much -ln p of a class has in the cost of a pixel.</summary>
    public static string Share(LossOptions options, string lanes, string target, string weight)
    {
        double smoothing = options.Compound.LabelSmoothing;
        string smoothed = options.Compound.IsSmoothed
            ? $"{lanes}.MultiplyAdd({target}, {lanes}.Broadcast({Float(1 - smoothing)}), {lanes}.Broadcast({Float(smoothing / options.NumClasses)}))"
            : target;
        return options.Compound.HasWeights ? $"{weight} * {smoothed}" : smoothed;
    }

    /// <summary>The slopes of the logits of all classes in registers, given those of the overlap.</summary>
    public static void WriteSlopes(SourceWriter writer, KernelPlan plan, int size, string lanes)
    {
        string half = $"{lanes}.Broadcast(0.5f)";
        writer.Line();
        writer.Line(WhyOthers);
        writer.Each(size, c =>
            $"{lanes} share{c} = {Share(plan.Options, lanes, $"{lanes}.LoadTargets(in target{c}, pixel)", $"{lanes}.Broadcast(CrossEntropyWeights[{c}])")};");
        writer.Line($"{lanes} shares = {Sum(size, c => $"share{c}")};");
        writer.Line($"{lanes} otherShares = {Sum(size, c => $"{lanes}.SelectWhereLarger(p{c}, {half}, default, share{c})")};");
        writer.Line($"{lanes} others = {Sum(size, c => $"{lanes}.SelectWhereLarger(p{c}, {half}, default, p{c})")};");
        writer.Line($"{lanes} ofCertain = otherShares - shares * others;");
        writer.Each(size, c =>
            $"{lanes}.Store({Slope(lanes, $"p{c}", half, $"p{c}", $"share{c}", $"p{c} * (s{c} - mean)")}, ref slopes{c}, pixel, bypassCache);");
    }

    /// <summary>The lines that add up the shares, of a vector of pixels of the tile: of all classes, and without one that is likelier than all others together.</summary>
    public static string[] AddShares(LossOptions options, string shares, string otherShares) =>
    [
        ShareOfTile(options),
        $"{shares} += share#;",
        $"{otherShares} += TLanes.SelectWhereLarger(e#, half#, default, share#);",
    ];

    /// <summary>The declaration of the share of a class, of a vector of pixels of the tile.</summary>
    public static string ShareOfTile(LossOptions options) =>
        $"TLanes share# = {Share(options, "TLanes", "TLanes.LoadTargets(in firstLabel, imageAt@)", "TLanes.Broadcast(in weights, (nuint)c)")};";

    /// <summary>The slope of a logit, given that of the overlap; of several vectors of pixels, the one whose names end so.</summary>
    public static string Slope(string lanes, string compared, string half, string probability, string share, string ofOverlap, string vector = "") =>
        $"{lanes}.MultiplyAdd(crossEntropySlope, " +
        $"{lanes}.SelectWhereLarger({compared}, {half}, ofCertain{vector}, shares{vector} * {probability} - {share}), {ofOverlap})";

    private static string Sum(int size, System.Func<int, string> item) => string.Join(" + ", Enumerable.Range(0, size).Select(item));

    private static string Float(double number) => SourceWriter.Literal(number) + "f";
}
