using TorchSharp;

using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>Labels as tensor operations take them.</summary>
/// <param name="Index">Class indices, (B, 1, pixels) of int64, 0 where a pixel takes no part; null with targets.</param>
/// <param name="Targets">Targets, (B, C, pixels), 0 where a pixel takes no part; null with class indices, but of a single class with a sigmoid.</param>
/// <param name="Valid">Which pixels take part, (B, 1, pixels) of bool; null if all do.</param>
/// <param name="AreRight">Whether all labels that take part are right.</param>
internal sealed record PlaneLabels(Tensor? Index, Tensor? Targets, Tensor? Valid, bool AreRight)
{
    /// <summary>Brings labels into this form. It waits for the device, which must say whether they are right.</summary>
    public static PlaneLabels Of(SoftDiceOptions options, LossInputs inputs, Tensor planes)
    {
        using System.IDisposable constant = no_grad();
        Tensor? valid = inputs.Mask?.ne(0).reshape(inputs.BatchSize, 1, -1);
        if (options.Labels == SoftDiceLabels.OneHot)
        {
            Tensor raw = ToPlanes(inputs.Labels.to(planes.dtype), inputs.BatchSize, options.NumClasses, options.Layout);
            Tensor targets = valid is null ? raw : raw.masked_fill(valid.logical_not(), 0);
            return new PlaneLabels(null, targets, valid, IsAll(targets.ge(0).logical_and(targets.le(1))));
        }

        // Floats are compared as doubles, so that no integer that an option names is rounded.
        bool isFloat = inputs.Labels.dtype == ScalarType.Float32;
        Tensor labels = inputs.Labels.to(isFloat ? TypeOfSums(planes) : ScalarType.Int64).reshape(inputs.BatchSize, 1, -1);
        if (options.IgnoreIndex is int ignored)
        {
            Tensor counts = labels.ne(ignored);
            valid = valid is null ? counts : valid.logical_and(counts);
        }

        bool isBinary = options is { NumClasses: 1, Activation: SoftDiceActivation.Sigmoid };
        Tensor clean = valid is null ? labels : labels.masked_fill(valid.logical_not(), 0);
        Tensor right = clean.ge(0).logical_and(clean.lt(isBinary ? 2 : options.NumClasses));
        Tensor whole = isFloat ? right.logical_and(clean.frac().eq(0)) : right;
        return isBinary
            ? new PlaneLabels(null, clean.to(planes.dtype), valid, IsAll(whole))
            : new PlaneLabels(clean.to(ScalarType.Int64), null, valid, IsAll(whole));
    }

    /// <summary>(B, C, pixels) of a tensor in either layout.</summary>
    public static Tensor ToPlanes(Tensor tensor, long batchSize, long classes, SoftDiceLayout layout)
    {
        long pixels = tensor.numel() / batchSize / classes;
        return layout == SoftDiceLayout.ChannelsLast
            ? tensor.reshape(batchSize, pixels, classes).transpose(1, 2)
            : tensor.reshape(batchSize, classes, pixels);
    }

    /// <summary>The type that sums are added in: double, where the device has it.</summary>
    public static ScalarType TypeOfSums(Tensor planes) => planes.device_type == DeviceType.MPS ? ScalarType.Float32 : ScalarType.Float64;

    private static bool IsAll(Tensor isRight) => isRight.all().item<bool>();
}
