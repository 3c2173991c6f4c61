using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>What the definition refuses and in which words, and what it gives at the edges.</summary>
public sealed class ReferenceEdgeTests
{
    private const string OneNumber = " is added to a loss that is one number: Reduction = None does not go with it.";

    private const string FocalSample = "Focal is not supported with SumsOver = Sample and one of Reduction = Sum, IgnoreIndex and CrossEntropy yet.";

    private const string Squares = "The options ask for a squared denominator, which is not defined for a Tversky index or for minima; leave out one of the two.";

    private const string Products = "GeneralizedWeights are defined with products of predictions and targets and without squares, so that SquaredDenominator and " +
        "Intersection must be left at their defaults.";

    private const string OneCoefficient = "GeneralizedWeights make one Dice coefficient of all classes, so that Overlap, Gamma, ClassWeights and AbsentClasses, " +
        "which are about the cost of a single class, must be left at their defaults.";

    private const string OneLabel = "WassersteinDistances are those of predictions that add up to 1 from one label, so that neither Activation = Sigmoid nor " +
        "Labels = OneHot go with them.";

    private const string OneRatio = "WassersteinDistances, of which one must be above 0, make one ratio of all classes, so that Overlap, SquaredDenominator, Gamma, " +
        "ClassWeights, AbsentClasses, GeneralizedWeights, the classes that count, CrossEntropy and Focal must be left at their defaults.";

    private const string FocalOf = "; it is computed with Sigmoid, or with Softmax and ClassIndex.";

    private static readonly SoftDiceOptions Two = new(2);
    private static readonly SoftDiceOptions Softmax = Two with { Activation = SoftDiceActivation.Softmax };
    private static readonly SoftDiceOptions Sigmoid = Two with { Activation = SoftDiceActivation.Sigmoid };
    private static readonly SoftDiceOptions FocalSigmoid = Sigmoid with { Focal = 1 };
    private static readonly SoftDiceOptions FocalImages = FocalSigmoid with { SumsOver = SoftDiceSumsOver.Sample };
    private static readonly SoftDiceOptions Generalized = Two with { GeneralizedWeights = SoftDiceGeneralizedWeights.Square };
    private static readonly SoftDiceOptions Distances = Two with { WassersteinDistances = [0, 1, 1, 0] };

