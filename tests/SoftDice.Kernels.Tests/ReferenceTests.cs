using System;
using System.Collections.Generic;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The definition by itself, against numbers worked by hand: what a kernel and it had wrong alike would show here.</summary>
public sealed class ReferenceTests
{
    // Two pixels of three classes, with the labels 0 and 2. I 0.5, 0, 0.5; P 0.75, 0.5, 0.75; T 1, 0, 1.
    private static readonly float[] Predictions = [0.5f, 0.25f, 0.25f, 0.25f, 0.25f, 0.5f];
    private static readonly byte[] Labels = [0, 2];

    // With 1/4 added on both sides, Dice coefficients of 1.25/2, 0.25/0.75 and 1.25/2.
    private static readonly SoftDiceOptions Three = new(3) { Epsilon = 0.25, Form = SoftDiceForm.OneMinus };

    // One class, with soft targets: I 0.625, P 0.75, T 1.5; of minima I 0.75, of squares P 0.3125 and T 1.25.
    private static readonly SoftDiceOptions One = new(1)
    {
        Labels = SoftDiceLabels.OneHot, Form = SoftDiceForm.Negative, NumeratorSmoothing = 0.5, DenominatorSmoothing = 0.25,
    };

    [Fact]
    public void Overlaps_are_those_worked_by_hand()
    {
        AssertOverlap(1.75 / 2.5, One);
        AssertOverlap(1.125 / 1.875, One with { Overlap = SoftDiceOverlap.Jaccard });
        AssertOverlap(1.125 / (0.875 + (0.25 * 0.125) + (0.75 * 0.875)), One with { Overlap = SoftDiceOverlap.Tversky, Alpha = 0.25, Beta = 0.75 });
        AssertOverlap(1.75 / 1.8125, One with { SquaredDenominator = true });
        AssertOverlap(1.125 / 1.1875, One with { SquaredDenominator = true, Overlap = SoftDiceOverlap.Jaccard });
        AssertOverlap(2 / 2.5, One with { Intersection = SoftDiceIntersection.Minimum });
        AssertOverlap(1.75 / 8, One with { DenominatorFloor = 8 });
        AssertOverlap(1.75 / 2.5, One with { DenominatorFloor = 2.5 });

        static void AssertOverlap(double expected, SoftDiceOptions options)
        {
            Assert.Equal(expected, SoftDiceReference.Dice<float>(options, [0.5f, 0.25f], [1, 0.5f], 1, 0), 1e-15);
            Assert.Equal(-expected, SoftDiceReference.Loss<float>(options, [0.5f, 0.25f], [1, 0.5f], 1), 1e-15);
        }
    }

    [Fact]
    public void A_class_costs_what_its_form_says()
    {
        AssertLoss(((2 * 0.375) + (2 / 3.0)) / 3, Three);
        AssertLoss(((2 * 0.375 * 0.375) + (4 / 9.0)) / 3, Three with { Gamma = 2 });
        AssertLoss(-(1.25 + (1 / 3.0)) / 3, Three with { Form = SoftDiceForm.Negative });
        AssertLoss(-((2 * Math.Log(0.625)) + Math.Log(1 / 3.0)) / 3, Three with { Form = SoftDiceForm.NegativeLog });
    }

    [Fact]
    public void Costs_are_weighted_and_reduced_as_asked()
    {
        const double Middle = 4 / 3.0;
        SoftDiceOptions weighted = Three with { ClassWeights = [1, 2, 3] };
        AssertLoss((0.375 + Middle + 1.125) / 3, weighted);
        AssertLoss((0.375 + Middle + 1.125) / 6, weighted with { NormalizeWeights = true });
        AssertLoss(0.375 + Middle + 1.125, weighted with { Reduction = SoftDiceReduction.Sum });
        AssertLoss((Middle + 1.125) / 2, weighted with { IncludeBackground = false });
        AssertLoss((Middle + 1.125) / 5, weighted with { IncludeBackground = false, NormalizeWeights = true });
        AssertLoss((0.375 + Middle) / 2, weighted with { ExcludedClasses = [2] });
        AssertLoss(1.5 / 3, weighted with { AbsentClasses = SoftDiceAbsentClasses.Zero });
        AssertLoss(1.5 / 2, weighted with { AbsentClasses = SoftDiceAbsentClasses.Skip });
        AssertLoss(1.5 / 4, weighted with { AbsentClasses = SoftDiceAbsentClasses.Skip, NormalizeWeights = true });
        AssertLoss(0, weighted with { AbsentClasses = SoftDiceAbsentClasses.Skip, ExcludedClasses = [0, 2] });

        SoftDiceOptions each = weighted with { Reduction = SoftDiceReduction.None };
        AssertAll([0.375, Middle, 1.125], SoftDiceReference.Losses<byte>(each, Predictions, Labels, 1));
        AssertAll([Middle, 1.125], SoftDiceReference.Losses<byte>(each with { IncludeBackground = false }, Predictions, Labels, 1));
        AssertAll([0.375, 0, 1.125], SoftDiceReference.Losses<byte>(each with { AbsentClasses = SoftDiceAbsentClasses.Zero }, Predictions, Labels, 1));
    }

