using System.Collections.Generic;

using SoftDice.Generators.Model;

namespace SoftDice.Generators.Text;

/// <summary>What one class costs, as a formula over its sums, and the slopes of that: numerator N, gap G, denominator N + G.</summary>
/// <remarks>The gap is a sum of its own, what predictions miss, so that nothing cancels where they miss little.</remarks>
internal static class CostText
{
    private const string Library = "global::SoftDice.Kernels.SumsMemory";
    private const string Math = "global::System.Math";

    /// <summary>Constants that the formula needs and the loss does not have.</summary>
    public static IEnumerable<string> Constants(LossOptions options)
    {
        if (!options.HasOneSmoothing)
        {
            yield return $"private const double NumeratorSmoothing = {SourceWriter.Literal(options.NumeratorSmoothing)};";
            yield return $"private const double DenominatorSmoothing = {SourceWriter.Literal(options.DenominatorSmoothing)};";
        }

        if (HasFloor(options))
        {
            yield return $"private const double DenominatorFloor = {SourceWriter.Literal(options.Cost.DenominatorFloor)};";
        }

        if (options.Cost.Overlap == Overlap.Tversky)
        {
            yield return $"private const double Alpha = {SourceWriter.Literal(options.Cost.Alpha)};";
            yield return $"private const double Beta = {SourceWriter.Literal(options.Cost.Beta)};";
        }

        if (HasPower(options))
        {
            yield return $"private const double Gamma = {SourceWriter.Literal(options.Cost.Gamma)};";
        }
    }

    /// <summary>The methods that the formula is made of.</summary>
    public static IEnumerable<string> Methods(LossOptions options)
    {
        string intersection = options.Cost.Overlap == Overlap.Dice ? "2 * Intersection(c)" : "Intersection(c)";
        yield return $"private readonly double Numerator(int c) => {intersection} + {(options.HasOneSmoothing ? "Epsilon" : "NumeratorSmoothing")};";
        if (!HasGap(options))
        {
            yield break;
        }

        string errors = options.Cost.WeighsErrors ? "Alpha * FalsePositives(c) + Beta * FalseNegatives(c)"
            : options.Cost.Overlap == Overlap.Tversky ? "Alpha * Miss(c)"
            : "Miss(c)";
        string raw = errors + (options.HasOneSmoothing ? string.Empty : " + (DenominatorSmoothing - NumeratorSmoothing)");
        yield return "// The denominator is the numerator and this.\n" + (HasFloor(options)
            ? $"private readonly double Gap(int c) => {Math}.Max({raw}, DenominatorFloor - Numerator(c));"
            : $"private readonly double Gap(int c) => {raw};");
        if (HasFloor(options) && !options.Aggregation.IsGeneralized)
        {
            yield return $"private readonly bool IsFloored(int c) => Numerator(c) + {raw} < DenominatorFloor;";
        }
    }

    /// <summary>What a class costs, as it is added to the loss.</summary>
    public static (string Operator, string Cost) Added(LossOptions options)
    {
        string oneMinus = $"{Library}.Complement(Numerator(c), {Gap(options, "c")})";
        return options.Cost.Form switch
        {
            Form.OneMinus when HasPower(options) => ("+=", $"{Math}.Pow({oneMinus}, Gamma)"),
            Form.OneMinus => ("+=", oneMinus),
            Form.Negative => ("-=", "Dice(c)"),
            _ => ("+=", $"{Library}.NegativeLog(Numerator(c), {Gap(options, "c")})"),
        };
    }

    /// <summary>What must be said of that.</summary>
    public static IEnumerable<string> WhyAdded(LossOptions options)
    {
        string overlap = options.Cost.Overlap == Overlap.Tversky ? "Tversky index" : $"{options.Cost.Overlap} coefficient";
        string what = options.Cost.Form == Form.NegativeLog ? "-ln of the" : "1 less the";
        if (options.Cost.Form != Form.Negative)
        {
            yield return $"// {what} {overlap}. Where that is nearly 1, all that matters is by how much predictions miss.";
        }
    }

