using System.Collections.Generic;
using System.Globalization;
using System.Linq;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The formula of a loss, as the head of its file says it.</summary>
internal static class FormulaInWords
{
    private const int MostListed = 12;
    private const string Apart = "FP = P - I and FN = T - I as sums of their own: what predictions miss";

    /// <summary>What a loss is called.</summary>
    public static string Title(LossOptions options) =>
        $"{(options.Aggregation.HasDistances ? "generalised Wasserstein " : options.Aggregation.IsGeneralized ? "generalised " : string.Empty)}soft {options.Cost.Overlap} loss" +
        (options.Cost.SquaredDenominator ? " with a squared denominator" : string.Empty) +
        (options.HasBinaryCrossEntropy ? " with binary cross-entropy" : options.Compound.HasCrossEntropy ? " with cross-entropy" : string.Empty) +
        (!options.Focal.IsThere ? string.Empty : options.Compound.HasCrossEntropy ? " and a focal term" : " with a focal term");

    /// <summary>The formula, what its letters are, and how it is computed.</summary>
    public static IEnumerable<string> Lines(KernelPlan plan)
    {
        LossOptions options = plan.Options;
        string what = options.Activation switch
        {
            Activation.Softmax => "softmaxed logits",
            Activation.Sigmoid => "sigmoids of the logits",
            _ => "predictions",
        };
        string epsilon = options.HasOneSmoothing ? $", ε = {SourceWriter.Literal(options.Epsilon)}" : string.Empty;
        string times = options.Aggregation.HasWeights ? "weight times " : string.Empty;
        yield return $"{Times(options.Compound.OverlapWeight)}{Reduced(options.Aggregation)}{times}{Cost(options)}, sums over {(options.Aggregation.IsPerSample ? "each image" : "the whole batch")}{epsilon}";
        if (options.Aggregation.HasDistances)
        {
            foreach (string line in Distances(plan, what).Concat(Classes(options)))
            {
                yield return line;
            }

            yield break;
        }

        string squared = options.Cost.SquaredDenominator ? " squared" : string.Empty;
        string common = options.Cost.Intersection == Intersection.Minimum ? $"the smaller of {what} and targets" : $"{what} times targets";
        yield return options.IsOneHot
            ? $"I: {common}, P: {what}{squared}, T: targets{squared}"
            : $"I: {what} where the label is the class, P: all {what} for it{squared}, T: pixels labelled with it";
        foreach (string line in options.HasBinaryCrossEntropy ? BinaryCrossEntropy(options) : options.HasTargetCrossEntropy ? TargetCrossEntropy(options) : CrossEntropy(options))
        {
            yield return line;
        }

        foreach (string line in FocalTerm(options))
        {
            yield return line;
        }

        if (options.Cost.Form == Form.Negative)
        {
            yield return "Computed with " + Missed(options);
        }
        else
        {
            string errors = options.Cost.Overlap != Overlap.Tversky ? "M"
                : options.Cost.WeighsErrors ? Errors(options.Cost)
                : $"{Number(options.Cost.Alpha)}·M";
            if (options.Aggregation.IsGeneralized)
            {
                errors = Summed(options.Aggregation) + "M";
            }

            string gap = options.HasOneSmoothing && !options.Cost.WeighsErrors ? errors
                : options.HasOneSmoothing ? $"({errors})"
                : $"({errors} + {Number(options.DenominatorSmoothing - options.NumeratorSmoothing)})";
            string computed = options.Cost.Form == Form.NegativeLog ? $"ln(1 + {gap} / ({Numerator(options)}))" : $"{gap} / ({Numerator(options)} + {gap})";
            yield return $"Computed as {computed}, with " + Missed(options);
        }

        foreach (string line in Classes(options))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Distances(KernelPlan plan, string predictions)
    {
        LossOptions options = plan.Options;
        bool isByLabels = WassersteinText.IsByLabels(options);
        int size = options.NumClasses;
        yield return $"H: 1 less the distance of a pixel from its label, E: that distance, which is Σ over classes of distance times {predictions}";
        yield return isByLabels
            ? "Σ over pixels, w: 1 / (pixels of that label + 1)"
            : "Σ over pixels, of H over those of all labels but 0";
        yield return "distances by the largest of them, " + (plan.LooksUpDistances
            ? "a row a label: the table Distances"
            : string.Join("; ", Enumerable.Range(0, size).Select(label =>
                $"from {SourceWriter.Literal(label)}: {string.Join(", ", options.Aggregation.Wasserstein!.Distances.Skip(label * size).Take(size).Select(Number))}")));
        string difference = options.HasOneSmoothing ? string.Empty : $" + {Number(options.DenominatorSmoothing - options.NumeratorSmoothing)}";
        string gap = difference.Length == 0 ? SummedDistances(options) : $"({SummedDistances(options)}{difference})";
        yield return options.Cost.Form switch
        {
            Form.Negative => "Computed with Σ H and Σ E for each label, both as sums of their own",
            Form.NegativeLog => $"Computed as ln(1 + {gap} / ({Numerator(options)})), with Σ E as a sum of its own",
            _ => $"Computed as {gap} / ({Numerator(options)} + {gap}), with Σ E as a sum of its own",
        };
    }

    private static string SummedRight(LossOptions options) => WassersteinText.IsByLabels(options) ? "Σ w·H" : "Σ H";

    private static string SummedDistances(LossOptions options) => WassersteinText.IsByLabels(options) ? "Σ w·E" : "Σ E";

    private static IEnumerable<string> CrossEntropy(LossOptions options)
    {
        Compound compound = options.Compound;
        if (!compound.HasCrossEntropy)
        {
            yield break;
        }

        string cost = compound.IsSmoothed
            ? $"({Number(1 - compound.LabelSmoothing)}·(-ln p of the label) + {Number(compound.LabelSmoothing)}·(mean of -ln p of all classes))"
            : "-ln p of the label";
        string terms = compound.IsSmoothed && compound.HasWeights
            ? $"({Number(1 - compound.LabelSmoothing)}·w·(-ln p) of the label + {Number(compound.LabelSmoothing)}·(mean of w·(-ln p) of all classes))"
            : compound.HasWeights ? "w·(-ln p) of the label" : cost;
        string divisor = compound.HasWeights ? "the sum of w of the labels" : "the number of pixels";
        yield return $"plus {Times(compound.CrossEntropy)}cross-entropy: sum over {Pixels(options)} of {terms}, by {divisor}";
        if (compound.HasWeights)
        {
            yield return $"w: {List(compound.ClassWeights.Select(Number))}";
        }
    }

    private static IEnumerable<string> TargetCrossEntropy(LossOptions options)
    {
        Compound compound = options.Compound;
        string weight = compound.HasWeights ? "w·" : string.Empty;
        yield return $"plus {Times(compound.CrossEntropy)}cross-entropy: mean over {Pixels(options)} of the sum over classes of {weight}t·(-ln p)";
        yield return compound.IsSmoothed
            ? $"t: {Number(1 - compound.LabelSmoothing)} times the target, plus {Number(compound.LabelSmoothing)} / {SourceWriter.Literal(options.NumClasses)}"
            : "t: the target";
        if (compound.HasWeights)
        {
            yield return $"w: {List(compound.ClassWeights.Select(Number))}";
        }
    }

    private static IEnumerable<string> BinaryCrossEntropy(LossOptions options)
    {
        Compound compound = options.Compound;
        string weight = compound.HasWeights ? "w·" : string.Empty;
        string positive = compound.HasPositiveWeights ? "v·" : string.Empty;
        bool isHard = !options.IsOneHot && !compound.IsSmoothed;
        string cost = isHard
            ? $"{weight}{positive}(-ln p) where the label is the class and {weight}(-ln(1 - p)) elsewhere"
            : $"{(compound.HasWeights ? "w·(" : string.Empty)}{positive}t·(-ln p) + (1 - t)·(-ln(1 - p)){(compound.HasWeights ? ")" : string.Empty)}";
        yield return $"plus {Times(compound.CrossEntropy)}binary cross-entropy: mean over {Pixels(options)} and classes of {cost}";
        if (!isHard)
        {
            string target = options.IsOneHot ? "the target" : "1 where the label is the class and 0 elsewhere";
            yield return compound.IsSmoothed
                ? $"t: {Number(1 - compound.LabelSmoothing)} times {(options.IsOneHot ? target : $"({target})")}, plus {Number(compound.LabelSmoothing / 2)}"
                : $"t: {target}";
        }

        if (compound.HasWeights)
        {
            yield return $"w: {List(compound.ClassWeights.Select(Number))}";
        }

        if (compound.HasPositiveWeights)
        {
            yield return $"v: {List(compound.PositiveWeights.Select(Number))}";
        }
    }

    private static string Pixels(LossOptions options) => options.HasTermOfBatch ? "pixels of the whole batch" : "pixels";

    private static IEnumerable<string> FocalTerm(LossOptions options)
    {
        Focal focal = options.Focal;
        if (!focal.IsThere)
        {
            yield break;
        }

        string weight = focal.HasWeights ? "f·" : string.Empty;
        string cost = $"(1 - p)^{Number(focal.Gamma)}·(-ln p)";
        if (options.HasCategoricalFocal)
        {
            yield return $"plus {Times(focal.Factor)}focal term: mean over {PixelsOfFocal(options)} of {weight}{cost}, p that of the label";
        }
        else
        {
            string yes = focal.Alpha is double alpha ? $"{Number(alpha)}·" : string.Empty;
            string no = focal.Alpha is double rest ? $"{Number((double)(1 - (decimal)rest))}·" : string.Empty;
            string other = $"p^{Number(focal.Gamma)}·(-ln(1 - p))";
            yield return $"plus {Times(focal.Factor)}focal term: mean over {PixelsOfFocal(options)} and classes of " + (options.IsOneHot
                ? $"{weight}{yes}t·{cost} + {weight}{no}(1 - t)·{other}, t the target"
                : $"{weight}{yes}{cost} where the label is the class and {weight}{no}{other} elsewhere");
        }

        if (focal.HasWeights)
        {
            yield return $"f: {List(focal.ClassWeights.Select(Number))}";
        }
    }

    private static string PixelsOfFocal(LossOptions options) => options.Aggregation.IsPerSample ? "pixels of the whole batch" : "pixels";

    private static string Times(double factor) => factor == 1 ? string.Empty : $"{Number(factor)} times ";

    private static IEnumerable<string> Classes(LossOptions options)
    {
        if (options.IgnoreIndex is int ignored)
        {
            yield return $"pixels labelled {SourceWriter.Literal(ignored)} take no part";
        }

        if (options.HasMask)
        {
            yield return "pixels for which the mask is false take no part, nor do their labels";
        }

        Aggregation aggregation = options.Aggregation;
        if (aggregation is { IsGeneralized: true, HasDistances: false })
        {
            yield return "Σ over classes" + Weight(aggregation);
        }

        if (aggregation.HasWeights)
        {
            yield return $"weights {List(aggregation.ClassWeights.Select(Number))}" +
                (aggregation.NormalizeWeights ? ", whose sum the mean divides by" : string.Empty);
        }

        if (aggregation.Excluded.Count > 0)
        {
            yield return $"classes left out: {List(aggregation.Excluded.Select(SourceWriter.Literal))}";
        }

        if (aggregation.AbsentClasses != AbsentClasses.Count)
        {
            yield return "a class without labels costs nothing" +
                (aggregation.AbsentClasses == AbsentClasses.Skip ? ", and the mean is over the others" : string.Empty);
        }
    }

    private static string Missed(LossOptions options) => options.Cost switch
    {
        { WeighsErrors: true } => Apart,
        { SquaredDenominator: true } => "M = P + T - 2·I as a sum of its own, of the squared differences: what predictions miss",
        { Intersection: Intersection.Minimum } => "M = P + T - 2·I as a sum of its own, of the differences: what predictions miss",
        _ => "M = P + T - 2·I as a sum of its own: what predictions miss",
    };

    private static string Reduced(Aggregation aggregation)
    {
        string over = aggregation switch
        {
            { IsGeneralized: true, IsPerSample: true } => "images",
            { IsGeneralized: true } => string.Empty,
            { IsPerSample: true } => "images and classes",
            _ => "classes",
        };
        return over.Length == 0 ? string.Empty
            : aggregation.IsUnreduced ? $"for {(over == "classes" ? "each class" : over == "images" ? "each image" : "each image and class")}, "
            : $"{(aggregation.Reduction == Reduction.Sum ? "sum" : "mean")} over {over} of ";
    }

    private static string Cost(LossOptions options)
    {
        string overlap = $"({Numerator(options)}) / {Denominator(options)}";
        return options.Cost.Form switch
        {
            Form.OneMinus when options.Cost.Gamma != 1 => $"(1 - {overlap}) to the power of {Number(options.Cost.Gamma)}",
            Form.OneMinus => $"1 - {overlap}",
            Form.Negative => $"-{overlap}",
            _ => $"-ln({overlap})",
        };
    }

    private static string Weight(Aggregation aggregation)
    {
        if (aggregation.GeneralizedWeights == GeneralizedWeights.Uniform)
        {
            return string.Empty;
        }

        string power = aggregation.GeneralizedWeights == GeneralizedWeights.Square ? "²" : string.Empty;
        string infinite = aggregation.InfiniteWeights == InfiniteWeights.Zero ? "0" : "the largest of the others";
        return $", w: 1 / T{power}, or for a class without labels {infinite}";
    }

    private static string Summed(Aggregation aggregation) =>
        aggregation.GeneralizedWeights == GeneralizedWeights.Uniform ? "Σ " : "Σ w·";

    private static string Numerator(LossOptions options) =>
        (options.Aggregation.HasDistances ? "2·" + SummedRight(options) : options.Aggregation.IsGeneralized ? "2·" + Summed(options.Aggregation) + "I" : options.Cost.Overlap == Overlap.Dice ? "2·I" : "I") + Smoothing(options, options.NumeratorSmoothing);

    private static string Denominator(LossOptions options)
    {
        string sum = options.Cost.Overlap switch
        {
            Overlap.Dice when options.Aggregation.HasDistances => $"2·{SummedRight(options)} + {SummedDistances(options)}",
            Overlap.Dice when options.Aggregation.IsGeneralized => Summed(options.Aggregation) + "(P + T)",
            Overlap.Dice => "P + T",
            Overlap.Jaccard => "P + T - I",
            _ => $"I + {Errors(options.Cost)}",
        };
        sum += Smoothing(options, options.DenominatorSmoothing);
        return options.Cost.DenominatorFloor > 0 ? $"max({sum}, {Number(options.Cost.DenominatorFloor)})" : $"({sum})";
    }

    private static string Errors(ClassCost cost) => cost.WeighsErrors
        ? $"{Number(cost.Alpha)}·FP + {Number(cost.Beta)}·FN"
        : $"{Number(cost.Alpha)}·(P + T - 2·I)";

    private static string Smoothing(LossOptions options, double smoothing) =>
        options.HasOneSmoothing ? " + ε" : smoothing == 0 ? string.Empty : $" + {Number(smoothing)}";

    private static string List(IEnumerable<string> items)
    {
        string[] all = [.. items];
        return string.Join(", ", all.Take(MostListed)) + (all.Length > MostListed ? ", ..." : string.Empty);
    }

    private static string Number(double number) =>
        number == (int)number ? ((int)number).ToString(CultureInfo.InvariantCulture) : SourceWriter.Literal(number);
}
