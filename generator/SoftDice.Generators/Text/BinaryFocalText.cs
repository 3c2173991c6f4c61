using System.Collections.Generic;
using System.Linq;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The focal term of each class by itself, through a sigmoid: its sum beside those of the classes, and its part of the gradient.</summary>
internal static class BinaryFocalText
{
    private const string Library = "global::SoftDice.Kernels.SigmoidFocal";
    private const string Log = "global::SoftDice.Kernels.Logarithm.OfOnePlus";

    /// <summary>A table of the kernel: what classes weigh.</summary>
    public static IEnumerable<string> Tables(LossOptions options)
    {
        if (options.HasBinaryFocal && options.Focal.HasWeights)
        {
            yield return "// What the focal term of a class is multiplied by.\n" +
                AggregateText.Table("double", "FocalWeights", options.Focal.ClassWeights.Select(SourceWriter.Literal));
        }
    }

    /// <summary>Beside the double sums of a part.</summary>
    public static void WriteSum(SourceWriter writer, KernelPlan plan, int size)
    {
        if (!plan.Options.HasBinaryFocal)
        {
            return;
        }

        writer.Line("global::System.Runtime.Intrinsics.Vector256<double> focal = default;");
        if (plan.Options.Focal.HasWeights)
        {
            writer.Each(size, c => $"double focalWeight{c} = FocalWeights[{GroupText.ClassOf(c, plan.IsOneGroup)}];");
        }
    }

    /// <summary>Beside the float sums of a chain.</summary>
    public static void WriteChain(SourceWriter writer, KernelPlan plan, int size, string lanes)
    {
        if (plan.Options.HasBinaryFocal)
        {
            writer.Line($"{lanes} {string.Join(", ", Suffixes(plan, size).Select(suffix => $"focalCost{suffix} = default"))};");
        }
    }

    /// <summary>What a vector of pixels adds for class <paramref name="c"/> of the group.</summary>
    public static IEnumerable<string> Turn(KernelPlan plan, int c, string lanes)
    {
        LossOptions options = plan.Options;
        if (!options.HasBinaryFocal)
        {
            yield break;
        }

        string sum = options.Focal.HasWeights ? $"focalCost{c}" : "focalCost";
        string gamma = CrossEntropyText.Float(options.Focal.Gamma);
        yield return $"{lanes} log{c} = {Log}(e{c});";
        if (options.IsOneHot)
        {
            yield return $"{sum} = {lanes}.MultiplyAdd({No(options, $"t{c}", lanes)}, {Library}.Cost(x{c}, e{c}, log{c}, {gamma}), {sum});";
            yield return $"{sum} = {lanes}.MultiplyAdd({Yes(options, $"t{c}", lanes)}, {Library}.Cost(default({lanes}) - x{c}, e{c}, log{c}, {gamma}), {sum});";
            yield break;
        }

        if (!options.HasBinaryCrossEntropy)
        {
            yield return BinaryCrossEntropyText.Wrong(c, lanes);
        }

        string cost = $"{Library}.Cost(wrong{c}, e{c}, log{c}, {gamma})";
        yield return options.Focal.Alpha is double alpha
            ? $"{sum} = {lanes}.MultiplyAdd({Share($"{c}", alpha, lanes)}, {cost}, {sum});"
            : $"{sum} += {cost};";
    }

    /// <summary>Where the float sums of a chain are carried over to double.</summary>
    public static void WriteChainEnd(SourceWriter writer, KernelPlan plan, int size, string lanes)
    {
        if (plan.Options.HasBinaryFocal)
        {
            foreach (string suffix in Suffixes(plan, size))
            {
                writer.Line($"focal += {(suffix.Length == 0 ? string.Empty : $"focalWeight{suffix} * ")}{lanes}.ToDouble(focalCost{suffix});");
            }
        }
    }

    /// <summary>The sum goes where those of the classes go, with the number of its terms.</summary>
    public static void WriteResult(SourceWriter writer, KernelPlan plan, int size)
    {
        if (plan.Options.HasBinaryFocal)
        {
            writer.Line($"sums.AddFocal(focal, {(size == 1 ? "endPixel - firstPixel" : $"{SourceWriter.Literal(size)} * (endPixel - firstPixel)")});");
        }
    }

    /// <summary>In the gradient, before the pixels of a class.</summary>
    public static IEnumerable<string> SlopesOfClass(LossOptions options)
    {
        if (options.HasBinaryFocal && options.Focal.HasWeights)
        {
            yield return "TLanes focalSlope = TLanes.Broadcast((float)(sums.FocalSlope(termScale) * FocalWeights[c]));";
        }
    }

    /// <summary>The lines that add to the slope of a logit.</summary>
    public static IEnumerable<string> Slope(LossOptions options, string classIndex)
    {
        const string Lanes = "TLanes";
        if (!options.HasBinaryFocal)
        {
            yield break;
        }

        string gamma = CrossEntropyText.Float(options.Focal.Gamma);
        yield return $"TLanes log = {Log}(e);";
        if (options.IsOneHot)
        {
            yield return "TLanes wanted = TLanes.LoadTargets(in targets, pixel);";
            yield return $"TLanes ofNo = {No(options, "wanted", Lanes)} * {Library}.Slope(x, e, log, {gamma});";
            yield return $"TLanes ofYes = {Yes(options, "wanted", Lanes)} * {Library}.Slope(default(TLanes) - x, e, log, {gamma});";
            yield return "slope = TLanes.MultiplyAdd(focalSlope, ofNo - ofYes, slope);";
            yield break;
        }

        yield return $"TLanes wrong = TLanes.SelectWhere(label, {classIndex}, default(TLanes) - x, x);";
        yield return $"TLanes ofWrong = {(options.Focal.Alpha is double alpha ? $"{Share(classIndex, alpha, Lanes)} * " : string.Empty)}{Library}.Slope(wrong, e, log, {gamma});";
        yield return $"slope = TLanes.MultiplyAdd(focalSlope, TLanes.SelectWhere(label, {classIndex}, default(TLanes) - ofWrong, ofWrong), slope);";
    }

    // What an answer weighs, by whether the label is the class.
    private static string Share(string classIndex, double alpha, string lanes) =>
        $"{lanes}.SelectWhere(label, {classIndex}, {lanes}.Broadcast({CrossEntropyText.Float(alpha)}), {lanes}.Broadcast({CrossEntropyText.Float(1 - alpha)}))";

    private static string Yes(LossOptions options, string target, string lanes) =>
        options.Focal.Alpha is double alpha ? $"{target} * {lanes}.Broadcast({CrossEntropyText.Float(alpha)})" : target;

    private static string No(LossOptions options, string target, string lanes)
    {
        string rest = $"({lanes}.Broadcast(1) - {target})";
        return options.Focal.Alpha is double alpha ? $"{rest} * {lanes}.Broadcast({CrossEntropyText.Float(1 - alpha)})" : rest;
    }

    // Classes that weigh differently have sums of their own.
    private static string[] Suffixes(KernelPlan plan, int size) =>
        plan.Options.Focal.HasWeights ? [.. Enumerable.Range(0, size).Select(SourceWriter.Literal)] : [string.Empty];
}
