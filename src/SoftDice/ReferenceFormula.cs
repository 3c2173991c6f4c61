using System;
using System.Collections.Generic;
using System.Linq;

namespace SoftDice;

/// <summary>The part of the definition that comes after the sums: from I, P and T of the classes to the loss and to its slopes.</summary>
internal static class ReferenceFormula
{
    /// <summary>The overlap d of a class: its numerator by its denominator.</summary>
    public static double Overlap(SoftDiceOptions options, ClassTotal of) => Numerator(options, of) / Denominator(options, of);

    /// <summary>The weighted mean or sum of what the classes cost.</summary>
    public static double Loss(SoftDiceOptions options, ClassTotal[] classes)
    {
        Refuse(options);
        if (IsOneRatio(options))
        {
            return OfRatio(options, classes);
        }

        double loss = 0;
        for (int c = 0; c < classes.Length; c++)
        {
            if (Counts(options, classes[c], c))
            {
                loss += Weight(options, c) * Cost(options, classes[c]);
            }
        }

        // Nothing is left to take a mean of: nothing is wrong.
        double divisor = Divisor(options, classes);
        return divisor == 0 ? 0 : loss / divisor;
    }

    /// <summary>What each class that is not left out costs, times its weight: the losses of <see cref="SoftDiceReduction.None"/>.</summary>
    public static double[] Losses(SoftDiceOptions options, ClassTotal[] classes)
    {
        Refuse(options);
        return IsOneRatio(options)
            ? [OfRatio(options, classes)]
            : [.. Included(options).Select(c => Counts(options, classes[c], c) ? Weight(options, c) * Cost(options, classes[c]) : 0)];
    }

    /// <summary>The index of the loss that a class adds to; 0 for a class that adds to none.</summary>
    public static int IndexOfLoss(SoftDiceOptions options, int c) =>
        options.Reduction != SoftDiceReduction.None || IsOneRatio(options)
            ? 0
            : Math.Max(0, Array.IndexOf([.. Included(options)], c));

    /// <summary>
    /// d loss / d P and d loss / d I of a class. The probability of a pixel with the target t adds 1 to P, or twice itself if that is of
    /// squares; t to I, or 1 or 0 if that is of minima; and nothing to T. With Wasserstein distances, d loss / d of what the class's pixels are off.
    /// </summary>
    public static (double Other, double Step) Slopes(SoftDiceOptions options, ClassTotal[] classes, int c)
    {
        Refuse(options);
        if (options.GeneralizedWeights != SoftDiceGeneralizedWeights.None)
        {
            return GeneralizedFormula.Slopes(options, classes, c);
        }

        if (WassersteinFormula.Is(options))
        {
            return (WassersteinFormula.Slope(options, classes, c), 0);
        }

        double divisor = Divisor(options, classes);
        if (!Counts(options, classes[c], c) || divisor == 0)
        {
            return (0, 0);
        }

        // Of the cost, by the numerator and by the denominator.
        double numerator = Numerator(options, classes[c]);
        double denominator = Denominator(options, classes[c]);
        (double byNumerator, double byDenominator) = options.Form == SoftDiceForm.NegativeLog
            ? (-1 / numerator, 1 / denominator)
            : (-1 / denominator, numerator / denominator / denominator);
        if (options.Gamma != 1)
        {
            double ofPower = options.Gamma * Math.Pow(1 - (numerator / denominator), options.Gamma - 1);
            (byNumerator, byDenominator) = (ofPower * byNumerator, ofPower * byDenominator);
        }

        // Of numerator and denominator, by a probability: a part that every pixel has, and one that goes with its target.
        (double numeratorStep, double denominatorOther, double denominatorStep) = options.Overlap switch
        {
            SoftDiceOverlap.Jaccard => (1.0, 1.0, -1.0),
            SoftDiceOverlap.Tversky => (1.0, options.Alpha, 1 - options.Alpha - options.Beta),
            _ => (2.0, 1.0, 0.0),
        };
        if (IsFloored(options, classes[c]))
        {
            (denominatorOther, denominatorStep) = (0, 0);
        }

        double share = Weight(options, c) / divisor;
        return (
            share * (byDenominator * denominatorOther),
            share * ((byNumerator * numeratorStep) + (byDenominator * denominatorStep)));
    }

