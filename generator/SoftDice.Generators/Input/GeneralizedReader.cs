using SoftDice.Generators.Diagnostics;
using SoftDice.Generators.Model;

namespace SoftDice.Generators.Input;

/// <summary>Reads whether this is the generalised Dice loss, and finds what does not go with one ratio of all classes.</summary>
internal static class GeneralizedReader
{
    public static Aggregation Read(AttributeArguments arguments, ClassCost cost, Aggregation aggregation)
    {
        GeneralizedWeights weights = arguments.GetEnum<GeneralizedWeights>(AttributeNames.GeneralizedWeights);
        InfiniteWeights infinite = arguments.GetEnum<InfiniteWeights>(AttributeNames.InfiniteWeights);
        if (weights is GeneralizedWeights.None or GeneralizedWeights.Uniform && arguments.Has(AttributeNames.InfiniteWeights))
        {
            Refuse(
                arguments,
                AttributeNames.InfiniteWeights,
                "is about weights of 1 / T, which only GeneralizedWeights = Simple and Square have; write one of them, or remove it");
            infinite = InfiniteWeights.LargestFinite;
        }

        if (weights == GeneralizedWeights.None || !Fits(arguments, cost, aggregation))
        {
            return aggregation;
        }

        return aggregation with { GeneralizedWeights = weights, InfiniteWeights = infinite };
    }

    // Most of these are about the cost of a single class, which the one ratio does not have.
    private static bool Fits(AttributeArguments arguments, ClassCost cost, Aggregation aggregation)
    {
        bool fits = true;
        Check(
            cost.Overlap != Overlap.Dice,
            AttributeNames.Overlap,
            "measures the overlap of a single class, and GeneralizedWeights make one Dice coefficient of all; remove one of the two");
        Check(
            cost.SquaredDenominator,
            AttributeNames.SquaredDenominator,
            "squares what GeneralizedWeights, which make up for the size of a class, are defined with as it is; remove one of the two");
        Check(
            cost.Intersection != Intersection.Product,
            AttributeNames.Intersection,
            "is Minimum, and GeneralizedWeights are defined with products of predictions and targets; remove one of the two");
        Check(
            cost.Gamma != 1,
            AttributeNames.Gamma,
            "is a power of what a single class costs, and GeneralizedWeights make one cost of all; remove one of the two");
        Check(
            aggregation.HasWeights,
            AttributeNames.ClassWeights,
            "multiply what a single class costs, and GeneralizedWeights, which come from the labels, make one cost of all; remove one of the two");
        Check(
            aggregation.AbsentClasses != AbsentClasses.Count,
            AttributeNames.AbsentClasses,
            "is about what a single class costs, and GeneralizedWeights make one cost of all; InfiniteWeights says what a class without labels weighs");
        Check(
            aggregation.Reduction == Reduction.Sum && !aggregation.IsPerSample,
            AttributeNames.Reduction,
            "is Sum, and GeneralizedWeights leave one cost, of which there is nothing to add; remove one of the two, or let SumsOver be Sample");
        return fits;

        void Check(bool isWrong, string name, string reason)
        {
            if (isWrong)
            {
                Refuse(arguments, name, reason);
                fits = false;
            }
        }
    }

    private static void Refuse(AttributeArguments arguments, string name, string reason) =>
        arguments.Report(Descriptors.DoesNotFit, name, name, reason);
}
