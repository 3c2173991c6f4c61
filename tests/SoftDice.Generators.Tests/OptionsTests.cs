using System;
using System.Collections.Generic;

using SoftDice.Generators.Model;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>What the records of the model say of themselves: the questions that planner and text ask.</summary>
public sealed class OptionsTests
{
    private static readonly LossOptions None = new(3, LossOptions.DefaultEpsilon);
    private static readonly LossOptions Softmax = None with { Activation = Activation.Softmax };
    private static readonly LossOptions Sigmoid = None with { Activation = Activation.Sigmoid };
    private static readonly Compound CrossEntropy = new(CrossEntropy: 1);
    private static readonly Focal Focal = new(Factor: 1);

    // Each question with options of which it is true, then options of which it is not.
    private static readonly Dictionary<string, (Func<LossOptions, bool> Ask, LossOptions[] Yes, LossOptions[] No)> Questions = new()
    {
        [nameof(LossOptions.HasCategoricalFocal)] = (
            options => options.HasCategoricalFocal, [Softmax with { Focal = Focal }], [Softmax, Sigmoid with { Focal = Focal }]),
        [nameof(LossOptions.HasBinaryFocal)] = (
            options => options.HasBinaryFocal, [Sigmoid with { Focal = Focal }], [Sigmoid, Softmax with { Focal = Focal }]),
        [nameof(LossOptions.HasCategoricalTerm)] = (
            options => options.HasCategoricalTerm,
            [Softmax with { Focal = Focal }, Softmax with { Compound = CrossEntropy }, Softmax with { Focal = Focal, Compound = CrossEntropy }],
            [Softmax, Sigmoid with { Focal = Focal, Compound = CrossEntropy }]),
        [nameof(LossOptions.HasBinaryTerm)] = (
            options => options.HasBinaryTerm,
            [Sigmoid with { Focal = Focal }, Sigmoid with { Compound = CrossEntropy }],
            [Sigmoid, Softmax with { Focal = Focal, Compound = CrossEntropy }]),
        [nameof(LossOptions.HasTerms)] = (
            options => options.HasTerms, [Softmax with { Focal = Focal }, Sigmoid with { Compound = CrossEntropy }], [None, Softmax, Sigmoid]),
        [nameof(LossOptions.HasCategoricalCrossEntropy)] = (
            options => options.HasCategoricalCrossEntropy,
            [Softmax with { Compound = CrossEntropy }],
            [
                None, Softmax, Softmax with { Focal = Focal }, Sigmoid with { Compound = CrossEntropy },
                Softmax with { Compound = CrossEntropy, Labels = LabelKind.OneHot },
            ]),
        [nameof(LossOptions.HasTargetCrossEntropy)] = (
            options => options.HasTargetCrossEntropy,
            [Softmax with { Compound = CrossEntropy, Labels = LabelKind.OneHot }],
            [
                None with { Labels = LabelKind.OneHot }, Softmax with { Labels = LabelKind.OneHot }, Softmax with { Compound = CrossEntropy },
                Sigmoid with { Compound = CrossEntropy, Labels = LabelKind.OneHot },
            ]),
        [nameof(LossOptions.HasBinaryCrossEntropy)] = (
            options => options.HasBinaryCrossEntropy, [Sigmoid with { Compound = CrossEntropy }], [Sigmoid, Softmax with { Compound = CrossEntropy }]),
        [nameof(LossOptions.HasTermOfBatch)] = (
            options => options.HasTermOfBatch,
            [Softmax with { Compound = CrossEntropy, Aggregation = new Aggregation(SumsOver: SumsOver.Sample) }],
            [Softmax with { Compound = CrossEntropy }, Softmax with { Aggregation = new Aggregation(SumsOver: SumsOver.Sample) }]),
        [nameof(LossOptions.IgnoresPixels)] = (
            options => options.IgnoresPixels, [None with { IgnoreIndex = 0 }, None with { HasMask = true }], [None]),
        [nameof(LossOptions.IsChannelsLast)] = (
            options => options.IsChannelsLast,
            [None with { Layout = Layout.ChannelsLast }],
            [None, None with { Layout = Layout.ChannelsLast, NumClasses = 1 }]),
        [nameof(LossOptions.IsStaged)] = (
            options => options.IsStaged,
            [None with { Layout = Layout.ChannelsLast }, None with { ElementType = ElementType.Half }, None with { ElementType = ElementType.Double }],
            [None, None with { Layout = Layout.ChannelsLast, NumClasses = 1 }]),
        [nameof(LossOptions.IsBinary)] = (
            options => options.IsBinary,
            [Sigmoid with { NumClasses = 1 }],
            [None with { NumClasses = 1 }, Sigmoid, Sigmoid with { NumClasses = 1, Labels = LabelKind.OneHot }]),
        [nameof(LossOptions.HasSteepSlopes)] = (
            options => options.HasSteepSlopes,
            [
                Softmax with { Epsilon = 0 },
                Sigmoid with { Epsilon = 9e-16 },
                Softmax with { Cost = new ClassCost(NumeratorSmoothing: 0) },
                Softmax with { Cost = new ClassCost(NumeratorSmoothing: 0, DenominatorFloor: 1) },
                Softmax with { Cost = new ClassCost(DenominatorSmoothing: 0) },
                Softmax with { Cost = new ClassCost(DenominatorSmoothing: 0, DenominatorFloor: 9e-16, Form: Form.OneMinus) },
            ],
            [
                Softmax,
                None with { Epsilon = 0 },
                Softmax with { Epsilon = 1e-15 },
                Softmax with { Cost = new ClassCost(NumeratorSmoothing: 0, Form: Form.OneMinus) },
                Softmax with { Cost = new ClassCost(NumeratorSmoothing: 0, Form: Form.Negative) },
                Softmax with { Cost = new ClassCost(DenominatorSmoothing: 0, DenominatorFloor: 1e-15) },
            ]),
        [nameof(LossOptions.HasOneSmoothing)] = (
            options => options.HasOneSmoothing,
            [None, None with { Epsilon = 2, Cost = new ClassCost(NumeratorSmoothing: 1, DenominatorSmoothing: 1) }],
            [None with { Cost = new ClassCost(NumeratorSmoothing: 1) }, None with { Cost = new ClassCost(DenominatorSmoothing: 1) }]),

        [nameof(ClassCost.WeighsErrors)] = (
            options => options.Cost.WeighsErrors,
            [None with { Cost = new ClassCost(Overlap.Tversky, Alpha: 0.3) }],
            [None with { Cost = new ClassCost(Overlap.Tversky, Alpha: 0.3, Beta: 0.3) }, None with { Cost = new ClassCost(Alpha: 0.3) }]),
        [nameof(ClassCost.HasBentSlopes)] = (
            options => options.Cost.HasBentSlopes,
            [None with { Cost = new ClassCost(SquaredDenominator: true) }, None with { Cost = new ClassCost(Intersection: Intersection.Minimum) }],
            [None]),
        [nameof(Aggregation.HasWeights)] = (
            options => options.Aggregation.HasWeights, [None with { Aggregation = new Aggregation(ClassWeights: new(1, 2, 3)) }], [None]),
        [nameof(Aggregation.IsUnreduced)] = (
            options => options.Aggregation.IsUnreduced,
            [None with { Aggregation = new Aggregation(Reduction.None) }],
            [None, None with { Aggregation = new Aggregation(Reduction.Sum) }]),
        [nameof(Aggregation.IsPerSample)] = (
            options => options.Aggregation.IsPerSample, [None with { Aggregation = new Aggregation(SumsOver: SumsOver.Sample) }], [None]),
        [nameof(Aggregation.IsGeneralized)] = (
            options => options.Aggregation.IsGeneralized,
            [
                None with { Aggregation = new Aggregation(GeneralizedWeights: GeneralizedWeights.Uniform) },
                None with { Aggregation = new Aggregation(Wasserstein: new Wasserstein(new(1), WassersteinWeights.Foreground)) },
            ],
            [None]),
        [nameof(Aggregation.ExcludesFirst)] = (
            options => options.Aggregation.ExcludesFirst,
            [None with { Aggregation = new Aggregation(Excluded: new(0)) }, None with { Aggregation = new Aggregation(Excluded: new(0, 1)) }],
            [None, None with { Aggregation = new Aggregation(Excluded: new(1)) }, None with { Aggregation = new Aggregation(Excluded: new(0, 2)) }]),
        [nameof(Compound.HasCrossEntropy)] = (options => options.Compound.HasCrossEntropy, [None with { Compound = CrossEntropy }], [None]),
        ["Compound.HasWeights"] = (
            options => options.Compound.HasWeights, [None with { Compound = CrossEntropy with { ClassWeights = new(1, 2, 3) } }], [None]),
        [nameof(Compound.HasPositiveWeights)] = (
            options => options.Compound.HasPositiveWeights, [None with { Compound = CrossEntropy with { PositiveWeights = new(1, 2, 3) } }], [None]),
        [nameof(Compound.IsSmoothed)] = (
            options => options.Compound.IsSmoothed, [None with { Compound = CrossEntropy with { LabelSmoothing = 0.1 } }], [None]),
        [nameof(Focal.IsThere)] = (options => options.Focal.IsThere, [None with { Focal = Focal }], [None]),
        ["Focal.HasWeights"] = (options => options.Focal.HasWeights, [None with { Focal = Focal with { ClassWeights = new(1, 2, 3) } }], [None]),
    };

