using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

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
        int numClasses = ReadNumClasses(attribute, problems);
        double epsilon = ReadEpsilon(attribute, problems);
        Activation activation = (Activation)ReadEnum(
            attribute, AttributeNames.Activation, (int)Activation.Sigmoid, Descriptors.ActivationInvalid, problems);
        LabelKind labels = (LabelKind)ReadEnum(
            attribute, AttributeNames.Labels, (int)LabelKind.OneHot, Descriptors.LabelsInvalid, problems);
        return new LossOptions(numClasses, epsilon, activation, labels, AreAsAsked: problems.Count == 0);
    }

    private static int ReadNumClasses(AttributeData attribute, ICollection<OptionProblem> problems)
    {
        if (!TryGet(attribute, AttributeNames.NumClasses, out int asked))
        {
            problems.Add(new OptionProblem(Descriptors.NumClassesMissing, null));
            return 1;
        }

        int numClasses = Math.Min(Math.Max(asked, 1), LossOptions.MaxNumClasses);
        if (numClasses != asked)
        {
            problems.Add(new OptionProblem(
                Descriptors.NumClassesOutOfRange, AttributeNames.NumClasses, asked.ToString(CultureInfo.InvariantCulture)));
        }

        return numClasses;
    }

    private static double ReadEpsilon(AttributeData attribute, ICollection<OptionProblem> problems)
    {
        if (!TryGet(attribute, AttributeNames.Epsilon, out double asked))
        {
            return LossOptions.DefaultEpsilon;
        }

        if (asked is >= 0 and <= double.MaxValue)
        {
            return asked;
        }

        problems.Add(new OptionProblem(
            Descriptors.EpsilonInvalid, AttributeNames.Epsilon, asked.ToString(CultureInfo.InvariantCulture)));
        return LossOptions.DefaultEpsilon;
    }

    // A number cast to the enum may be none of its values, which are 0 to the last one.
    private static int ReadEnum(
        AttributeData attribute, string name, int last, DiagnosticDescriptor descriptor, ICollection<OptionProblem> problems)
    {
        if (!TryGet(attribute, name, out int asked) || (asked >= 0 && asked <= last))
        {
            return asked;
        }

        problems.Add(new OptionProblem(descriptor, name, asked.ToString(CultureInfo.InvariantCulture)));
        return 0;
    }

    private static bool TryGet<T>(AttributeData attribute, string name, out T value)
    {
        ImmutableArray<KeyValuePair<string, TypedConstant>> arguments = attribute.NamedArguments;
        object? constant = arguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
        value = constant is T typed ? typed : default!;
        return constant is T;
    }
}
