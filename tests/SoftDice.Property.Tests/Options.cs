using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace SoftDice.PropertyTests;

/// <summary>How one option of the attribute is drawn.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Chance">How often it is given where it can be.</param>
/// <param name="Goes">Whether it goes with the arguments so far.</param>
/// <param name="Draw">A value, as it is written.</param>
internal sealed record Option(string Name, double Chance, Func<Draft, bool> Goes, Func<Draft, string> Draw);

/// <summary>Every option of the attribute but the number of classes, a line each. What an option depends on comes before it.</summary>
internal static class Options
{
    private static readonly int[] Edges = [6, 7, 8, 9, 12, 13, 16, 17, 19, 20, 31, 32, 33];
    private static readonly string[] OfOneClass = ["Overlap", "SquaredDenominator", "Intersection", "Gamma", "ClassWeights", "AbsentClasses"];
    private static readonly string[] BesideDistances =
        ["Labels", "IncludeBackground", "ExcludedClasses", "GeneralizedWeights", "CrossEntropy", "Focal"];

    private static readonly int[] Many = [63, 64, 65, 127, 128, 129, 150];

    public static readonly ImmutableArray<Option> All =
    [
        new("Activation", 0.6, _ => true, draft => draft.OneOf("SoftDiceActivation.Softmax", "SoftDiceActivation.Sigmoid")),
        new("Labels", 0.35, _ => true, _ => "SoftDiceLabels.OneHot"),
        new("Epsilon", 0.3, _ => true, Smoothing),
        new("NumeratorSmoothing", 0.2, _ => true, Smoothing),
        new("DenominatorSmoothing", 0.2, draft => !(draft.Has("Epsilon") && draft.Has("NumeratorSmoothing")), Smoothing),
        new("DenominatorFloor", 0.15, _ => true, draft => draft.OneOf("1E-08", "0.3", "17.3", "300.1")),
        new("Overlap", 0.5, _ => true, draft => draft.OneOf("SoftDiceOverlap.Jaccard", "SoftDiceOverlap.Tversky", "SoftDiceOverlap.Tversky")),
        new("Alpha", 0.7, IsTversky, draft => draft.OneOf("0", "0.1", "0.3", "0.5", "1", "2.5")),
        new("Beta", 0.7, IsTversky, draft => draft.Number("Alpha", 0.5) == 0 ? "0.9" : draft.OneOf("0", "0.1", "0.5", "0.7", "1", "3")),
        new("Form", 0.6, _ => true, draft => draft.OneOf("SoftDiceForm.OneMinus", "SoftDiceForm.OneMinus", "SoftDiceForm.Negative")),
        new("Gamma", 0.4, HasPower, draft => draft.OneOf("0.5", "0.75", "1.5", "2", "3")),
        new("SumsOver", 0.25, _ => true, _ => "SoftDiceSumsOver.Sample"),
        new("Reduction", 0.3, _ => true, draft => draft.OneOf("SoftDiceReduction.Sum", "SoftDiceReduction.None")),
        new("IncludeBackground", 0.25, draft => draft.NumClasses > 1, _ => "false"),
        new("ExcludedClasses", 0.2, draft => draft.Included().Length > 1, Subset),
        new("ClassWeights", 0.25, _ => true, Weights),
        new("NormalizeWeights", 0.5, draft => draft.Has("ClassWeights") && IsMean(draft), _ => "true"),
        new("AbsentClasses", 0.35, _ => true, draft => !IsMean(draft) ? "SoftDiceAbsentClasses.Zero" : draft.OneOf("SoftDiceAbsentClasses.Zero", "SoftDiceAbsentClasses.Skip")),
        new("SquaredDenominator", 0.2, draft => !IsTversky(draft), _ => "true"),
        new("Intersection", 0.4, CanBeMinimum, _ => "SoftDiceIntersection.Minimum"),
        new("GeneralizedWeights", 0.4, CanBeGeneralized, draft => draft.OneOf("SoftDiceGeneralizedWeights.Uniform", "SoftDiceGeneralizedWeights.Simple", "SoftDiceGeneralizedWeights.Square")),
        new("CrossEntropy", 0.4, CanHaveCrossEntropy, draft => draft.OneOf("1", "1", "0.25", "3")),
        new("CrossEntropyClassWeights", 0.3, HasCrossEntropy, WeightsOfAll),
        new("CrossEntropyPositiveWeights", 0.3, draft => HasCrossEntropy(draft) && IsSigmoid(draft), WeightsOfAll),
        new("LabelSmoothing", 0.3, HasCrossEntropy, draft => draft.OneOf("0.1", "0.5")),
        new("Focal", 0.35, CanHaveFocal, draft => draft.OneOf("1", "1", "0.25", "3")),
        new("FocalGamma", 0.6, HasFocal, draft => draft.OneOf("0", "0.5", "1", "1.5", "3", "4", "5")),
        new("FocalClassWeights", 0.3, HasFocal, WeightsOfAll),
        new("FocalAlpha", 0.4, draft => HasFocal(draft) && IsSigmoid(draft), draft => draft.OneOf("0.25", "0.75", "0.5")),
        new("WassersteinDistances", 0.6, CanHaveDistances, Distances),
        new("WassersteinWeights", 0.5, draft => draft.Has("WassersteinDistances"), draft => draft.OneOf("SoftDiceWassersteinWeights.InverseSize", "SoftDiceWassersteinWeights.Foreground")),
        new("OverlapWeight", 0.3, draft => HasCrossEntropy(draft) || HasFocal(draft), draft => draft.OneOf("0.5", "2", "1E-06")),
        new("InfiniteWeights", 0.5, HasInfiniteWeights, draft => draft.OneOf("SoftDiceInfiniteWeights.Zero", "SoftDiceInfiniteWeights.LargestFinite")),
        new("IgnoreIndex", 0.35, draft => !draft.Has("Labels") && !(HasFocal(draft) && (IsSigmoid(draft) || draft.Has("SumsOver"))), IgnoredLabel),
        new("Mask", 0.25, draft => !draft.Is("Reduction", "SoftDiceReduction.None") && !HasFocal(draft) && !HasTargetCrossEntropy(draft), _ => "true"),
        new("Layout", 0.2, _ => true, _ => "SoftDiceLayout.ChannelsLast"),
        new("ElementType", 0.2, _ => true, draft => draft.OneOf("SoftDiceElementType.Half", "SoftDiceElementType.Double")),
    ];

