using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>
/// Tests that want the process to themselves, one at a time: they count what all threads allocate, block threads of the pool, or hook
/// into lanes.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
