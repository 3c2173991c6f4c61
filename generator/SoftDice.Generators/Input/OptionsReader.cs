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
/// An option that is wrong is replaced by its nearest valid value, so that the user's calls still bind and the one error on
/// the attribute is not followed by others. That error cannot be silenced: no program runs with the replaced value.
/// </remarks>
internal static class OptionsReader
{
    public static LossOptions Read(AttributeData attribute, ICollection<OptionProblem>? problems = null)
    {
        int numClasses = 1;
        if (!TryGet(attribute, AttributeNames.NumClasses, out int asked))
        {
            problems?.Add(new OptionProblem(Descriptors.NumClassesMissing, null));
        }
        else
        {
            numClasses = Math.Min(Math.Max(asked, 1), LossOptions.MaxNumClasses);
            if (numClasses != asked)
            {
                problems?.Add(new OptionProblem(
                    Descriptors.NumClassesOutOfRange, AttributeNames.NumClasses, asked.ToString(CultureInfo.InvariantCulture)));
            }
        }

        double epsilon = LossOptions.DefaultEpsilon;
        if (TryGet(attribute, AttributeNames.Epsilon, out double smoothing))
        {
            if (smoothing >= 0 && smoothing <= double.MaxValue)
            {
                epsilon = smoothing;
            }
            else
            {
                problems?.Add(new OptionProblem(
                    Descriptors.EpsilonInvalid, AttributeNames.Epsilon, smoothing.ToString(CultureInfo.InvariantCulture)));
            }
        }

        return new LossOptions(numClasses, epsilon);
    }

    private static bool TryGet<T>(AttributeData attribute, string name, out T value)
    {
        ImmutableArray<KeyValuePair<string, TypedConstant>> arguments = attribute.NamedArguments;
        object? constant = arguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
        value = constant is T typed ? typed : default!;
        return constant is T;
    }
}
