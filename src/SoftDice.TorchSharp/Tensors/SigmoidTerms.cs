using System.Collections.Generic;

using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>Terms of sigmoids, of which each class is a question by itself.</summary>
internal sealed class SigmoidTerms(SoftDiceOptions options, Tensor planes, Tensor? index, Tensor? targets, Tensor? valid) : TermPass(options, planes)
{
    private Tensor Elements => Count(valid) * Classes;

    public override Tensor Loss() => Mean(Cleared(OfElements(Cost), valid), Elements);

    public override Tensor Gradient() => Cleared(OfElements(Slope), valid) * Share(1, Elements);

    private delegate Tensor OfAnswers(Tensor logits, Tensor yes, Tensor no, Tensor focalYes, Tensor focalNo);

    // Of class indices, all elements as if no pixel were of their class, and then those that are.
    private Tensor OfElements(OfAnswers function)
    {
        Tensor weights = OfClasses(Options.CrossEntropyClassWeights);
        Tensor positives = OfClasses(Options.CrossEntropyPositiveWeights);
        Tensor focalWeights = OfClasses(Options.FocalClassWeights);
        if (targets is not null)
        {
            return Of(function, Planes, targets, weights, positives, focalWeights);
        }

        Tensor elsewhere = Of(function, Planes, zeros([1], Planes.dtype, Planes.device), weights, positives, focalWeights);
        Tensor atLabels = Of(
            function,
            Planes.gather(1, index!),
            ones([1], Planes.dtype, Planes.device),
            AtLabels(Options.CrossEntropyClassWeights),
            AtLabels(Options.CrossEntropyPositiveWeights),
            AtLabels(Options.FocalClassWeights));
        return elsewhere.scatter(1, index!, atLabels);
    }

    private Tensor AtLabels(IReadOnlyList<double> weights) => AtLabels(weights, index!, valid);

    private Tensor Of(OfAnswers function, Tensor logits, Tensor t, Tensor weights, Tensor positives, Tensor focalWeights)
    {
        Tensor share = ((1 - Options.LabelSmoothing) * t) + (Options.LabelSmoothing / 2);
        double alphaOfYes = Options.FocalAlpha ?? 1, alphaOfNo = 1 - (Options.FocalAlpha ?? 0);
        return function(
            logits,
            Options.CrossEntropy * weights * positives * share,
            Options.CrossEntropy * weights * (1 - share),
            Options.Focal * focalWeights * alphaOfYes * t,
            Options.Focal * focalWeights * alphaOfNo * (1 - t));
    }

    private Tensor Cost(Tensor logits, Tensor yes, Tensor no, Tensor focalYes, Tensor focalNo)
    {
        Tensor cost = Product(yes, NegativeLog(logits)) + Product(no, NegativeLog(-logits));
        return Options.Focal == 0
            ? cost
            : cost + Product(focalYes, FocalCost(logits)) + Product(focalNo, FocalCost(-logits));
    }

    private Tensor Slope(Tensor logits, Tensor yes, Tensor no, Tensor focalYes, Tensor focalNo)
    {
        Tensor slope = (no * logits.sigmoid()) - (yes * (-logits).sigmoid());
        return Options.Focal == 0
            ? slope
            : slope + (focalNo * FocalSlope(-logits)) - (focalYes * FocalSlope(logits));
    }

    // The cost where the logit should be large, and minus its slope.
    private Tensor FocalCost(Tensor x) => (-x).sigmoid().pow(Options.FocalGamma) * NegativeLog(x);

    private Tensor FocalSlope(Tensor x)
    {
        Tensor missing = (-x).sigmoid();
        return missing * FocalFactor(NegativeLog(x), missing);
    }

    private static Tensor NegativeLog(Tensor x) => -nn.functional.logsigmoid(x);

    // Of class indices one answer is right, whatever the other one would cost; of targets, 0 times infinity is NaN.
    private Tensor Product(Tensor share, Tensor cost) =>
        Options.Labels == SoftDiceLabels.ClassIndex ? (share * cost).masked_fill(share.eq(0), 0) : share * cost;
}
