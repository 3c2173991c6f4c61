using System.Collections.Immutable;

namespace SoftDice.Benchmarks.Ratios;

/// <summary>The cases of <c>ratios</c>, in the order of its table.</summary>
internal static class CaseList
{
    public static ImmutableArray<CaseShape> All { get; } =
    [
        new(LossMode.ForwardProbabilities, 2, 2, 1024, 512),
        new(LossMode.ForwardProbabilities, 3, 1, 224, 224),
        new(LossMode.ForwardProbabilities, 3, 2, 1024, 512),
        new(LossMode.ForwardProbabilities, 3, 8, 1024, 1024),
        new(LossMode.ForwardProbabilities, 19, 1, 224, 224),
        new(LossMode.ForwardProbabilities, 19, 2, 1024, 512),
        new(LossMode.ForwardProbabilities, 19, 8, 1024, 512),
        new(LossMode.ForwardProbabilities, 150, 1, 512, 512),
        new(LossMode.ForwardLogits, 3, 2, 1024, 512),
        new(LossMode.ForwardLogits, 3, 8, 1024, 1024),
        new(LossMode.ForwardLogits, 19, 2, 1024, 512),
        new(LossMode.ForwardLogits, 19, 4, 1024, 512),
        new(LossMode.ForwardLogits, 150, 1, 512, 512),
        new(LossMode.ForwardBackwardLogits, 3, 2, 1024, 512),
        new(LossMode.ForwardBackwardLogits, 3, 8, 1024, 1024),
        new(LossMode.ForwardBackwardLogits, 19, 2, 1024, 512),
        new(LossMode.ForwardBackwardLogits, 150, 1, 512, 512),
        new(LossMode.ForwardBackwardProbabilities, 3, 2, 1024, 512),
        new(LossMode.ForwardBackwardProbabilities, 19, 2, 1024, 512),
        new(LossMode.ForwardProbabilities, 3, 8, 1024, 1024, Threads: 2),
        new(LossMode.ForwardProbabilities, 19, 2, 1024, 512, Threads: 2),
        new(LossMode.ForwardLogits, 19, 2, 1024, 512, Threads: 2),
        new(LossMode.ForwardBackwardLogits, 3, 2, 1024, 512, Threads: 2),
        new(LossMode.ForwardBackwardLogits, 19, 2, 1024, 512, Threads: 2),
        new(LossMode.ForwardBackwardLogits, 150, 1, 512, 512, Threads: 2),
    ];
}
