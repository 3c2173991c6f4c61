using System;

using TorchSharp;

using Xunit;

using static TorchSharp.torch;

namespace SoftDice.Torch.Tests;

/// <summary>The README's example is compiled, and runs.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_network_of_the_readme_learns()
    {
        using DisposeScope scope = NewDisposeScope();

        // At first a network knows nothing: a cross-entropy and an overlap's term of ln 2 each. Half of that is gone if it has learned anything.
        Assert.InRange(ReadmeExample.Run(), 0, Math.Log(2));
    }
}