    /// <summary>The gap of a class.</summary>
    public static string Gap(LossOptions options, string classIndex) => $"{(HasGap(options) ? "Gap" : "Miss")}({classIndex})";

    /// <summary>The slopes of the cost, in the variables that <see cref="SlopeText"/> names.</summary>
    public static IEnumerable<string> Slopes(LossOptions options)
    {
        if (HasPower(options))
        {
            yield return $"scale *= Gamma * {Math}.Pow({Library}.Complement(Numerator(c), {Gap(options, "c")}), Gamma - 1);";
        }

        bool isLog = options.Cost.Form == Form.NegativeLog;
        if (!isLog)
        {
            yield return $"double denominator = Numerator(c) + {Gap(options, "c")};";
        }

        // By the denominator, which any probability adds to; and by the numerator, which only those of the class do.
        string byDenominator = isLog ? $"1 / (Numerator(c) + {Gap(options, "c")})" : "Numerator(c) / denominator / denominator";
        string byNumerator = isLog ? "Numerator(c)" : "denominator";
        if (options.Cost.SquaredDenominator)
        {
            foreach (string line in SquaredSlopes(options, byNumerator))
            {
                yield return line;
            }

            yield break;
        }

        bool hasStep = SlopeText.HasStep(options);
        bool isTversky = options.Cost.Overlap == Overlap.Tversky;
        yield return $"double {(isTversky ? "slope" : "other")} = {(HasFloor(options) ? "IsFloored(c) ? 0 : " : string.Empty)}{byDenominator};";

        if (isTversky)
        {
            // A probability of the class adds all of itself to I and takes it from the false negatives; another adds to the false positives.
            yield return "double other = Alpha * slope;";
            yield return hasStep
                ? $"double step = (1 - Alpha - Beta) * slope - 1 / {byNumerator};"
                : $"double own = (1 - Beta) * slope - 1 / {byNumerator};";
            yield break;
        }

        // I is in Jaccard's denominator with the opposite sign, so that a probability of the class adds nothing to it.
        yield return (options.Cost.Overlap, hasStep) switch
        {
            (Overlap.Jaccard, true) => $"double step = -other - 1 / {byNumerator};",
            (Overlap.Jaccard, false) => $"double own = -1 / {byNumerator};",
            (_, true) => $"double step = -2 / {byNumerator};",
            (_, false) => $"double own = other - 2 / {byNumerator};",
        };
    }

    // By p, N has its factor of I times t, and D has 2·p. As 2·(p - t) of D and the rest of both times t, which is what is left of them where
    // p is t: the gap by the denominator, computed from what predictions miss, where the difference of both would cancel.
    private static IEnumerable<string> SquaredSlopes(LossOptions options, string byNumerator)
    {
        string complement = $"{Library}.Complement(Numerator(c), {Gap(options, "c")})";
        string rest = HasFloor(options) ? $"(IsFloored(c) ? 1 : {complement})" : complement;
        string bend = options.Cost.Form == Form.NegativeLog
            ? $"2 / (Numerator(c) + {Gap(options, "c")})"
            : "2 * Numerator(c) / denominator / denominator";
        yield return $"double step = {(options.Cost.Overlap == Overlap.Dice ? "-2 * " : "-")}{rest} / {byNumerator};";
        yield return $"double bend = {(HasFloor(options) ? "IsFloored(c) ? 0 : " : string.Empty)}{bend};";
    }

    /// <summary>Whether a denominator has a floor.</summary>
    public static bool HasFloor(LossOptions options) => options.Cost.DenominatorFloor > 0;

    private static bool HasPower(LossOptions options) => options.Cost.Gamma != 1;

    private static bool HasGap(LossOptions options) => !options.HasOneSmoothing || HasFloor(options) || options.Cost.Overlap == Overlap.Tversky;
}
