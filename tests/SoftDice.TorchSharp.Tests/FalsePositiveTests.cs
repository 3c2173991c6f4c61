using System;

using TorchSharp;

using Xunit;

using static TorchSharp.torch;

namespace SoftDice.Torch.Tests;

/// <summary>What is predicted of classes that are not there, which is a sum of its own and no difference of sums.</summary>
public sealed class FalsePositiveTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_class_that_all_labels_are_of_has_none(bool usesOperations)
    {
        SoftDiceLossModule<FalsePositivesLoss, FalsePositivesLoss.Sums> loss = new() { UsesTensorOperations = usesOperations };
        for (int seed = 0; seed < 8; seed++)
        {
            using DisposeScope scope = NewDisposeScope();
            manual_seed(seed);

            // So far apart and so many that their sum is not exact in double: a difference of two such sums was negative for some seeds, and its power NaN.
            Tensor logits = (4 * randn([2, 3, 100, 101])).requires_grad_();
            Tensor value = loss.call(logits, zeros([2, 100, 101], ScalarType.Int64));
            Tensor gradient = autograd.grad([value], [logits])[0];

            // Class 0 costs nothing, and each other one (P / (P + 1))^1.5 of the sum P of its probabilities.
            Tensor exactLogits = logits.detach().to(ScalarType.Float64).requires_grad_();
            Tensor probabilities = exactLogits.softmax(1);
            probabilities.retain_grad();
            Tensor sums = probabilities.sum([0L, 2L, 3L]).narrow(0, 1, 2);
            Tensor exact = (sums / (sums + 1)).pow(1.5).sum() / 3;
            exact.backward();

            // Roundings e as in Bounds: of a sum, of a quotient of two to a power, of a slope and of an entry.
            double e = (16 + 3 + 8) * Math.Pow(2, -24);
            string way = usesOperations ? "operations" : "kernels";
            LargestErrors.AssertWithin(
                8 * 1.5 * e, Math.Abs(exact.item<double>() - value.item<float>()), "loss where all labels are one class", way);
            LargestErrors.AssertWithin(
                56 * 1.5 * e * probabilities.grad!.abs().max().item<double>(),
                (exactLogits.grad! - gradient.to(ScalarType.Float64)).abs().max().item<double>(),
                "gradient where all labels are one class",
                way);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_probability_that_is_infinite_at_its_own_label_is_none(bool areSquared)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor index = zeros([1, 1, 8], ScalarType.Int64);
        Tensor planes = full([1, 3, 8], 0.5, ScalarType.Float32).scatter(1, index, full([1, 1, 8], double.PositiveInfinity, ScalarType.Float32));
        double other = 8 * (areSquared ? 0.25 : 0.5);

        Assert.Equal([0, other, other], PositivesOf(areSquared, planes, index).data<double>().ToArray());
    }

    private static Tensor PositivesOf(bool areSquared, Tensor planes, Tensor index)
    {
        SoftDiceOptions options = SoftDiceOptions.Of(areSquared ? typeof(SquaredProbabilitiesLoss) : typeof(TissueLoss));
        return new OverlapPass(options, planes, index, null, null).Sums().select(1, 2).squeeze(0).contiguous();
    }
}
