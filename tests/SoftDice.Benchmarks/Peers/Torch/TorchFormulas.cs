using System;

using TorchSharp;

using static TorchSharp.torch;

namespace SoftDice.Benchmarks.Peers.Torch;

/// <summary>The loss of probabilities (batch, class, height, width), written in three ways.</summary>
internal static class TorchFormulas
{
    /// <summary>The loss, for labels (batch, height, width) of type uint8 or, where they are an index, int64.</summary>
    public static Tensor Loss(TorchFormulation formulation, Tensor probabilities, Tensor labels) => formulation switch
    {
        TorchFormulation.Notebook => Notebook(probabilities, labels),
        TorchFormulation.OneHot => OneHot(probabilities, labels),
        _ => Gather(probabilities, labels),
    };

    private static Tensor Notebook(Tensor probabilities, Tensor labels)
    {
        long classes = probabilities.shape[1];
        Tensor loss = zeros(1);
        for (long c = 0; c < classes; c++)
        {
            Tensor target = labels.eq(c).to(float32);
            Tensor prediction = probabilities.select(1, c);
            Tensor intersection = (prediction * target).sum();
            Tensor dice = ((2 * intersection) + ClassSums.Epsilon) / (prediction.sum() + target.sum() + ClassSums.Epsilon);
            loss -= dice.log();
        }

        return (loss / classes).squeeze();
    }

    private static Tensor OneHot(Tensor probabilities, Tensor labels)
    {
        long[] allButClass = [0, 2, 3];
        Tensor index = labels.unsqueeze(1);
        Tensor target = zeros(probabilities.shape).scatter_(1, index, ones(1).expand(index.shape));
        return FromSums((probabilities * target).sum(allButClass), probabilities.sum(allButClass), target.sum(allButClass));
    }

    private static Tensor Gather(Tensor probabilities, Tensor labels)
    {
        long classes = probabilities.shape[1];
        Tensor flat = labels.flatten();
        Tensor own = probabilities.gather(1, labels.unsqueeze(1)).flatten();
        Tensor intersection = zeros(classes).index_add(0, flat, own, 1);
        return FromSums(intersection, probabilities.sum([0L, 2, 3]), bincount(flat, minlength: (int)classes).to(float32));
    }

    private static Tensor FromSums(Tensor intersection, Tensor predicted, Tensor labelled) =>
        -(((2 * intersection) + ClassSums.Epsilon) / (predicted + labelled + ClassSums.Epsilon)).log().mean();
}