    private static readonly (string Message, SoftDiceOptions Options)[] Refused =
    [
        (Squares, Two with { SquaredDenominator = true, Overlap = SoftDiceOverlap.Tversky }),
        (Squares, Two with { SquaredDenominator = true, Intersection = SoftDiceIntersection.Minimum }),
        (FocalSample, FocalImages with { Reduction = SoftDiceReduction.Sum }),
        (FocalSample, FocalImages with { IgnoreIndex = 1 }),
        (FocalSample, FocalImages with { CrossEntropy = 1 }),
        ("IgnoreIndex is a class index, and with Labels = OneHot labels are none.", Two with { Labels = SoftDiceLabels.OneHot, IgnoreIndex = 1 }),
        ("Focal is not supported with a mask yet.", FocalSigmoid with { Mask = [true] }),
        ("Focal is not supported with Sigmoid and IgnoreIndex yet.", FocalSigmoid with { IgnoreIndex = 1 }),
        ("The options leave out every class, so that nothing adds to the loss; leave one in.", Two with { ExcludedClasses = [0, 1] }),
        ("The options leave out every class, so that nothing adds to the loss; leave one in.", Two with { IncludeBackground = false, ExcludedClasses = [1] }),
        ("CrossEntropy is not 0 with the activation None; it is computed from logits, with Softmax or Sigmoid.", Two with { CrossEntropy = 1 }),
        (
            "CrossEntropy of a softmax with targets is not defined with a Mask yet; remove one of the two.",
            Softmax with { CrossEntropy = 1, Labels = SoftDiceLabels.OneHot, Mask = [true] }),
        (
            "CrossEntropyPositiveWeights are of a binary cross-entropy, and a softmax has none.",
            Softmax with { CrossEntropy = 1, CrossEntropyPositiveWeights = [1, 2] }),
        ("Focal is not 0 with the activation None and labels of the kind ClassIndex" + FocalOf, Two with { Focal = 1 }),
        ("Focal is not 0 with the activation Softmax and labels of the kind OneHot" + FocalOf, Softmax with { Focal = 1, Labels = SoftDiceLabels.OneHot }),
        ("FocalAlpha is about a class by itself, and of a softmax there is none.", Softmax with { Focal = 1, FocalAlpha = 0.5 }),
        (Products, Generalized with { SquaredDenominator = true }),
        (Products, Generalized with { Intersection = SoftDiceIntersection.Minimum }),
        (OneCoefficient, Generalized with { Overlap = SoftDiceOverlap.Jaccard }),
        (OneCoefficient, Generalized with { Gamma = 2 }),
        (OneCoefficient, Generalized with { ClassWeights = [1, 2] }),
        (OneCoefficient, Generalized with { AbsentClasses = SoftDiceAbsentClasses.Skip }),
        (OneLabel, Distances with { Activation = SoftDiceActivation.Sigmoid }),
        (OneLabel, Distances with { Labels = SoftDiceLabels.OneHot }),
        (OneRatio, Distances with { Overlap = SoftDiceOverlap.Jaccard }),
        (OneRatio, Distances with { SquaredDenominator = true }),
        (OneRatio, Distances with { Gamma = 2 }),
        (OneRatio, Distances with { ClassWeights = [1, 2] }),
        (OneRatio, Distances with { AbsentClasses = SoftDiceAbsentClasses.Skip }),
        (OneRatio, Distances with { GeneralizedWeights = SoftDiceGeneralizedWeights.Simple }),
        (OneRatio, Distances with { ExcludedClasses = [1] }),
        (OneRatio, Distances with { Activation = SoftDiceActivation.Softmax, CrossEntropy = 1 }),
        (OneRatio, Distances with { Activation = SoftDiceActivation.Softmax, Focal = 1 }),
        (OneRatio, Distances with { WassersteinDistances = [0, 0, 0, 0] }),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Refused.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void What_is_not_defined_is_refused_by_name(int index)
    {
        (string message, SoftDiceOptions options) = Refused[index];
        float[] labels = options.Labels == SoftDiceLabels.OneHot ? [1, 0] : [0];
        AssertRefused(message, () => SoftDiceReference.Loss<float>(options, [0, 0], labels, 1));
        AssertRefused(message, () => SoftDiceReference.Gradient<float>(options, [0, 0], labels, 1));
    }

    [Fact]
    public void A_loss_is_one_number_or_several()
    {
        SoftDiceOptions none = Softmax with { Reduction = SoftDiceReduction.None };
        AssertRefused("A cross-entropy" + OneNumber, () => SoftDiceReference.Losses<byte>(none with { CrossEntropy = 1 }, [0, 0], [0], 1));
        AssertRefused("A focal term" + OneNumber, () => SoftDiceReference.Losses<byte>(none with { Focal = 1 }, [0, 0], [0], 1));
        AssertRefused("With Reduction = None the loss is not one number; ask for Losses.", () => SoftDiceReference.Loss<byte>(none, [0, 0], [0], 1));
        AssertRefused("With Reduction = None the loss is not one number; give a factor for each.", () => SoftDiceReference.Gradient<byte>(none, [0, 0], [0], 1));
        const string Reduced = "The options reduce the losses to one number, by Reduction = Sum; with None there are several.";
        SoftDiceOptions sum = Softmax with { Reduction = SoftDiceReduction.Sum };
        AssertRefused(Reduced, () => SoftDiceReference.Losses<byte>(sum, [0, 0], [0], 1));
        AssertRefused(Reduced, () => SoftDiceReference.Gradient<byte>(sum, [0, 0], [0], 1, [1, 1]));
        AssertRefused("upstream has 3 elements; this loss has 2, as its Reduction is None.", () => SoftDiceReference.Gradient<byte>(none, [0, 0], [0], 1, [1, 1, 1]));
    }

    [Fact]
    public void Without_options_nothing_is_computed()
    {
        Assert.Equal("options", Assert.Throws<ArgumentNullException>(() => SoftDiceReference.Loss<byte>(null!, [0], [0], 1)).ParamName);
        Assert.Equal("options", Assert.Throws<ArgumentNullException>(() => SoftDiceReference.Losses<byte>(null!, [0], [0], 1)).ParamName);
        Assert.Equal("options", Assert.Throws<ArgumentNullException>(() => SoftDiceReference.Sums<byte>(null!, [0], [0], 1, 0)).ParamName);
        Assert.Equal("options", Assert.Throws<ArgumentNullException>(() => SoftDiceReference.Gradient<byte>(null!, [0], [0], 1)).ParamName);
    }

    [Fact]
    public void A_mask_of_another_length_is_named()
    {
        SoftDiceOptions options = Two with { Mask = [true, false, true] };
        AssertRefused(
            "mask has 3 elements; it is one for each of the 1 pixels of 2 images, 2 in all.",
            () => SoftDiceReference.Loss<byte>(options, [0, 0, 0, 0], [0, 1], 2));
    }

    [Fact]
    public void Nothing_costs_nothing_whatever_is_added()
    {
        foreach (SoftDiceOptions options in new List<SoftDiceOptions>
        {
            Softmax with { CrossEntropy = 1 },
            Softmax with { CrossEntropy = 1, Labels = SoftDiceLabels.OneHot },
            Softmax with { Focal = 1 },
            Sigmoid with { CrossEntropy = 1 },
            FocalSigmoid,
        })
        {
            Assert.Equal(0, SoftDiceReference.Loss<float>(options, [], [], 3));
            Assert.Empty(SoftDiceReference.Gradient<float>(options, [], [], 3));
        }

        foreach (SoftDiceOptions options in new List<SoftDiceOptions>
        {
            Softmax with { CrossEntropy = 1 },
            Softmax with { Focal = 1 },
            Sigmoid with { CrossEntropy = 1 },
        })
        {
            SoftDiceOptions ignoring = options with { IgnoreIndex = 255 };
            Assert.Equal(0, SoftDiceReference.Loss<byte>(ignoring, [1, float.NaN], [255], 1));
            Assert.Equal([0, 0], SoftDiceReference.Gradient<byte>(ignoring, [1, float.NaN], [255], 1));
        }

        // No label weighs anything.
        SoftDiceOptions weightless = Softmax with { CrossEntropy = 1, CrossEntropyClassWeights = [0, 1] };
        Assert.Equal(SoftDiceReference.Gradient<byte>(Softmax, [1, 2], [0], 1), SoftDiceReference.Gradient<byte>(weightless, [1, 2], [0], 1));
    }

    [Fact]
    public void Far_logits_cost_what_they_are_less_and_nothing_overflows()
    {
        // Met with certainty, both overlaps cost next to nothing; missed, -ln of what the smoothing leaves.
        double missed = -Math.Log(1e-5 / (1 + 1e-5));
        AssertFar(missed + 1000, Softmax with { CrossEntropy = 1 }, [1000, 0], 1);
        AssertFar(missed + 1000, Softmax with { CrossEntropy = 1 }, [0, -1000], 1);
        AssertFar(missed + 1000, Softmax with { Focal = 1 }, [1000, 0], 1);
        AssertFar(0, Softmax with { CrossEntropy = 1 }, [1000, 0], 0);
        AssertFar(0, Softmax with { Focal = 1 }, [1000, 0], 0);
        AssertFar(0, Softmax with { Focal = 1, FocalGamma = 0 }, [1000, 0], 0);
        AssertFar(missed + 1000, Sigmoid with { CrossEntropy = 1 }, [1000, -1000], 1);
        AssertFar(missed + 1000, FocalSigmoid, [1000, -1000], 1);
        AssertFar(0, Sigmoid with { CrossEntropy = 1 }, [1000, -1000], 0);
        AssertFar(0, FocalSigmoid, [1000, -1000], 0);
        AssertFar(0, FocalSigmoid with { FocalGamma = 0 }, [1000, -1000], 0);

        static void AssertFar(double expected, SoftDiceOptions options, float[] logits, byte label)
        {
            Assert.Equal(expected, SoftDiceReference.Loss<byte>(options, logits, [label], 1), 1e-12);
            Assert.All(SoftDiceReference.Gradient<byte>(options, logits, [label], 1), slope => Assert.True(double.IsFinite(slope)));
        }
    }

    [Fact]
    public void Of_two_answers_the_one_that_is_right_counts_alone()
    {
        // What the other one would cost is without end.
        float[] certain = [float.PositiveInfinity, float.NegativeInfinity];
        Assert.Equal(0, SoftDiceReference.Loss<byte>(Sigmoid with { CrossEntropy = 1 }, certain, [0], 1));
        Assert.Equal(0, SoftDiceReference.Loss<byte>(FocalSigmoid, certain, [0], 1));
        Assert.Equal(double.PositiveInfinity, SoftDiceReference.Loss<byte>(Sigmoid with { CrossEntropy = 1 }, certain, [1], 1));
        Assert.Equal(double.PositiveInfinity, SoftDiceReference.Loss<byte>(FocalSigmoid, certain, [1], 1));

        // Targets may have both, and ∞ times 0 is NaN.
        SoftDiceOptions targets = Sigmoid with { CrossEntropy = 1, Labels = SoftDiceLabels.OneHot };
        Assert.Equal(double.NaN, SoftDiceReference.Loss<byte>(targets, certain, [1, 0], 1));
        Assert.Equal(double.NaN, SoftDiceReference.Loss<byte>(FocalSigmoid with { Labels = SoftDiceLabels.OneHot }, certain, [1, 0], 1));
    }

    [Fact]
    public void A_minimum_has_half_a_slope_at_its_target()
    {
        // d = 2·I / (P + T) with P + T of 1 each time: by p it is 2·(slope of I) - 2·I.
        SoftDiceOptions options = new(1)
        {
            Labels = SoftDiceLabels.OneHot, Intersection = SoftDiceIntersection.Minimum, Form = SoftDiceForm.Negative, Epsilon = 0,
        };
        Assert.Equal(-(2 - 0.5), SoftDiceReference.Gradient<float>(options, [0.25f], [0.75f], 1)[0], 1e-15);
        Assert.Equal(-(1 - 1), SoftDiceReference.Gradient<float>(options, [0.5f], [0.5f], 1)[0], 1e-15);
        Assert.Equal(0.5, SoftDiceReference.Gradient<float>(options, [0.75f], [0.25f], 1)[0], 1e-15);
    }

    private static void AssertRefused(string message, Action compute) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(compute).Message, StringComparison.Ordinal);
}
