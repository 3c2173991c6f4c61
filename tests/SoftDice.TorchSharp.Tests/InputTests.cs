using System;

using TorchSharp;

using Xunit;

using static TorchSharp.torch;

namespace SoftDice.Torch.Tests;

/// <summary>Types, shapes and layouts of what comes in, and what is said of those that do not fit.</summary>
public sealed class InputTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tensors_on_the_CPU_stay_there_whatever_the_default_device_is(bool usesOperations)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = randn([2, 3, 8, 8]).requires_grad_();
        Tensor labels = randint(0, 3, [2, 8, 8], ScalarType.Int64);
        SoftDiceLossModule<CrossEntropyLoss, CrossEntropyLoss.Sums> loss = new() { UsesTensorOperations = usesOperations };
        Tensor expected = loss.call(logits, labels);
        Tensor expectedGradient = autograd.grad([expected], [logits])[0];
        Device usual = get_default_device();
        set_default_device(META);
        try
        {
            Tensor value = loss.call(logits, labels);
            Tensor gradient = autograd.grad([value], [logits])[0];
            Assert.Equal(expected.item<float>(), value.item<float>());
            Assert.True(gradient.equal(expectedGradient).all().item<bool>());
        }
        finally
        {
            set_default_device(usual);
        }
    }

    private static readonly SoftDiceLossModule<SoftmaxLoss, SoftmaxLoss.Sums> Loss = new();

    [Theory]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Float32)]
    public void Class_indices_of_any_type_and_both_shapes_give_the_same_bits(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor logits, Tensor labels) = Batch();
        float expected = Loss.call(logits, labels).item<float>();
        SoftDiceLossModule<SoftmaxLoss, SoftmaxLoss.Sums> operations = new() { UsesTensorOperations = true };
        float expectedOfOperations = operations.call(logits, labels).item<float>();
        foreach (Tensor shaped in new[] { labels, labels.unsqueeze(1), labels.t().contiguous().t() })
        {
            Assert.Equal(expected, Loss.call(logits, shaped.to(type)).item<float>());
            Assert.Equal(expectedOfOperations, operations.call(logits, shaped.to(type)).item<float>());
            Tensor gradient = autograd.grad([Loss.call(logits, shaped.to(type))], [logits])[0];
            Assert.True(gradient.equal(autograd.grad([Loss.call(logits, labels)], [logits])[0]).all().item<bool>());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Labels_and_targets_of_bool_are_0_and_1(bool usesOperations)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = randn([2, 1, 9]);
        Tensor labels = rand([2, 9]).lt(0.5);
        SoftDiceLossModule<BinaryLoss, BinaryLoss.Sums> binary = new() { UsesTensorOperations = usesOperations };
        Assert.Equal(binary.call(logits, labels.to(ScalarType.Int64)).item<float>(), binary.call(logits, labels).item<float>());

        Tensor many = randn([2, 3, 9]);
        Tensor targets = rand([2, 3, 9]).lt(0.5);
        SoftDiceLossModule<TargetLoss, TargetLoss.Sums> loss = new() { UsesTensorOperations = usesOperations };
        float expected = loss.call(many, targets.to(ScalarType.Byte)).item<float>();
        foreach (ScalarType type in new[] { ScalarType.Bool, ScalarType.Int64, ScalarType.Float16, ScalarType.Float64 })
        {
            Assert.Equal(expected, loss.call(many, targets.to(type)).item<float>());
        }
    }

    [Fact]
    public void Predictions_of_a_type_that_the_loss_holds_are_converted_and_others_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor logits, Tensor labels) = Batch();
        Tensor half = logits.detach().to(ScalarType.Float16);
        Assert.Equal(Loss.call(half.to(ScalarType.Float32), labels).item<float>(), Loss.call(half, labels).item<float>());
        Assert.Equal(ScalarType.Float64, new SoftDiceLossModule<DoubleLoss, DoubleLoss.Sums, double>().call(logits, labels).dtype);

        ArgumentException exception = Assert.Throws<ArgumentException>(() => Loss.call(logits.to(ScalarType.Float64), labels));
        Assert.Equal(
            "predictions are Float64, and the loss takes Float32, which does not hold them without loss. Convert them (predictions.to(ScalarType.Float32)), or " +
            "give the loss another ElementType. (Parameter 'predictions')",
            exception.Message);
    }

    [Fact]
    public void Types_of_labels_and_masks_that_could_be_mistaken_are_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor logits, Tensor labels) = Batch();
        ArgumentException ofLabels = Assert.Throws<ArgumentException>(() => Loss.call(logits, labels.to(ScalarType.Float64)));
        Assert.Contains("labels are Float64; class indices are of an integer type, bool or float32", ofLabels.Message, StringComparison.Ordinal);

        SoftDiceMaskedLossModule<MaskedLoss, MaskedLoss.Sums> masked = new();
        Tensor mask = rand(labels.shape).lt(0.5);
        ArgumentException ofMask = Assert.Throws<ArgumentException>(() => masked.call(logits, labels, mask.to(ScalarType.Float32)));
        Assert.Contains("mask is Float32; it is bool, or uint8", ofMask.Message, StringComparison.Ordinal);
        Assert.Equal(masked.call(logits, labels, mask).item<float>(), masked.call(logits, labels, 3 * mask.to(ScalarType.Byte)).item<float>());
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_both()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor logits, Tensor labels) = Batch();
        ArgumentException ofLabels = Assert.Throws<ArgumentException>(() => Loss.call(logits, labels.narrow(1, 0, 3)));
        Assert.Contains("labels has the shape (2, 3); for predictions of (2, 3, 5)", ofLabels.Message, StringComparison.Ordinal);
        Assert.Contains("predictions has the shape (2, 2, 5)", Assert.Throws<ArgumentException>(() => Loss.call(logits.narrow(1, 0, 2), labels)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_on_two_devices_are_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor logits, Tensor labels) = Batch();
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Loss.call(logits, empty(labels.shape, ScalarType.Int64, META)));
        Assert.Contains("labels are on meta, and predictions on cpu", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_label_that_is_no_class_is_named_with_its_place(bool usesOperations)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor logits, Tensor labels) = Batch();
        SoftDiceLossModule<SoftmaxLoss, SoftmaxLoss.Sums> loss = new() { UsesTensorOperations = usesOperations };
        labels[1, 2] = tensor(3L);
        Assert.Contains(
            "labels[7] is 3 (image 1, pixel 2)",
            Assert.Throws<ArgumentOutOfRangeException>(() => loss.call(logits, labels)).Message,
            StringComparison.Ordinal);
        labels[1, 2] = tensor(0L);
        Tensor floats = labels.to(ScalarType.Float32);
        floats[0, 1] = tensor(0.5f);
        Assert.Contains("labels[1] is 0.5", Assert.Throws<ArgumentOutOfRangeException>(() => loss.call(logits, floats)).Message, StringComparison.Ordinal);

        SoftDiceLossModule<TargetLoss, TargetLoss.Sums> ofTargets = new() { UsesTensorOperations = usesOperations };
        Tensor targets = rand(logits.shape);
        targets[0, 1, 2] = tensor(1.5f);
        Assert.Contains(
            "labels[7] is 1.5 (image 0, class 1, pixel 2)",
            Assert.Throws<ArgumentOutOfRangeException>(() => ofTargets.call(logits, targets)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_takes_no_part_may_be_anything_and_has_no_gradient(bool usesOperations)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor clean = randn([1, 3, 40]);
        Tensor labels = randint(0, 3, [1, 40], ScalarType.Int64);
        Tensor mask = rand([1, 40]).lt(0.6);
        Tensor wild = where(mask.unsqueeze(1), clean, tensor(float.NaN)).requires_grad_();
        Tensor wildLabels = where(mask, labels, 77);
        SoftDiceMaskedLossModule<MaskedLoss, MaskedLoss.Sums> loss = new() { UsesTensorOperations = usesOperations };
        Tensor value = loss.call(wild, wildLabels, mask);
        value.backward();

        Assert.Equal(loss.call(clean, labels, mask).item<float>(), value.item<float>());
        Assert.True(wild.grad!.masked_select(mask.logical_not().unsqueeze(1).expand(wild.shape)).eq(0).all().item<bool>());
        Assert.False(wild.grad!.isnan().any().item<bool>());
    }

    [Fact]
    public void A_type_without_the_attribute_is_named() =>
        Assert.Contains(
            "System.String has no [SoftDiceLoss]",
            Assert.Throws<ArgumentException>(() => SoftDiceOptions.Of(typeof(string))).Message,
            StringComparison.Ordinal);

    private static (Tensor Logits, Tensor Labels) Batch()
    {
        manual_seed(4);
        return (randn([2, 3, 5]).requires_grad_(), randint(0, 3, [2, 5], ScalarType.Int64));
    }
}
