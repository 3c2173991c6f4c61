using System.Linq;

using SoftDice.Generators.Diagnostics;
using SoftDice.Generators.Model;

namespace SoftDice.Generators.Input;

/// <summary>Reads what one class costs, and finds what does not go together.</summary>
internal static class ClassCostReader
{
    public static ClassCost Read(AttributeArguments arguments)
    {
        double epsilon = arguments.Get(AttributeNames.Epsilon, LossOptions.DefaultEpsilon);
        bool hasNumerator = arguments.Has(AttributeNames.NumeratorSmoothing);
        bool hasDenominator = arguments.Has(AttributeNames.DenominatorSmoothing);
        ClassCost cost = new(
            Overlap: arguments.GetEnum<Overlap>(AttributeNames.Overlap),
            NumeratorSmoothing: hasNumerator ? arguments.GetNumber(AttributeNames.NumeratorSmoothing, epsilon) : null,
            DenominatorSmoothing: hasDenominator ? arguments.GetNumber(AttributeNames.DenominatorSmoothing, epsilon) : null,
            DenominatorFloor: arguments.GetNumber(AttributeNames.DenominatorFloor, 0),
            Form: arguments.GetEnum<Form>(AttributeNames.Form),
            Gamma: arguments.GetNumber(AttributeNames.Gamma, 1, canBeZero: false),
            Alpha: arguments.GetNumber(AttributeNames.Alpha, 0.5),
            Beta: arguments.GetNumber(AttributeNames.Beta, 0.5));

        if (hasNumerator && hasDenominator && arguments.Has(AttributeNames.Epsilon))
        {
            arguments.Report(
                Descriptors.DoesNotFit,
                AttributeNames.Epsilon,
                AttributeNames.Epsilon,
                "smooths nothing where NumeratorSmoothing and DenominatorSmoothing are both given; remove it or one of them");
        }

        cost = WithErrorWeights(arguments, cost);
        return cost.Gamma == 1 ? cost : WithGamma(arguments, cost, epsilon);
    }

    private static ClassCost WithErrorWeights(AttributeArguments arguments, ClassCost cost)
    {
        if (cost.Overlap != Overlap.Tversky)
        {
            foreach (string name in new[] { AttributeNames.Alpha, AttributeNames.Beta }.Where(arguments.Has))
            {
                arguments.Report(
                    Descriptors.DoesNotFit, name, name, "is a weight of the Tversky index; write Overlap = SoftDiceOverlap.Tversky too, or remove it");
            }

            return cost with { Alpha = 0.5, Beta = 0.5 };
        }

        if (cost is { Alpha: 0, Beta: 0 })
        {
            arguments.Report(
                Descriptors.DoesNotFit,
                AttributeNames.Alpha,
                AttributeNames.Alpha,
                "is 0, and so is Beta, so that no error counts; make one of them larger");
        }

        // The same formula, and the one without a factor.
        return cost is { Alpha: 1, Beta: 1 } ? cost with { Overlap = Overlap.Jaccard, Alpha = 0.5, Beta = 0.5 } : cost;
    }

    // Only 1 - d is from 0 to 1, and so has a power whatever the exponent.
    private static ClassCost WithGamma(AttributeArguments arguments, ClassCost cost, double epsilon)
    {
        string? reason =
            cost.Form != Form.OneMinus ? "is a power of 1 - d; write Form = SoftDiceForm.OneMinus too, or remove it"
            : (cost.NumeratorSmoothing ?? epsilon) > (cost.DenominatorSmoothing ?? epsilon)
                ? "is a power of 1 - d, which is negative where NumeratorSmoothing is larger than DenominatorSmoothing; make it at most as large"
            : null;
        if (reason is null)
        {
            return cost;
        }

        arguments.Report(Descriptors.DoesNotFit, AttributeNames.Gamma, AttributeNames.Gamma, reason);
        return cost with { Gamma = 1 };
    }
}
