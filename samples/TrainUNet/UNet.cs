using TorchSharp.Modules;

using static TorchSharp.torch;

namespace SoftDice.Samples.TrainUNet;

/// <summary>A small U-Net: three times down and up again, with what was there at each size beside what comes from below.</summary>
internal sealed class UNet : nn.Module<Tensor, Tensor>
{
    // An epoch has few batches: their mean is to be known after some of them.
    private const double Momentum = 0.3;

    private readonly Sequential down1, down2, down3, bottom, up3, up2, up1;
    private readonly Conv2d classes;
    private readonly MaxPool2d half = nn.MaxPool2d(2);
    private readonly Upsample twice = nn.Upsample(scale_factor: [2, 2], mode: UpsampleMode.Nearest);

    /// <summary>A network with random weights, of torch's generator.</summary>
    /// <param name="inputs">Number of input channels.</param>
    /// <param name="width">Number of channels at full size; each size below has twice as many.</param>
    public UNet(long inputs, long width)
        : base(nameof(UNet))
    {
        down1 = Block(inputs, width);
        down2 = Block(width, 2 * width);
        down3 = Block(2 * width, 4 * width);
        bottom = Block(4 * width, 8 * width);
        up3 = Block(12 * width, 4 * width);
        up2 = Block(6 * width, 2 * width);
        up1 = Block(3 * width, width);
        classes = nn.Conv2d(width, TissueLoss.NumClasses, 1);
        RegisterComponents();
    }

    /// <summary>Logits (B, classes, H, W) of images (B, inputs, H, W) whose sides are multiples of 8.</summary>
    public override Tensor forward(Tensor images)
    {
        Tensor full = down1.call(images);
        Tensor halves = down2.call(half.call(full));
        Tensor quarters = down3.call(half.call(halves));
        Tensor eighths = bottom.call(half.call(quarters));
        Tensor upQuarters = up3.call(cat([twice.call(eighths), quarters], 1));
        Tensor upHalves = up2.call(cat([twice.call(upQuarters), halves], 1));
        return classes.call(up1.call(cat([twice.call(upHalves), full], 1)));
    }

    private static Sequential Block(long inputs, long outputs) => nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding: 1, bias: false),
        nn.BatchNorm2d(outputs, momentum: Momentum),
        nn.ReLU(),
        nn.Conv2d(outputs, outputs, 3, padding: 1, bias: false),
        nn.BatchNorm2d(outputs, momentum: Momentum),
        nn.ReLU());
}
