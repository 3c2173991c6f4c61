using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

using TorchSharp;

using static TorchSharp.torch;

namespace SoftDice.Samples.TrainUNet;

/// <summary>What a loss and its gradient take of a step, in time and memory.</summary>
internal sealed class LossProbe(HeadSlices slices, UNet network)
{
    private const int Steps = 15;

    // Logits of this many heads are as large as tensors whose memory goes back to the system.
    private const int Heads = 4;

    /// <summary>The name of a loss, and medians of a step without the optimiser and of its part in it.</summary>
    internal sealed record Times(string Name, TimeSpan Step, TimeSpan Loss);

    /// <summary>Times losses in turn, over the same batch.</summary>
    public IReadOnlyList<Times> Time(params IReadOnlyList<(string Name, nn.Module<Tensor, Tensor, Tensor> Loss)> losses)
    {
        using DisposeScope scope = NewDisposeScope();
        network.train();
        Tensor batch = slices.Batches(Trainer.BatchesPerEpoch).First();
        (Tensor images, Tensor labels) = (slices.Images(batch), slices.Labels(batch));
        List<(TimeSpan Step, TimeSpan Loss)>[] times = [.. losses.Select(_ => new List<(TimeSpan, TimeSpan)>())];
        for (int step = 0; step < Steps; step++)
        {
            for (int i = 0; i < losses.Count; i++)
            {
                times[i].Add(Step(losses[i].Loss, images, labels));
            }
        }

        return
        [
            .. losses.Select((loss, i) => new Times(
                loss.Name, Median(times[i].Select(time => time.Step)), Median(times[i].Select(time => time.Loss)))),
        ];
    }

    /// <summary>The peak of memory of a loss and its gradient beyond the logits, and how large these are.</summary>
    public (long Peak, long Logits) Memory(nn.Module<Tensor, Tensor, Tensor> loss)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor all = arange(slices.Head.Depth, ScalarType.Int64);
        Tensor logits = randn(slices.Head.Depth * Heads, TissueLoss.NumClasses, slices.PaddedHeight, slices.PaddedWidth).requires_grad_();
        Tensor labels = slices.Labels(all).repeat(Heads, 1, 1);

        // The first call is left out: code is compiled, and threads take their working memory. Its gradient is kept until the next.
        Run();
        loss.call(logits.detach().narrow(0, 0, 1), labels.narrow(0, 0, 1));
        return (ProcessMemory.PeakOf(Run), logits.numel() * sizeof(float));

        void Run()
        {
            using DisposeScope inner = NewDisposeScope();
            autograd.grad([loss.call(logits, labels)], [logits]);
        }
    }

    public static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        TimeSpan[] ordered = [.. times.Order()];
        return ordered[ordered.Length / 2];
    }

    // Cut at the logits, so that the clock sees the loss's part of the backward pass too.
    private (TimeSpan Step, TimeSpan Loss) Step(nn.Module<Tensor, Tensor, Tensor> loss, Tensor images, Tensor labels)
    {
        using DisposeScope scope = NewDisposeScope();
        network.zero_grad();
        long start = Stopwatch.GetTimestamp();
        Tensor logits = network.call(images);
        long lossStart = Stopwatch.GetTimestamp();
        Tensor leaf = logits.detach().requires_grad_();
        Tensor gradient = autograd.grad([loss.call(leaf, labels)], [leaf])[0];
        TimeSpan lossTime = Stopwatch.GetElapsedTime(lossStart);
        logits.backward([gradient]);
        return (Stopwatch.GetElapsedTime(start), lossTime);
    }
}
