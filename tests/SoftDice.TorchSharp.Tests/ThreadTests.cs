using System;
using System.Threading;
using System.Threading.Tasks;

using TorchSharp;

using Xunit;

using static TorchSharp.torch;

namespace SoftDice.Torch.Tests;

/// <summary>Threads that a call has, threads that call, and the collector's.</summary>
public sealed class ThreadTests
{
    [Fact]
    public void The_number_of_threads_is_torchs_unless_another_is_set_and_changes_no_bit()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = randn([2, 3, 300, 300]).requires_grad_();
        Tensor labels = randint(0, 3, [2, 300, 300], ScalarType.Int64);
        SoftDiceLossModule<CrossEntropyLoss, CrossEntropyLoss.Sums> loss = new();
        LossCall call = new(SoftDiceOptions.Of(typeof(CrossEntropyLoss)), new ReducedKernels<CrossEntropyLoss, CrossEntropyLoss.Sums, float>(SoftDiceSumsOver.Batch));

        Assert.Null(loss.DegreeOfParallelism);
        Assert.Equal(get_num_threads(), call.Threads);
        call.DegreeOfParallelism = 5;
        Assert.Equal(5, call.Threads);
        Assert.Contains("DegreeOfParallelism is 0", Assert.Throws<ArgumentOutOfRangeException>(() => loss.DegreeOfParallelism = 0).Message, StringComparison.Ordinal);

        (float Loss, Tensor Gradient) one = With(1);
        foreach (int? threads in new int?[] { null, 2, 7 })
        {
            (float value, Tensor gradient) = With(threads);
            Assert.Equal(one.Loss, value);
            Assert.True(gradient.equal(one.Gradient).all().item<bool>());
        }

        (float Loss, Tensor Gradient) With(int? threads)
        {
            loss.DegreeOfParallelism = threads;
            Tensor value = loss.call(logits, labels);
            return (value.item<float>(), autograd.grad([value], [logits])[0]);
        }
    }

    [Fact]
    public void Several_threads_may_use_one_module()
    {
        SoftDiceLossModule<CrossEntropyLoss, CrossEntropyLoss.Sums> loss = new();
        using Tensor logits = randn([1, 3, 50, 50]);
        using Tensor labels = randint(0, 3, [1, 50, 50], ScalarType.Int64);
        (float expected, float expectedNorm) = Step();
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            (float value, float norm) = Step();
            Assert.Equal(expected, value);
            Assert.Equal(expectedNorm, norm);
        });

        (float Loss, float Norm) Step()
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor own = logits.clone().requires_grad_();
            Tensor value = loss.call(own, labels);
            value.backward();
            return (value.item<float>(), own.grad!.abs().sum().item<float>());
        }
    }

    [Fact]
    public async Task The_collector_takes_no_tensor_whose_memory_is_in_use()
    {
        SoftDiceLossModule<CrossEntropyLoss, CrossEntropyLoss.Sums> loss = new() { DegreeOfParallelism = 2 };
        using CancellationTokenSource stop = new();
        Task collector = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });

        // Nothing but the call itself refers to these tensors, which no scope holds.
        for (int i = 0; i < 200; i++)
        {
            Tensor value = loss.call(zeros([1, 3, 200, 200]).requires_grad_(), zeros([1, 200, 200], ScalarType.Byte));
            value.backward();

            // All logits alike: P = pixels / 3, I of class 0 as much, and -ln p = ln 3.
            double pixels = 200 * 200;
            double epsilon = 1e-5;
            double overlap = (-Math.Log(((2 * pixels / 3) + epsilon) / ((pixels / 3) + pixels + epsilon)) - (2 * Math.Log(epsilon / ((pixels / 3) + epsilon)))) / 3;
            Assert.Equal(overlap + Math.Log(3), value.item<float>(), tolerance: 27 * Math.Pow(2, -24) * 20);
        }

        await stop.CancelAsync();
        await collector;
    }
}
