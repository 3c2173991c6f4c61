using System.Reflection;

namespace SoftDice.Kernels.Tests;

/// <summary>The options of an annotated loss, read from its attribute, so that a table of losses states each once.</summary>
internal static class AttributeOptions
{
    public static SoftDiceOptions Of<TLoss>()
    {
        // A loss that stands for another has that as its first type argument.
        SoftDiceLossAttribute asked = typeof(TLoss).GetCustomAttribute<SoftDiceLossAttribute>() ??
            typeof(TLoss).GetGenericArguments()[0].GetCustomAttribute<SoftDiceLossAttribute>()!;
        return new SoftDiceOptions(asked.NumClasses)
        {
            Activation = asked.Activation,
            Labels = asked.Labels,
            Epsilon = asked.Epsilon,
            NumeratorSmoothing = asked.NumeratorSmoothing,
            DenominatorSmoothing = asked.DenominatorSmoothing,
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
    }
}
