using System.Collections.Generic;
using System.Linq;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The cross-entropy of each class by itself, through a sigmoid: its sum beside those of the classes, and its part of the gradient.</summary>
/// <remarks>
/// With e to the power of minus the magnitude of a logit x, -ln of its sigmoid is ln(1 + e), and -x more where that is positive. The logarithms
/// of a chain are one of the product of the 1 + e, which is at most 2 to the power of their number; made less 1, it keeps the digits of small e.
/// </remarks>
internal static class BinaryCrossEntropyText
{
    private const string Log = "global::SoftDice.Kernels.Logarithm.OfOnePlus";
    private const string Functions = "global::SoftDice.Kernels.Activations";

    /// <summary>Tables of the kernel: what classes weigh, and what belongs to them.</summary>
    public static IEnumerable<string> Tables(LossOptions options)
    {
        if (options.HasBinaryCrossEntropy && options.Compound.HasWeights)
        {
            yield return "// What the cross-entropy of a class is multiplied by.\n" +
                AggregateText.Table("double", "CrossEntropyWeights", options.Compound.ClassWeights.Select(SourceWriter.Literal));
        }

        if (options.HasBinaryCrossEntropy && options.Compound.HasPositiveWeights)
        {
            yield return "// What -ln p is multiplied by, where -ln(1 - p) is taken as it is.\n" +
                AggregateText.Table("float", "PositiveWeights", options.Compound.PositiveWeights.Select(Float));
        }
    }

    /// <summary>Beside the double sums of a part.</summary>
    public static void WriteSum(SourceWriter writer, KernelPlan plan, int size)
    {
        if (!plan.Options.HasBinaryCrossEntropy)
        {
            return;
        }

        writer.Line("global::System.Runtime.Intrinsics.Vector256<double> crossEntropy = default;");
        if (plan.Options.Compound.HasWeights)
        {
            writer.Each(size, c => $"double weight{c} = CrossEntropyWeights[{GroupText.ClassOf(c, plan.IsOneGroup)}];");
        }

        if (plan.Options.Compound.HasPositiveWeights)
        {
            writer.Each(size, c => $"float positive{c} = PositiveWeights[{GroupText.ClassOf(c, plan.IsOneGroup)}];");
        }
    }

    /// <summary>Beside the float sums of a chain.</summary>
    public static void WriteChain(SourceWriter writer, KernelPlan plan, int size, string lanes)
    {
        if (plan.Options.HasBinaryCrossEntropy)
        {
            writer.Line($"{lanes} {string.Join(", ", Suffixes(plan, size).SelectMany(suffix => Sums(plan).Select(sum => $"{sum}{suffix} = default")))};");
        }
    }

    /// <summary>The lines that declare the probability of class <paramref name="c"/> of the group.</summary>
    /// <remarks>With a logit and an exponential of 0, a pixel that takes no part costs nothing, whatever its label is taken for.</remarks>
    public static IEnumerable<string> Probability(LossOptions options, int c, string lanes) =>
    [
        $"{lanes} x{c} = {IgnoreText.Cleared(options, $"{lanes}.Load(in plane{c}, pixel)", lanes)};",
        $"{lanes} e{c} = {IgnoreText.Cleared(options, $"{Functions}.ExpOfNegativeMagnitude(x{c})", lanes)};",
        $"{lanes} p{c} = {IgnoreText.Cleared(options, $"{Functions}.Sigmoid(x{c}, e{c})", lanes)};",
    ];

    /// <summary>The line that declares the logit that is wrong above 0, by the label.</summary>
    public static string Wrong(int c, string lanes) =>
        $"{lanes} wrong{c} = {lanes}.SelectWhere(label, {c}, default({lanes}) - x{c}, x{c});";

