using System;
using System.Linq;

namespace SoftDice;

/// <summary>
/// The part of the definition of the generalised Wasserstein Dice loss that comes after the sums: one ratio of what the pixels of each class are off and
/// of what they are not.
/// </summary>
internal static class WassersteinFormula
{
    /// <summary>Whether options ask for this loss.</summary>
    public static bool Is(SoftDiceOptions options) => options.WassersteinDistances.Count > 0;

    /// <summary>How far a class is from a label, by the largest distance.</summary>
    public static double Distance(SoftDiceOptions options, int label, int c) =>
        options.WassersteinDistances[(label * options.NumClasses) + c] / options.LargestDistance;

    /// <summary>What the ratio costs.</summary>
    public static double Loss(SoftDiceOptions options, ClassTotal[] classes)
    {
        double overlap = Numerator(options, classes) / Denominator(options, classes);
        return options.Form switch
        {
            SoftDiceForm.OneMinus => 1 - overlap,
            SoftDiceForm.Negative => -overlap,
            _ => -Math.Log(overlap),
        };
    }

    /// <summary>d loss by d E of a class. H is less by what E is more; T, and so what a class weighs, are constants.</summary>
    public static double Slope(SoftDiceOptions options, ClassTotal[] classes, int c)
    {
        double numerator = Numerator(options, classes);
        double denominator = Denominator(options, classes);
        bool isLog = options.Form == SoftDiceForm.NegativeLog;
        double byNumerator = isLog ? -1 / numerator : -1 / denominator;
        double byDenominator = isLog ? 1 / denominator : numerator / denominator / denominator;
        (double ofRight, double ofWrong) = Weights(options, classes[c], c);
        double throughNumerator = ofRight == 0 ? 0 : byNumerator * -2 * ofRight;
        return IsFloored(options, classes) ? throughNumerator : throughNumerator + (byDenominator * (ofWrong - (2 * ofRight)));
    }

    /// <summary>The analyzer refuses this of an attribute.</summary>
    public static void Refuse(SoftDiceOptions options)
    {
        if (!Is(options))
        {
            return;
        }

        if (options.Activation == SoftDiceActivation.Sigmoid || options.Labels == SoftDiceLabels.OneHot)
        {
            throw new ArgumentException(
                "WassersteinDistances are those of predictions that add up to 1 from one label, so that neither Activation = Sigmoid nor Labels = OneHot " +
                "go with them.",
                nameof(options));
        }

        bool isPlain = options.Overlap == SoftDiceOverlap.Dice && !options.SquaredDenominator && options.Gamma == 1 && options.ClassWeights.Count == 0 &&
            options.AbsentClasses == SoftDiceAbsentClasses.Count && options.GeneralizedWeights == SoftDiceGeneralizedWeights.None;
        bool isWhole = Enumerable.Range(0, options.NumClasses).All(options.Includes) && options is { CrossEntropy: 0, Focal: 0 };
        if (!isPlain || !isWhole || options.LargestDistance == 0)
        {
            throw new ArgumentException(
                "WassersteinDistances, of which one must be above 0, make one ratio of all classes, so that Overlap, SquaredDenominator, Gamma, ClassWeights, " +
                "AbsentClasses, GeneralizedWeights, the classes that count, CrossEntropy and Focal must be left at their defaults.",
                nameof(options));
        }
    }

    // What H and E of a class are multiplied by.
    private static (double OfRight, double OfWrong) Weights(SoftDiceOptions options, ClassTotal of, int c) =>
        options.WassersteinWeights == SoftDiceWassersteinWeights.InverseSize ? (1 / (of.TargetSum + 1), 1 / (of.TargetSum + 1))
        : c == 0 ? (0, 1)
        : (1, 1);

    private static double Numerator(SoftDiceOptions options, ClassTotal[] classes) =>
        options.NumeratorSmoothing + classes.Select((of, c) => Weights(options, of, c).OfRight * 2 * of.Intersection).Sum();

    private static double Denominator(SoftDiceOptions options, ClassTotal[] classes) =>
        IsFloored(options, classes) ? options.DenominatorFloor : RawDenominator(options, classes);

    private static bool IsFloored(SoftDiceOptions options, ClassTotal[] classes) =>
        options.DenominatorFloor > 0 && RawDenominator(options, classes) < options.DenominatorFloor;

    private static double RawDenominator(SoftDiceOptions options, ClassTotal[] classes) =>
        options.DenominatorSmoothing + classes.Select((of, c) =>
        {
            (double ofRight, double ofWrong) = Weights(options, of, c);
            return (ofRight * 2 * of.Intersection) + (ofWrong * (of.TargetSum - of.Intersection));
        }).Sum();
}
