using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Which values each option of the definition takes, how it refuses others, and how a type's attribute becomes options.</summary>
public sealed class OptionValuesTests
{
    private const string NotNegative = " must be finite and not negative.";

    private static readonly double[] NeverRight = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1];

    private static readonly Dictionary<string, NumberOption> Numbers = new NumberOption[]
    {
        new("Epsilon" + NotNegative, (o, v) => o with { Epsilon = v }, o => o.Epsilon, 1e-5, [0, 1e-300, 1e300], [-double.Epsilon]),
        new("NumeratorSmoothing" + NotNegative, (o, v) => o with { NumeratorSmoothing = v }, o => o.NumeratorSmoothing, 1e-5, [0, 7], [-double.Epsilon]),
        new("DenominatorSmoothing" + NotNegative, (o, v) => o with { DenominatorSmoothing = v }, o => o.DenominatorSmoothing, 1e-5, [0, 7], [-double.Epsilon]),
        new("DenominatorFloor" + NotNegative, (o, v) => o with { DenominatorFloor = v }, o => o.DenominatorFloor, 0, [0, 7], [-double.Epsilon]),
        new("Alpha" + NotNegative, (o, v) => o with { Alpha = v }, o => o.Alpha, 0.5, [0, 7], [-double.Epsilon]),
        new("Beta" + NotNegative, (o, v) => o with { Beta = v }, o => o.Beta, 0.5, [0, 7], [-double.Epsilon]),
        new("CrossEntropy" + NotNegative, (o, v) => o with { CrossEntropy = v }, o => o.CrossEntropy, 0, [0, 7], [-double.Epsilon]),
        new("Focal" + NotNegative, (o, v) => o with { Focal = v }, o => o.Focal, 0, [0, 7], [-double.Epsilon]),
        new("Gamma must be finite and above 0.", (o, v) => o with { Gamma = v }, o => o.Gamma, 1, [double.Epsilon, 7], [0]),
        new("OverlapWeight must be finite and above 0.", (o, v) => o with { OverlapWeight = v }, o => o.OverlapWeight, 1, [double.Epsilon, 7], [0]),
        new(
            "LabelSmoothing must be at least 0 and below 1.", (o, v) => o with { LabelSmoothing = v }, o => o.LabelSmoothing, 0,
            [0, Math.BitDecrement(1)], [1, -double.Epsilon]),
        new("FocalGamma must be 0 to 100.", (o, v) => o with { FocalGamma = v }, o => o.FocalGamma, 2, [0, 100], [Math.BitIncrement(100), -double.Epsilon]),
        new(
            "FocalAlpha must be above 0 and below 1.", (o, v) => o with { FocalAlpha = v }, o => o.FocalAlpha ?? double.NaN, double.NaN,
            [double.Epsilon, Math.BitDecrement(1)], [0, 1]),
    }.ToDictionary(option => option.Message[..option.Message.IndexOf(' ', StringComparison.Ordinal)]);

    private static readonly Dictionary<string, WeightsOption> Weights = new WeightsOption[]
    {
        new("ClassWeights", (o, v) => o with { ClassWeights = v }, o => o.ClassWeights, [0, 1e-300, 1e300], [], "A class weight" + NotNegative),
        new(
            "CrossEntropyClassWeights", (o, v) => o with { CrossEntropyClassWeights = v }, o => o.CrossEntropyClassWeights,
            [0, 1e-15, 1e15], [0.9e-15, 1.1e15], "A weight of a term is 0, or 1e-15 to 1e15."),
        new(
            "CrossEntropyPositiveWeights", (o, v) => o with { CrossEntropyPositiveWeights = v }, o => o.CrossEntropyPositiveWeights,
            [0, 1e-15, 1e15], [0.9e-15, 1.1e15], "A weight of a term is 0, or 1e-15 to 1e15."),
        new(
            "FocalClassWeights", (o, v) => o with { FocalClassWeights = v }, o => o.FocalClassWeights,
            [0, 1e-15, 1e15], [0.9e-15, 1.1e15], "A weight of a term is 0, or 1e-15 to 1e15."),
    }.ToDictionary(option => option.Name);

    public static TheoryData<string> NumberNames => [.. Numbers.Keys];

    public static TheoryData<string> WeightsNames => [.. Weights.Keys];

    private static SoftDiceOptions Three => new(3);

    [Theory]
    [MemberData(nameof(NumberNames))]
    public void A_number_is_taken_up_to_its_limits_and_refused_beyond(string name)
    {
        NumberOption option = Numbers[name];
        Assert.Equal(option.Default, option.Of(Three));
        Assert.All(option.Right, right => Assert.Equal(right, option.Of(option.With(Three, right))));
        foreach (double wrong in option.Wrong.Concat(NeverRight))
        {
            ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() => option.With(Three, wrong));
            Assert.StartsWith(option.Message, thrown.Message, StringComparison.Ordinal);
            Assert.Equal(wrong, thrown.ActualValue);
        }
    }

    [Theory]
    [MemberData(nameof(WeightsNames))]
    public void Weights_are_one_for_each_class_or_none(string name)
    {
        WeightsOption option = Weights[name];
        Assert.Empty(option.Of(Three));
        Assert.Empty(option.Of(option.With(Three, [])));
        Assert.Equal(option.Right, option.Of(option.With(Three, option.Right)));
        Assert.Throws<ArgumentNullException>(() => option.With(Three, null!));
        foreach (double[] others in new double[][] { [1], [1, 2], [1, 2, 3, 4] })
        {
            Assert.StartsWith(
                $"{name} has {others.Length} weights for 3 classes.",
                Assert.Throws<ArgumentException>(() => option.With(Three, others)).Message,
                StringComparison.Ordinal);
        }

        foreach (double wrong in option.Wrong)
        {
            AssertRefused(option, wrong, option.Message);
        }

        foreach (double wrong in NeverRight)
        {
            AssertRefused(option, wrong, "A class weight" + NotNegative);
        }
    }

    [Fact]
    public void FocalAlpha_may_be_none_again() => Assert.Null((Three with { FocalAlpha = 0.5 } with { FocalAlpha = null }).FocalAlpha);

    [Fact]
    public void The_number_of_classes_is_1_to_4096()
    {
        Assert.Equal((1, 4096), (new SoftDiceOptions(1).NumClasses, new SoftDiceOptions(4096).NumClasses));
        foreach (int wrong in new[] { 0, -1, 4097 })
        {
            ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() => new SoftDiceOptions(wrong));
            Assert.Equal((wrong, "numClasses"), (thrown.ActualValue, thrown.ParamName));
        }
    }

    [Fact]
    public void Distances_are_one_for_each_pair_and_0_from_a_label_to_itself()
    {
        SoftDiceOptions two = new(2);
        Assert.Empty(two.WassersteinDistances);
        Assert.Empty((two with { WassersteinDistances = [] }).WassersteinDistances);
        Assert.Equal([0, 3, 0, 0], (two with { WassersteinDistances = [0, 3, 0, 0] }).WassersteinDistances);
        Assert.Throws<ArgumentNullException>(() => two with { WassersteinDistances = null! });
        foreach (double[] others in new double[][] { [0], [0, 1], [0, 1, 1, 0, 1] })
        {
            Assert.StartsWith(
                $"WassersteinDistances has {others.Length} distances for 2 classes; give one for each pair.",
                Assert.Throws<ArgumentException>(() => two with { WassersteinDistances = others }).Message,
                StringComparison.Ordinal);
        }

        foreach (double wrong in NeverRight)
        {
            ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() => two with { WassersteinDistances = [0, 1, wrong, 0] });
            Assert.StartsWith("A distance" + NotNegative, thrown.Message, StringComparison.Ordinal);
        }

        foreach (double[] ofItself in new double[][] { [1, 1, 1, 0], [0, 1, 1, 1] })
        {
            Assert.Equal(1.0, Assert.Throws<ArgumentOutOfRangeException>(() => two with { WassersteinDistances = ofItself }).ActualValue);
        }
    }

    [Fact]
    public void Distances_count_by_the_largest_of_them()
    {
        // The pixel is of class 0 and is predicted as class 1, a half, and as class 2, a half: it is off by (1/4 + 1)/2.
        SoftDiceOptions options = Three with { WassersteinDistances = [0, 2, 8, 2, 0, 1, 8, 1, 0] };
        (double right, _, double count) = SoftDiceReference.Sums<byte>(options, [0, 0.5f, 0.5f], [0], 1, 0);
        Assert.Equal((0.375, 1), (right, count));
    }

    [Fact]
    public void Classes_that_are_left_out_are_classes()
    {
        Assert.Empty(Three.ExcludedClasses);
        Assert.Equal([0, 2], (Three with { ExcludedClasses = [0, 2] }).ExcludedClasses);
        Assert.Throws<ArgumentNullException>(() => Three with { ExcludedClasses = null! });
        foreach (int wrong in new[] { -1, 3, int.MaxValue })
        {
            Assert.Equal(wrong, Assert.Throws<ArgumentOutOfRangeException>(() => Three with { ExcludedClasses = [0, wrong] }).ActualValue);
        }
    }

    [Fact]
    public void What_adds_to_the_loss_is_what_is_neither_background_nor_left_out()
    {
        Assert.True(Three.IncludeBackground);
        Assert.Equal(3, Losses(Three));
        Assert.Equal(2, Losses(Three with { IncludeBackground = false }));
        Assert.Equal(2, Losses(Three with { ExcludedClasses = [1] }));
        Assert.Equal(1, Losses(Three with { IncludeBackground = false, ExcludedClasses = [1] }));
        Assert.Equal(2, Losses(Three with { IncludeBackground = false, ExcludedClasses = [0] }));

        static int Losses(SoftDiceOptions options) =>
            SoftDiceReference.Losses<byte>(options with { Reduction = SoftDiceReduction.None }, [1, 1, 1], [0], 1).Length;
    }

    [Fact]
    public void A_mask_is_of_the_images_that_it_is_given_for()
    {
        Assert.Empty(Three.Mask);
        Assert.Throws<ArgumentNullException>(() => Three with { Mask = null! });
        SoftDiceOptions options = new(1)
        {
            Mask = [true, false, true, true], SumsOver = SoftDiceSumsOver.Sample, Reduction = SoftDiceReduction.None, Form = SoftDiceForm.OneMinus, Epsilon = 0,
        };

        // Of the first image its first pixel alone, which is met; of the second both, of which one is missed: 1 - 2·1/(1 + 2).
        double[] losses = SoftDiceReference.Losses<byte>(options, [1, 9, 1, 0], [0, 0, 0, 0], 2);
        Assert.Equal(0, losses[0]);
        Assert.Equal(1 / 3.0, losses[1], 1e-15);
    }

    [Fact]
    public void Lists_are_copies_that_compare_by_their_items()
    {
        IReadOnlyList<double> weights = (Three with { ClassWeights = [1, 2, 3] }).ClassWeights;
        Assert.Equal(3, weights.Count);
        Assert.Equal(2, weights[1]);
        Assert.Equal([1.0, 2.0, 3.0], ((IEnumerable)weights).Cast<double>());
        Assert.False(weights.Equals(new[] { 1.0, 2, 3 }));
        Assert.False(weights.Equals((Three with { ExcludedClasses = [1, 2] }).ExcludedClasses));
        Assert.NotEqual(weights.GetHashCode(), (Three with { ClassWeights = [3, 2, 1] }).ClassWeights.GetHashCode());
        Assert.NotEqual(Three with { Mask = [true] }, Three with { Mask = [false] });
    }

    [Fact]
    public void The_options_of_a_type_are_those_of_its_attribute()
    {
        SoftDiceOptions options = SoftDiceOptions.Of(typeof(Annotated));
        Assert.Equal(
            new SoftDiceOptions(4) { Activation = SoftDiceActivation.Softmax, CrossEntropy = 2, LabelSmoothing = 0.25, IgnoreIndex = 0, IncludeBackground = false },
            options);
        Assert.Equal(options, SoftDiceOptions.Of(typeof(Derived)));
        Assert.Null(SoftDiceOptions.Of(typeof(Loss3)).IgnoreIndex);
        Assert.Null(SoftDiceOptions.Of(typeof(Loss3)).FocalAlpha);
        Assert.Equal(0.25, SoftDiceOptions.Of(typeof(SigmoidFocalAlpha3)).FocalAlpha);
        Assert.Throws<ArgumentNullException>(() => SoftDiceOptions.Of(null!));
        Assert.StartsWith(
            "System.String has no [SoftDiceLoss], and neither has a type that it derives from, so that its options are not known. Pass an annotated type.",
            Assert.Throws<ArgumentException>(() => SoftDiceOptions.Of(typeof(string))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_smoothing_that_a_type_does_not_state_follows_the_other_options()
    {
        SoftDiceOptions one = SoftDiceOptions.Of(typeof(Loss3)) with { Epsilon = 0.25 };
        Assert.Equal((0.25, 0.25), (one.NumeratorSmoothing, one.DenominatorSmoothing));
        SoftDiceOptions stated = SoftDiceOptions.Of(typeof(TwoSmoothings5));
        Assert.NotEqual(stated.NumeratorSmoothing, stated.DenominatorSmoothing);
        SoftDiceOptions changed = stated with { Epsilon = 0.25 };
        Assert.Equal((stated.NumeratorSmoothing, stated.DenominatorSmoothing), (changed.NumeratorSmoothing, changed.DenominatorSmoothing));
    }

    [Fact]
    public void An_attribute_has_the_defaults_of_the_options()
    {
        SoftDiceLossAttribute attribute = new();
        Assert.Equal((1e-5, 1e-5, 1e-5), (attribute.Epsilon, attribute.NumeratorSmoothing, attribute.DenominatorSmoothing));
        Assert.True(attribute.IncludeBackground);
        Assert.Equal((0.5, false, 0, false), (attribute.FocalAlpha, attribute.HasFocalAlpha, attribute.IgnoreIndex, attribute.HasIgnoreIndex));
        attribute = new() { Epsilon = 1, NumeratorSmoothing = 2, DenominatorSmoothing = 3, FocalAlpha = 0.75, IgnoreIndex = 255 };
        Assert.Equal((1, 2, 3), (attribute.Epsilon, attribute.NumeratorSmoothing, attribute.DenominatorSmoothing));
        Assert.Equal((0.75, true, 255, true), (attribute.FocalAlpha, attribute.HasFocalAlpha, attribute.IgnoreIndex, attribute.HasIgnoreIndex));
    }

    private static void AssertRefused(WeightsOption option, double wrong, string message)
    {
        foreach (double[] weights in new double[][] { [wrong, 1, 1], [1, 1, wrong] })
        {
            ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() => option.With(Three, weights));
            Assert.StartsWith(message, thrown.Message, StringComparison.Ordinal);
            Assert.Equal(wrong, thrown.ActualValue);
        }
    }

    private sealed record NumberOption(
        string Message, Func<SoftDiceOptions, double, SoftDiceOptions> With, Func<SoftDiceOptions, double> Of, double Default, double[] Right, double[] Wrong);

    private sealed record WeightsOption(
        string Name,
        Func<SoftDiceOptions, double[], SoftDiceOptions> With,
        Func<SoftDiceOptions, IReadOnlyList<double>> Of,
        double[] Right,
        double[] Wrong,
        string Message);
}

[SoftDiceLoss(
    NumClasses = 4, Activation = SoftDiceActivation.Softmax, CrossEntropy = 2, LabelSmoothing = 0.25, IgnoreIndex = 0, IncludeBackground = false)]
internal partial class Annotated;

internal sealed class Derived : Annotated;
