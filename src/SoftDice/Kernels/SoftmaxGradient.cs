using System;

namespace SoftDice.Kernels;

/// <summary>What the gradient through a softmax needs of each pixel's own class.</summary>
public static class SoftmaxGradient
{
    /// <summary>Looks up, for each pixel of a tile, three numbers of the class that it is labelled with.</summary>
    /// <typeparam name="TLabel">One of byte, sbyte, short, ushort, int, uint, long and float.</typeparam>
    /// <param name="labels">The labels of the tile, all of them classes.</param>
    /// <param name="probabilities">The probabilities of the tile, (class, pixels of the tile).</param>
    /// <param name="others">For each class, the slope of its probability where the label is another.</param>
    /// <param name="steps">For each class, what is added to that where the label is this class.</param>
    /// <param name="otherOfLabel">Receives the first slope of the label's class.</param>
    /// <param name="stepOfLabel">Receives the step of the label's class.</param>
    /// <param name="probabilityOfLabel">Receives the probability of the label's class.</param>
    public static void LookUp<TLabel>(
        ReadOnlySpan<TLabel> labels,
        ReadOnlySpan<float> probabilities,
        ReadOnlySpan<float> others,
        ReadOnlySpan<float> steps,
        Span<float> otherOfLabel,
        Span<float> stepOfLabel,
        Span<float> probabilityOfLabel)
        where TLabel : unmanaged
    {
        for (int pixel = 0; pixel < labels.Length; pixel++)
        {
            int label = LabelLoads.LoadOne(in labels[pixel], 0);
            otherOfLabel[pixel] = others[label];
            stepOfLabel[pixel] = steps[label];
            probabilityOfLabel[pixel] = probabilities[(label * labels.Length) + pixel];
        }
    }
}
