using System.Collections.Generic;

using SoftDice.Generators.Model;

namespace SoftDice.Generators.Text;

/// <summary>d loss / d probability: the two numbers that a class has for it, and what is made of them at a pixel.</summary>
internal static class SlopeText
{
    /// <summary>The numbers, in the order in which <c>Slopes</c> returns them.</summary>
    public static (string First, string Second) Names(LossOptions options) =>
        options.Cost.SquaredDenominator ? ("step", "bend") : HasStep(options) ? ("other", "step") : ("own", "other");

    /// <summary>The name of the one that a table of the classes has as <c>Own</c>; the other one is its <c>Other</c>.</summary>
    public static string NameOfOwn(LossOptions options) => HasStep(options) || options.Cost.SquaredDenominator ? "step" : "own";

    /// <summary>Whether a target takes part in proportion, and does not choose between two slopes.</summary>
    public static bool HasStep(LossOptions options) => options.IsOneHot && options.Cost.Intersection == Intersection.Product;

    /// <summary>What the numbers are.</summary>
    public static string Meaning(LossOptions options) => options.Aggregation.HasDistances ? WassersteinText.MeaningOfSlope : "d loss / d probability of a class" + (options.Cost switch
    {
        { SquaredDenominator: true } => ", from its target t and what it is itself, p: Step·t + Bend·(p - t).",
        { Intersection: Intersection.Minimum } => ", where it is less than its target and where it is more.",
        _ => HasStep(options)
            ? " where its target is 0, and how much more it is where that is 1."
            : ", where the label is this class and where it is another.",
    });

    /// <summary>Their types, as <c>Slopes</c> returns them.</summary>
    public static string Types(LossOptions options)
    {
        if (options.Aggregation.HasDistances)
        {
            return "float";
        }

        (string first, string second) = Names(options);
        return $"(float {Capital(first)}, float {Capital(second)})";

        static string Capital(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
    }

    /// <summary>A number of <c>Slopes</c> as the kernels take it.</summary>
    public static string Scaled(LossOptions options, string slope) =>
        options.HasSteepSlopes ? $"global::SoftDice.Kernels.SumsMemory.Slope(scale, {slope})"
        : slope.Contains(" + ") ? $"(float)(scale * ({slope}))"
        : $"(float)(scale * {slope})";

    /// <summary>The lines that declare the slope at a pixel.</summary>
    /// <param name="options">The options.</param>
    /// <param name="suffix">What follows <c>s</c> or <c>t</c> in names.</param>
    /// <param name="slope">The name of the slope.</param>
    /// <param name="classIndex">The class that labels are compared with.</param>
    /// <param name="target">The target's value, where labels are targets.</param>
    /// <param name="own">The number that goes with the label or target.</param>
    /// <param name="other">The other one.</param>
    /// <param name="probability">The probability, where the slope depends on it.</param>
    /// <param name="label">The name of the label, where labels are classes.</param>
    public static IEnumerable<string> Lines(
        LossOptions options, string suffix, string slope, string classIndex, string target, string own, string other, string probability,
        string label = "label")
    {
        string declared = $"TLanes {slope} = ";
        if (!options.Cost.HasBentSlopes)
        {
            yield return declared + (options.IsOneHot
                ? $"TLanes.MultiplyAdd({target}, {own}, {other});"
                : $"TLanes.SelectWhere({label}, {classIndex}, {own}, {other});");
        }
        else if (!options.IsOneHot)
        {
            yield return $"TLanes miss{suffix} = {probability} - TLanes.SelectWhere({label}, {classIndex}, TLanes.Broadcast(1), default);";
            yield return declared + $"TLanes.MultiplyAdd(miss{suffix}, {other}, TLanes.SelectWhere({label}, {classIndex}, {own}, default));";
        }
        else if (options.Cost.SquaredDenominator)
        {
            yield return $"TLanes t{suffix} = {target};";
            yield return declared + $"TLanes.MultiplyAdd({probability} - t{suffix}, {other}, t{suffix} * {own});";
        }
        else
        {
            yield return $"TLanes t{suffix} = {target};";
            yield return $"TLanes notLess{suffix} = TLanes.SelectWhereLarger({probability}, t{suffix}, {other}, TLanes.Broadcast(0.5f) * ({own} + {other}));";
            yield return declared + $"TLanes.SelectWhereLarger(t{suffix}, {probability}, {own}, notLess{suffix});";
        }
    }
}
