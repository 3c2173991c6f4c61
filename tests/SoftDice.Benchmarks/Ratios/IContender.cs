using System;

namespace SoftDice.Benchmarks.Ratios;

/// <summary>Something that computes the loss of a case, to be timed against others.</summary>
internal interface IContender : IDisposable
{
    string Name { get; }

    /// <summary>How many float additions follow one another in its longest sum: what its rounding may come to.</summary>
    int FloatChain { get; }

    /// <summary>How many calls it takes until it has the code and the memory that it goes on with.</summary>
    int WarmCalls { get; }

    /// <summary>Does what it needs for its calls to be as fast as they can be, before it is timed.</summary>
    void BeforeTurn()
    {
    }

    /// <summary>Computes the loss, and the gradient where the case has one.</summary>
    double Run();

    /// <summary>Copies the gradient of the last run.</summary>
    void CopyGradientTo(Span<float> destination);
}
