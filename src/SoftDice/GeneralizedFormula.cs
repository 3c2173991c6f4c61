using System;
using System.Linq;

namespace SoftDice;

/// <summary>The part of the definition of the generalised Dice loss that comes after the sums: one ratio of the weighted sums of the classes.</summary>
internal static class GeneralizedFormula
{
    /// <summary>What the ratio costs.</summary>
    public static double Loss(SoftDiceOptions options, ClassTotal[] classes)
    {
        RefuseOptionsOfOneClass(options);
        double overlap = Numerator(options, classes) / Denominator(options, classes);
        return options.Form switch
        {
            SoftDiceForm.OneMinus => 1 - overlap,
            SoftDiceForm.Negative => -overlap,
            _ => -Math.Log(overlap),
        };
    }

    /// <summary>d loss / d probability of a class where its target is 0, and how much more it is where that is 1. The weights are constants.</summary>
    public static (double Other, double Step) Slopes(SoftDiceOptions options, ClassTotal[] classes, int c)
    {
        RefuseOptionsOfOneClass(options);
        double weight = Weight(options, classes, c);
        double numerator = Numerator(options, classes);
        double denominator = Denominator(options, classes);
        (double byNumerator, double byDenominator) = options.Form == SoftDiceForm.NegativeLog
            ? (-1 / numerator, 1 / denominator)
            : (-1 / denominator, numerator / denominator / denominator);
        return (IsFloored(options, classes) ? 0 : weight * byDenominator, weight * 2 * byNumerator);
    }

    /// <summary>What a class weighs; 0 if it is left out.</summary>
    public static double Weight(SoftDiceOptions options, ClassTotal[] classes, int c)
    {
        double weight = RawWeight(options, classes[c]);
        if (!options.Includes(c) || (double.IsInfinity(weight) && options.InfiniteWeights == SoftDiceInfiniteWeights.Zero))
        {
            return 0;
        }

        return double.IsInfinity(weight)
            ? classes.Where((_, other) => options.Includes(other)).Select(of => RawWeight(options, of)).Where(double.IsFinite).DefaultIfEmpty(0).Max()
            : weight;
    }

    private static double RawWeight(SoftDiceOptions options, ClassTotal of) => options.GeneralizedWeights switch
    {
        SoftDiceGeneralizedWeights.Simple => 1 / of.TargetSum,
        SoftDiceGeneralizedWeights.Square => 1 / (of.TargetSum * of.TargetSum),
        _ => 1,
    };

    private static double Numerator(SoftDiceOptions options, ClassTotal[] classes) =>
        options.NumeratorSmoothing + WeightedSum(options, classes, of => 2 * of.Intersection);

    private static double Denominator(SoftDiceOptions options, ClassTotal[] classes) =>
        IsFloored(options, classes) ? options.DenominatorFloor : RawDenominator(options, classes);

    private static bool IsFloored(SoftDiceOptions options, ClassTotal[] classes) =>
        options.DenominatorFloor > 0 && RawDenominator(options, classes) < options.DenominatorFloor;

    private static double RawDenominator(SoftDiceOptions options, ClassTotal[] classes) =>
        options.DenominatorSmoothing + WeightedSum(options, classes, of => (2 * of.Intersection) + (of.PredictionSum + of.TargetSum - (2 * of.Intersection)));

    // Of a class that is left out nothing matters, not even a NaN.
    private static double WeightedSum(SoftDiceOptions options, ClassTotal[] classes, Func<ClassTotal, double> of) =>
        Enumerable.Range(0, classes.Length).Where(options.Includes).Sum(c => Weight(options, classes, c) * of(classes[c]));

    // The analyzer refuses these of an attribute.
    private static void RefuseOptionsOfOneClass(SoftDiceOptions options)
    {
        if (options.SquaredDenominator || options.Intersection != SoftDiceIntersection.Product)
        {
            throw new ArgumentException(
                "GeneralizedWeights are defined with products of predictions and targets and without squares, so that SquaredDenominator and " +
                "Intersection must be left at their defaults.",
                nameof(options));
        }

        if (options.Overlap != SoftDiceOverlap.Dice || options.Gamma != 1 || options.ClassWeights.Count > 0 ||
            options.AbsentClasses != SoftDiceAbsentClasses.Count)
        {
            throw new ArgumentException(
                "GeneralizedWeights make one Dice coefficient of all classes, so that Overlap, Gamma, ClassWeights and AbsentClasses, which are about " +
                "the cost of a single class, must be left at their defaults.",
                nameof(options));
        }
    }
}