    [Fact]
    public void Sums_over_samples_make_a_loss_of_each_image()
    {
        // A pixel an image, without smoothing: its label is predicted by 1/2, 2·0.5/1.5, and two others by 1/4, which are missed.
        SoftDiceOptions options = Three with { SumsOver = SoftDiceSumsOver.Sample };
        float[] images = [0.5f, 0.25f, 0.25f, 0.25f, 0.25f, 0.5f];
        double ofImage = (1 - (1.25 / 1.75) + (2 * 0.5)) / 3;
        Assert.Equal(ofImage, SoftDiceReference.Loss<byte>(options, images, Labels, 2), 1e-15);
        Assert.Equal(6 * ofImage, SoftDiceReference.Loss<byte>(options with { Reduction = SoftDiceReduction.Sum }, images, Labels, 2), 1e-15);
        Assert.Equal(6, SoftDiceReference.Losses<byte>(options with { Reduction = SoftDiceReduction.None }, images, Labels, 2).Length);
        Assert.NotEqual(ofImage, SoftDiceReference.Loss<byte>(Three, images, Labels, 2), 1e-3);
    }

    [Fact]
    public void Generalised_weights_make_one_ratio()
    {
        // Both pixels of class 2: I 0, 0, 0.75; P + T 0.75, 0.5, 2.75. Classes without labels weigh as much as it does.
        SoftDiceOptions simple = Three with { GeneralizedWeights = SoftDiceGeneralizedWeights.Simple };
        SoftDiceOptions square = Three with { GeneralizedWeights = SoftDiceGeneralizedWeights.Square };
        SoftDiceOptions zero = simple with { InfiniteWeights = SoftDiceInfiniteWeights.Zero };
        AssertRatio(1 - (1 / 2.25), simple);
        AssertRatio(1 - (0.625 / 1.25), square);
        AssertRatio(1 - (1.75 / 4.25), Three with { GeneralizedWeights = SoftDiceGeneralizedWeights.Uniform });
        AssertRatio(1 - (1 / 1.625), zero);
        AssertRatio(-1 / 2.25, simple with { Form = SoftDiceForm.Negative });
        AssertRatio(Math.Log(2.25), simple with { Form = SoftDiceForm.NegativeLog });
        AssertRatio(1 - (1 / 8.0), simple with { DenominatorFloor = 8 });
        AssertRatio(1 - (1 / 2.25), simple with { DenominatorFloor = 2.25 });
        AssertRatio(1 - (1 / 2.0), simple with { ExcludedClasses = [1] });

        // Of classes that have no label there is no measure, and they weigh nothing.
        AssertRatio(0, simple with { ExcludedClasses = [2] });
        AssertRatio(0, zero with { ExcludedClasses = [2] });
        Assert.Equal([1 - (1 / 2.25)], SoftDiceReference.Losses<byte>(simple with { Reduction = SoftDiceReduction.None }, Predictions, [2, 2], 1));

        static void AssertRatio(double expected, SoftDiceOptions options) =>
            Assert.Equal(expected, SoftDiceReference.Loss<byte>(options, Predictions, [2, 2], 1), 1e-15);
    }