    /// <summary>What a vector of pixels adds for class <paramref name="c"/> of the group.</summary>
    public static IEnumerable<string> Turn(KernelPlan plan, int c, string lanes)
    {
        if (!plan.Options.HasBinaryCrossEntropy)
        {
            yield break;
        }

        // The logit that is wrong above 0 and right below; of targets, the logit as it is.
        Compound compound = plan.Options.Compound;
        string suffix = compound.HasWeights ? $"{c}" : string.Empty;
        bool isHard = !plan.Options.IsOneHot && !compound.IsSmoothed;
        string wrong = plan.Options.IsOneHot ? $"x{c}" : $"wrong{c}";
        if (!plan.Options.IsOneHot)
        {
            yield return Wrong(c, lanes);
        }

        if (isHard && !compound.HasPositiveWeights)
        {
            yield return $"beyond{suffix} += {lanes}.AtLeast(wrong{c}, default);";
        }
        else if (isHard)
        {
            string weight = $"{lanes}.SelectWhere(label, {c}, {lanes}.Broadcast(positive{c}), {lanes}.Broadcast(1))";
            yield return $"cost{suffix} = {lanes}.MultiplyAdd({weight}, {lanes}.AtLeast(wrong{c}, default) + {Log}(e{c}), cost{suffix});";
            yield break;
        }
        else
        {
            foreach (string line in Shares(plan.Options, $"{c}", $"{c}", lanes, $"t{c}"))
            {
                yield return line;
            }

            if (compound.HasPositiveWeights)
            {
                yield return $"cost{suffix} = {lanes}.MultiplyAdd(yes{c} + no{c}, {Log}(e{c}), cost{suffix});";
            }

            // The weight of the logit where it is above 0, and of its opposite where that is.
            (string above, string below) = plan.Options.IsOneHot
                ? ($"no{c}", $"yes{c}")
                : ($"{lanes}.SelectWhere(label, {c}, yes{c}, no{c})", $"{lanes}.SelectWhere(label, {c}, no{c}, yes{c})");
            string sum = compound.HasPositiveWeights ? "cost" : "beyond";
            yield return $"{sum}{suffix} = {lanes}.MultiplyAdd({wrong}, {lanes}.SelectWhereLarger({wrong}, default, {above}, default({lanes}) - {below}), {sum}{suffix});";
        }

        if (!compound.HasPositiveWeights)
        {
            yield return $"lost{suffix} = {lanes}.MultiplyAdd(e{c}, lost{suffix}, lost{suffix} + e{c});";
        }
    }

    /// <summary>Where the float sums of a chain are carried over to double.</summary>
    public static void WriteChainEnd(SourceWriter writer, KernelPlan plan, int size, string lanes)
    {
        if (!plan.Options.HasBinaryCrossEntropy)
        {
            return;
        }

        foreach (string suffix in Suffixes(plan, size))
        {
            string sum = plan.Options.Compound.HasPositiveWeights
                ? $"{lanes}.ToDouble(cost{suffix})"
                : $"{lanes}.ToDouble(beyond{suffix}) + {lanes}.ToDouble({Log}(lost{suffix}))";
            writer.Line($"crossEntropy += {(suffix.Length == 0 ? sum : plan.Options.Compound.HasPositiveWeights ? $"weight{suffix} * {sum}" : $"weight{suffix} * ({sum})")};");
        }
    }

    /// <summary>The sum goes where those of the classes go, with the number of its terms.</summary>
    public static void WriteResult(SourceWriter writer, KernelPlan plan, int size)
    {
        if (plan.Options.HasBinaryCrossEntropy)
        {
            writer.Line($"sums.AddCrossEntropy(crossEntropy, {(size == 1 ? string.Empty : $"{SourceWriter.Literal(size)} * ")}{IgnoreText.CountTakingPart(plan.Options)});");
        }
    }

    /// <summary>Whether groups of classes are told how many pixels take part, as they do not count those that do not.</summary>
    public static bool TakesCount(KernelPlan plan) =>
        plan is { IsOneGroup: false, Options: { HasBinaryCrossEntropy: true, IgnoresPixels: true, IsOneHot: false } };

