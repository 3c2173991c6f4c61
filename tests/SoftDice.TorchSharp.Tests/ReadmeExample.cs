#pragma warning disable CA1050 // The README shows a program without namespaces.

// The text between the marks is the README's.
// <README>
using SoftDice;
using TorchSharp;
using static TorchSharp.torch;

[SoftDiceLoss(NumClasses = 2, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1)]
public partial class OrganLoss;
// </README>

internal static class ReadmeExample
{
    /// <summary>The loss after training.</summary>
    public static double Run()
    {
        manual_seed(1);

        // <README>
        SoftDiceLossModule<OrganLoss, OrganLoss.Sums> loss = new();             // instead of tensor code
        nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Conv2d(1, 8, 3, padding: 1), nn.ReLU(), nn.Conv2d(8, 2, 1));
        optim.Optimizer optimiser = optim.Adam(network.parameters(), lr: 0.05);
        Tensor images = rand(4, 1, 64, 64);
        Tensor labels = images.gt(0.5).to(ScalarType.Byte);                     // (B, 1, H, W) or (B, H, W), of any integer type
        for (int step = 0; step < 50; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            optimiser.zero_grad();
            Tensor value = loss.call(network.call(images), labels);
            value.backward();
            optimiser.step();
        }

        // </README>
        return loss.call(network.call(images), labels).item<float>();
    }
}
