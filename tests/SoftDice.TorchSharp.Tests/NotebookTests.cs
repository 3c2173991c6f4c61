using System;
using System.Globalization;

using TorchSharp;

using Xunit;

using static TorchSharp.torch;

namespace SoftDice.Torch.Tests;

/// <summary>The notebook's example, in libtorch as the notebook writes it and in the module, side by side.</summary>
public sealed class NotebookTests
{
    // Of the same numbers in double; the nearest float prints as 1.8738911151885986.
    private const double Exact = 1.8738911068;

    [Fact]
    public void The_module_gives_the_nearest_float_and_libtorch_a_neighbour()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(42);
        Tensor labels = zeros(1, 224, 224);
        labels.narrow(1, 0, 50).narrow(2, 0, 50).fill_(1);
        labels.narrow(1, 50, 50).narrow(2, 50, 50).fill_(2);
        Tensor prediction = zeros(1, 3, 224, 224).uniform_(0, 1).softmax(1);

        SoftDiceLossModule<TissueLoss, TissueLoss.Sums> loss = new();
        double module = loss.call(prediction, labels).item<float>();
        loss.UsesTensorOperations = true;
        double operations = loss.call(prediction, labels).item<float>();
        double libtorch = Notebook(prediction, labels).item<float>();
        double inDouble = Notebook(prediction.to(ScalarType.Float64), labels).item<double>();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The notebook's example: module {module:R}, tensor operations {operations:R}, libtorch as the notebook {libtorch:R}, in double {inDouble:R}"));

        Assert.Equal(1.8738911151885986, module);
        Assert.Equal(1.8738911151885986, operations);
        Assert.Equal(Exact, inDouble, tolerance: 5e-10);

        // A sum of 50,176 floats in cascades of some twenty additions is off by 20·2⁻²⁴ of itself at most, and a class by twice that.
        Assert.Equal(inDouble, libtorch, tolerance: 40 * Math.Pow(2, -24));
    }

    private static Tensor Notebook(Tensor predictions, Tensor labels)
    {
        Tensor loss = zeros(1, predictions.dtype);
        for (long c = 0; c < 3; c++)
        {
            Tensor target = labels.eq(c).to(predictions.dtype);
            Tensor prediction = predictions.select(1, c);
            Tensor dice = ((2 * (prediction * target).sum()) + 1e-5) / (prediction.sum() + target.sum() + 1e-5);
            loss -= dice.log();
        }

        return loss / 3;
    }
}
