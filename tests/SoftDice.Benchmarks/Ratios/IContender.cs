using System;

namespace SoftDice.Benchmarks.Ratios;

/// <summary>Something that computes the loss of a case, to be timed against others.</summary>
internal interface IContender : IDisposable
{
    string Name { get; }

    /// <summary>Computes the loss, and the gradient where the case has one.</summary>
    double Run();

    /// <summary>Copies the gradient of the last run.</summary>
    void CopyGradientTo(Span<float> destination);
}
