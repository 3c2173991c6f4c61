using System;
using System.Collections.Generic;
using System.Globalization;

using SoftDice.Torch.Tests;

using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(LargestErrors))]

// Tensors count against one another in the tests of memory, and threads in those of threads.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace SoftDice.Torch.Tests;

/// <summary>Holds results against their bounds, and prints how far they were off at most once all tests have run.</summary>
public sealed class LargestErrors : IDisposable
{
    private static readonly SortedDictionary<string, (double Error, double OfBound, string Case, int Cases)> Largest = [];

    /// <summary>Asserts a bound.</summary>
    public static void AssertWithin(double bound, double error, string kind, string name)
    {
        Assert.True(error <= bound, string.Create(CultureInfo.InvariantCulture, $"{name}, {kind}: off by {error:E3}, bound {bound:E3}"));
        (double Error, double OfBound, string Case, int Cases) so = Largest.GetValueOrDefault(kind, (-1, 0, "none", 0));
        double ofBound = Math.Max(so.OfBound, error / bound);
        Largest[kind] = error > so.Error ? (error, ofBound, name, so.Cases + 1) : so with { OfBound = ofBound, Cases = so.Cases + 1 };
    }

    /// <summary>Prints them.</summary>
    public void Dispose()
    {
        foreach ((string kind, (double error, double ofBound, string name, int cases)) in Largest)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Largest difference, {kind}: {error:E2} in {cases} cases ({name}); at most {ofBound:P2} of a bound"));
        }
    }
}
