using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>Terms of a softmax and class indices.</summary>
internal sealed class SoftmaxTerms(SoftDiceOptions options, Tensor planes, Tensor index, Tensor? valid) : TermPass(options, planes)
{
    public override Tensor Loss()
    {
        Tensor logOfSum = Planes.logsumexp(1, keepdim: true);
        Tensor negativeLog = Cleared(logOfSum - Planes.gather(1, index), valid);
        Tensor weights = AtLabels(Options.CrossEntropyClassWeights, index, valid);
        Tensor costs = (1 - Options.LabelSmoothing) * weights * negativeLog;
        if (Options.LabelSmoothing != 0)
        {
            Tensor spread = (OfClasses(Options.CrossEntropyClassWeights) * (logOfSum - Planes)).sum(1, keepdim: true);
            costs += Cleared(Options.LabelSmoothing / Classes * spread, valid);
        }

        Tensor loss = Options.CrossEntropy * Mean(costs, weights.sum(TypeOfSums));
        if (Options.Focal == 0)
        {
            return loss;
        }

        Tensor focal = AtLabels(Options.FocalClassWeights, index, valid) * Missing(negativeLog).pow(Options.FocalGamma) * negativeLog;
        return loss + (Options.Focal * Mean(focal, Count(valid)));
    }

    public override Tensor Gradient()
    {
        Tensor p = Planes.softmax(1);
        Tensor weights = AtLabels(Options.CrossEntropyClassWeights, index, valid);
        Tensor share = Share(Options.CrossEntropy, weights.sum(TypeOfSums));

        // Each label has a number that its slopes, p less 1 at the label itself, are multiplied by.
        Tensor ofLabels = share * (1 - Options.LabelSmoothing) * weights;
        if (Options.Focal != 0)
        {
            Tensor negativeLog = Planes.logsumexp(1, keepdim: true) - Planes.gather(1, index);
            Tensor factor = AtLabels(Options.FocalClassWeights, index, valid) * FocalFactor(negativeLog, Missing(negativeLog));
            ofLabels += Share(Options.Focal, Count(valid)) * factor;
        }

        Tensor gradient = p * ofLabels;
        if (Options.LabelSmoothing != 0)
        {
            Tensor ofClasses = OfClasses(Options.CrossEntropyClassWeights);
            gradient += share * (Options.LabelSmoothing / Classes) * ((ofClasses.sum() * p) - ofClasses);
        }

        return Cleared(gradient.scatter_add(1, index, -ofLabels), valid);
    }

    private static Tensor Missing(Tensor negativeLog) => -(-negativeLog).expm1();
}
