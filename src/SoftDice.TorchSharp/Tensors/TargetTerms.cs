using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>The cross-entropy of a softmax and targets.</summary>
internal sealed class TargetTerms(SoftDiceOptions options, Tensor planes, Tensor targets) : TermPass(options, planes)
{
    private Tensor Shares =>
        OfClasses(Options.CrossEntropyClassWeights) * (((1 - Options.LabelSmoothing) * targets) + (Options.LabelSmoothing / Classes));

    public override Tensor Loss() => Options.CrossEntropy * Mean(Shares * -Planes.log_softmax(1), Count(null));

    public override Tensor Gradient()
    {
        Tensor shares = Shares;
        return Share(Options.CrossEntropy, Count(null)) * ((shares.sum(1, keepdim: true) * Planes.softmax(1)) - shares);
    }
}
