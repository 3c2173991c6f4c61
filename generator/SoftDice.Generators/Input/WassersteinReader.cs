using System.Globalization;
using System.Linq;

using SoftDice.Generators.Diagnostics;
using SoftDice.Generators.Model;

namespace SoftDice.Generators.Input;

/// <summary>Reads whether this is the generalised Wasserstein Dice loss, and finds what does not go with it.</summary>
internal static class WassersteinReader
{
    private const string OfOneClass = "is about what a single class costs, and WassersteinDistances make one cost of all; remove one of the two";

    public static Aggregation Read(AttributeArguments arguments, LossOptions options)
    {
        WassersteinWeights weights = arguments.GetEnum<WassersteinWeights>(AttributeNames.WassersteinWeights);
        double[] distances = arguments.GetArray<double>(AttributeNames.WassersteinDistances);
        if (distances.Length == 0)
        {
            if (arguments.Has(AttributeNames.WassersteinWeights))
            {
                Refuse(arguments, AttributeNames.WassersteinWeights, "says what pixels weigh with WassersteinDistances, and there are none; give them or remove it");
            }

            return options.Aggregation;
        }

        string? reason = FindWrong(distances, options.NumClasses);
        if (reason is not null)
        {
            arguments.Report(Descriptors.DistancesWrong, AttributeNames.WassersteinDistances, reason);
            return options.Aggregation;
        }

        double largest = distances.Max();
        return Fits(arguments, options)
            ? options.Aggregation with { Wasserstein = new Wasserstein(new EquatableArray<double>([.. distances.Select(distance => distance / largest)]), weights) }
            : options.Aggregation;
    }

    private static string? FindWrong(double[] distances, int numClasses)
    {
        long pairs = (long)numClasses * numClasses;
        if (distances.Length != pairs)
        {
            return $"has {Show(distances.Length)} distances for {Show(numClasses)} classes; give one for each pair of a label and a class, {Show(pairs)}, a row a label";
        }

        int wrong = System.Array.FindIndex(distances, distance => !(distance is >= 0 and <= double.MaxValue));
        if (wrong >= 0)
        {
            return $"has {distances[wrong].ToString(CultureInfo.InvariantCulture)} for label {Show(wrong / numClasses)} and class {Show(wrong % numClasses)}; " +
                "a distance must be finite and not negative";
        }

        int own = Enumerable.Range(0, numClasses).Where(c => distances[(c * numClasses) + c] != 0).DefaultIfEmpty(-1).First();
        return own >= 0
            ? $"has {distances[(own * numClasses) + own].ToString(CultureInfo.InvariantCulture)} for label {Show(own)} and the same class, which is no distance; write 0"
            : distances.All(distance => distance == 0) ? "has nothing but 0, so that no prediction is wrong; give two classes a distance"
            : null;
    }

    private static bool Fits(AttributeArguments arguments, LossOptions options)
    {
        Aggregation aggregation = options.Aggregation;
        bool fits = true;
        Check(
            options.Activation == Activation.Sigmoid,
            AttributeNames.Activation,
            "is Sigmoid, and WassersteinDistances are those of predictions that share a pixel among its classes; write Softmax, or remove one of the two");
        Check(
            options.IsOneHot,
            AttributeNames.Labels,
            "is OneHot, and WassersteinDistances are those from a pixel's one label; pass class indices, or remove one of the two");
        Check(options.Cost.Overlap != Overlap.Dice, AttributeNames.Overlap, OfOneClass);
        Check(options.Cost.SquaredDenominator, AttributeNames.SquaredDenominator, OfOneClass);
        Check(options.Cost.Gamma != 1, AttributeNames.Gamma, OfOneClass);
        Check(aggregation.HasWeights, AttributeNames.ClassWeights, OfOneClass);
        Check(aggregation.AbsentClasses != AbsentClasses.Count, AttributeNames.AbsentClasses, OfOneClass);
        Check(
            aggregation.IsGeneralized,
            AttributeNames.GeneralizedWeights,
            "make one ratio of the overlaps of all classes, and WassersteinDistances make another; remove one of the two");
        Check(
            aggregation.Excluded.Count > 0,
            arguments.Has(AttributeNames.ExcludedClasses) ? AttributeNames.ExcludedClasses : AttributeNames.IncludeBackground,
            "leaves out classes, and WassersteinDistances are between all; WassersteinWeights says what pixels of the background weigh");
        Check(
            aggregation.Reduction == Reduction.Sum && !aggregation.IsPerSample,
            AttributeNames.Reduction,
            "is Sum, and WassersteinDistances leave one cost, of which there is nothing to add; remove one of the two, or let SumsOver be Sample");
        Check(
            options.Compound.HasCrossEntropy,
            AttributeNames.CrossEntropy,
            "is not supported with WassersteinDistances yet; remove one of the two, and add up two losses");
        Check(
            options.Focal.IsThere,
            AttributeNames.Focal,
            "is not supported with WassersteinDistances yet; remove one of the two, and add up two losses");
        return fits;

        void Check(bool isWrong, string name, string reason)
        {
            if (isWrong)
            {
                Refuse(arguments, name, reason);
                fits = false;
            }
        }
    }

    private static void Refuse(AttributeArguments arguments, string name, string reason) =>
        arguments.Report(Descriptors.DoesNotFit, name, name, reason);

    private static string Show(long number) => number.ToString(CultureInfo.InvariantCulture);
}
