using System;
using System.Globalization;

using SoftDice.Samples.TrainUNet;

using TorchSharp;

using Xunit;

using static TorchSharp.torch;

namespace SoftDice.Torch.Tests;

/// <summary>What a step takes of memory, as the operating system counts it, and what it leaves behind.</summary>
public sealed class MemoryTests
{
    // Large enough that libtorch's allocator has each tensor from the system and gives it back.
    private const long Elements = 16L << 20;
    private const long Bytes = Elements * sizeof(float);

    // Code compiled on the way, stacks and scratch memory of threads.
    private const long Slack = 8L << 20;

    [Fact]
    public void A_step_takes_its_gradient_and_nothing_that_grows_with_classes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The peak of a process's memory is read from /proc.");
        long few = PeakOf<FewClasses, FewClasses.Sums>(2);
        long many = PeakOf<ManyClasses, ManyClasses.Sums>(128);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Peak of forward and backward over {Bytes >> 20} MB of logits: {few / 1048576.0:F1} MB of 2 classes, {many / 1048576.0:F1} MB of 128 classes; " +
            $"the formulation with gather: {PeakOf(2, Gather) / 1048576.0:F1} MB of 2 classes"));

        Assert.InRange(few, Bytes - Slack, Bytes + Slack);
        Assert.InRange(many, Bytes - Slack, Bytes + Slack);
    }

    [Fact]
    public void A_leaf_has_its_gradient_as_a_copy()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The peak of a process's memory is read from /proc.");
        long peak = PeakOf(2, new SoftDiceLossModule<FewClasses, FewClasses.Sums>().call, ToLeaf);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Peak of forward and backward() into a leaf of {Bytes >> 20} MB: {peak / 1048576.0:F1} MB"));

        // Autograd takes a gradient over only where it alone refers to it, and the module still does.
        Assert.InRange(peak, (2 * Bytes) - Slack, (2 * Bytes) + Slack);

        static void ToLeaf(Tensor loss, Tensor logits)
        {
            loss.backward();
            logits.grad = null;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_step_leaves_no_tensor_behind(bool usesOperations)
    {
        SoftDiceLossModule<CrossEntropyLoss, CrossEntropyLoss.Sums> loss = new() { UsesTensorOperations = usesOperations };
        using Tensor logits = randn([2, 3, 8, 8]).requires_grad_();
        using Tensor labels = randint(0, 3, [2, 8, 8], ScalarType.Int64);
        Step();
        long before = Tensor.TotalCount;
        for (int i = 0; i < 20; i++)
        {
            Step();
        }

        Assert.Equal(before, Tensor.TotalCount);

        void Step()
        {
            using DisposeScope scope = NewDisposeScope();
            loss.call(logits, labels).backward();
            logits.grad = null;
        }
    }

    [Fact]
    public void Gradients_do_not_pile_up_without_a_scope_either()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The peak of a process's memory is read from /proc.");
        SoftDiceLossModule<FewClasses, FewClasses.Sums> loss = new();
        using Tensor logits = randn([1, 2, Elements / 2]).requires_grad_();
        using Tensor labels = randint(0, 2, [1, Elements / 2], ScalarType.Int64);
        Step();
        HandedOver.Release();
        long peak = ProcessMemory.PeakOf(() =>
        {
            for (int i = 0; i < 6; i++)
            {
                Step();
            }
        });

        Assert.InRange(peak, Bytes - Slack, Bytes + Slack);

        // As careful as one can be with what one sees.
        void Step()
        {
            using Tensor value = loss.call(logits, labels);
            using Tensor gradient = autograd.grad([value], [logits])[0];
        }
    }

    // Nothing but the last element is touched, so that the system gives next to no memory for these.
    [Fact]
    public void Tensors_of_more_bytes_than_a_span_has_are_read_where_they_lie()
    {
        const int Count = 600_000_000;
        using Tensor large = empty(Count);
        Span<float> span = TensorMemory.Of<float>(large);
        span[^1] = 3;
        Assert.Equal(Count, span.Length);
        Assert.Equal(3, large[Count - 1].item<float>());

        using Tensor tooLarge = empty([1L << 31], ScalarType.Byte);
        Assert.Contains(
            "A tensor has 2147483648 elements; the kernels take 2147483647 at most",
            Assert.Throws<ArgumentException>(() => TensorMemory.Of<byte>(tooLarge).Length).Message,
            StringComparison.Ordinal);
    }

    private static long PeakOf<TLoss, TSums>(long classes)
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums>
    {
        SoftDiceLossModule<TLoss, TSums> loss = new();
        return PeakOf(classes, loss.call);
    }

    // Of a second step: with the first, code is compiled and threads take their working memory.
    private static long PeakOf(long classes, Func<Tensor, Tensor, Tensor> loss, Action<Tensor, Tensor>? backward = null)
    {
        using Tensor logits = randn([1, classes, Elements / classes]).requires_grad_();
        using Tensor labels = randint(0, classes, [1, Elements / classes], ScalarType.Int64);
        Step();
        HandedOver.Release();
        return ProcessMemory.PeakOf(Step);

        void Step()
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor value = loss(logits, labels);
            if (backward is null)
            {
                autograd.grad([value], [logits]);
            }
            else
            {
                backward(value, logits);
            }
        }
    }

    private static Tensor Gather(Tensor logits, Tensor labels)
    {
        Tensor p = logits.softmax(1);
        long classes = p.shape[1];
        Tensor own = p.gather(1, labels.unsqueeze(1)).flatten();
        Tensor intersection = zeros(classes).index_add(0, labels.flatten(), own, 1);
        Tensor count = bincount(labels.flatten(), minlength: (int)classes).to(ScalarType.Float32);
        return -(((2 * intersection) + 1e-5) / (p.sum([0L, 2L]) + count + 1e-5)).log().mean();
    }
}
