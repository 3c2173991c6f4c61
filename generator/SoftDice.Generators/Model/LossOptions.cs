using System;

namespace SoftDice.Generators.Model;

/// <summary>What the attribute asks for, every value valid.</summary>
/// <param name="NumClasses">Number of classes.</param>
/// <param name="Epsilon">The smoothing of numerator and denominator, where <see cref="Cost"/> has no other.</param>
/// <param name="Activation">What turns the predictions into probabilities.</param>
/// <param name="Labels">What the labels are.</param>
/// <param name="AreAsAsked">False if a value had to be replaced by a valid one, or is not known: then the loss must not compute.</param>
internal sealed record LossOptions(
    int NumClasses,
    double Epsilon,
    Activation Activation = Activation.None,
    LabelKind Labels = LabelKind.ClassIndex,
    bool AreAsAsked = true)
{
    public const int MaxNumClasses = 4096;
    public const double DefaultEpsilon = 1e-5;

    // Nobody's smoothing, and far from where floats end: a slope is at most 2 over it, before weights.
    private const double LeastOfGentleSlopes = 1e-15;

    /// <summary>What one class costs.</summary>
    public ClassCost Cost { get; init; } = new();

    /// <summary>How the classes become one number.</summary>
    public Aggregation Aggregation { get; init; } = new();

    /// <summary>What is added to the overlap's term.</summary>
    public Compound Compound { get; init; } = new();

    /// <summary>A focal term that is added to that of the overlap.</summary>
    public Focal Focal { get; init; } = new();

    /// <summary>Whether there is a focal term of a softmax with class indices.</summary>
    public bool HasCategoricalFocal => Focal.IsThere && Activation == Activation.Softmax;

    /// <summary>Whether there is a focal term of each class by itself, through a sigmoid.</summary>
    public bool HasBinaryFocal => Focal.IsThere && Activation == Activation.Sigmoid;

    /// <summary>Whether a term asks for the probability of each pixel's label.</summary>
    public bool HasCategoricalTerm => HasCategoricalCrossEntropy || HasCategoricalFocal;

    /// <summary>Whether a term asks for what the sigmoid of each class misses.</summary>
    public bool HasBinaryTerm => HasBinaryCrossEntropy || HasBinaryFocal;

    /// <summary>Whether anything is added to the term of the overlap.</summary>
    public bool HasTerms => Compound.HasCrossEntropy || Focal.IsThere;

    /// <summary>Whether there is a cross-entropy of a softmax with class indices.</summary>
    public bool HasCategoricalCrossEntropy => Compound.HasCrossEntropy && Activation == Activation.Softmax && !IsOneHot;

    /// <summary>Whether there is a cross-entropy of a softmax with targets.</summary>
    public bool HasTargetCrossEntropy => Compound.HasCrossEntropy && Activation == Activation.Softmax && IsOneHot;

    /// <summary>Whether there is a cross-entropy of each class by itself, through a sigmoid.</summary>
    public bool HasBinaryCrossEntropy => Compound.HasCrossEntropy && Activation == Activation.Sigmoid;

    /// <summary>Whether each image has an overlap of its own, and the batch one cross-entropy.</summary>
    public bool HasTermOfBatch => Compound.HasCrossEntropy && Aggregation.IsPerSample;

    /// <summary>The class index whose pixels take no part, if there is one.</summary>
    public int? IgnoreIndex { get; init; }

    /// <summary>Whether some pixels may take no part.</summary>
    public bool IgnoresPixels => IgnoreIndex is not null || HasMask;

    /// <summary>Whether calls have a mask of the pixels that take part.</summary>
    public bool HasMask { get; init; }

    /// <summary>How predictions lie in memory.</summary>
    public Layout Layout { get; init; }

    /// <summary>What predictions and gradient are made of.</summary>
    public ElementType ElementType { get; init; }

    /// <summary>Whether the classes of a pixel lie side by side; of one class there is no other way.</summary>
    public bool IsChannelsLast => Layout == Layout.ChannelsLast && NumClasses > 1;

    /// <summary>Whether an image is no planes of floats, which loops take.</summary>
    public bool IsStaged => IsChannelsLast || ElementType != ElementType.Float;

    /// <summary>The smoothing of the numerator.</summary>
    public double NumeratorSmoothing => Cost.NumeratorSmoothing ?? Epsilon;

    /// <summary>The smoothing of the denominator.</summary>
    public double DenominatorSmoothing => Cost.DenominatorSmoothing ?? Epsilon;

    /// <summary>Whether one ε smooths both.</summary>
    public bool HasOneSmoothing => NumeratorSmoothing == DenominatorSmoothing;

    /// <summary>
    /// Whether a slope that an activation's is multiplied with may be beyond the floats: it is divided by a sum that nothing keeps from being next to nothing.
    /// </summary>
    public bool HasSteepSlopes
    {
        get
        {
            double denominator = Math.Max(DenominatorSmoothing, Cost.DenominatorFloor);
            double least = Cost.Form == Form.NegativeLog ? Math.Min(NumeratorSmoothing, denominator) : denominator;
            return Activation != Activation.None && least < LeastOfGentleSlopes;
        }
    }

    /// <summary>One channel of sigmoid is the foreground: class indices are 0 and 1, and its class is 1.</summary>
    public bool IsBinary => Activation == Activation.Sigmoid && NumClasses == 1 && Labels == LabelKind.ClassIndex;

    /// <summary>Whether labels are targets of the predictions' shape instead of class indices.</summary>
    public bool IsOneHot => Labels == LabelKind.OneHot;

    /// <summary>How many values a class index can have.</summary>
    public int LabelValues => IsBinary ? 2 : NumClasses;
}
