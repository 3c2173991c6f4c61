using System;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The options of the definition refuse what the attribute's analyzer refuses, and compare by content.</summary>
public sealed class OptionsTests
{
    private static SoftDiceOptions Three => new(3);

    [Fact]
    public void A_value_that_is_wrong_is_refused()
    {
        foreach (double wrong in new[] { -1e-9, double.NaN, double.PositiveInfinity })
        {
            AssertNames("NumeratorSmoothing", wrong, () => Three with { NumeratorSmoothing = wrong });
            AssertNames("DenominatorSmoothing", wrong, () => Three with { DenominatorSmoothing = wrong });
            AssertNames("DenominatorFloor", wrong, () => Three with { DenominatorFloor = wrong });
            AssertNames("Gamma", wrong, () => Three with { Gamma = wrong });
            AssertNames("A class weight", wrong, () => Three with { ClassWeights = [1, wrong, 1] });
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Three with { Gamma = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Three with { ExcludedClasses = [-1] });
        Assert.Throws<ArgumentOutOfRangeException>(() => Three with { ExcludedClasses = [3] });
        Assert.StartsWith(
            "ClassWeights has 2 weights for 3 classes.",
            Assert.Throws<ArgumentException>(() => Three with { ClassWeights = [1, 2] }).Message,
            StringComparison.Ordinal);

        static void AssertNames(string name, double value, Func<SoftDiceOptions> make)
        {
            ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(make);
            Assert.StartsWith(name, thrown.Message, StringComparison.Ordinal);
            Assert.Equal(value, thrown.ActualValue);
        }
    }

    [Fact]
    public void One_smoothing_is_both_until_it_is_told_otherwise()
    {
        SoftDiceOptions options = Three with { Epsilon = 0.25 };
        Assert.Equal((0.25, 0.25), (options.NumeratorSmoothing, options.DenominatorSmoothing));
        options = options with { NumeratorSmoothing = 0 };
        Assert.Equal((0, 0.25), (options.NumeratorSmoothing, options.DenominatorSmoothing));

        SoftDiceLossAttribute attribute = new() { Epsilon = 0.25, DenominatorSmoothing = 2 };
        Assert.Equal((0.25, 2), (attribute.NumeratorSmoothing, attribute.DenominatorSmoothing));
    }

    [Fact]
    public void Options_compare_by_content_and_keep_what_they_were_given()
    {
        double[] weights = [1, 2, 3];
        SoftDiceOptions options = Three with { ClassWeights = weights, ExcludedClasses = [1] };
        Assert.Equal(Three with { ClassWeights = [1, 2, 3], ExcludedClasses = [1] }, options);
        Assert.Equal((Three with { ClassWeights = [1, 2, 3], ExcludedClasses = [1] }).GetHashCode(), options.GetHashCode());
        Assert.NotEqual(Three with { ClassWeights = [1, 2, 4], ExcludedClasses = [1] }, options);
        Assert.NotEqual(Three with { ClassWeights = [1, 2, 3] }, options);
        Assert.Equal(Three, new SoftDiceOptions(3));
        weights[0] = 9;
        Assert.Equal([1, 2, 3], options.ClassWeights);
    }

    [Fact]
    public void Leaving_out_every_class_is_refused() => Assert.Throws<ArgumentException>(
        () => SoftDiceReference.Loss<byte>(new SoftDiceOptions(1) { IncludeBackground = false }, [1], [0], 1));
}
