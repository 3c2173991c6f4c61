using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The definition's gradient is the slope of its own loss, option by option, on a few pixels: nothing here knows of a kernel.</summary>
public sealed class ReferenceGradientTests
{
    private const int Images = 2;
    private const int Pixels = 3;

    private static readonly SoftDiceOptions Plain = new(3) { Epsilon = 0.25, Form = SoftDiceForm.OneMinus };
    private static readonly SoftDiceOptions Softmax = Plain with { Activation = SoftDiceActivation.Softmax };
    private static readonly SoftDiceOptions Sigmoid = Plain with { Activation = SoftDiceActivation.Sigmoid };
    private static readonly SoftDiceOptions Binary = new(1) { Activation = SoftDiceActivation.Sigmoid, Epsilon = 0.25 };
    private static readonly SoftDiceOptions Targets = Plain with { Labels = SoftDiceLabels.OneHot };
    private static readonly SoftDiceOptions Weighted = Softmax with { CrossEntropy = 2, CrossEntropyClassWeights = [1, 2, 0.5], LabelSmoothing = 0.25 };

    private static readonly SoftDiceOptions WeightedSigmoid = Sigmoid with
    {
        CrossEntropy = 2, CrossEntropyClassWeights = [1, 2, 0.5], CrossEntropyPositiveWeights = [3, 1, 4], LabelSmoothing = 0.25,
    };

    private static readonly SoftDiceOptions Distances = Softmax with { WassersteinDistances = [0, 2, 2, 3, 0, 1, 2, 1, 0] };
    private static readonly bool[] Mask = [true, false, true, true, true, false];

