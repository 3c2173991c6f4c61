using System.Threading.Tasks;

using Xunit;

namespace SoftDice.PropertyTests;

/// <summary>Configurations that failed once, shrunk.</summary>
public sealed class FoundTests
{
    private static readonly (string Text, Recipe Recipe)[] All =
    [
        // A gradient of 7e-18, a float off.
        ("NumClasses = 5, Activation = SoftDiceActivation.Softmax, DenominatorFloor = 300.1, IncludeBackground = false, CrossEntropy = 1", new Recipe { LabelType = LabelType.Byte, BatchSize = 1, Pixels = 19, Values = Values.NearEnds, Labels = LabelDraw.Uniform, Ignored = IgnoredDraw.Nothing, Seed = 691712, Threads = 1, Scale = 1 }),

        // Certain pixels: the definition's own rounding, a slope of the sigmoid near 1, and exponentials that are taken as they are.
        ("NumClasses = 2, Activation = SoftDiceActivation.Softmax", new Recipe { Pixels = 17, Values = Values.Right, Seed = 795501 }),
        ("NumClasses = 2, Activation = SoftDiceActivation.Softmax", new Recipe { Pixels = 2, Values = Values.Extreme, Seed = 166828 }),
        ("NumClasses = 1, Activation = SoftDiceActivation.Sigmoid", new Recipe { Pixels = 5, Values = Values.Extreme, Seed = 877564 }),
        ("NumClasses = 3, Activation = SoftDiceActivation.Softmax", new Recipe { Pixels = 15, Values = Values.Extreme, Seed = 834773 }),

        // A cross-entropy of 10^-26: a bound made of ln 1, which is 0.
        (
            "NumClasses = 4, Activation = SoftDiceActivation.Softmax, ExcludedClasses = [1, 2, 0], AbsentClasses = SoftDiceAbsentClasses.Zero, CrossEntropy = 3",
            new Recipe { BatchSize = 2, Pixels = 1, Values = Values.Extreme, Seed = 684589 }
        ),

        // No pixel and a numerator of 100 over a denominator of 10^-5, which is that and the difference of the smoothings: a rounding of 100 in 10^-5.
        ("NumClasses = 1, NumeratorSmoothing = 100, GeneralizedWeights = SoftDiceGeneralizedWeights.Square", new Recipe { Pixels = 0, Seed = 846419 }),
        ("NumClasses = 1, NumeratorSmoothing = 100", new Recipe { Pixels = 0, Seed = 846419 }),

        // A class at no distance from any label, whose slope was a product with nothing.
        ("NumClasses = 2, WassersteinDistances = [0, 1.25, 0, 0]", new Recipe { Pixels = 17, Seed = 738426 }),
        (
            "NumClasses = 3, Activation = SoftDiceActivation.Softmax, WassersteinDistances = [0, 1, 0, 0, 0, 0, 0, 2, 0]",
            new Recipe { Pixels = 17, Seed = 738426 }
        ),

        // Squares of differences of one ULP from 1: the definition's own rounding.
        ("NumClasses = 1, SquaredDenominator = true", new Recipe { BatchSize = 2, Pixels = 31, Values = Values.NearEnds, Seed = 410708 }),

        // A denominator that is lost in the rounding of the numerator: nothing can be said of its slope.
        (
            "NumClasses = 8, Activation = SoftDiceActivation.Sigmoid, DenominatorSmoothing = 0",
            new Recipe { Pixels = 1, Values = Values.Extreme, Labels = LabelDraw.Runs, Seed = 919578 }
        ),

        // A pixel whose probabilities are NaN beside minima: the bounds asked for its sign.
        (
            "NumClasses = 2, Activation = SoftDiceActivation.Softmax, Labels = SoftDiceLabels.OneHot, Intersection = SoftDiceIntersection.Minimum",
            new Recipe { LabelType = LabelType.Single, BatchSize = 2, Pixels = 519, Values = Values.Extreme, Labels = LabelDraw.Soft, Seed = 864503 }
        ),

        // Nothing but false positives below the floats, and no smoothing: 0 / 0.
        (
            "NumClasses = 4, Activation = SoftDiceActivation.Sigmoid, Epsilon = 0, Form = SoftDiceForm.OneMinus, SumsOver = SoftDiceSumsOver.Sample",
            new Recipe { BatchSize = 2, Pixels = 1, Values = Values.Extreme, Seed = 660192 }
        ),

        // An overlap of 10^-43, whose logarithm has a slope beyond the floats: that times a probability of 0 was NaN.
        (
            "NumClasses = 3, Activation = SoftDiceActivation.Sigmoid, NumeratorSmoothing = 0, Reduction = SoftDiceReduction.None",
            new Recipe { BatchSize = 1, Pixels = 3, Values = Values.Ends, Seed = 258909 }
        ),
        ("NumClasses = 3, Activation = SoftDiceActivation.Softmax, Epsilon = 0", new Recipe { Pixels = 5, Values = Values.Ends, Seed = 258909 }),

        // A class that weighs nothing and whose targets are all 0, without smoothing: 0 · ∞ where minima do not depend on the prediction.
        (
            "NumClasses = 3, Labels = SoftDiceLabels.OneHot, NumeratorSmoothing = 0, ClassWeights = [0.25, 1.5, 0], Intersection = SoftDiceIntersection.Minimum",
            new Recipe { LabelType = LabelType.Single, BatchSize = 4, Pixels = 459, Values = Values.Uniform, Labels = LabelDraw.Soft, Seed = 895713 }
        ),
    ];

    [Fact]
    public async Task What_failed_once_does_not_fail()
    {
        Shrinker shrinker = new(new Judge(new LargestErrors()));
        foreach ((string text, Recipe recipe) in All)
        {
            Configuration found = Configuration.Parse(text, recipe);
            string? fault = await shrinker.FindFault(found);
            Assert.True(fault is null, $"{found}\n{fault}");
        }
    }
}
