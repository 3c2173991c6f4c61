using SoftDice.Samples.QuickStart;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The example that the definition comes from, with PyTorch's random numbers.</summary>
public sealed class NotebookTests
{
    private const double ExactLoss = 1.873891106;

    public static TheoryData<string> Kernels => KernelTable.Names(kernel => kernel.NumClasses == 3 && kernel.Options.Epsilon == 1e-5);

    [Theory]
    [MemberData(nameof(Kernels))]
    public void The_loss_of_the_notebook_comes_out(string name)
    {
        (float[] predictions, byte[] labels) = Example();
        double loss = KernelTable.Find(name).Accumulate<byte>(predictions, labels, 1).Loss;
        Assert.Equal(ExactLoss, loss, 1.2e-7);
        Assert.Equal(1.8738911151885986f, (float)loss);
        Assert.Equal(SoftDiceReference.Loss(new SoftDiceOptions(3), predictions, labels, 1), loss, 5e-9);
    }

    [Fact]
    public void Static_and_instance_types_give_the_same_loss()
    {
        (float[] predictions, byte[] labels) = Example();
        Assert.Equal(Loss3.Forward<byte>(predictions, labels, 1), StaticLoss.Forward<byte>(predictions, labels, 1));
    }

    // The quick start's own inputs.
    private static (float[] Predictions, byte[] Labels) Example() => (Notebook.Prediction(new SystemConfig()), Notebook.GroundTruth());
}
