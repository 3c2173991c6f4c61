using System;
using System.Collections.Generic;
using System.Globalization;

using Microsoft.CodeAnalysis;

using SoftDice.Generators.Diagnostics;
using SoftDice.Generators.Model;

namespace SoftDice.Generators.Input;

/// <summary>Reads the attribute's arguments. The generator takes the options, the analyzer takes the problems.</summary>
/// <remarks>
/// An option that is wrong is replaced by its nearest valid value, so that the user's calls still bind and the one error on the
/// attribute is not followed by others. Should that error be suppressed, the loss throws.
/// </remarks>
internal static class OptionsReader
{
    public static LossOptions Read(AttributeData attribute) => Read(attribute, []);

    public static LossOptions Read(AttributeData attribute, ICollection<OptionProblem> problems)
    {
        AttributeArguments arguments = new(attribute, problems);
        int numClasses = ReadNumClasses(arguments);
        bool isNumberKnown = problems.Count == 0;
        double epsilon = ReadEpsilon(arguments);
        Activation activation = (Activation)arguments.GetEnum(
            AttributeNames.Activation, (int)Activation.Sigmoid, Descriptors.ActivationInvalid);
        LabelKind labels = (LabelKind)arguments.GetEnum(
            AttributeNames.Labels, (int)LabelKind.OneHot, Descriptors.LabelsInvalid);
        ClassCost cost = ClassCostReader.Read(arguments, labels);

        // What is said of single classes cannot be judged where their number is wrong.
        Aggregation aggregation = isNumberKnown
            ? GeneralizedReader.Read(arguments, cost, AggregationReader.Read(arguments, numClasses))
            : AggregationReader.ReadShape(arguments);
        bool hasMask = ReadMask(arguments, aggregation);
        int? ignoreIndex = ReadIgnoreIndex(arguments, labels);
        if (isNumberKnown && ignoreIndex is int ignored && LeavesNoLabel(ignored, numClasses, activation, aggregation))
        {
            arguments.Report(
                Descriptors.DoesNotFit,
                AttributeNames.IgnoreIndex,
                AttributeNames.IgnoreIndex,
                $"is {ignored.ToString(CultureInfo.InvariantCulture)}, the label of the only class that counts, so that no pixel is left to be found; " +
                "ignore another label, or count another class");
            ignoreIndex = null;
        }

        Focal focal = isNumberKnown
            ? FocalReader.Read(arguments, numClasses, activation, labels, aggregation, ignoresPixels: ignoreIndex is not null, hasMask)
            : new Focal();
        Compound compound = isNumberKnown
            ? CompoundReader.Read(arguments, numClasses, activation, labels, aggregation, hasMask)
            : new Compound();
        if (isNumberKnown)
        {
            LossOptions read = new(numClasses, epsilon, activation, labels) { Cost = cost, Aggregation = aggregation, Compound = compound, Focal = focal };
            aggregation = WassersteinReader.Read(arguments, read);
        }

        Layout layout = arguments.GetEnum<Layout>(AttributeNames.Layout);
        ElementType elementType = arguments.GetEnum<ElementType>(AttributeNames.ElementType);

        // Last, as the problems of all options count.
        return WithOneSmoothing(new LossOptions(numClasses, epsilon, activation, labels, AreAsAsked: problems.Count == 0 && arguments.AreKnown)
        {
            Cost = cost,
            Aggregation = aggregation,
            Compound = compound,
            Focal = focal,
            IgnoreIndex = ignoreIndex,
            HasMask = hasMask,
            Layout = layout,
            ElementType = elementType,
        });
    }

    private static int ReadNumClasses(AttributeArguments arguments)
    {
        if (!arguments.TryGet(AttributeNames.NumClasses, out int asked))
        {
            arguments.Report(new OptionProblem(Descriptors.NumClassesMissing, null) { Missing = AttributeNames.NumClasses + " = 2" });
            return 1;
        }

        int numClasses = Math.Min(Math.Max(asked, 1), LossOptions.MaxNumClasses);
        if (numClasses != asked)
        {
            arguments.Report(
                new OptionProblem(Descriptors.NumClassesOutOfRange, AttributeNames.NumClasses, asked.ToString(CultureInfo.InvariantCulture))
                {
                    Nearest = numClasses.ToString(CultureInfo.InvariantCulture),
                });
        }

        return numClasses;
    }

    private static double ReadEpsilon(AttributeArguments arguments)
    {
        double asked = arguments.Get(AttributeNames.Epsilon, LossOptions.DefaultEpsilon);
        if (asked is >= 0 and <= double.MaxValue)
        {
            return asked;
        }

        arguments.Report(Descriptors.EpsilonInvalid, AttributeNames.Epsilon, asked.ToString(CultureInfo.InvariantCulture));
        return LossOptions.DefaultEpsilon;
    }

    private static int? ReadIgnoreIndex(AttributeArguments arguments, LabelKind labels)
    {
        if (!arguments.TryGet(AttributeNames.IgnoreIndex, out int ignored))
        {
            return null;
        }

        if (labels == LabelKind.ClassIndex)
        {
            return ignored;
        }

        arguments.Report(
            Descriptors.DoesNotFit,
            AttributeNames.IgnoreIndex,
            AttributeNames.IgnoreIndex,
            "is a class index, and with Labels = OneHot labels are none; remove one of the two");
        return null;
    }

    // The one class of a sigmoid's one channel is the foreground, label 1.
    private static bool LeavesNoLabel(int ignored, int numClasses, Activation activation, Aggregation aggregation) =>
        aggregation.Counted(numClasses) is { Length: 1 } counted && ignored == (numClasses == 1 && activation == Activation.Sigmoid ? 1 : counted[0]);

    private static bool ReadMask(AttributeArguments arguments, Aggregation aggregation)
    {
        bool asked = arguments.Get(AttributeNames.Mask, false);
        if (!asked || !aggregation.IsUnreduced)
        {
            return asked;
        }

        arguments.Report(
            Descriptors.DoesNotFit,
            AttributeNames.Mask,
            AttributeNames.Mask,
            "is not supported with Reduction = None yet; write SoftDiceReduction.Mean or Sum, or remove it");
        return false;
    }

    // Two smoothings that are equal are one ε, however they were asked for.
    private static LossOptions WithOneSmoothing(LossOptions options) => options.HasOneSmoothing
        ? options with
        {
            Epsilon = options.NumeratorSmoothing,
            Cost = options.Cost with { NumeratorSmoothing = null, DenominatorSmoothing = null },
        }
        : options;
}
