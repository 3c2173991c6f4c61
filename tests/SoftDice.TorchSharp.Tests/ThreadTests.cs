using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

using TorchSharp;

using Xunit;

using static TorchSharp.torch;

namespace SoftDice.Torch.Tests;

/// <summary>Threads that a call has, threads that call, and the collector's.</summary>
public sealed class ThreadTests
{
    private const int Batches = 4;

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
        Tensor[] logits = [.. Enumerable.Range(0, Batches).Select(_ => randn([1, 3, 200, 200]))];
        Tensor[] labels = [.. Enumerable.Range(0, Batches).Select(_ => randint(0, 3, [1, 200, 200], ScalarType.Byte))];
        (double Loss, Tensor Gradient)[] expected = [.. logits.Zip(labels, (own, classes) => Step(own, classes))];
        using CancellationTokenSource stop = new();
        Task collector = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });

        for (int i = 0; i < 200; i++)
        {
            (double loss, Tensor gradient) = Step(logits[i % Batches], labels[i % Batches]);
            (double Loss, Tensor Gradient) alone = expected[i % Batches];
            Assert.Equal(alone.Loss, loss);

            // TorchSharp's own calls do not keep what they are called on, which only a chain of them refers to.
            using DisposeScope scope = NewDisposeScope();
            Assert.True(gradient.equal(alone.Gradient).all().item<bool>(), $"batch {i}");
        }

        await stop.CancelAsync();
        await collector;
    }

    // The kernels' own calls, as scopes and autograd hold the tensors of a module's. Nothing but these calls refers to the copies, so that it is theirs to
    // keep them; code that is not optimised keeps them in any case, to the end of each method.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (double Loss, Tensor Gradient) Step(Tensor logits, Tensor labels)
    {
        ReducedKernels<CrossEntropyLoss, CrossEntropyLoss.Sums, float> kernels = new(SoftDiceSumsOver.Batch);
        Tensor loss = kernels.Forward(new LossInputs(logits.clone(), labels.clone(), null, 1), threads: 2, out object? sums);
        Tensor gradient = kernels.Backward(new LossInputs(logits.clone(), labels.clone(), null, 1), sums, ones(1, ScalarType.Float64), threads: 2);
        return (loss.item<double>(), gradient);
    }
}
