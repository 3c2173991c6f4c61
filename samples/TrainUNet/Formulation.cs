using static TorchSharp.torch;

namespace SoftDice.Samples.TrainUNet;

/// <summary>The same loss as one writes it without a generator: a tensor of probabilities, a one-hot tensor, and sums over them.</summary>
internal sealed class Formulation() : nn.Module<Tensor, Tensor, Tensor>(nameof(Formulation))
{
    private const double Epsilon = 1e-5;

    /// <inheritdoc/>
    public override Tensor forward(Tensor logits, Tensor labels)
    {
        Tensor index = labels.to(ScalarType.Int64);
        Tensor probabilities = logits.softmax(1);
        Tensor target = nn.functional.one_hot(index, TissueLoss.NumClasses).permute(0, 3, 1, 2).to(ScalarType.Float32);
        long[] allButClass = [0, 2, 3];
        Tensor intersection = (probabilities * target).sum(allButClass);
        Tensor dice = ((2 * intersection) + Epsilon) / (probabilities.sum(allButClass) + target.sum(allButClass) + Epsilon);
        return nn.functional.cross_entropy(logits, index) - dice.log().mean();
    }
}
