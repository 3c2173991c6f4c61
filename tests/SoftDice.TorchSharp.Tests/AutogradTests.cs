using System;
using System.IO;
using System.Runtime.InteropServices;

using TorchSharp;

using Xunit;

using static TorchSharp.torch;

namespace SoftDice.Torch.Tests;

/// <summary>What training code does with a loss beside a plain backward pass.</summary>
public sealed class AutogradTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_gradients_the_loss_is_the_same_and_has_no_graph(bool usesOperations)
    {
        using DisposeScope scope = NewDisposeScope();
        (SoftDiceLossModule<CrossEntropyLoss, CrossEntropyLoss.Sums> loss, Tensor logits, Tensor labels) = Batch(usesOperations);
        Tensor with = loss.call(logits, labels);
        using IDisposable guard = no_grad();
        Tensor without = loss.call(logits, labels);

        Assert.True(with.requires_grad);
        Assert.False(without.requires_grad);
        Assert.Equal(with.item<float>(), without.item<float>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_graph_that_is_retained_gives_its_gradient_again(bool usesOperations)
    {
        using DisposeScope scope = NewDisposeScope();
        (SoftDiceLossModule<CrossEntropyLoss, CrossEntropyLoss.Sums> loss, Tensor logits, Tensor labels) = Batch(usesOperations);
        Tensor value = loss.call(logits, labels);
        value.backward(retain_graph: true);
        Tensor once = logits.grad!.clone();
        value.backward();

        Assert.True(logits.grad!.equal(2 * once).all().item<bool>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_loss_that_is_used_several_times_has_its_factors_added(bool usesOperations)
    {
        using DisposeScope scope = NewDisposeScope();
        (SoftDiceLossModule<CrossEntropyLoss, CrossEntropyLoss.Sums> loss, Tensor logits, Tensor labels) = Batch(usesOperations);
        Tensor plain = autograd.grad([loss.call(logits, labels)], [logits])[0];
        Tensor factors = tensor([0.5f, 1.5f, 2f]);
        Tensor times = autograd.grad([loss.call(logits, labels).expand(3)], [logits], [factors])[0];

        Assert.True(times.equal(4 * plain).all().item<bool>());
    }

    [Fact]
    public void Gradients_reach_what_made_the_predictions()
    {
        using DisposeScope scope = NewDisposeScope();
        (SoftDiceLossModule<CrossEntropyLoss, CrossEntropyLoss.Sums> loss, Tensor logits, Tensor labels) = Batch(usesOperations: false);
        Tensor direct = autograd.grad([loss.call(logits, labels)], [logits])[0];

        // Classes last in memory, which the kernels of this loss do not read: autograd brings the gradient back through the copy.
        Tensor turned = logits.detach().permute(0, 2, 3, 1).contiguous().requires_grad_();
        Tensor throughCopy = autograd.grad([loss.call(turned.permute(0, 3, 1, 2), labels)], [turned])[0];
        Tensor half = logits.detach().to(ScalarType.BFloat16).requires_grad_();
        Tensor throughType = autograd.grad([loss.call(half, labels)], [half])[0];

        Assert.True(throughCopy.permute(0, 3, 1, 2).equal(direct).all().item<bool>());

        // That of the logits as rounded, rounded once more.
        Tensor rounded = half.detach().to(ScalarType.Float32).requires_grad_();
        Tensor directOfRounded = autograd.grad([loss.call(rounded, labels)], [rounded])[0];
        Assert.Equal(ScalarType.BFloat16, throughType.dtype);
        Assert.Equal(half.shape, throughType.shape);
        Assert.True(throughType.equal(directOfRounded.to(ScalarType.BFloat16)).all().item<bool>());
    }

    [Fact]
    public void Labels_that_require_a_gradient_are_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = randn([1, 3, 4]).requires_grad_();
        Tensor targets = rand([1, 3, 4]).requires_grad_();
        SoftDiceLossModule<TargetLoss, TargetLoss.Sums> loss = new();

        ArgumentException exception = Assert.Throws<ArgumentException>(() => loss.call(logits, targets));
        Assert.Contains("labels require a gradient", exception.Message, StringComparison.Ordinal);
        Assert.Contains("labels.detach()", exception.Message, StringComparison.Ordinal);
        Assert.True(loss.call(logits, targets.detach()).requires_grad);
        using IDisposable guard = no_grad();
        Assert.False(loss.call(logits, targets).requires_grad);
    }

    [Theory]
    [MemberData(nameof(LossCases.All), MemberType = typeof(LossCases))]
    public void A_batch_without_pixels_costs_what_the_definition_says_and_has_an_empty_gradient(LossCase loss)
    {
        long[][] shapes = [[2, 0], [0, 4]];
        foreach (long[] shape in shapes)
        {
            using DisposeScope scope = NewDisposeScope();
            CaseData data = CaseData.Of(loss, shape, seed: 1);
            Tensor predictions = data.Predictions.to(loss.ElementType).requires_grad_();
            Tensor byKernels = loss.Kernels(predictions, data.Labels, data.Mask);
            Tensor byOperations = loss.Operations(predictions, data.Labels, data.Mask);
            byKernels.sum().backward();

            Assert.Equal(byOperations.shape, byKernels.shape);
            Assert.True(byKernels.equal(byOperations).logical_or(byKernels.isnan().logical_and(byOperations.isnan())).all().item<bool>(), $"{loss}, {byKernels}");
            Assert.Equal(predictions.shape, predictions.grad!.shape);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Predictions_that_changed_in_place_are_refused_by_the_backward_pass(bool usesOperations)
    {
        using DisposeScope scope = NewDisposeScope();
        (SoftDiceLossModule<CrossEntropyLoss, CrossEntropyLoss.Sums> loss, Tensor leaf, Tensor labels) = Batch(usesOperations);
        Tensor logits = leaf * 1;
        Tensor value = loss.call(logits, labels);
        using (no_grad())
        {
            logits.add_(1);
        }

        TextWriter errors = Console.Error;
        using StringWriter written = new();
        Console.SetError(written);
        try
        {
            Assert.Throws<ExternalException>(() => value.backward());
        }
        finally
        {
            Console.SetError(errors);
        }

        Assert.Contains("modified by an inplace operation", written.ToString(), StringComparison.Ordinal);
        Assert.Null(leaf.grad);
    }

    [Theory]
    [MemberData(nameof(LossCases.All), MemberType = typeof(LossCases))]
    public void Central_differences_agree_with_the_gradient(LossCase loss)
    {
        using DisposeScope scope = NewDisposeScope();
        CaseData data = CaseData.Of(loss, [2, 6, 5], seed: 9);
        Tensor predictions = data.Predictions.clone().requires_grad_();
        Tensor direction = randn_like(data.Predictions);
        Tensor losses = loss.Exact(predictions, data.Labels, data.Mask);
        double slope = (autograd.grad([losses.sum()], [predictions])[0] * direction).sum().item<double>();

        // What is cut off grows with the square of the step, so that a step twice as long is off by four times as much, and the two differ by three
        // times the error of the shorter. The losses, of doubles with the rounding of some hundred operations, are divided by the step.
        const double Step = 1e-5;
        double near = Difference(Step), far = Difference(2 * Step);
        double rounding = 200 * Math.Pow(2, -53) * losses.abs().sum().item<double>() / Step;
        LargestErrors.AssertWithin(Math.Abs(far - near) + rounding, Math.Abs(near - slope), "central difference", loss.Name);

        double Difference(double step)
        {
            using IDisposable guard = no_grad();
            Tensor up = loss.Exact(data.Predictions + (step * direction), data.Labels, data.Mask).sum();
            Tensor down = loss.Exact(data.Predictions - (step * direction), data.Labels, data.Mask).sum();
            return (up - down).item<double>() / (2 * step);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_logit_that_is_certain_keeps_the_digits_of_its_gradient(bool usesOperations)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = (randn([1, 3, 64]) + (12 * nn.functional.one_hot(randint(0, 3, [1, 64]), 3).transpose(1, 2).to(ScalarType.Float32))).requires_grad_();
        Tensor labels = randint(0, 3, [1, 64], ScalarType.Int64);
        SoftDiceLossModule<SoftmaxLoss, SoftmaxLoss.Sums> loss = new() { UsesTensorOperations = usesOperations };
        Tensor gradient = autograd.grad([loss.call(logits, labels)], [logits])[0].to(ScalarType.Float64);
        Parts exact = Parts.Of(SoftDiceOptions.Of(typeof(SoftmaxLoss)), new CaseData(logits.detach().to(ScalarType.Float64), labels, null), ones(1, ScalarType.Float64));

        // Of p times a difference of slopes relative to the likeliest class: each factor is off by some roundings of itself, a slope by those of
        // three sums.
        double largest = exact.Gradient.abs().max().item<double>();
        LargestErrors.AssertWithin(
            56 * 27.0 / (1 << 24) * largest, (exact.Gradient - gradient).abs().max().item<double>(), "gradient of certain logits", usesOperations ? "operations" : "kernels");
    }

    private static (SoftDiceLossModule<CrossEntropyLoss, CrossEntropyLoss.Sums> Loss, Tensor Logits, Tensor Labels) Batch(bool usesOperations)
    {
        manual_seed(3);
        return (
            new SoftDiceLossModule<CrossEntropyLoss, CrossEntropyLoss.Sums> { UsesTensorOperations = usesOperations },
            randn([2, 3, 8, 8]).requires_grad_(),
            randint(0, 3, [2, 8, 8], ScalarType.Int64));
    }
}
