using System.Collections.Generic;
using System.Linq;

using static TorchSharp.torch;

namespace SoftDice.Torch.Tests;

/// <summary>
/// The losses as one would write them with tensors: a one-hot tensor, sums over whole tensors, and autograd. Everything is in double and nothing is
/// shared with what is tested.
/// </summary>
internal sealed class Oracle
{
    private readonly SoftDiceOptions options;
    private readonly Tensor logits;
    private readonly Tensor target;
    private readonly Tensor valid;
    private readonly Tensor? index;

    /// <summary>Takes predictions of double that require a gradient.</summary>
    public Oracle(SoftDiceOptions options, Tensor predictions, Tensor labels, Tensor? mask)
    {
        this.options = options;
        bool isLast = options.Layout == SoftDiceLayout.ChannelsLast;
        long batch = predictions.shape[0], classes = options.NumClasses;
        logits = Planes(predictions);
        long pixels = logits.shape[2];
        valid = mask is null ? ones([batch, 1, pixels], ScalarType.Bool) : mask.ne(0).reshape(batch, 1, pixels);
        if (options.Labels == SoftDiceLabels.OneHot)
        {
            target = Planes(labels.to(ScalarType.Float64)) * valid.to(ScalarType.Float64);
        }
        else
        {
            Tensor flat = labels.to(ScalarType.Int64).reshape(batch, pixels);
            valid = options.IgnoreIndex is int ignored ? valid.logical_and(flat.ne(ignored).unsqueeze(1)) : valid;
            index = where(valid.squeeze(1), flat, -100);
            bool isBinary = classes == 1 && options.Activation == SoftDiceActivation.Sigmoid;
            Tensor oneHot = nn.functional.one_hot(where(valid.squeeze(1), flat, 0), isBinary ? 2 : classes).transpose(1, 2).to(ScalarType.Float64);
            target = (isBinary ? oneHot.narrow(1, 1, 1) : oneHot) * valid.to(ScalarType.Float64);
        }

        Probabilities = options.Activation switch
        {
            SoftDiceActivation.Softmax => logits.softmax(1),
            SoftDiceActivation.Sigmoid => logits.sigmoid(),
            _ => logits * 1,
        };
        Probabilities.retain_grad();

        Tensor Planes(Tensor tensor) => isLast
            ? tensor.reshape(batch, -1, classes).transpose(1, 2)
            : tensor.reshape(batch, classes, -1);
    }

    /// <summary>What the overlap is made of, (B, C, pixels).</summary>
    public Tensor Probabilities { get; }

    /// <summary>The overlap's part: one number, (L) or (B, L).</summary>
    public Tensor Overlap()
    {
        Tensor p = Probabilities * valid.to(ScalarType.Float64);
        long[] dims = options.SumsOver == SoftDiceSumsOver.Sample ? [2] : [0, 2];
        Tensor intersection = (options.Intersection == SoftDiceIntersection.Minimum ? p.minimum(target) : p * target).sum(dims);
        Tensor predicted = (options.SquaredDenominator ? p * p : p).sum(dims);
        Tensor labelled = (options.SquaredDenominator ? target * target : target).sum(dims);
        Tensor count = labelled.detach();
        if (options.WassersteinDistances.Count > 0)
        {
            return Reduced(Wasserstein(p, dims).unsqueeze(-1), null);
        }

        if (options.GeneralizedWeights != SoftDiceGeneralizedWeights.None)
        {
            Tensor weights = options.GeneralizedWeights switch
            {
                SoftDiceGeneralizedWeights.Simple => 1 / count,
                SoftDiceGeneralizedWeights.Square => 1 / (count * count),
                _ => ones_like(count),
            };
            Tensor finite = where(count.eq(0), zeros_like(count), weights);
            Tensor largest = options.InfiniteWeights == SoftDiceInfiniteWeights.Zero ? zeros_like(finite) : finite.amax([-1], keepdim: true).expand(finite.shape);
            weights = options.GeneralizedWeights == SoftDiceGeneralizedWeights.Uniform ? weights : where(count.eq(0), largest, weights);
            Tensor ratio = Ratio((2 * weights * intersection).sum(-1), (weights * (predicted + labelled)).sum(-1));
            return Reduced(Cost(ratio).unsqueeze(-1), null);
        }

        Tensor overlap = options.Overlap switch
        {
            SoftDiceOverlap.Jaccard => Ratio(intersection, predicted + labelled - intersection),
            SoftDiceOverlap.Tversky => Ratio(
                intersection, intersection + (options.Alpha * (predicted - intersection)) + (options.Beta * (labelled - intersection))),
            _ => Ratio(2 * intersection, predicted + labelled),
        };
        if (options.AbsentClasses != SoftDiceAbsentClasses.Count)
        {
            // What a class without labels would cost must have no gradient, which may be NaN.
            overlap = where(count.gt(0), overlap, ones(1, ScalarType.Float64));
        }

        return Reduced(Cost(overlap), count);
    }

    /// <summary>The other terms, weighted; 0 if there are none.</summary>
    public Tensor Terms()
    {
        Tensor terms = zeros(1, ScalarType.Float64).squeeze();
        if (options.CrossEntropy != 0)
        {
            terms += options.CrossEntropy * CrossEntropy();
        }

        return options.Focal == 0 ? terms : terms + (options.Focal * Focal());
    }

