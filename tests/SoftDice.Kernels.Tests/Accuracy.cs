using System;
using System.Collections.Generic;
using System.Globalization;

using SoftDice.Kernels.Tests;

using Xunit;

[assembly: AssemblyFixture(typeof(Accuracy))]

namespace SoftDice.Kernels.Tests;

/// <summary>Holds a kernel's result against the definition, and remembers the largest error of all tests to print it at the end.</summary>
public sealed class Accuracy : IDisposable
{
    /// <summary>Additions that follow one another in float: what the plan promises.</summary>
    private const int ChainTurns = 16;

    /// <summary>Unit roundoff of float.</summary>
    private const double FloatUnit = 1.0 / (1 << 24);

    private const double DoubleUnit = 1.0 / (1L << 53);

    private static readonly System.Threading.Lock Gate = new();
    private static readonly SortedDictionary<string, (double Error, string Case, int Cases)> Largest = [];

    /// <summary>
    /// Asserts the bounds that follow from the number of additions. A float chain of k terms is off by at most (k - 1)·u of the
    /// sum of absolute values, a double sum of n terms by n·u; what a prediction misses to 1 is rounded once more; the loss is off by what
    /// these do to it.
    /// </summary>
    internal static void AssertWithinBounds(ClassSums expected, ClassSums actual, SoftDiceOptions options, long pixels, string kind, string name)
    {
        double relative = ((ChainTurns - 1) * FloatUnit) + (pixels * DoubleUnit);
        double relativeOfMiss = relative + FloatUnit;
        double lossError = 0;
        for (int c = 0; c < options.NumClasses; c++)
        {
            Assert.Equal(expected.TargetSum[c], actual.TargetSum[c]);
            double ofIntersection = relative * Math.Abs(expected.Intersection[c]);
            double ofMiss = relativeOfMiss * expected.MissMagnitude[c];
            AssertClose(expected.Intersection[c], actual.Intersection[c], ofIntersection, $"{name}: intersection of class {c}");
            AssertClose(expected.Miss[c], actual.Miss[c], ofMiss, $"{name}: miss of class {c}");

            // ln(1 + M / N) with N = 2·I + ε: its derivatives are 1 / (N + M) and -M / N / (N + M).
            double numerator = (2 * expected.Intersection[c]) + options.Epsilon;
            double change = ofMiss + (2 * ofIntersection * Math.Abs(expected.Miss[c]) / numerator);
            lossError += change / (numerator + expected.Miss[c]) / (1 - (2 * relativeOfMiss));
        }

        double bound = (lossError / options.NumClasses) + (Math.Abs(expected.Loss) * 8 * DoubleUnit) + DoubleUnit;
        double error = expected.Loss.Equals(actual.Loss) ? 0 : Math.Abs(expected.Loss - actual.Loss);
        Assert.True(
            error == 0 || error <= bound,
            $"{name}: loss {actual.Loss:R} instead of {expected.Loss:R}, off by {error:E2}, bound {bound:E2}");
        float nearest = MathF.Abs((float)expected.Loss);
        Remember(error == 0 ? 0 : error / (MathF.BitIncrement(nearest) - nearest), $"loss in float ULP, {kind}", name);
    }

    private static void AssertClose(double expected, double actual, double bound, string what)
    {
        double error = Math.Abs(expected - actual);
        Assert.True(error <= bound, $"{what}: {actual:R} instead of {expected:R}, off by {error:E2}, bound {bound:E2}");
    }

    internal static void Remember(double error, string kind, string name)
    {
        lock (Gate)
        {
            (double Error, string Case, int Cases) so = Largest.GetValueOrDefault(kind, (0, "none", 0));
            Largest[kind] = error > so.Error ? (error, name, so.Cases + 1) : so with { Cases = so.Cases + 1 };
        }
    }

    /// <summary>Prints the largest errors once all tests have run.</summary>
    public void Dispose()
    {
        foreach ((string kind, (double error, string name, int cases)) in Largest)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Largest error, {kind}: {error:G3} in {cases} cases ({name})"));
        }
    }
}
