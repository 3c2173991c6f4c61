using System.Globalization;
using System.Linq;

using SoftDice.Generators.Diagnostics;
using SoftDice.Generators.Model;

namespace SoftDice.Generators.Input;

/// <summary>Reads which terms are added to that of the overlap, and finds what does not go together.</summary>
internal static class CompoundReader
{
    /// <summary>Options that say something about the cross-entropy alone.</summary>
    private static readonly string[] OfCrossEntropy =
        [AttributeNames.CrossEntropyClassWeights, AttributeNames.CrossEntropyPositiveWeights, AttributeNames.LabelSmoothing];

    public static Compound Read(
        AttributeArguments arguments, int numClasses, Activation activation, LabelKind labels, Aggregation aggregation, bool hasMask)
    {
        double crossEntropy = arguments.GetNumber(AttributeNames.CrossEntropy, 0);
        double overlapWeight = arguments.GetNumber(AttributeNames.OverlapWeight, 1, canBeZero: false);
        double[] weights = ReadWeights(arguments, AttributeNames.CrossEntropyClassWeights, "pixel", numClasses);
        double[] positive = ReadWeights(arguments, AttributeNames.CrossEntropyPositiveWeights, "pixel of a class", numClasses);
        double smoothing = ReadSmoothing(arguments);
        if (crossEntropy > 0)
        {
            string? reason = WhyNot(AttributeNames.CrossEntropy, activation, numClasses, aggregation) ??
                (hasMask && activation == Activation.Softmax && labels == LabelKind.OneHot
                    ? "of a softmax with targets is not supported with Mask yet; remove one of the two, or pass class indices"
                    : null);
            if (reason is null)
            {
                return new Compound(
                    crossEntropy, overlapWeight, new EquatableArray<double>(weights), smoothing, ForSigmoid(arguments, activation, positive));
            }

            arguments.Report(new OptionProblem(Descriptors.TermNotComputed, AttributeNames.CrossEntropy, AttributeNames.CrossEntropy, reason)
            {
                Missing = MissingActivation(activation),
            });
            return new Compound();
        }

        foreach (string name in OfCrossEntropy.Where(arguments.Has))
        {
            arguments.Report(
                new OptionProblem(
                    Descriptors.TermMissing, name, name, "is about the cross-entropy, and there is none; give CrossEntropy a weight above 0 or remove it")
                {
                    Missing = "CrossEntropy = 1",
                });
        }

        if (arguments.Get(AttributeNames.Focal, 0.0) > 0)
        {
            // A focal term that is left out takes with it what weighs the overlap against it.
            return WhyNot(AttributeNames.Focal, activation, numClasses, aggregation) is null ? new Compound(OverlapWeight: overlapWeight) : new Compound();
        }

        if (arguments.Has(AttributeNames.OverlapWeight))
        {
            arguments.Report(
                Descriptors.TermMissing,
                AttributeNames.OverlapWeight,
                AttributeNames.OverlapWeight,
                "weighs the overlap against other terms, and there are none; give CrossEntropy or Focal a weight above 0 or remove it");
        }

        return new Compound();
    }

    /// <summary>Why a term cannot be computed; null where it can.</summary>
    public static string? WhyNot(string term, Activation activation, int numClasses, Aggregation aggregation) => activation switch
    {
        Activation.None =>
            "is computed from logits, and without an activation predictions are probabilities, whose rounding near 0 and 1 has already " +
            "lost it; pass logits and write Activation = SoftDiceActivation.Softmax or Sigmoid, or remove it",
        _ when aggregation.IsUnreduced => $"is a term of one number, and Reduction is None; write SoftDiceReduction.Mean or Sum, or remove {term}",
        Activation.Sigmoid => null,
        _ when numClasses == 1 => "is 0 whatever the logits where a softmax has one class; remove it, or give NumClasses at least 2",
        _ => null,
    };

    /// <summary>What a term of logits lacks; null if it is not that.</summary>
    public static string? MissingActivation(Activation activation) =>
        activation == Activation.None ? "Activation = SoftDiceActivation.Softmax" : null;

    private static double ReadSmoothing(AttributeArguments arguments)
    {
        double asked = arguments.Get(AttributeNames.LabelSmoothing, 0.0);
        if (asked is >= 0 and < 1)
        {
            return asked;
        }

        arguments.Report(Descriptors.LabelSmoothingOutOfRange, AttributeNames.LabelSmoothing, asked.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static EquatableArray<double> ForSigmoid(AttributeArguments arguments, Activation activation, double[] weights)
    {
        if (activation == Activation.Sigmoid || !arguments.Has(AttributeNames.CrossEntropyPositiveWeights))
        {
            return new EquatableArray<double>(weights);
        }

        arguments.Report(
            Descriptors.TermMissing,
            AttributeNames.CrossEntropyPositiveWeights,
            AttributeNames.CrossEntropyPositiveWeights,
            "weighs what belongs to a class against what does not, each class by itself, and through a softmax they depend on each other; " +
            "write CrossEntropyClassWeights, or Activation = SoftDiceActivation.Sigmoid, or remove it");
        return default;
    }

    // The loops hold weights as floats, and multiply them by probabilities and by a loss: far within the range of floats they keep their digits.
    private const double LeastWeight = 1e-15;
    private const double MostWeight = 1e15;

    /// <summary>A weight for each class that loops over floats can hold; none where there are none or they are wrong.</summary>
    public static double[] ReadWeights(AttributeArguments arguments, string name, string what, int numClasses)
    {
        double[] weights = arguments.GetArray<double>(name);
        int wrong = System.Array.FindIndex(weights, weight => weight is not (0 or (>= LeastWeight and <= MostWeight)));
        string? reason =
            weights.Length == 0 ? null
            : weights.Length != numClasses
                ? $"has {Show(weights.Length)} weights for {Show(numClasses)} classes; give one for each class"
            : wrong >= 0
                ? $"has {weights[wrong].ToString(CultureInfo.InvariantCulture)} for class {Show(wrong)}; a weight is 0, or 1e-15 to 1e15"
            : weights.All(weight => weight == 0) ? $"has 0 for every class, so that no {what} counts; give one of them more"
            : null;
        if (reason is null)
        {
            return weights;
        }

        arguments.Report(Descriptors.TermWeightsWrong, name, name, reason);
        return [];
    }

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);
}
