using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SoftDice;

/// <summary>The options of <see cref="SoftDiceLossAttribute"/> as values, for <see cref="SoftDiceReference"/>.</summary>
public sealed partial record SoftDiceOptions
{
    private readonly double? numeratorSmoothing;
    private readonly double? denominatorSmoothing;

    /// <summary>Options for a number of classes, everything else at its default.</summary>
    /// <param name="numClasses">1 to <see cref="SoftDiceLossAttribute.MaxNumClasses"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public SoftDiceOptions(int numClasses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numClasses, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numClasses, SoftDiceLossAttribute.MaxNumClasses);
        NumClasses = numClasses;
    }

    /// <summary>Number of classes.</summary>
    public int NumClasses { get; }

    /// <summary>What turns the predictions into probabilities.</summary>
    public SoftDiceActivation Activation { get; init; }

    /// <summary>What the labels are.</summary>
    public SoftDiceLabels Labels { get; init; }

    /// <summary>The smoothing ε, finite and not negative; 1e-5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double Epsilon
    {
        get;
        init => field = FiniteAndNotNegative(value, nameof(Epsilon));
    }

    = 1e-5;

    /// <summary>The smoothing of the numerator, finite and not negative; <see cref="Epsilon"/> by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double NumeratorSmoothing
    {
        get => numeratorSmoothing ?? Epsilon;
        init => numeratorSmoothing = FiniteAndNotNegative(value, nameof(NumeratorSmoothing));
    }

    /// <summary>The smoothing of the denominator, finite and not negative; <see cref="Epsilon"/> by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double DenominatorSmoothing
    {
        get => denominatorSmoothing ?? Epsilon;
        init => denominatorSmoothing = FiniteAndNotNegative(value, nameof(DenominatorSmoothing));
    }

    /// <summary>The least that a denominator is taken to be, finite and not negative; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double DenominatorFloor
    {
        get;
        init => field = FiniteAndNotNegative(value, nameof(DenominatorFloor));
    }

    /// <summary>How the overlap of a class is measured.</summary>
    public SoftDiceOverlap Overlap { get; init; }

    /// <summary>With <see cref="SoftDiceOverlap.Tversky"/>, the weight of false positives, finite and not negative; 0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double Alpha
    {
        get;
        init => field = FiniteAndNotNegative(value, nameof(Alpha));
    }

    = 0.5;

    /// <summary>With <see cref="SoftDiceOverlap.Tversky"/>, the weight of false negatives, finite and not negative; 0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double Beta
    {
        get;
        init => field = FiniteAndNotNegative(value, nameof(Beta));
    }

    = 0.5;

    /// <summary>With Dice and Jaccard, whether P and T are sums of squares.</summary>
    public bool SquaredDenominator { get; init; }

    /// <summary>What a prediction and a target have in common.</summary>
    public SoftDiceIntersection Intersection { get; init; }

    /// <summary>What a class costs, given its overlap.</summary>
    public SoftDiceForm Form { get; init; }

    /// <summary>The power that the cost of a class is raised to, finite and above 0; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0, negative, infinite or NaN.</exception>
    public double Gamma
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Gamma must be finite and above 0.");
    }

    = 1;

    /// <summary>How what the classes cost becomes the loss.</summary>
    public SoftDiceReduction Reduction { get; init; }

    /// <summary>How predictions, the gradient and targets lie in memory.</summary>
    public SoftDiceLayout Layout { get; init; }

    /// <summary>What the sums go over.</summary>
    public SoftDiceSumsOver SumsOver { get; init; }

    /// <summary>What each class's cost is multiplied by: one number a class, finite and not negative, or none.</summary>
    /// <exception cref="ArgumentException">There is another number of weights than of classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative, infinite or NaN.</exception>
    public IReadOnlyList<double> ClassWeights
    {
        get;
        init => field = OneForEachClass(value, nameof(ClassWeights));
    }

    = new EqualByItems<double>([]);

    /// <summary>Whether a weighted mean divides by the sum of the weights instead of the number of classes.</summary>
    public bool NormalizeWeights { get; init; }

    /// <summary>Whether class 0 adds to the loss; true by default.</summary>
    public bool IncludeBackground { get; init; } = true;

    /// <summary>Classes that add nothing to the loss.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public IReadOnlyList<int> ExcludedClasses
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (int excluded in value)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(excluded, nameof(value));
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(excluded, NumClasses, nameof(value));
            }

            field = new EqualByItems<int>(value);
        }
    }

    = new EqualByItems<int>([]);

    /// <summary>What becomes of a class that no label is of.</summary>
    public SoftDiceAbsentClasses AbsentClasses { get; init; }

    /// <summary>What a class weighs in the generalised Dice loss, if this is one.</summary>
    public SoftDiceGeneralizedWeights GeneralizedWeights { get; init; }

    /// <summary>What a class without labels weighs there.</summary>
    public SoftDiceInfiniteWeights InfiniteWeights { get; init; }

    /// <summary>
    /// How far each class is from each label, a row a label, if this is the generalised Wasserstein Dice loss: finite, not negative, and 0 from a
    /// label to its own class; or none.
    /// </summary>
    /// <exception cref="ArgumentException">There is another number of distances than the square of that of the classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A distance is negative, infinite or NaN, or not 0 from a label to its own class.</exception>
    public IReadOnlyList<double> WassersteinDistances
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count != 0 && value.Count != (long)NumClasses * NumClasses)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"WassersteinDistances has {value.Count} distances for {NumClasses} classes; give one for each pair."),
                    nameof(value));
            }

            for (int i = 0; i < value.Count; i++)
            {
                FiniteAndNotNegative(value[i], "A distance");
                if (i % (NumClasses + 1) == 0)
                {
                    ArgumentOutOfRangeException.ThrowIfNotEqual(value[i], 0, nameof(value));
                }
            }

            LargestDistance = value.DefaultIfEmpty(0).Max();
            field = new EqualByItems<double>(value);
        }
    }

    = new EqualByItems<double>([]);

    /// <summary>The largest of these, which they are divided by; 0 if there are none.</summary>
    internal double LargestDistance { get; private init; }

    /// <summary>What pixels weigh there, by their label.</summary>
    public SoftDiceWassersteinWeights WassersteinWeights { get; init; }

    /// <summary>The weight of the cross-entropy that is added to the overlap's term, finite and not negative; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double CrossEntropy
    {
        get;
        init => field = FiniteAndNotNegative(value, nameof(CrossEntropy));
    }

    /// <summary>What the cross-entropy of a pixel is multiplied by, by its label: one number a class, 0 or 1e-15 to 1e15, or none.</summary>
    /// <exception cref="ArgumentException">There is another number of weights than of classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is neither 0 nor from 1e-15 to 1e15.</exception>
    public IReadOnlyList<double> CrossEntropyClassWeights
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = OfATerm(value, nameof(CrossEntropyClassWeights));
        }
    }

    = new EqualByItems<double>([]);

    /// <summary>With a sigmoid, what -ln p is multiplied by in the cross-entropy: one number a class, 0 or 1e-15 to 1e15, or none.</summary>
    /// <exception cref="ArgumentException">There is another number of weights than of classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is neither 0 nor from 1e-15 to 1e15.</exception>
    public IReadOnlyList<double> CrossEntropyPositiveWeights
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = OfATerm(value, nameof(CrossEntropyPositiveWeights));
        }
    }

    = new EqualByItems<double>([]);

    /// <summary>The share of each label that the cross-entropy takes to be spread over all classes, at least 0 and below 1; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public double LabelSmoothing
    {
        get;
        init => field = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "LabelSmoothing must be at least 0 and below 1.");
    }

    /// <summary>The weight of the focal term that is added to that of the overlap, finite and not negative; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double Focal
    {
        get;
        init => field = FiniteAndNotNegative(value, nameof(Focal));
    }

    /// <summary>The power of the focal term, 0 to 100; 2 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public double FocalGamma
    {
        get;
        init => field = value is >= 0 and <= 100
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "FocalGamma must be 0 to 100.");
    }

    = 2;

    /// <summary>What the focal term of a pixel, or of a class, is multiplied by: one number a class, 0 or 1e-15 to 1e15, or none.</summary>
    /// <exception cref="ArgumentException">There is another number of weights than of classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is neither 0 nor from 1e-15 to 1e15.</exception>
    public IReadOnlyList<double> FocalClassWeights
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = OfATerm(value, nameof(FocalClassWeights));
        }
    }

    = new EqualByItems<double>([]);

    /// <summary>With a sigmoid, what the focal term of what belongs to a class is multiplied by, above 0 and below 1; null for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public double? FocalAlpha
    {
        get;
        init => field = value is null or (> 0 and < 1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "FocalAlpha must be above 0 and below 1.");
    }

    /// <summary>The weight of the overlap's term beside a cross-entropy or a focal term, finite and above 0; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0, negative, infinite or NaN.</exception>
    public double OverlapWeight
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "OverlapWeight must be finite and above 0.");
    }

    = 1;

    /// <summary>The class index whose pixels take no part, whatever is predicted there; null for none.</summary>
    public int? IgnoreIndex { get; init; }

    /// <summary>
    /// Of each pixel of the batch, (batch, pixels), whether it takes part: where it does not, its predictions and its label are in no sum, whatever
    /// they are, and its gradient is 0. None by default: then all do.
    /// </summary>
    public IReadOnlyList<bool> Mask
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = new EqualByItems<bool>(value);
        }
    }

    = new EqualByItems<bool>([]);

    /// <summary>The same for a part of the batch.</summary>
    internal SoftDiceOptions OfPixels(int first, int count) => Mask.Count == 0 ? this : this with { Mask = [.. Mask.Skip(first).Take(count)] };

    /// <summary>Whether a class adds to the loss.</summary>
    internal bool Includes(int classIndex) => (IncludeBackground || classIndex != 0) && !ExcludedClasses.Contains(classIndex);

    // As the attribute: what loops over floats can hold.
    private EqualByItems<double> OfATerm(IReadOnlyList<double> weights, string name)
    {
        EqualByItems<double> checkedWeights = OneForEachClass(weights, name);
        foreach (double weight in checkedWeights)
        {
            if (weight is not (0 or (>= 1e-15 and <= 1e15)))
            {
                throw new ArgumentOutOfRangeException(nameof(weights), weight, "A weight of a term is 0, or 1e-15 to 1e15.");
            }
        }

        return checkedWeights;
    }

    private EqualByItems<double> OneForEachClass(IReadOnlyList<double> weights, string name)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Count != 0 && weights.Count != NumClasses)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{name} has {weights.Count} weights for {NumClasses} classes."), nameof(weights));
        }

        foreach (double weight in weights)
        {
            FiniteAndNotNegative(weight, "A class weight");
        }

        return new EqualByItems<double>(weights);
    }

    private static double FiniteAndNotNegative(double value, string name) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"{name} must be finite and not negative.");
}
