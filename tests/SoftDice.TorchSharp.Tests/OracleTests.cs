using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

using TorchSharp;

using Xunit;

using static TorchSharp.torch;

namespace SoftDice.Torch.Tests;

/// <summary>Losses and gradients against autograd of the tensor formulation in double, for every option and several shapes.</summary>
public sealed class OracleTests
{
    /// <summary>
    /// An option that is added to the attribute fails here until a loss has it, and then below until tensor operations and the oracle do.
    /// </summary>
    [Fact]
    public void Each_option_of_the_attribute_is_set_by_a_loss()
    {
        SoftDiceLossAttribute[] asked = [.. LossCases.Types.Select(type => type.GetCustomAttribute<SoftDiceLossAttribute>()!)];
        IEnumerable<string> missing = typeof(SoftDiceLossAttribute).GetProperties()
            .Where(option => option.CanWrite && asked.All(loss => Text(option.GetValue(loss)) == Text(option.GetValue(new SoftDiceLossAttribute()))))
            .Select(option => option.Name);

        Assert.Empty(missing);

        static string Text(object? value) => value is Array array ? string.Join(", ", array.Cast<object>()) : $"{value}";
    }

    [Theory]
    [MemberData(nameof(LossCases.All), MemberType = typeof(LossCases))]
    public void Kernels_give_what_autograd_of_the_formulation_gives(LossCase loss) =>
        Compare(loss, loss.Kernels, inDouble: false, "kernels");

    [Theory]
    [MemberData(nameof(LossCases.All), MemberType = typeof(LossCases))]
    public void Operations_give_what_autograd_of_the_formulation_gives(LossCase loss) =>
        Compare(loss, loss.Operations, inDouble: false, "tensor operations");

    [Theory]
    [MemberData(nameof(LossCases.All), MemberType = typeof(LossCases))]
    public void Operations_in_double_give_what_autograd_of_the_formulation_gives(LossCase loss) =>
        Compare(loss, loss.Exact, inDouble: true, "tensor operations in double");

    [Theory]
    [MemberData(nameof(LossCases.All), MemberType = typeof(LossCases))]
    public void Second_derivatives_are_those_of_the_formulation(LossCase loss)
    {
        using DisposeScope scope = NewDisposeScope();
        CaseData data = CaseData.Of(loss, [2, 7, 9], seed: 5);
        Tensor direction = randn_like(data.Predictions);
        Tensor expected = Second(data, direction, Formulation, ScalarType.Float64);
        Tensor actual = Second(data, direction, loss.Kernels, loss.ElementType).to(ScalarType.Float64);

        // The derivatives of slopes have one more quotient of sums and one more product of probabilities than these, and a few terms: four times
        // their bound.
        Parts exact = Parts.Of(loss.Options, data, ones_like(Formulation(data.Predictions, data.Labels, data.Mask)));
        bool inDouble = loss.ElementType == ScalarType.Float64;
        double bound = 4 * Bounds.Of(loss.Options, exact, inDouble, data.Pixels(loss.Options)).Gradient * direction.abs().max().item<double>();
        LargestErrors.AssertWithin(bound + Rounding(loss, expected), Difference(expected, actual), "second derivative", loss.Name);

        Tensor Formulation(Tensor predictions, Tensor labels, Tensor? mask)
        {
            Oracle oracle = new(loss.Options, predictions, labels, mask);
            return (loss.Options.OverlapWeight * oracle.Overlap()) + oracle.Terms();
        }
    }

    // d (gradient · direction) / d predictions.
    private static Tensor Second(CaseData data, Tensor direction, Func<Tensor, Tensor, Tensor?, Tensor> function, ScalarType type)
    {
        Tensor predictions = data.Predictions.to(type).requires_grad_();
        Tensor gradient = autograd.grad([function(predictions, data.Labels, data.Mask).sum()], [predictions], retain_graph: true, create_graph: true)[0];
        return autograd.grad([(gradient * direction.to(type)).sum()], [predictions])[0];
    }

    private static void Compare(LossCase loss, Func<Tensor, Tensor, Tensor?, Tensor> function, bool inDouble, string kind)
    {
        for (int i = 0; i < CaseData.Shapes.Length; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            CaseData data = CaseData.Of(loss, CaseData.Shapes[i], seed: 100 + i);
            Tensor predictions = data.Predictions.to(inDouble ? ScalarType.Float64 : loss.ElementType).requires_grad_();
            Tensor losses = function(predictions, data.Labels, data.Mask);
            Tensor upstream = randn(losses.shape, ScalarType.Float64);
            Tensor gradient = autograd.grad([(losses * upstream).sum()], [predictions])[0].to(ScalarType.Float64);

            Parts exact = Parts.Of(loss.Options, data, upstream);
            Bounds bounds = Bounds.Of(loss.Options, exact, inDouble, data.Pixels(loss.Options));
            string name = $"{loss.Name} of ({string.Join(", ", predictions.shape)})";
            Assert.Equal(exact.Losses.shape, losses.shape);
            LargestErrors.AssertWithin(bounds.Loss, Difference(exact.Losses, losses), $"{kind}, loss", name);
            LargestErrors.AssertWithin(
                bounds.Gradient + (inDouble ? 0 : Rounding(loss, exact.Gradient)),
                Difference(exact.Gradient, gradient),
                loss.ElementType == ScalarType.Float16 && !inDouble ? $"{kind}, gradient in half" : $"{kind}, gradient",
                name);
        }
    }

    // A gradient of Halfs is rounded to them: by a part of 2¹¹, or half of the smallest.
    private static double Rounding(LossCase loss, Tensor gradient) =>
        loss.ElementType == ScalarType.Float16 ? (gradient.abs().max().item<double>() / (1 << 11)) + Math.Pow(2, -25) : 0;

    private static double Difference(Tensor expected, Tensor actual) => (expected - actual.detach().to(ScalarType.Float64)).abs().max().item<double>();
}
