using System;

using SoftDice.Benchmarks.Losses;

namespace SoftDice.Benchmarks.Ratios;

/// <summary>The generated loss of a case.</summary>
internal sealed class OurContender(CaseData data, int threads) : IContender
{
    public OurContender(CaseData data)
        : this(data, data.Shape.Threads)
    {
    }

    public string Name => "SoftDice";

    public int FloatChain => 16;

    public int WarmCalls => 2;

    public double Run() => GeneratedLoss.Run(data, threads);

    public void CopyGradientTo(Span<float> destination) => data.Gradient.CopyTo(destination);

    public void Dispose()
    {
    }
}