    /// <summary>The analyzer refuses this of an attribute.</summary>
    public static void Refuse(SoftDiceOptions options)
    {
        if (options.SquaredDenominator && (options.Overlap == SoftDiceOverlap.Tversky || options.Intersection == SoftDiceIntersection.Minimum))
        {
            throw new ArgumentException(
                "The options ask for a squared denominator, which is not defined for a Tversky index or for minima; leave out one of the two.",
                nameof(options));
        }

        if (options.CrossEntropy != 0 && options.Reduction == SoftDiceReduction.None)
        {
            throw new ArgumentException("A cross-entropy is added to a loss that is one number: Reduction = None does not go with it.", nameof(options));
        }

        if (options.Focal != 0 && options.Reduction == SoftDiceReduction.None)
        {
            throw new ArgumentException("A focal term is added to a loss that is one number: Reduction = None does not go with it.", nameof(options));
        }

        if (options is { Focal: > 0, SumsOver: SoftDiceSumsOver.Sample } &&
            (options.Reduction == SoftDiceReduction.Sum || options.IgnoreIndex is not null || options.CrossEntropy != 0))
        {
            throw new ArgumentException(
                "Focal is not supported with SumsOver = Sample and one of Reduction = Sum, IgnoreIndex and CrossEntropy yet.", nameof(options));
        }

        if (options.IgnoreIndex is not null && options.Labels == SoftDiceLabels.OneHot)
        {
            throw new ArgumentException("IgnoreIndex is a class index, and with Labels = OneHot labels are none.", nameof(options));
        }

        if (options is { Focal: > 0, Mask.Count: > 0 })
        {
            throw new ArgumentException("Focal is not supported with a mask yet.", nameof(options));
        }

        if (options is { IgnoreIndex: not null, Focal: > 0, Activation: SoftDiceActivation.Sigmoid })
        {
            throw new ArgumentException("Focal is not supported with Sigmoid and IgnoreIndex yet.", nameof(options));
        }

        WassersteinFormula.Refuse(options);
        if (!Included(options).Any())
        {
            throw new ArgumentException("The options leave out every class, so that nothing adds to the loss; leave one in.", nameof(options));
        }
    }

    private static IEnumerable<int> Included(SoftDiceOptions options) => Enumerable.Range(0, options.NumClasses).Where(options.Includes);

    private static bool IsOneRatio(SoftDiceOptions options) =>
        options.GeneralizedWeights != SoftDiceGeneralizedWeights.None || WassersteinFormula.Is(options);

    private static double OfRatio(SoftDiceOptions options, ClassTotal[] classes) =>
        WassersteinFormula.Is(options) ? WassersteinFormula.Loss(options, classes) : GeneralizedFormula.Loss(options, classes);

    private static double Numerator(SoftDiceOptions options, ClassTotal of) => options.NumeratorSmoothing + (options.Overlap switch
    {
        SoftDiceOverlap.Jaccard or SoftDiceOverlap.Tversky => of.Intersection,
        _ => 2 * of.Intersection,
    });

    private static double Denominator(SoftDiceOptions options, ClassTotal of) =>
        IsFloored(options, of) ? options.DenominatorFloor : RawDenominator(options, of);

    // Without a floor nothing is, though wild predictions can make a denominator negative.
    private static bool IsFloored(SoftDiceOptions options, ClassTotal of) =>
        options.DenominatorFloor > 0 && RawDenominator(options, of) < options.DenominatorFloor;

    // As the numerator's part and the rest, so that an infinite prediction for a pixel of the class, with which d is NaN, makes NaN of this too.
    private static double RawDenominator(SoftDiceOptions options, ClassTotal of)
    {
        double miss = of.PredictionSum + of.TargetSum - (2 * of.Intersection);
        return options.DenominatorSmoothing + (options.Overlap switch
        {
            SoftDiceOverlap.Jaccard => of.Intersection + miss,
            SoftDiceOverlap.Tversky => of.Intersection +
                (options.Alpha * (of.PredictionSum - of.Intersection)) + (options.Beta * (of.TargetSum - of.Intersection)),
            _ => (2 * of.Intersection) + miss,
        });
    }

    private static double Cost(SoftDiceOptions options, ClassTotal of) => options.Form switch
    {
        SoftDiceForm.OneMinus => Math.Pow(1 - Overlap(options, of), options.Gamma),
        SoftDiceForm.Negative => -Overlap(options, of),
        _ => -Math.Log(Overlap(options, of)),
    };

    // A class that no label is of can be told to cost nothing; a NaN is seen all the same.
    private static bool Counts(SoftDiceOptions options, ClassTotal of, int c) =>
        options.Includes(c) && !(options.AbsentClasses != SoftDiceAbsentClasses.Count && IsAbsent(of));

    private static bool IsAbsent(ClassTotal of) => of.TargetSum == 0 && !double.IsNaN(of.PredictionSum);

    private static double Weight(SoftDiceOptions options, int c) => options.ClassWeights.Count == 0 ? 1 : options.ClassWeights[c];

    private static double Divisor(SoftDiceOptions options, ClassTotal[] classes) => options.Reduction != SoftDiceReduction.Mean
        ? 1
        : Enumerable.Range(0, classes.Length)
            .Where(c => options.AbsentClasses == SoftDiceAbsentClasses.Skip ? Counts(options, classes[c], c) : options.Includes(c))
            .Sum(c => options.NormalizeWeights ? Weight(options, c) : 1);
}