    /// <summary>Options that go together; or, for the analyzers, any that need not.</summary>
    public static ImmutableArray<Argument> Draw(Random random, bool mustFit)
    {
        Draft draft = new(random);
        draft.Add("NumClasses", NumClasses(random).ToString(CultureInfo.InvariantCulture));
        foreach (Option option in All)
        {
            // The chance is taken in any case, so that an option that is added to the table changes the others of a seed as little as possible.
            bool isTaken = random.NextDouble() < option.Chance;

            // Where options need not go together, most do all the same: with a mistake in each, nothing would ever be computed.
            bool isFree = !mustFit && random.Next(8) == 0;
            if (isTaken && (isFree || option.Goes(draft)))
            {
                draft.Add(option.Name, option.Draw(draft));
            }
        }

        return draft.Arguments;
    }

    private static int NumClasses(Random random) => random.Next(20) switch
    {
        < 13 => random.Next(1, 6),
        < 17 => Edges[random.Next(Edges.Length)],
        < 19 => Many[random.Next(Many.Length)],
        _ => random.Next(1, 151),
    };

    // No class, of one sign or the other, of some types or of few; and one that is a class.
    private static string IgnoredLabel(Draft draft)
    {
        string drawn = draft.OneOf(
            "255", "255", "-1", "-100", "0", "1", (draft.NumClasses - 1).ToString(CultureInfo.InvariantCulture), "-2147483648", "2147483647");

        // Not that of the only class that counts, which is 1 for the one channel of a sigmoid.
        return draft.Included() is [int only] && drawn == (draft.NumClasses == 1 && IsSigmoid(draft) ? 1 : only).ToString(CultureInfo.InvariantCulture)
            ? "255"
            : drawn;
    }