    private Tensor Ratio(Tensor numerator, Tensor denominator)
    {
        Tensor smoothed = denominator + options.DenominatorSmoothing;
        return (numerator + options.NumeratorSmoothing) / (options.DenominatorFloor == 0 ? smoothed : smoothed.clamp_min(options.DenominatorFloor));
    }

    private Tensor Cost(Tensor overlap) => options.Form switch
    {
        SoftDiceForm.OneMinus => (1 - overlap).pow(options.Gamma),
        SoftDiceForm.Negative => -overlap,
        _ => -overlap.log(),
    };

    private Tensor Wasserstein(Tensor p, long[] dims)
    {
        double largest = options.WassersteinDistances.Max();
        Tensor distances = tensor(options.WassersteinDistances.Select(d => d / largest).ToArray(), ScalarType.Float64).reshape(options.NumClasses, options.NumClasses);
        Tensor off = (p.unsqueeze(1) * distances.reshape(1, options.NumClasses, options.NumClasses, 1)).sum(2);
        Tensor wrong = (target * off).sum(dims), right = (target * (1 - off)).sum(dims), count = target.sum(dims);
        bool isInverse = options.WassersteinWeights == SoftDiceWassersteinWeights.InverseSize;
        Tensor weights = isInverse ? 1 / (count + 1) : ones_like(count);
        Tensor foreground = isInverse ? weights : tensor(Enumerable.Range(0, options.NumClasses).Select(c => c == 0 ? 0.0 : 1.0).ToArray());
        Tensor twice = (2 * foreground * right).sum(-1);
        return Cost(Ratio(twice, twice + (weights * wrong).sum(-1)));
    }

    private Tensor Reduced(Tensor costs, Tensor? count)
    {
        if (count is not null)
        {
            long[] kept = [.. Enumerable.Range(0, options.NumClasses)
                .Where(c => (options.IncludeBackground || c != 0) && !options.ExcludedClasses.Contains(c)).Select(c => (long)c)];
            Tensor which = tensor(kept);
            Tensor weights = tensor(kept.Select(c => options.ClassWeights.Count == 0 ? 1.0 : options.ClassWeights[(int)c]).ToArray());
            Tensor present = options.AbsentClasses == SoftDiceAbsentClasses.Count
                ? ones_like(costs.index_select(-1, which), ScalarType.Bool)
                : count.index_select(-1, which).gt(0);
            costs = where(present, costs.index_select(-1, which) * weights, zeros(1, ScalarType.Float64));
            if (options.Reduction == SoftDiceReduction.Mean)
            {
                Tensor shares = options.NormalizeWeights ? weights : ones_like(weights);
                Tensor divisor = (options.AbsentClasses == SoftDiceAbsentClasses.Skip ? shares * present.to(ScalarType.Float64) : shares.expand(costs.shape)).sum(-1);
                return (costs.sum(-1) / divisor).mean();
            }
        }

        return options.Reduction switch
        {
            SoftDiceReduction.Mean => costs.mean(),
            SoftDiceReduction.Sum => costs.sum(),
            _ => costs,
        };
    }

    private Tensor CrossEntropy()
    {
        Tensor? weights = options.CrossEntropyClassWeights.Count == 0 ? null : tensor(options.CrossEntropyClassWeights.ToArray(), ScalarType.Float64);
        if (options.Activation == SoftDiceActivation.Softmax)
        {
            return nn.functional.cross_entropy(logits, index ?? target, weights, ignore_index: -100, label_smoothing: options.LabelSmoothing);
        }

        Tensor smoothed = ((1 - options.LabelSmoothing) * target) + (options.LabelSmoothing / 2);
        Tensor costs = nn.functional.binary_cross_entropy_with_logits(
            logits,
            smoothed,
            weights?.reshape(1, -1, 1),
            reduction: nn.Reduction.None,
            pos_weights: options.CrossEntropyPositiveWeights.Count == 0 ? null : tensor(options.CrossEntropyPositiveWeights.ToArray(), ScalarType.Float64).reshape(1, -1, 1));
        return MeanOfElements(costs);
    }

    private Tensor Focal()
    {
        Tensor weights = OfClasses(options.FocalClassWeights);
        if (options.Activation == SoftDiceActivation.Softmax)
        {
            Tensor costs = weights * target * (1 - Probabilities).pow(options.FocalGamma) * -logits.log_softmax(1);
            return costs.sum() / valid.to(ScalarType.Float64).sum();
        }

        double alphaOfYes = options.FocalAlpha ?? 1, alphaOfNo = 1 - (options.FocalAlpha ?? 0);
        Tensor yes = alphaOfYes * target * (1 - Probabilities).pow(options.FocalGamma) * -Probabilities.log();
        Tensor no = alphaOfNo * (1 - target) * Probabilities.pow(options.FocalGamma) * -(1 - Probabilities).log();
        return MeanOfElements(weights * (yes + no));
    }

    private Tensor MeanOfElements(Tensor costs)
    {
        Tensor counts = valid.to(ScalarType.Float64);
        return (costs * counts).sum() / (counts.sum() * options.NumClasses);
    }

    private Tensor OfClasses(IReadOnlyList<double> weights) => weights.Count == 0
        ? ones([1, options.NumClasses, 1], ScalarType.Float64)
        : tensor(weights.ToArray(), ScalarType.Float64).reshape(1, -1, 1);
}