    /// <summary>In the gradient, before the pixels of a class.</summary>
    public static IEnumerable<string> SlopesOfClass(LossOptions options)
    {
        if (options.Compound.HasWeights)
        {
            string factor = options.HasTermOfBatch ? "factors.CrossEntropy" : "sums.CrossEntropySlope(termScale)";
            yield return $"TLanes crossEntropySlope = TLanes.Broadcast((float)({factor} * CrossEntropyWeights[c]));";
        }

        if (options.Compound.HasPositiveWeights)
        {
            yield return "float positive = PositiveWeights[c];";
        }
    }

    /// <summary>The lines that declare what the probability and what it misses to 1 are made of, at a pixel of the gradient.</summary>
    public static readonly string[] Parts =
    [
        "TLanes x = TLanes.Load(in logits, pixel);",
        $"TLanes e = {Functions}.ExpOfNegativeMagnitude(x);",
        "TLanes larger = TLanes.Broadcast(1) / (TLanes.Broadcast(1) + e), smaller = e * larger;",
    ];

    /// <summary>The line that declares both, after those.</summary>
    public const string Probabilities = "TLanes p = TLanes.SelectBySign(x, smaller, larger), missing = TLanes.SelectBySign(x, larger, smaller);";

    /// <summary>The lines that declare the slope of a logit, given that of the overlap by the probability.</summary>
    public static IEnumerable<string> Slope(LossOptions options, string classIndex)
    {
        const string Lanes = "TLanes";
        string ofTerm = "no * p - yes * missing";
        if (!options.IsOneHot && !options.Compound.IsSmoothed)
        {
            string own = options.Compound.HasPositiveWeights ? "TLanes.Broadcast(-positive) * missing" : "default(TLanes) - missing";
            ofTerm = $"TLanes.SelectWhere(label, {classIndex}, {own}, p)";
        }
        else
        {
            foreach (string line in Shares(options, string.Empty, classIndex, Lanes, "TLanes.LoadTargets(in targets, pixel)"))
            {
                yield return line;
            }
        }

        yield return $"slope = TLanes.MultiplyAdd(crossEntropySlope, {ofTerm}, slope * (larger * smaller));";
    }

    // How much -ln p and -ln(1 - p) have in the cost of an element.
    private static IEnumerable<string> Shares(LossOptions options, string suffix, string classIndex, string lanes, string target)
    {
        double half = options.Compound.LabelSmoothing / 2;
        string positive = options.Compound.HasPositiveWeights ? $" * {lanes}.Broadcast(positive{suffix})" : string.Empty;
        string one = $"{lanes}.Broadcast(1)";
        if (!options.IsOneHot)
        {
            string most = $"{lanes}.Broadcast({Float(1 - half)})", least = $"{lanes}.Broadcast({Float(half)})";
            yield return $"{lanes} yes{suffix} = {lanes}.SelectWhere(label, {classIndex}, {most}, {least}){positive};";
            yield return $"{lanes} no{suffix} = {lanes}.SelectWhere(label, {classIndex}, {least}, {most});";
        }
        else
        {
            string smoothed = options.Compound.IsSmoothed
                ? $"{lanes}.MultiplyAdd({target}, {lanes}.Broadcast({Float(1 - (2 * half))}), {lanes}.Broadcast({Float(half)}))"
                : target;
            yield return $"{lanes} share{suffix} = {smoothed};";
            yield return $"{lanes} yes{suffix} = share{suffix}{positive}, no{suffix} = {one} - share{suffix};";
        }
    }

    private static string[] Sums(KernelPlan plan) => plan.Options.Compound.HasPositiveWeights ? ["cost"] : ["beyond", "lost"];

    // Classes that weigh differently have sums of their own.
    private static string[] Suffixes(KernelPlan plan, int size) =>
        plan.Options.Compound.HasWeights ? [.. Enumerable.Range(0, size).Select(SourceWriter.Literal)] : [string.Empty];

    private static string Float(double number) => SourceWriter.Literal(number) + "f";
}