    private static string Smoothing(Draft draft) => draft.OneOf("0", "1E-07", "0.25", "1", "100");

    private static bool IsTversky(Draft draft) => draft.Is("Overlap", "SoftDiceOverlap.Tversky");

    private static bool CanBeMinimum(Draft draft) => draft.Has("Labels") && !draft.Has("SquaredDenominator");

    private static bool IsMean(Draft draft) => !draft.Has("Reduction");

    private static bool CanBeGeneralized(Draft draft) =>
        !OfOneClass.Any(draft.Has) && (draft.Has("SumsOver") || !draft.Is("Reduction", "SoftDiceReduction.Sum"));

    private static bool CanHaveDistances(Draft draft) =>
        draft.NumClasses is > 1 and <= 40 && !IsSigmoid(draft) && !BesideDistances.Any(draft.Has) && !OfOneClass.Any(draft.Has) &&
        (draft.Has("SumsOver") || !draft.Is("Reduction", "SoftDiceReduction.Sum"));

    // Grades, or any distances, of which some are 0.
    private static string Distances(Draft draft)
    {
        bool areGrades = draft.Random.Next(3) == 0;
        return Draft.Array(Enumerable.Range(0, draft.NumClasses * draft.NumClasses).Select(i =>
        {
            int apart = Math.Abs((i / draft.NumClasses) - (i % draft.NumClasses));
            int drawn = draft.Random.Next(0, 9);
            return apart == 0 ? 0 : areGrades ? apart : i == 1 ? 1.25 : drawn / 4.0;
        }));
    }

    private static bool HasInfiniteWeights(Draft draft) =>
        draft.Has("GeneralizedWeights") && !draft.Is("GeneralizedWeights", "SoftDiceGeneralizedWeights.Uniform");

    private static bool CanHaveCrossEntropy(Draft draft) =>
        !draft.Is("Reduction", "SoftDiceReduction.None") &&
        (IsSigmoid(draft) || (draft.Is("Activation", "SoftDiceActivation.Softmax") && draft.NumClasses > 1));

    private static bool IsSigmoid(Draft draft) => draft.Is("Activation", "SoftDiceActivation.Sigmoid");

    private static bool HasCrossEntropy(Draft draft) => draft.Has("CrossEntropy");

    private static bool HasTargetCrossEntropy(Draft draft) => HasCrossEntropy(draft) && draft.Has("Labels") && !IsSigmoid(draft);

    private static bool CanHaveFocal(Draft draft) =>
        CanHaveCrossEntropy(draft) && (IsSigmoid(draft) || !draft.Has("Labels")) && !(draft.Has("SumsOver") && (draft.Has("Reduction") || HasCrossEntropy(draft)));

    private static bool HasFocal(Draft draft) => draft.Has("Focal");

    private static bool HasPower(Draft draft) =>
        draft.Is("Form", "SoftDiceForm.OneMinus") && draft.NumeratorSmoothing <= draft.DenominatorSmoothing;

    // At least one class stays, and one goes.
    private static string Subset(Draft draft)
    {
        int[] included = draft.Included();
        draft.Random.Shuffle(included);
        return Draft.Array(included.Take(draft.Random.Next(1, Math.Max(2, included.Length))));
    }

    // The first class that counts weighs something.
    private static string Weights(Draft draft)
    {
        double[] weights = [.. Enumerable.Range(0, draft.NumClasses).Select(_ => draft.Random.Next(8) / 4.0)];
        foreach (int first in draft.Included().Take(1))
        {
            weights[first] = 1.5;
        }

        return Draft.Array(weights);
    }

    // The first of all classes weighs something.
    private static string WeightsOfAll(Draft draft) =>
        Draft.Array(Enumerable.Range(0, draft.NumClasses).Select(c => c == 0 ? 1.5 : draft.Random.Next(8) / 4.0));
}
