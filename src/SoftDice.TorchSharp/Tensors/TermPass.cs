using System.Collections.Generic;
using System.Linq;

using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>A cross-entropy and a focal term, with their weights, and their gradient in closed form.</summary>
internal abstract class TermPass(SoftDiceOptions options, Tensor planes)
{
    protected SoftDiceOptions Options => options;

    protected Tensor Planes => planes;

    protected long Classes => planes.shape[1];

    protected ScalarType TypeOfSums => PlaneLabels.TypeOfSums(planes);

    /// <summary>The terms, one number.</summary>
    public abstract Tensor Loss();

    /// <summary>Their gradient with respect to the logits, (B, C, pixels).</summary>
    public abstract Tensor Gradient();

    /// <summary>A sum over everything, by a divisor; 0 where that is 0, as nothing is then wrong.</summary>
    protected Tensor Mean(Tensor costs, Tensor divisor)
    {
        Tensor nothing = divisor.eq(0);
        return (costs.sum(TypeOfSums) / divisor.masked_fill(nothing, 1)).masked_fill(nothing, 0);
    }

    /// <summary>1 by a divisor, in the type of the logits; 0 where that is 0.</summary>
    protected Tensor Share(double weight, Tensor divisor)
    {
        Tensor nothing = divisor.eq(0);
        return (weight / divisor.masked_fill(nothing, 1)).masked_fill(nothing, 0).to(planes.dtype);
    }

    /// <summary>The number of pixels that take part.</summary>
    protected Tensor Count(Tensor? valid) => valid is null
        ? tensor((double)(planes.shape[0] * planes.shape[2]), TypeOfSums, planes.device)
        : valid.sum(TypeOfSums);

    /// <summary>A number a class, (1, C, 1); 1 for all where there are none.</summary>
    protected Tensor OfClasses(IReadOnlyList<double> weights) => weights.Count == 0
        ? ones([1, Classes, 1], planes.dtype, planes.device)
        : tensor(weights.ToArray(), planes.dtype, planes.device).reshape(1, Classes, 1);

    /// <summary>The same at the label of each pixel, (B, 1, pixels), and 0 where it takes no part.</summary>
    protected Tensor AtLabels(IReadOnlyList<double> weights, Tensor index, Tensor? valid) =>
        Cleared(OfClasses(weights).expand(index.shape[0], Classes, index.shape[2]).gather(1, index), valid);

    /// <summary>0, whatever it was, at pixels that take no part.</summary>
    protected static Tensor Cleared(Tensor ofPixels, Tensor? valid) => valid is null ? ofPixels : ofPixels.masked_fill(valid.logical_not(), 0);

    /// <summary>What the slopes of -ln p are multiplied by in a focal term, where missing is 1 - p.</summary>
    protected Tensor FocalFactor(Tensor negativeLog, Tensor missing)
    {
        if (options.FocalGamma == 0)
        {
            return ones_like(missing);
        }

        Tensor certain = missing.eq(0);
        Tensor some = missing.masked_fill(certain, 1);
        Tensor impossible = negativeLog.isinf();
        Tensor change = options.FocalGamma * (1 - missing) * negativeLog.masked_fill(impossible, 0) / some;
        return (some.pow(options.FocalGamma) * (1 + change)).masked_fill(certain, 0);
    }
}