    [Fact]
    public void Distances_make_one_ratio()
    {
        // The first pixel is off by 1/2, the second by 1/4 + 1/8; all distances are halves of what is given.
        SoftDiceOptions options = Three with { WassersteinDistances = [0, 2, 2, 2, 0, 1, 2, 1, 0] };
        SoftDiceOptions inverse = options with { WassersteinWeights = SoftDiceWassersteinWeights.InverseSize };
        AssertLoss(1 - (1.5 / 2.375), options);
        AssertLoss(1 - (1.375 / 1.8125), inverse);
        AssertLoss(-1.5 / 2.375, options with { Form = SoftDiceForm.Negative });
        AssertLoss(-Math.Log(1.5 / 2.375), options with { Form = SoftDiceForm.NegativeLog });
        AssertLoss(1 - (1.5 / 8), options with { DenominatorFloor = 8 });
        AssertLoss(1 - (1.5 / 2.375), options with { DenominatorFloor = 2.375 });
        Assert.Equal((0.5, 0.5, 1), SoftDiceReference.Sums<byte>(options, Predictions, Labels, 1, 0));
        Assert.Equal((0, 0, 0), SoftDiceReference.Sums<byte>(options, Predictions, Labels, 1, 1));
        Assert.Equal((0.625, 0.625, 1), SoftDiceReference.Sums<byte>(options, Predictions, Labels, 1, 2));
    }

    [Fact]
    public void A_cross_entropy_of_a_softmax_is_added()
    {
        float[] logits = [1, 0.5f, -2, 3, 0.25f, -1];
        double[] first = Costs(logits[0], logits[2], logits[4]);
        double[] second = Costs(logits[1], logits[3], logits[5]);
        SoftDiceOptions plain = Three with { Activation = SoftDiceActivation.Softmax };
        SoftDiceOptions weighted = plain with { CrossEntropy = 2, CrossEntropyClassWeights = [1, 2, 0.5], LabelSmoothing = 0.25 };
        double overlap = SoftDiceReference.Loss<byte>(plain, logits, Labels, 1);
        AssertTerm((first[0] + second[2]) / 2, plain with { CrossEntropy = 1 });
        AssertTerm(2 * (Spread(first, 0, 1) + Spread(second, 2, 0.5)) / 1.5, weighted);
        AssertTerm(2 * Spread(second, 2, 0.5) / 0.5, weighted with { IgnoreIndex = 0 }, SoftDiceReference.Loss<byte>(plain with { IgnoreIndex = 0 }, logits, Labels, 1));
        AssertTerm((first[0] + second[2]) / 2, plain with { CrossEntropy = 1, OverlapWeight = 3 }, 3 * overlap);
        AssertTerm(0, plain with { CrossEntropy = 1, CrossEntropyClassWeights = [0, 1, 0] });

        // Targets have weights of their own, and count as pixels whatever these are.
        float[] targets = [0.5f, 0, 0.25f, 0, 0.25f, 1];
        SoftDiceOptions soft = plain with { Labels = SoftDiceLabels.OneHot };
        double[] weights = [1, 2, 0.5];
        double ofFirst = first.Select((cost, c) => weights[c] * ((0.75 * targets[2 * c]) + (0.25 / 3)) * cost).Sum();
        double ofSecond = second.Select((cost, c) => weights[c] * ((0.75 * targets[(2 * c) + 1]) + (0.25 / 3)) * cost).Sum();
        Assert.Equal(
            SoftDiceReference.Loss<float>(soft, logits, targets, 1) + (2 * (ofFirst + ofSecond) / 2),
            SoftDiceReference.Loss<float>(weighted with { Labels = SoftDiceLabels.OneHot }, logits, targets, 1),
            1e-14);

        double Spread(double[] costs, int label, double weight) =>
            (0.75 * weight * costs[label]) + (0.25 * (costs[0] + (2 * costs[1]) + (0.5 * costs[2])) / 3);

        void AssertTerm(double expected, SoftDiceOptions options, double? ofOverlap = null) =>
            Assert.Equal((ofOverlap ?? overlap) + expected, SoftDiceReference.Loss<byte>(options, logits, Labels, 1), 1e-14);
    }

