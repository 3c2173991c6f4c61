using System.Globalization;
using System.Linq;

using Xunit;

namespace SoftDice.PackageTests;

/// <summary>Lines of a consumer, each a word and a number.</summary>
internal static class Printed
{
    /// <summary>What the README promises of a loss of probabilities from 0 to 1, relative to it.</summary>
    private const double LossBound = 1.9e-6;

    /// <summary>What it promises of their gradient.</summary>
    private const double SlopeBound = 4d / (1 << 24);

    /// <summary>Holds the losses to account.</summary>
    /// <param name="text">The output of the consumer.</param>
    /// <param name="count">How many losses it prints.</param>
    public static void MustHaveLosses(string text, int count)
    {
        double[] losses = Numbers(text, "loss");
        Assert.Equal(count, losses.Length);
        Assert.All(losses, loss => MustBe(Expected.Loss, loss, LossBound));
    }

    /// <summary>Holds the gradient to account.</summary>
    public static void MustHaveGradient(string text)
    {
        double[] slopes = Numbers(text, "slope");
        Assert.Equal(Expected.Gradient.Length, slopes.Length);
        Assert.All(slopes.Zip(Expected.Gradient), pair => MustBe(pair.Second, pair.First, SlopeBound));
    }

    /// <summary>Holds the loss of a module, which is a float, and its gradient to account.</summary>
    public static void MustBeRightOfModule(string text)
    {
        MustBe(Expected.Loss, Assert.Single(Numbers(text, "loss")), LossBound + (1d / (1 << 24)));
        MustHaveGradient(text);
    }

    /// <summary>Holds all numbers of the console to account.</summary>
    public static void MustBeRight(string text)
    {
        MustHaveLosses(text, 1);
        MustHaveGradient(text);

        // Probabilities of a softmax are floats that are off by some units in the last place each: the exponential by one, the sum of three by two,
        // the quotient by one. Both terms are sums of logarithms of such, in chains that add no more than another two.
        MustBe(Expected.Logits, Assert.Single(Numbers(text, "logits")), 6d / (1 << 23));
    }

    private static double[] Numbers(string text, string word) =>
    [
        .. text.Split('\n').Select(line => line.Split(' '))
            .Where(parts => parts.Length == 2 && parts[0] == word)
            .Select(parts => double.Parse(parts[1], CultureInfo.InvariantCulture)),
    ];

    private static void MustBe(double expected, double actual, double bound)
    {
        double allowed = double.Abs(expected) * bound;
        Assert.InRange(actual, expected - allowed, expected + allowed);
    }
}
