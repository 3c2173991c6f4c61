using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.InteropServices;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;

namespace SoftDice.Samples.TrainUNet;

/// <summary>Trains and judges a network.</summary>
internal sealed class Trainer(HeadSlices slices, UNet network, nn.Module<Tensor, Tensor, Tensor> loss, OptimizerHelper optimiser, Settings settings)
{
    public const int BatchesPerEpoch = 8;

    private const double LearningRate = 4e-3;

    /// <summary>How long each step took.</summary>
    public List<TimeSpan> StepTimes { get; } = [];

    /// <summary>Number of numbers that are learned.</summary>
    public long WeightCount => network.parameters().Sum(weights => weights.numel());

    /// <summary>One pass over the training slices. Its random numbers are those of the seed and the epoch, so that training may be resumed.</summary>
    /// <returns>The mean loss of its steps.</returns>
    public double Epoch(int epoch)
    {
        manual_seed(((long)settings.Seed << 32) + epoch);
        network.train();
        double sum = 0;
        int step = 0;
        using DisposeScope scope = NewDisposeScope();
        foreach (Tensor batch in slices.Batches(BatchesPerEpoch))
        {
            // Steps grow shorter down to nothing, so that the weights come to rest.
            double progress = (epoch + ((double)step++ / BatchesPerEpoch)) / settings.Epochs;
            foreach (var group in optimiser.ParamGroups)
            {
                group.LearningRate = LearningRate * (1 - progress);
            }

            sum += Step(batch);
        }

        return sum / BatchesPerEpoch;
    }

    /// <summary>The sums of the decisions on held-out slices, and the loss of their logits.</summary>
    public (DecisionLoss.Sums Decisions, double Loss) Judge()
    {
        network.eval();
        using IDisposable guard = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor heldOut = tensor(slices.HeldOut.ToArray());
        Tensor logits = slices.Inside(network.call(slices.Images(heldOut)));
        Tensor labels = slices.Inside(slices.Labels(heldOut));
        Tensor decisions = nn.functional.one_hot(logits.argmax(1), TissueLoss.NumClasses).permute(0, 3, 1, 2).to(ScalarType.Float32).contiguous();
        Tensor ofDecisions = labels.contiguous();

        DecisionLoss.Sums sums = default;
        DecisionLoss.Accumulate<byte>(ref sums, MemoryMarshal.Cast<byte, float>(decisions.bytes), ofDecisions.bytes, batchSize: slices.HeldOut.Count);
        GC.KeepAlive(decisions);
        GC.KeepAlive(ofDecisions);
        return (sums, loss.call(logits, labels).item<float>());
    }

    /// <summary>The decisions for one slice.</summary>
    public byte[] Decide(long z)
    {
        network.eval();
        using IDisposable guard = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = slices.Inside(network.call(slices.Images(tensor([z]))));
        return logits.argmax(1).to(ScalarType.Byte).contiguous().bytes.ToArray();
    }

    /// <summary>The mean over the classes.</summary>
    public static double MeanDice(in DecisionLoss.Sums sums)
    {
        double total = 0;
        for (int c = 0; c < TissueLoss.NumClasses; c++)
        {
            total += sums.Dice(c);
        }

        return total / TissueLoss.NumClasses;
    }

    private double Step(Tensor batch)
    {
        long start = Stopwatch.GetTimestamp();
        using DisposeScope scope = NewDisposeScope();
        (Tensor images, Tensor labels) = Augmentation.Apply(slices.Images(batch), slices.Labels(batch));
        optimiser.zero_grad();
        Tensor value = loss.call(network.call(images), labels);
        value.backward();
        optimiser.step();
        StepTimes.Add(Stopwatch.GetElapsedTime(start));
        return value.item<float>();
    }
}
