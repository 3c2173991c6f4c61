using System.Collections.Generic;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>What a pixel adds to the sums of a class: to what it has in common with its label, to what it misses, to the label's own.</summary>
internal static class TermText
{
    /// <summary>The sums of what predictions miss, which is one, or two if errors are weighed.</summary>
    public static string[] MissSums(KernelPlan plan) => plan.SplitsMisses ? ["lackSum", "excessSum"] : ["missSum"];

    /// <summary>The float sums that are carried over to these.</summary>
    public static string[] Missed(KernelPlan plan) => plan.SplitsMisses ? ["lacked", "excess"] : ["missed"];

    /// <summary>The lines for class <paramref name="c"/> of the group, with <c>p</c> its probability.</summary>
    public static IEnumerable<string> Lines(KernelPlan plan, int c, TypeParameters parameters) =>
        plan.Options.IsOneHot ? OfTargets(plan, c, parameters.Lanes) : OfLabels(plan, c, parameters);

    /// <summary>The labels of the lanes of class <paramref name="c"/>.</summary>
    public static string Label(KernelPlan plan, int c) => plan.SplitsSums ? $"label{c}" : "label";

    private static IEnumerable<string> OfLabels(KernelPlan plan, int c, TypeParameters parameters)
    {
        string lanes = parameters.Lanes;
        if (c == plan.ClassWithoutLabels)
        {
            yield return plan.SkipsIgnored ? $"missed{c} = {lanes}.AddUnless(missed{c}, p{c}, label, ignored);" : $"missed{c} += p{c};";
            yield break;
        }

        string label = $"{Label(plan, c)}, {(plan.SplitsSums ? $"classes{c}" : $"{c}")}";
        yield return $"hit{c} = {lanes}.AddWhere(hit{c}, p{c}, {label});";
        if (plan.SplitsMisses)
        {
            yield return $"lacked{c} = {lanes}.AddWhere(lacked{c}, {lanes}.Broadcast(1) - p{c}, {label});";
            yield return $"excess{c} += {lanes}.SelectWhere({label}, default, p{c});";
        }
        else if (plan.Options.Cost.SquaredDenominator)
        {
            yield return $"{lanes} miss{c} = {lanes}.Miss(p{c}, {label});";
            yield return $"missed{c} = {lanes}.MultiplyAdd(miss{c}, miss{c}, missed{c});";
        }
        else if (plan.SkipsIgnored)
        {
            yield return $"missed{c} = {lanes}.AddUnless(missed{c}, {lanes}.Miss(p{c}, {label}), {Label(plan, c)}, ignored);";
        }
        else
        {
            yield return $"missed{c} += {lanes}.Miss(p{c}, {label});";
        }

        yield return plan.CountsBytesApart
            ? $"count{c} = global::SoftDice.Kernels.LabelCounts.Where<{parameters.At(atWidth: true)}>(count{c}, {label});"
            : $"count{c} = {lanes}.CountWhere(count{c}, {label});";
    }

    private static IEnumerable<string> OfTargets(KernelPlan plan, int c, string lanes)
    {
        ClassCost cost = plan.Options.Cost;
        string target = $"{lanes}.LoadTargets(in target{c}, pixel)";
        yield return $"{lanes} t{c} = {IgnoreText.Cleared(plan.Options, target, lanes)};";
        yield return cost.Intersection == Intersection.Minimum
            ? $"hit{c} += {lanes}.SelectWhereLarger(p{c}, t{c}, t{c}, p{c});"
            : $"hit{c} = {lanes}.MultiplyAdd(p{c}, t{c}, hit{c});";
        foreach (string line in MissOfTargets(plan, c, lanes))
        {
            yield return line;
        }

        yield return cost.SquaredDenominator
            ? $"wanted{c} = {lanes}.MultiplyAdd(t{c}, t{c}, wanted{c});"
            : $"wanted{c} += t{c};";
        yield return $"largestTarget = {lanes}.LargerBits(largestTarget, t{c});";
    }

    private static string[] MissOfTargets(KernelPlan plan, int c, string lanes) => (plan.Options.Cost.Intersection, plan.SplitsMisses) switch
    {
        (Intersection.Minimum, true) =>
        [
            $"lacked{c} += {lanes}.AtLeast(t{c} - p{c}, default);",
            $"excess{c} += {lanes}.AtLeast(p{c} - t{c}, default);",
        ],
        (Intersection.Minimum, false) => [$"missed{c} -= {lanes}.NegativeMagnitude(p{c} - t{c});"],
        (_, true) =>
        [
            $"lacked{c} = {lanes}.MultiplyAdd(t{c}, {lanes}.Broadcast(1) - p{c}, lacked{c});",
            $"excess{c} = {lanes}.MultiplyAdd(p{c}, {lanes}.Broadcast(1) - t{c}, excess{c});",
        ],
        _ when plan.Options.Cost.SquaredDenominator =>
        [
            $"{lanes} miss{c} = p{c} - t{c};",
            $"missed{c} = {lanes}.MultiplyAdd(miss{c}, miss{c}, missed{c});",
        ],
        _ => [$"missed{c} += {lanes}.MultiplyAdd(p{c}, {lanes}.Broadcast(1) - t{c}, t{c} * ({lanes}.Broadcast(1) - p{c}));"],
    };
}
