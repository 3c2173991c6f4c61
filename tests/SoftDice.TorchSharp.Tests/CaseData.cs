using static TorchSharp.torch;

namespace SoftDice.Torch.Tests;

/// <summary>A batch for a loss.</summary>
/// <param name="Predictions">Predictions in double, each of which the loss's own type holds.</param>
/// <param name="Labels">Class indices (B, S...) of int64, or targets of float32.</param>
/// <param name="Mask">A mask, if the loss has one.</param>
public sealed record CaseData(Tensor Predictions, Tensor Labels, Tensor? Mask)
{
    /// <summary>The shapes that losses are tried on: batch, then spatial dimensions.</summary>
    public static readonly long[][] Shapes = [[2, 7, 9], [1, 31], [3, 5, 4, 3], [2, 40, 41], [4, 1]];

    /// <summary>Makes one.</summary>
    public static CaseData Of(LossCase loss, long[] shape, long seed)
    {
        manual_seed(seed);
        SoftDiceOptions options = loss.Options;
        long classes = options.NumClasses;
        long[] spatial = shape[1..];
        bool isLast = options.Layout == SoftDiceLayout.ChannelsLast;
        long[] full = isLast ? [shape[0], .. spatial, classes] : [shape[0], classes, .. spatial];
        int dim = isLast ? full.Length - 1 : 1;

        // Probabilities as a network puts them out, from logits of usual size.
        Tensor logits = randn(full, ScalarType.Float64) * 1.5;
        Tensor predictions = options.Activation == SoftDiceActivation.None ? logits.softmax(dim) : logits;
        Tensor rounded = predictions.to(loss.ElementType == ScalarType.Float16 ? ScalarType.Float16 : ScalarType.Float32).to(ScalarType.Float64);

        Tensor? mask = loss.HasMask ? rand(shape).lt(0.8) : null;
        return new CaseData(rounded, options.Labels == SoftDiceLabels.OneHot ? rand(full) : Indices(options, shape), mask);
    }

    /// <summary>The number of pixels.</summary>
    public long Pixels(SoftDiceOptions options) => Predictions.numel() / options.NumClasses;

    // Of five classes, two have no labels.
    private static Tensor Indices(SoftDiceOptions options, long[] shape)
    {
        bool isBinary = options is { NumClasses: 1, Activation: SoftDiceActivation.Sigmoid };
        Tensor indices = randint(0, isBinary ? 2 : options.NumClasses, shape, ScalarType.Int64);
        if (options.NumClasses == 5)
        {
            indices = where(indices.ge(3), zeros_like(indices), indices);
        }

        return options.IgnoreIndex is int ignored ? where(rand(shape).lt(0.2), full_like(indices, ignored), indices) : indices;
    }
}