    public static TheoryData<string> Names => [.. Questions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_question_has_the_right_answer(string question)
    {
        (Func<LossOptions, bool> ask, LossOptions[] yes, LossOptions[] no) = Questions[question];

        Assert.All(yes, options => Assert.True(ask(options)));
        Assert.All(no, options => Assert.False(ask(options)));
    }

    [Fact]
    public void Numbers_follow_from_the_options()
    {
        Assert.Equal(3, Sigmoid.LabelValues);
        Assert.Equal(2, (Sigmoid with { NumClasses = 1 }).LabelValues);
        Assert.Equal(1, (None with { NumClasses = 1 }).LabelValues);
        Assert.Equal(0.25, (None with { Epsilon = 0.25 }).NumeratorSmoothing);
        Assert.Equal(0.25, (None with { Epsilon = 0.25 }).DenominatorSmoothing);
        Assert.Equal(0.5, (None with { Cost = new ClassCost(NumeratorSmoothing: 0.5) }).NumeratorSmoothing);
        Assert.Equal(0.5, (None with { Cost = new ClassCost(DenominatorSmoothing: 0.5) }).DenominatorSmoothing);
        Assert.Equal([0, 2], new Aggregation(Excluded: new(1, 3)).Counted(4));
        Assert.Equal([0, 1], new Aggregation().Counted(2));
    }

    [Fact]
    public void A_target_writes_its_names()
    {
        TypePart outer = new("class", "Outer", new("T", "TLanes")), loss = new("class", "Loss", new());
        LossTarget target = new("Demo.Losses", new(outer, loss), CanBeTypeArgument: true, "Loss");

        Assert.Equal("global::Demo.Losses.Outer<T, TLanes>.Loss", target.FullName);
        Assert.Equal("global::Loss", (target with { Namespace = string.Empty, Types = new(loss) }).FullName);
        Assert.Equal("TLabel", target.FreeTypeParameter("TLabel"));
        Assert.Equal("TLanes_", target.FreeTypeParameter("TLanes"));
        Assert.Equal("T__", (target with { Types = new(outer, loss with { TypeParameters = new("T_") }) }).FreeTypeParameter("T"));
    }

    [Fact]
    public void Every_item_of_an_array_is_in_its_hash()
    {
        int[] items = [1, 2, 3];
        int hash = new EquatableArray<int>(items).GetHashCode();

        for (int i = 0; i < items.Length; i++)
        {
            int[] others = [.. items];
            others[i] = 5;
            Assert.NotEqual(hash, new EquatableArray<int>(others).GetHashCode());
        }

        Assert.NotEqual(hash, new EquatableArray<int>(3, 2, 1).GetHashCode());
    }
}
