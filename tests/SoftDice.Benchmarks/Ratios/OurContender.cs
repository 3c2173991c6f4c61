using System;

using SoftDice.Benchmarks.Losses;

namespace SoftDice.Benchmarks.Ratios;

/// <summary>The generated loss of a case.</summary>
internal sealed class OurContender(CaseData data) : IContender
{
    private readonly GeneratedLoss loss = GeneratedLoss.For(data.Shape.Classes, data.Shape.Mode.FromLogits);

    public string Name => "SoftDice";

    public int FloatChain => 16;

    public int WarmCalls => 2;

    public double Run() => data.Shape.Mode.WithGradient
        ? loss.ForwardBackward(data.Predictions, data.Labels, data.Gradient, data.Shape.Batch, data.Shape.Threads)
        : loss.Forward(data.Predictions, data.Labels, data.Shape.Batch, data.Shape.Threads);

    public void CopyGradientTo(Span<float> destination) => data.Gradient.CopyTo(destination);

    public void Dispose()
    {
    }
}
