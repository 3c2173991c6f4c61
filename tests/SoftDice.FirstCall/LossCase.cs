using System;
using System.Diagnostics;
using System.Linq;

namespace SoftDice.FirstCall;

/// <summary>One of two losses over a batch of random pixels.</summary>
internal sealed class LossCase
{
    private readonly float[] predictions;
    private readonly byte[] labels;
    private readonly float[] gradient;
    private readonly int batch;

    /// <summary>Forward of three classes' probabilities, or forward and backward of the logits of 19 classes.</summary>
    public LossCase(string name, int batch, int height, int width)
    {
        int classes = name switch
        {
            "forward-probabilities" => 3,
            "forward-backward-logits" => 19,
            _ => throw new ArgumentException($"There is no case '{name}'.", nameof(name)),
        };
        Random random = new(1);
        predictions = new float[batch * classes * height * width];
        for (int i = 0; i < predictions.Length; i++)
        {
            predictions[i] = random.NextSingle();
        }

        labels = new byte[batch * height * width];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = (byte)random.Next(classes);
        }

        gradient = new float[classes == 3 ? 0 : predictions.Length];
        this.batch = batch;
    }

    /// <summary>Computes the loss, with its gradient where the case has one.</summary>
    public double Run() => gradient.Length == 0
        ? Probabilities3.Forward<byte>(predictions, labels, batch)
        : Softmax19.ForwardBackward<byte>(predictions, labels, gradient, batch);

    /// <summary>The time of a call in milliseconds, once everything is compiled and in the cache as far as it fits.</summary>
    public double MedianTime()
    {
        double[] times = new double[gradient.Length == 0 ? 501 : 21];
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Run();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return times.Order().ElementAt(times.Length / 2);
    }
}
