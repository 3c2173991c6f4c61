using static TorchSharp.torch;

namespace SoftDice.Samples.TrainUNet;

/// <summary>Other heads, nearly: mirrored, moved by some pixels, brighter or darker.</summary>
internal static class Augmentation
{
    private const int LargestShift = 4;
    private const double LargestScaling = 0.1;

    /// <summary>Changes a batch, in the same way for all of it.</summary>
    public static (Tensor Images, Tensor Labels) Apply(Tensor images, Tensor labels)
    {
        // Left and right have the same classes.
        if (rand(1).item<float>() < 0.5)
        {
            (images, labels) = (images.flip(-1), labels.flip(-1));
        }

        // What leaves at one side comes in at the other, where a slice has its margin.
        long[] shift = randint(-LargestShift, LargestShift + 1, 2, ScalarType.Int64).data<long>().ToArray();
        long[] dimensions = [-2, -1];
        (images, labels) = (images.roll(shift, dimensions), labels.roll(shift, dimensions));
        double scaling = 1 + (LargestScaling * ((2 * rand(1).item<float>()) - 1));
        double offset = LargestScaling * ((2 * rand(1).item<float>()) - 1);
        return ((images * scaling) + offset, labels);
    }
}
