using System;
using System.Reflection;

namespace SoftDice;

public sealed partial record SoftDiceOptions
{
    /// <summary>The options that an annotated type was generated for, as its attribute states them.</summary>
    /// <remarks>
    /// The element type and whether there is a mask are not among them: they are in the interface that the type implements, and a mask is given
    /// with each call.
    /// </remarks>
    /// <param name="lossType">A type annotated with <see cref="SoftDiceLossAttribute"/>, or derived from one.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">Neither the type nor one that it derives from is annotated, or an option has no valid value.</exception>
    public static SoftDiceOptions Of(Type lossType)
    {
        ArgumentNullException.ThrowIfNull(lossType);
        for (Type? type = lossType; type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<SoftDiceLossAttribute>() is { } asked)
            {
                return WithSmoothings(From(asked), asked);
            }
        }

        throw new ArgumentException(
            $"{lossType} has no [SoftDiceLoss], and neither has a type that it derives from, so that its options are not known. Pass an annotated type.",
            nameof(lossType));
    }

    private static SoftDiceOptions From(SoftDiceLossAttribute asked) => new(asked.NumClasses)
    {
        Activation = asked.Activation,
        Labels = asked.Labels,
        Epsilon = asked.Epsilon,
        DenominatorFloor = asked.DenominatorFloor,
        Overlap = asked.Overlap,
        Alpha = asked.Alpha,
        Beta = asked.Beta,
        SquaredDenominator = asked.SquaredDenominator,
        Intersection = asked.Intersection,
        Form = asked.Form,
        Gamma = asked.Gamma,
        Reduction = asked.Reduction,
        ClassWeights = asked.ClassWeights,
        NormalizeWeights = asked.NormalizeWeights,
        IncludeBackground = asked.IncludeBackground,
        ExcludedClasses = asked.ExcludedClasses,
        AbsentClasses = asked.AbsentClasses,
        SumsOver = asked.SumsOver,
        IgnoreIndex = asked.HasIgnoreIndex ? asked.IgnoreIndex : null,
        Layout = asked.Layout,
        GeneralizedWeights = asked.GeneralizedWeights,
        InfiniteWeights = asked.InfiniteWeights,
        WassersteinDistances = asked.WassersteinDistances,
        WassersteinWeights = asked.WassersteinWeights,
        CrossEntropy = asked.CrossEntropy,
        CrossEntropyClassWeights = asked.CrossEntropyClassWeights,
        CrossEntropyPositiveWeights = asked.CrossEntropyPositiveWeights,
        LabelSmoothing = asked.LabelSmoothing,
        OverlapWeight = asked.OverlapWeight,
        Focal = asked.Focal,
        FocalGamma = asked.FocalGamma,
        FocalClassWeights = asked.FocalClassWeights,
        FocalAlpha = asked.HasFocalAlpha ? asked.FocalAlpha : null,
    };

    // One that was not given goes on being that of Epsilon, as it does in the attribute.
    private static SoftDiceOptions WithSmoothings(SoftDiceOptions options, SoftDiceLossAttribute asked)
    {
        SoftDiceOptions ofNumerator = asked.HasNumeratorSmoothing ? options with { NumeratorSmoothing = asked.NumeratorSmoothing } : options;
        return asked.HasDenominatorSmoothing ? ofNumerator with { DenominatorSmoothing = asked.DenominatorSmoothing } : ofNumerator;
    }
}
