using System.Collections.Generic;
using System.Globalization;
using System.Linq;

using SoftDice.Generators.Diagnostics;
using SoftDice.Generators.Model;

namespace SoftDice.Generators.Input;

/// <summary>Reads how the classes become one number, and finds what does not go together.</summary>
internal static class AggregationReader
{
    public static Aggregation Read(AttributeArguments arguments, int numClasses)
    {
        int[] excluded = ReadExcluded(arguments, numClasses);
        Aggregation aggregation = new(
            arguments.GetEnum<Reduction>(AttributeNames.Reduction),
            new EquatableArray<double>(ReadWeights(arguments, numClasses, excluded)),
            arguments.Get(AttributeNames.NormalizeWeights, false),
            new EquatableArray<int>(excluded),
            arguments.GetEnum<AbsentClasses>(AttributeNames.AbsentClasses),
            SumsOver: arguments.GetEnum<SumsOver>(AttributeNames.SumsOver));

        bool isMean = aggregation.Reduction == Reduction.Mean;
        if (aggregation.NormalizeWeights && (!isMean || arguments.GetArray<double>(AttributeNames.ClassWeights).Length == 0))
        {
            arguments.Report(
                Descriptors.DoesNotFit,
                AttributeNames.NormalizeWeights,
                AttributeNames.NormalizeWeights,
                isMean
                    ? "is about ClassWeights, and there are none; give them or remove it"
                    : $"is about what a mean divides by, and Reduction is {aggregation.Reduction}; remove one of the two");
        }

        if (!isMean && aggregation.AbsentClasses == AbsentClasses.Skip)
        {
            arguments.Report(
                Descriptors.DoesNotFit,
                AttributeNames.AbsentClasses,
                AttributeNames.AbsentClasses,
                $"is Skip, which is about what a mean divides by, and Reduction is {aggregation.Reduction}; write SoftDiceAbsentClasses.Zero");
        }

        return aggregation with { NormalizeWeights = aggregation.NormalizeWeights && aggregation.HasWeights };
    }

    /// <summary>What calls look like: how many losses there are, and of what.</summary>
    public static Aggregation ReadShape(AttributeArguments arguments) => new(
        arguments.GetEnum<Reduction>(AttributeNames.Reduction), SumsOver: arguments.GetEnum<SumsOver>(AttributeNames.SumsOver));

    private static int[] ReadExcluded(AttributeArguments arguments, int numClasses)
    {
        bool withoutBackground = !arguments.Get(AttributeNames.IncludeBackground, true);
        SortedSet<int> excluded = withoutBackground ? [0] : [];
        foreach (int asked in arguments.GetArray<int>(AttributeNames.ExcludedClasses))
        {
            string number = asked.ToString(CultureInfo.InvariantCulture);
            string? reason =
                asked < 0 || asked >= numClasses
                    ? $"has {number}, which is no class; classes are 0 to {(numClasses - 1).ToString(CultureInfo.InvariantCulture)}"
                : !excluded.Add(asked) && asked == 0 && withoutBackground
                    ? "has 0, which IncludeBackground = false leaves out already; remove one of the two"
                : null;
            if (reason is not null)
            {
                arguments.Report(Descriptors.ExcludedClassesWrong, AttributeNames.ExcludedClasses, reason);
            }
        }

        if (excluded.Count < numClasses)
        {
            return [.. excluded];
        }

        string place = withoutBackground ? AttributeNames.IncludeBackground : AttributeNames.ExcludedClasses;
        arguments.Report(Descriptors.NoClassLeft, place, numClasses.ToString(CultureInfo.InvariantCulture));
        return [];
    }

    private static double[] ReadWeights(AttributeArguments arguments, int numClasses, int[] excluded)
    {
        double[] weights = arguments.GetArray<double>(AttributeNames.ClassWeights);
        if (weights.Length == 0)
        {
            return weights;
        }

        string? reason = null;
        int wrong = System.Array.FindIndex(weights, weight => !(weight is >= 0 and <= double.MaxValue));
        if (weights.Length != numClasses)
        {
            reason = $"has {weights.Length.ToString(CultureInfo.InvariantCulture)} weights for {numClasses.ToString(CultureInfo.InvariantCulture)} " +
                "classes; give one for each class, those that are left out included";
        }
        else if (wrong >= 0)
        {
            reason = $"has {weights[wrong].ToString(CultureInfo.InvariantCulture)} for class {wrong.ToString(CultureInfo.InvariantCulture)}; " +
                "a weight must be finite and not negative";
        }
        else if (Enumerable.Range(0, numClasses).Except(excluded).All(c => weights[c] == 0))
        {
            reason = "has 0 for every class that counts, which makes the loss 0; give one of them more";
        }

        if (reason is null)
        {
            return weights;
        }

        arguments.Report(Descriptors.ClassWeightsWrong, AttributeNames.ClassWeights, reason);
        return [];
    }
}