    [Fact]
    public void A_cross_entropy_of_sigmoids_is_added()
    {
        float[] logits = [1, 0.5f, -2, 3, 0.25f, -1];
        SoftDiceOptions plain = Three with { Activation = SoftDiceActivation.Sigmoid };
        SoftDiceOptions weighted = plain with { CrossEntropy = 2, CrossEntropyClassWeights = [1, 2, 0.5], CrossEntropyPositiveWeights = [3, 1, 4], LabelSmoothing = 0.25 };
        double overlap = SoftDiceReference.Loss<byte>(plain, logits, Labels, 1);
        double[] ones = [1, 1, 1];
        Assert.Equal(overlap + Term(1, ones, ones, 0), SoftDiceReference.Loss<byte>(plain with { CrossEntropy = 1 }, logits, Labels, 1), 1e-14);
        Assert.Equal(overlap + Term(2, [1, 2, 0.5], [3, 1, 4], 0.25), SoftDiceReference.Loss<byte>(weighted, logits, Labels, 1), 1e-14);
        float[] targets = [1, 0, 0, 0, 0, 1];
        Assert.Equal(
            overlap + Term(2, [1, 2, 0.5], [3, 1, 4], 0.25),
            SoftDiceReference.Loss<float>(weighted with { Labels = SoftDiceLabels.OneHot }, logits, targets, 1),
            1e-14);

        // One channel is the class 1: of the labels 1 and 0.
        SoftDiceOptions binary = new(1) { Activation = SoftDiceActivation.Sigmoid };
        double expected = SoftDiceReference.Loss<byte>(binary, [1, -2], [1, 0], 1) + ((Log(1) + Log(2)) / 2);
        Assert.Equal(expected, SoftDiceReference.Loss<byte>(binary with { CrossEntropy = 1 }, [1, -2], [1, 0], 1), 1e-14);

        double Term(double factor, double[] weights, double[] positive, double smoothing) => factor * logits.Select((logit, i) =>
        {
            double share = ((1 - smoothing) * (i is 0 or 5 ? 1 : 0)) + (smoothing / 2);
            return weights[i / 2] * ((positive[i / 2] * share * Log(logit)) + ((1 - share) * Log(-logit)));
        }).Sum() / 6;
    }

    [Fact]
    public void A_focal_term_is_added()
    {
        float[] logits = [1, 0.5f, -2, 3, 0.25f, -1];
        double first = Costs(logits[0], logits[2], logits[4])[0];
        double second = Costs(logits[1], logits[3], logits[5])[2];
        SoftDiceOptions softmax = Three with { Activation = SoftDiceActivation.Softmax };
        double overlap = SoftDiceReference.Loss<byte>(softmax, logits, Labels, 1);
        Assert.Equal(
            overlap + (3 * ((2 * Focal(first, 1.5)) + (0.5 * Focal(second, 1.5))) / 2),
            SoftDiceReference.Loss<byte>(softmax with { Focal = 3, FocalGamma = 1.5, FocalClassWeights = [2, 1, 0.5] }, logits, Labels, 1),
            1e-14);
        Assert.Equal(
            SoftDiceReference.Loss<byte>(softmax with { IgnoreIndex = 0 }, logits, Labels, 1) + Focal(second, 2),
            SoftDiceReference.Loss<byte>(softmax with { IgnoreIndex = 0, Focal = 1 }, logits, Labels, 1),
            1e-14);

        SoftDiceOptions sigmoid = Three with { Activation = SoftDiceActivation.Sigmoid };
        overlap = SoftDiceReference.Loss<byte>(sigmoid, logits, Labels, 1);
        double term = logits.Select((logit, i) => i is 0 or 5 ? 0.25 * Focal(Log(logit), 2) : 0.75 * Focal(Log(-logit), 2)).Sum() / 6;
        double plain = logits.Select((logit, i) => Focal(Log(i is 0 or 5 ? logit : -logit), 2)).Sum() / 6;
        Assert.Equal(overlap + term, SoftDiceReference.Loss<byte>(sigmoid with { Focal = 1, FocalAlpha = 0.25 }, logits, Labels, 1), 1e-14);
        Assert.Equal(overlap + plain, SoftDiceReference.Loss<byte>(sigmoid with { Focal = 1 }, logits, Labels, 1), 1e-14);

        static double Focal(double cost, double gamma) => Math.Pow(1 - Math.Exp(-cost), gamma) * cost;
    }

    private static void AssertLoss(double expected, SoftDiceOptions options) =>
        Assert.Equal(expected, SoftDiceReference.Loss<byte>(options, Predictions, Labels, 1), 1e-15);

    private static void AssertAll(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
    }

    // -ln of the softmax and of the sigmoid, as they are written in a book.
    private static double[] Costs(params IReadOnlyList<float> logits) =>
        [.. logits.Select(logit => -Math.Log(Math.Exp(logit) / logits.Sum(other => Math.Exp(other))))];

    private static double Log(double logit) => -Math.Log(1 / (1 + Math.Exp(-logit)));
}