    private static readonly SoftDiceOptions[] Cases =
    [
        Plain with { Form = SoftDiceForm.NegativeLog },
        Plain with { Form = SoftDiceForm.Negative, Reduction = SoftDiceReduction.Sum },
        Plain with { Overlap = SoftDiceOverlap.Jaccard, ClassWeights = [1, 2, 3], NormalizeWeights = true },
        Plain with { Overlap = SoftDiceOverlap.Tversky, Alpha = 0.25, Beta = 0.5, Gamma = 2 },
        Plain with { DenominatorFloor = 100 },
        Plain with { DenominatorFloor = 100, Overlap = SoftDiceOverlap.Jaccard },
        Plain with { ExcludedClasses = [1], IncludeBackground = false },
        Sigmoid with { SquaredDenominator = true },
        Targets with { Intersection = SoftDiceIntersection.Minimum },
        Targets with { SquaredDenominator = true, Layout = SoftDiceLayout.ChannelsLast },
        Softmax with { SumsOver = SoftDiceSumsOver.Sample, Mask = Mask },
        Softmax with { SumsOver = SoftDiceSumsOver.Sample, Reduction = SoftDiceReduction.Sum },
        Softmax with { GeneralizedWeights = SoftDiceGeneralizedWeights.Simple },
        Softmax with { GeneralizedWeights = SoftDiceGeneralizedWeights.Square, Form = SoftDiceForm.NegativeLog, SumsOver = SoftDiceSumsOver.Sample },
        Softmax with { GeneralizedWeights = SoftDiceGeneralizedWeights.Simple, DenominatorFloor = 100 },
        Distances,
        Distances with { Form = SoftDiceForm.NegativeLog, WassersteinWeights = SoftDiceWassersteinWeights.InverseSize },
        Distances with { DenominatorFloor = 100, SumsOver = SoftDiceSumsOver.Sample },
        Weighted with { OverlapWeight = 3 },
        Weighted with { IgnoreIndex = 1 },
        Weighted with { Mask = Mask, Layout = SoftDiceLayout.ChannelsLast },
        Weighted with { Labels = SoftDiceLabels.OneHot },
        Softmax with { CrossEntropy = 1, Labels = SoftDiceLabels.OneHot },
        WeightedSigmoid with { IgnoreIndex = 0 },
        WeightedSigmoid with { Labels = SoftDiceLabels.OneHot, Mask = Mask },
        Sigmoid with { CrossEntropy = 1, SumsOver = SoftDiceSumsOver.Sample },
        Binary with { CrossEntropy = 1 },
        Binary with { Focal = 1, OverlapWeight = 0.5 },
        Softmax with { Focal = 3, FocalGamma = 1.5, FocalClassWeights = [1, 2, 0.5], IgnoreIndex = 2 },
        Softmax with { Focal = 1, CrossEntropy = 1, FocalGamma = 0 },
        Sigmoid with { Focal = 1, FocalAlpha = 0.25, FocalClassWeights = [1, 2, 0.5] },
        Sigmoid with { Focal = 1, FocalGamma = 1.5, Labels = SoftDiceLabels.OneHot },
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Length)];

    // Multiples of 2^-10, so that a step more and a step less are exact.
    private static readonly float[] Some = [.. Enumerable.Range(0, Images * Pixels * 3).Select(i => (i * 401 % 997) / 1024f)];

    // None within two steps of its prediction, where a minimum has its kink.
    private static readonly float[] Others = [.. Some.Select(value => (value + 0.5f) % 1)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void It_is_the_slope_of_the_loss(int index)
    {
        SoftDiceOptions options = Cases[index];
        float[] predictions = Some[..(Images * Pixels * options.NumClasses)];
        float[] labels = Labels(options);
        AssertSlopes(
            SoftDiceReference.Gradient<float>(options, predictions, labels, Images),
            predictions,
            moved => SoftDiceReference.Loss<float>(options, moved, labels, Images));
    }

    [Fact]
    public void Several_losses_have_a_factor_each()
    {
        foreach (SoftDiceOptions options in new List<SoftDiceOptions>
        {
            Softmax, Plain with { ExcludedClasses = [1] }, Sigmoid with { SumsOver = SoftDiceSumsOver.Sample, IncludeBackground = false },
            Softmax with { GeneralizedWeights = SoftDiceGeneralizedWeights.Square, SumsOver = SoftDiceSumsOver.Sample }, Distances,
            Softmax with { Layout = SoftDiceLayout.ChannelsLast, SumsOver = SoftDiceSumsOver.Sample },
        })
        {
            SoftDiceOptions several = options with { Reduction = SoftDiceReduction.None };
            float[] labels = Labels(options);
            double[] factors = [.. SoftDiceReference.Losses<float>(several, Some, labels, Images).Select((_, i) => i - 1.5)];
            AssertSlopes(
                SoftDiceReference.Gradient<float>(several, Some, labels, Images, factors),
                Some,
                moved => SoftDiceReference.Losses<float>(several, moved, labels, Images).Zip(factors, (loss, factor) => loss * factor).Sum());
        }
    }

    [Fact]
    public void Classes_that_do_not_count_have_no_slope()
    {
        float[] predictions = [0.5f, 0.25f, 0.75f];
        Assert.Equal([0, 0, 0], SoftDiceReference.Gradient<byte>(new SoftDiceOptions(1) { AbsentClasses = SoftDiceAbsentClasses.Skip, Labels = SoftDiceLabels.OneHot }, predictions, [0, 0, 0], 1));
        double[] gradient = SoftDiceReference.Gradient<byte>(Plain with { AbsentClasses = SoftDiceAbsentClasses.Zero }, predictions, [2], 1);
        Assert.Equal([0, 0], gradient[..2]);
        Assert.NotEqual(0, gradient[2]);
    }

    private static float[] Labels(SoftDiceOptions options) => options.Labels == SoftDiceLabels.OneHot ? Others
        : options.NumClasses == 1 ? [1, 0, 0, 1, 1, 0]
        : [0, 2, 1, 2, 0, 2];

    // Of a central difference extrapolated to a step of none, the error is of the fourth order in the step: 2^-36 times a derivative of some units.
    private static void AssertSlopes(double[] gradient, float[] predictions, Func<float[], double> loss)
    {
        Assert.Equal(predictions.Length, gradient.Length);
        for (int i = 0; i < gradient.Length; i++)
        {
            Assert.Equal(((4 * Difference(i, 1f / 1024)) - Difference(i, 1f / 512)) / 3, gradient[i], 1e-8);
        }

        double Difference(int i, float step) => (Moved(i, step) - Moved(i, -step)) / (2 * step);

        double Moved(int i, float step)
        {
            float[] moved = [.. predictions];
            moved[i] += step;
            return loss(moved);
        }
    }
}
