using System.Linq;

using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>From the sums of the classes to the overlap's term, by operations that autograd knows. Nothing here is larger than the sums.</summary>
internal sealed class TensorFormula(SoftDiceOptions options)
{
    private readonly long[] included = [.. Enumerable.Range(0, options.NumClasses)
        .Where(c => (options.IncludeBackground || c != 0) && !options.ExcludedClasses.Contains(c))
        .Select(c => (long)c)];

    /// <summary>The losses of sums (sets, 4, C): (sets, losses) if they are not reduced, and one if they are.</summary>
    public Tensor Of(Tensor sums)
    {
        // Of a class that is left out nothing matters.
        Tensor kept = included.Length == options.NumClasses ? sums : sums.index_select(2, tensor(included, ScalarType.Int64, sums.device));
        Sums of = new(kept.select(1, 0), kept.select(1, 1), kept.select(1, 2), kept.select(1, 3));
        if (options.WassersteinDistances.Count > 0)
        {
            return Reduced(OfWasserstein(of));
        }

        return options.GeneralizedWeights != SoftDiceGeneralizedWeights.None ? Reduced(OfGeneralized(of)) : OfClasses(of);
    }

    private Tensor OfClasses(Sums of)
    {
        Tensor numerator = options.Overlap == SoftDiceOverlap.Dice ? 2 * of.Intersection : of.Intersection;
        Tensor gap = options.Overlap == SoftDiceOverlap.Tversky
            ? (options.Alpha * of.FalsePositives) + (options.Beta * of.FalseNegatives)
            : of.FalseNegatives + of.FalsePositives;
        (numerator, gap) = Smoothed(numerator, gap);
        if (options.AbsentClasses == SoftDiceAbsentClasses.Count)
        {
            return Mean(Weighted(Cost(numerator, gap)), present: null);
        }

        // A class that no label is of costs nothing, and what it would cost has no gradient; a NaN is seen all the same.
        Tensor absent = of.Labels.eq(0).logical_and((of.Intersection + of.FalsePositives).isnan().logical_not());
        Tensor cost = Cost(numerator.masked_fill(absent, 1), gap.masked_fill(absent, 0)).masked_fill(absent, 0);
        return Mean(Weighted(cost), options.AbsentClasses == SoftDiceAbsentClasses.Skip ? absent.logical_not() : null);
    }

    private Tensor OfGeneralized(Sums of)
    {
        Tensor raw = options.GeneralizedWeights switch
        {
            SoftDiceGeneralizedWeights.Simple => 1 / of.Labels,
            SoftDiceGeneralizedWeights.Square => 1 / (of.Labels * of.Labels),
            _ => ones_like(of.Labels),
        };
        Tensor finite = raw.masked_fill(raw.isinf(), 0);
        Tensor largest = options.InfiniteWeights == SoftDiceInfiniteWeights.Zero
            ? zeros_like(finite)
            : finite.amax([1L], keepdim: true).expand(finite.shape);
        Tensor weights = where(raw.isinf(), largest, raw).detach();
        (Tensor numerator, Tensor gap) = Smoothed(
            (2 * weights * of.Intersection).sum(1, keepdim: true), (weights * (of.FalseNegatives + of.FalsePositives)).sum(1, keepdim: true));
        return Cost(numerator, gap);
    }

    // The sums are of what pixels of a class are right by, and of what they are wrong by.
    private Tensor OfWasserstein(Sums of)
    {
        Tensor ofWrong = ones_like(of.Labels);
        Tensor ofRight = ofWrong;
        if (options.WassersteinWeights == SoftDiceWassersteinWeights.InverseSize)
        {
            ofRight = ofWrong = (1 / (of.Labels + 1)).detach();
        }
        else
        {
            ofRight = ofWrong.index_fill(1, tensor(0L, ScalarType.Int64, ofWrong.device), 0);
        }

        (Tensor numerator, Tensor gap) = Smoothed(
            (2 * ofRight * of.Intersection).sum(1, keepdim: true), (ofWrong * of.FalseNegatives).sum(1, keepdim: true));
        return Cost(numerator, gap);
    }

    // The numerator, and how much larger the denominator is, which may have a floor.
    private (Tensor Numerator, Tensor Gap) Smoothed(Tensor numerator, Tensor gap)
    {
        Tensor smoothed = numerator + options.NumeratorSmoothing;
        Tensor wide = gap + (options.DenominatorSmoothing - options.NumeratorSmoothing);
        return options.DenominatorFloor == 0
            ? (smoothed, wide)
            : (smoothed, where((smoothed + wide).lt(options.DenominatorFloor), options.DenominatorFloor - smoothed, wide));
    }

    private Tensor Cost(Tensor numerator, Tensor gap) => options.Form switch
    {
        SoftDiceForm.OneMinus => options.Gamma == 1 ? gap / (numerator + gap) : (gap / (numerator + gap)).pow(options.Gamma),
        SoftDiceForm.Negative => -(numerator / (numerator + gap)),
        _ => (gap / numerator).log1p(),
    };

    private Tensor Weighted(Tensor costs) => options.ClassWeights.Count == 0 ? costs : costs * Weights(costs);

    private Tensor Weights(Tensor costs) =>
        tensor(included.Select(c => options.ClassWeights.Count == 0 ? 1 : options.ClassWeights[(int)c]).ToArray(), costs.dtype, costs.device);

    // Of the classes of each set, by what the options divide by; where nothing is left, nothing is wrong.
    private Tensor Mean(Tensor costs, Tensor? present)
    {
        if (options.Reduction != SoftDiceReduction.Mean)
        {
            return Reduced(costs);
        }

        Tensor shares = options.NormalizeWeights ? Weights(costs) : ones([included.Length], costs.dtype, costs.device);
        if (present is null)
        {
            Tensor total = shares.sum();
            return Reduced(costs.sum(1) / total);
        }

        Tensor divisors = (present.to(costs.dtype) * shares).sum(1);
        Tensor nothing = divisors.eq(0);
        return Reduced((costs.sum(1) / divisors.masked_fill(nothing, 1)).masked_fill(nothing, 0));
    }

    private Tensor Reduced(Tensor costs) => options.Reduction switch
    {
        SoftDiceReduction.Mean => costs.mean(),
        SoftDiceReduction.Sum => costs.sum(),
        _ => costs,
    };

    private readonly record struct Sums(Tensor Intersection, Tensor FalseNegatives, Tensor FalsePositives, Tensor Labels);
}
