using System.Linq;

using SoftDice.Generators.Diagnostics;
using SoftDice.Generators.Model;

namespace SoftDice.Generators.Input;

/// <summary>Reads what one class costs, and finds what does not go together.</summary>
internal static class ClassCostReader
{
    public static ClassCost Read(AttributeArguments arguments, LabelKind labels)
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
            Beta: arguments.GetNumber(AttributeNames.Beta, 0.5),
            SquaredDenominator: arguments.Get(AttributeNames.SquaredDenominator, false),
            Intersection: arguments.GetEnum<Intersection>(AttributeNames.Intersection));

        if (hasNumerator && hasDenominator && arguments.Has(AttributeNames.Epsilon))
        {
            arguments.Report(
                Descriptors.DoesNotFit,
                AttributeNames.Epsilon,
                AttributeNames.Epsilon,
                "smooths nothing where NumeratorSmoothing and DenominatorSmoothing are both given; remove it or one of them");
        }

        cost = WithErrorWeights(arguments, WithTerms(arguments, cost, labels));
        return cost.Gamma == 1 ? cost : WithGamma(arguments, cost, epsilon);
    }

    // What a pixel adds to the sums: squares are about P and T of the denominator, a minimum about targets that are neither 0 nor 1.
    private static ClassCost WithTerms(AttributeArguments arguments, ClassCost cost, LabelKind labels)
    {
        if (cost.SquaredDenominator && cost.Overlap == Overlap.Tversky)
        {
            arguments.Report(
                Descriptors.DoesNotFit,
                AttributeNames.SquaredDenominator,
                AttributeNames.SquaredDenominator,
                "squares the predictions and targets that Dice and Jaccard divide by, and a Tversky index divides by errors; remove one of the two");
            cost = cost with { SquaredDenominator = false };
        }

        string? reason =
            cost.Intersection == Intersection.Product ? null
            : labels == LabelKind.ClassIndex
                ? "is Minimum, which is about soft targets, and labels are class indices; write Labels = SoftDiceLabels.OneHot too, or remove it"
            : cost.SquaredDenominator
                ? "is Minimum, which puts the optimum where predictions are the targets, as SquaredDenominator does with products; remove one of the two"
            : null;
        if (reason is null)
        {
            return cost;
        }

        arguments.Report(new OptionProblem(Descriptors.DoesNotFit, AttributeNames.Intersection, AttributeNames.Intersection, reason)
        {
            Missing = labels == LabelKind.ClassIndex ? "Labels = SoftDiceLabels.OneHot" : null,
        });
        return cost with { Intersection = Intersection.Product };
    }

    private static ClassCost WithErrorWeights(AttributeArguments arguments, ClassCost cost)
    {
        if (cost.Overlap != Overlap.Tversky)
        {
            foreach (string name in new[] { AttributeNames.Alpha, AttributeNames.Beta }.Where(arguments.Has))
            {
                arguments.Report(
                    new OptionProblem(
                        Descriptors.DoesNotFit, name, name, "is a weight of the Tversky index; write Overlap = SoftDiceOverlap.Tversky too, or remove it")
                    {
                        Missing = "Overlap = SoftDiceOverlap.Tversky",
                    });
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

        arguments.Report(new OptionProblem(Descriptors.DoesNotFit, AttributeNames.Gamma, AttributeNames.Gamma, reason)
        {
            Missing = cost.Form != Form.OneMinus ? "Form = SoftDiceForm.OneMinus" : null,
        });
        return cost with { Gamma = 1 };
    }
}
