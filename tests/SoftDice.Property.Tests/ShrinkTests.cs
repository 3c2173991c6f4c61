using System.Collections.Immutable;
using System.Threading.Tasks;

using Xunit;

namespace SoftDice.PropertyTests;

/// <summary>A bug is found and made small.</summary>
public sealed class ShrinkTests
{
    [Fact]
    public async Task A_planted_bug_is_shrunk_to_what_it_needs()
    {
        // A bug in losses with two weights of the Tversky index and three classes or more, from 17 pixels on.
        Judge judge = new(new LargestErrors(), (configuration, expected) =>
            configuration.Text.Contains("Alpha = 0.3", System.StringComparison.Ordinal) && configuration.NumClasses >= 3 && configuration.Recipe.Pixels >= 17
                ? expected + 0.001
                : expected);
        Shrinker shrinker = new(judge);
        Configuration failing = new(
            [
                new("NumClasses", "7"),
                new("Activation", "SoftDiceActivation.Softmax"),
                new("Labels", "SoftDiceLabels.OneHot"),
                new("Epsilon", "0.25"),
                new("Overlap", "SoftDiceOverlap.Tversky"),
                new("Alpha", "0.3"),
                new("Beta", "0.7"),
                new("ExcludedClasses", "[5, 2]"),
                new("ClassWeights", "[1, 1, 2, 3, 1, 1, 0.5]"),
            ],
            new Recipe
            {
                LabelType = LabelType.Single,
                BatchSize = 3,
                Pixels = 130,
                Values = Values.Right,
                Labels = LabelDraw.Soft,
                Threads = 4,
                Scale = -0.5,
            });
        string? fault = await shrinker.FindFault(failing);
        Assert.NotNull(fault);

        (string report, Configuration smallest) = await Report.Make(failing, fault, shrinker);

        Assert.Equal("NumClasses = 3, Overlap = SoftDiceOverlap.Tversky, Alpha = 0.3", smallest.Text);
        Assert.Equal(new Recipe { Pixels = 17 }, smallest.Recipe);
        Assert.Contains("[SoftDiceLoss(NumClasses = 7, Activation = SoftDiceActivation.Softmax,", report, System.StringComparison.Ordinal);
        Assert.Contains($"[SoftDiceLoss({smallest.Text})]\n{smallest.Recipe}\nForwardBackward gives the loss ", report, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_compiler_refuses_is_a_fault()
    {
        string? fault = await new Shrinker(new Judge(new LargestErrors())).FindFault(
            new Configuration([new("NumClasses", "3"), new("Shape", "4")], new Recipe()));
        Assert.Contains("CS0246", fault, System.StringComparison.Ordinal);
    }
}
