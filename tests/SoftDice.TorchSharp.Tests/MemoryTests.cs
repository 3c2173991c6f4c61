using System;
using System.Globalization;
using System.IO;
using System.Linq;

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

    private static long PeakOf<TLoss, TSums>(long classes)
        where TLoss : ISoftDiceLoss<TSums>
        where TSums : struct, ISoftDiceSums<TSums>
    {
        SoftDiceLossModule<TLoss, TSums> loss = new();
        return PeakOf(classes, loss.call);
    }

    // Of a second step, relative to what was there before it.
    private static long PeakOf(long classes, Func<Tensor, Tensor, Tensor> loss)
    {
        using Tensor logits = randn([1, classes, Elements / classes]).requires_grad_();
        using Tensor labels = randint(0, classes, [1, Elements / classes], ScalarType.Int64);
        long peak = 0;
        for (int i = 0; i < 2; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            HandedOver.Release();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            File.WriteAllText("/proc/self/clear_refs", "5");
            long before = Status("VmRSS");
            Tensor gradient = autograd.grad([loss(logits, labels)], [logits])[0];
            peak = Status("VmHWM") - before;
            GC.KeepAlive(gradient);
        }

        return peak;
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

    private static long Status(string field) => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
