using System;
using System.Linq;

using static TorchSharp.torch;

namespace SoftDice.Torch.Tests;

/// <summary>How far a result may be off, from the number of operations and their rounding.</summary>
/// <param name="Loss">The bound of the loss, or of each.</param>
/// <param name="Gradient">The bound of an entry of the gradient.</param>
internal sealed record Bounds(double Loss, double Gradient)
{
    private const double FloatUnit = 1.0 / (1 << 24);
    private const double DoubleUnit = 1.0 / (1L << 53);

    /// <summary>
    /// Bounds of a loss whose exact parts are known. A sum of positive terms is off by e of itself: k additions of unit u follow one another, those
    /// over the classes of a pixel C, and an activation has at most 8 roundings, so that e = (k + C + 8)·u; k is 16 for the kernels, whose longer
    /// sums are in double, and the number of pixels for operations in double. An overlap is a ratio of such sums, of which P + T, which the error of
    /// what is missed is a part of, is at most four times the denominator in these tests: numerator and denominator are off by 8·e of themselves at
    /// most together, and so is -ln of their ratio.
    /// </summary>
    public static Bounds Of(SoftDiceOptions options, Parts exact, bool inDouble, long pixels)
    {
        double unit = inDouble ? DoubleUnit : FloatUnit;
        double e = ((inDouble ? pixels : 16) + options.NumClasses + 8) * unit;

        // What costs are multiplied by, and how many are added.
        double weight = options.ClassWeights.DefaultIfEmpty(1).Max();
        double count = options.Reduction == SoftDiceReduction.Sum ? options.NumClasses * exact.Images : 1;
        double overlap = 8 * e * Math.Max(1, options.Gamma) * weight * count;

        // -ln p is off by e and by the roundings of logits and itself; a mean of weighted ones by that times the largest of its weights.
        double termWeight =
            (options.CrossEntropy * Largest(options.CrossEntropyClassWeights) * Largest(options.CrossEntropyPositiveWeights)) +
            (options.Focal * Largest(options.FocalClassWeights) * (1 + options.FocalGamma));
        double terms = e * termWeight * (1 + Math.Abs(exact.Terms) + exact.LargestLogit);

        // The loss itself is rounded to float, but of a loss of doubles.
        double loss = (options.OverlapWeight * overlap) + terms + (unit * exact.LargestLoss);

        // A slope is a quotient of up to three such sums, off by 3·8·e of itself, and a prediction's is a probability, off by e, times a difference
        // of slopes of which neither is larger than the largest; a few roundings come on top: 2·(24 + 4). Those of other terms are made of p, of 1 -
        // p and of weights.
        double gradient =
            (options.OverlapWeight * 56 * e * Math.Max(1, options.Gamma) * exact.LargestSlope) + (16 * (1 + options.FocalGamma) * e * exact.LargestTermGradient);
        return new Bounds(loss, gradient);
    }

    private static double Largest(System.Collections.Generic.IReadOnlyList<double> weights) => Math.Max(1, weights.DefaultIfEmpty(1).Max());
}

/// <summary>What the oracle says.</summary>
/// <param name="Losses">The loss, or losses.</param>
/// <param name="Gradient">The gradient of the losses times what comes from upstream.</param>
/// <param name="Terms">The part of the loss that is no overlap.</param>
/// <param name="LargestSlope">The largest slope of the overlap by a probability.</param>
/// <param name="LargestTermGradient">The largest entry of the gradient of the other terms.</param>
/// <param name="LargestLogit">The largest prediction.</param>
/// <param name="Images">The number of images with sums of their own.</param>
internal sealed record Parts(
    Tensor Losses, Tensor Gradient, double Terms, double LargestSlope, double LargestTermGradient, double LargestLogit, long Images)
{
    public double LargestLoss => Losses.abs().max().item<double>();

    public static Parts Of(SoftDiceOptions options, CaseData data, Tensor upstream)
    {
        Tensor predictions = data.Predictions.clone().requires_grad_();
        Oracle oracle = new(options, predictions, data.Labels, data.Mask);
        Tensor overlap = oracle.Overlap(), terms = oracle.Terms();
        Tensor total = (options.OverlapWeight * overlap) + terms;
        (overlap * upstream).sum().backward(retain_graph: true);
        double slope = oracle.Probabilities.grad!.abs().max().item<double>();
        double ofTerms = terms.requires_grad
            ? autograd.grad([terms], [predictions], [upstream.sum()], retain_graph: true)[0].abs().max().item<double>()
            : 0;
        Tensor gradient = autograd.grad([(total * upstream).sum()], [predictions])[0];
        return new Parts(
            total.detach(),
            gradient,
            terms.item<double>(),
            slope,
            ofTerms,
            predictions.detach().abs().max().item<double>(),
            options.SumsOver == SoftDiceSumsOver.Sample ? predictions.shape[0] : 1);
    }
}
