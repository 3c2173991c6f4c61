using System;

namespace SoftDice;

/// <summary>
/// Makes the source generator write a soft Dice loss into the annotated partial type, specialised to the options given here.
/// </summary>
/// <remarks>
/// <para>
/// The loss is the mean over the classes <c>c</c> of <c>-ln((2·I + ε) / (P + T + ε))</c>, where <c>I</c> is the sum of the
/// predictions for <c>c</c> at the pixels labelled <c>c</c>, <c>P</c> the sum of all predictions for <c>c</c>, and <c>T</c> the
/// number of pixels labelled <c>c</c>. All three are sums over the whole batch.
/// </para>
/// <para>
/// Predictions are probabilities, or logits with an <see cref="Activation"/>, in the layout (batch, class, pixels); labels are class
/// indices in the layout (batch, pixels), or with <see cref="Labels"/> a target of the predictions' shape. The sums are then those of
/// prediction times target, of the predictions and of the targets.
/// <see cref="SoftDiceReference"/> is the same definition as plain loops over doubles.
/// </para>
/// <para>
/// The other options change the overlap of a class, what the class costs for it, and how the classes become one number; an option that
/// is left out leaves no trace in the generated code.
/// </para>
/// </remarks>
// Several are refused by the analyzer, which says what to do. Were it the compiler (CS0579), a build would stop before analyzers run.
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class SoftDiceLossAttribute : Attribute
{
    /// <summary>The largest value that <see cref="NumClasses"/> takes.</summary>
    public const int MaxNumClasses = 4096;

    private double? numeratorSmoothing;
    private double? denominatorSmoothing;
    private int? ignoreIndex;
    private double? focalAlpha;

    /// <summary>
    /// Number of classes, which is the number of prediction channels: 1 to 4096, required. With 1 there is one channel, and
    /// label 0 is its only class: every pixel belongs to it. With 1 and sigmoid, labels are 0 and 1, and 1 is the class.
    /// </summary>
    public int NumClasses { get; set; }

    /// <summary>What turns the predictions into probabilities: nothing by default, softmax or sigmoid for logits.</summary>
    public SoftDiceActivation Activation { get; set; }

    /// <summary>What the labels are: class indices by default, or one-hot and soft targets.</summary>
    public SoftDiceLabels Labels { get; set; }

    /// <summary>
    /// The smoothing ε added to the numerator and to the denominator of every class: finite and not negative, 1e-5 by default.
    /// With 0, a class that is neither predicted nor labelled anywhere is 0/0, and makes the loss NaN.
    /// </summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>The smoothing added to the numerator alone: finite and not negative; <see cref="Epsilon"/> by default.</summary>
    public double NumeratorSmoothing
    {
        get => numeratorSmoothing ?? Epsilon;
        set => numeratorSmoothing = value;
    }

    /// <summary>The smoothing added to the denominator alone: finite and not negative; <see cref="Epsilon"/> by default.</summary>
    public double DenominatorSmoothing
    {
        get => denominatorSmoothing ?? Epsilon;
        set => denominatorSmoothing = value;
    }

    /// <summary>Whether <see cref="NumeratorSmoothing"/> was given.</summary>
    internal bool HasNumeratorSmoothing => numeratorSmoothing.HasValue;

    /// <summary>Whether <see cref="DenominatorSmoothing"/> was given.</summary>
    internal bool HasDenominatorSmoothing => denominatorSmoothing.HasValue;

    /// <summary>
    /// The least that a denominator, smoothing included, is taken to be: finite and not negative, 0 by default. Below it the denominator is a
    /// constant, and has no gradient.
    /// </summary>
    public double DenominatorFloor { get; set; }

    /// <summary>How the overlap of a class is measured: by the Dice coefficient by default, by that of Jaccard, or by the Tversky index.</summary>
    public SoftDiceOverlap Overlap { get; set; }

    /// <summary>
    /// With <see cref="SoftDiceOverlap.Tversky"/>, the weight of false positives: finite and not negative, 0.5 by default. Another than
    /// <see cref="Beta"/> makes the loops add up both errors apart.
    /// </summary>
    public double Alpha { get; set; } = 0.5;

    /// <summary>
    /// With <see cref="SoftDiceOverlap.Tversky"/>, the weight of false negatives: finite and not negative, 0.5 by default, and not 0 if
    /// <see cref="Alpha"/> is.
    /// </summary>
    public double Beta { get; set; } = 0.5;

    /// <summary>
    /// Whether P and T, which Dice and Jaccard divide by, are sums of the squares of predictions and targets; false by default. What predictions
    /// miss is then the sum of the squared differences, and the gradient depends on the prediction: a probability of 0 where nothing is has none.
    /// Not with <see cref="SoftDiceOverlap.Tversky"/>, which divides by errors. Source: Milletari et al., "V-Net", 3DV 2016.
    /// </summary>
    public bool SquaredDenominator { get; set; }

    /// <summary>
    /// With <see cref="SoftDiceLabels.OneHot"/>, what a prediction and a soft target have in common: their product by default, or the smaller
    /// of the two, with which the least loss is where predictions equal their targets. With <see cref="SquaredDenominator"/> it is there with
    /// the product already.
    /// </summary>
    public SoftDiceIntersection Intersection { get; set; }

    /// <summary>What a class costs, given its overlap d: -ln d by default, 1 - d or -d.</summary>
    public SoftDiceForm Form { get; set; }

    /// <summary>
    /// The power that what a class costs is raised to, with <see cref="SoftDiceForm.OneMinus"/> only: finite and above 0, 1 by default.
    /// Above 1 a class that is nearly met has next to no gradient, and none where it costs 0. Below 1 the gradient grows without bound as the
    /// cost goes to 0, where it is infinite, and through a softmax NaN.
    /// </summary>
    public double Gamma { get; set; } = 1;

    /// <summary>How what the classes cost becomes the loss: by their mean by default, by their sum, or not at all, so that each has its own.</summary>
    public SoftDiceReduction Reduction { get; set; }

    /// <summary>
    /// How predictions, the gradient and targets lie in memory: a plane a class by default, (batch, class, pixels), or the classes of a pixel side
    /// by side, (batch, pixels, class).
    /// </summary>
    public SoftDiceLayout Layout { get; set; }

    /// <summary>
    /// The type of predictions and of their gradient: float by default. With another, the loss implements
    /// <see cref="ISoftDiceLoss{TSums, TElement}"/> of it, and goes through tiles that are floats. Sums are double in any case.
    /// </summary>
    public SoftDiceElementType ElementType { get; set; }

    /// <summary>
    /// What the sums go over: the whole batch by default, or each image alone, so that each has a loss of its own. The loss of a batch is then
    /// the mean of these over the images, with <see cref="SoftDiceReduction.Sum"/> their sum, and with <see cref="SoftDiceReduction.None"/> all of
    /// them.
    /// </summary>
    public SoftDiceSumsOver SumsOver { get; set; }

    /// <summary>
    /// What each class's cost is multiplied by: one finite number that is not negative for each of the classes, those that are left out
    /// included, and not 0 for all. None by default. The mean is still over the number of classes, unless <see cref="NormalizeWeights"/>.
    /// </summary>
    public double[] ClassWeights { get; set; } = [];

    /// <summary>Whether a weighted mean divides by the sum of the weights instead of the number of classes; false by default.</summary>
    public bool NormalizeWeights { get; set; }

    /// <summary>
    /// Whether class 0 adds to the loss, true by default. Without it, the mean is over the others. Its probability has no slope; through a
    /// softmax its logit has a gradient all the same, as it takes probability from the others.
    /// </summary>
    public bool IncludeBackground { get; set; } = true;

    /// <summary>Classes that are left out as the background is without <see cref="IncludeBackground"/>; none by default.</summary>
    public int[] ExcludedClasses { get; set; } = [];

    /// <summary>What becomes of a class that no label is of: it counts like any other by default, costs nothing, or is skipped.</summary>
    public SoftDiceAbsentClasses AbsentClasses { get; set; }

    /// <summary>
    /// Other than None, the default, makes this the generalised Dice loss: d is one ratio, <c>(2·Σ w·I + ε) / (Σ w·(P + T) + ε)</c> with sums over
    /// the classes that are not left out, and w one of 1, 1 / T and 1 / T². The loss is what d costs.
    /// </summary>
    public SoftDiceGeneralizedWeights GeneralizedWeights { get; set; }

    /// <summary>With weights of 1 / T or 1 / T², what a class without labels weighs: by default as much as the heaviest of the others.</summary>
    public SoftDiceInfiniteWeights InfiniteWeights { get; set; }

    /// <summary>
    /// Makes this the generalised Wasserstein Dice loss: how far each class is from each label, a row a label, so one number for each pair, finite and
    /// not negative, and 0 from a label to its own class. None by default. A matrix need not be symmetric. Distances are divided by the largest of
    /// them. A pixel is then off by W, the mean distance of its prediction from its label, and the loss is what the ratio
    /// <c>N / D</c> of <see cref="WassersteinWeights"/> costs, with E the sum of W over the pixels labelled with a class and H that of 1 - W. It needs class
    /// indices, and predictions that add up to 1 in each pixel: probabilities, or logits with <see cref="SoftDiceActivation.Softmax"/>.
    /// </summary>
    /// <remarks>Source: Fidon et al., "Generalised Wasserstein Dice Score for Imbalanced Multi-class Segmentation using Holistic Convolutional Networks", 2017.</remarks>
    public double[] WassersteinDistances { get; set; } = [];

    /// <summary>With <see cref="WassersteinDistances"/>, what pixels weigh by their label: by default none of the background's counts as right.</summary>
    public SoftDiceWassersteinWeights WassersteinWeights { get; set; }

    /// <summary>
    /// The weight of a cross-entropy that is added to the overlap's term, from the same pass over the logits: finite and not negative, 0 by
    /// default, which adds none. With <see cref="SoftDiceActivation.Softmax"/> and at least two classes it is the sum
    /// over all pixels of -ln p, with p the softmax of the label's logit, divided by their number; of targets, of the sum of t·(-ln p). With <see cref="SoftDiceActivation.Sigmoid"/>
    /// it is the binary cross-entropy of each class by itself, t·(-ln p) + (1 - t)·(-ln(1 - p)) with t the target or 1 at the label's class, divided
    /// by the number of pixels times that of classes. It is a mean over the batch whatever <see cref="SumsOver"/> and <see cref="Reduction"/> are, which
    /// are about the overlap.
    /// </summary>
    /// <remarks>
    /// Source: torch.nn.CrossEntropyLoss with the reduction mean, whose <c>weight</c> and <c>label_smoothing</c> are options below, and
    /// torch.nn.BCEWithLogitsLoss with the same, whose <c>weight</c> and <c>pos_weight</c> are.
    /// </remarks>
    public double CrossEntropy { get; set; }

    /// <summary>
    /// What the cross-entropy of a pixel is multiplied by, by its label: one number for each class, 0 or from 1e-15 to 1e15, and not 0
    /// for all. The sum is then divided by the sum of the labels' weights. With <see cref="SoftDiceActivation.Sigmoid"/>, what that of a class is
    /// multiplied by, and with <see cref="SoftDiceLabels.OneHot"/> what -ln p of a class is; what the sum is divided by stays. None by default.
    /// </summary>
    public double[] CrossEntropyClassWeights { get; set; } = [];

    /// <summary>
    /// With <see cref="SoftDiceActivation.Sigmoid"/>, what -ln p is multiplied by where -ln(1 - p) is taken as it is: one finite number that is
    /// not negative for each class, and not 0 for all. Above 1 it makes up for a class that is rare. None by default.
    /// </summary>
    public double[] CrossEntropyPositiveWeights { get; set; } = [];

    /// <summary>
    /// The share s of each label that the cross-entropy takes to be spread over all classes alike: at least 0 and below 1, 0 by default. A
    /// pixel then adds (1 - s)·(-ln p) of its label and s times the mean of -ln p over the classes, each times the weight of the class. A
    /// target t becomes (1 - s)·t + s / C of C classes, and with <see cref="SoftDiceActivation.Sigmoid"/>, where each class is a question of two
    /// answers, (1 - s)·t + s / 2.
    /// </summary>
    public double LabelSmoothing { get; set; }

    /// <summary>
    /// The weight of a focal term that is added to that of the overlap, from the same pass over the logits: finite and not negative, 0 by default,
    /// which adds none. It is a cross-entropy in which what is right already counts less: with p the probability of the right answer,
    /// (1 - p) to the power of <see cref="FocalGamma"/> times -ln p. With <see cref="SoftDiceActivation.Softmax"/>, class indices and at least two
    /// classes p is the softmax of the label's logit, and the sum over all pixels is divided by their number. With
    /// <see cref="SoftDiceActivation.Sigmoid"/> each class is a question by itself, whose answers are p and 1 - p, each weighed by what the target has
    /// of it, and the sum is divided by the number of pixels times that of classes.
    /// </summary>
    /// <remarks>Source: Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017.</remarks>
    public double Focal { get; set; }

    /// <summary>
    /// The power γ of the focal term: 0 to 100, 2 by default. With 0 it is the cross-entropy. Powers of 0, 1, 2, 3 and 4 are products; others take
    /// another logarithm and an exponential.
    /// </summary>
    public double FocalGamma { get; set; } = 2;

    /// <summary>
    /// What the focal term of a pixel is multiplied by, by its label, or with <see cref="SoftDiceActivation.Sigmoid"/> what that of a class is: one
    /// number for each class, 0 or from 1e-15 to 1e15, and not 0 for all. What the sum is divided by stays. None by default.
    /// </summary>
    public double[] FocalClassWeights { get; set; } = [];

    /// <summary>
    /// With <see cref="SoftDiceActivation.Sigmoid"/>, what the focal term of what belongs to a class is multiplied by, where that of the rest is
    /// multiplied by 1 less this: above 0 and below 1. None by default, which multiplies neither: see <see cref="HasFocalAlpha"/>.
    /// </summary>
    public double FocalAlpha
    {
        get => focalAlpha ?? 0.5;
        set => focalAlpha = value;
    }

    /// <summary>Whether <see cref="FocalAlpha"/> was given.</summary>
    public bool HasFocalAlpha => focalAlpha.HasValue;

    /// <summary>The weight of the overlap's term beside a cross-entropy or a focal term: finite and above 0, 1 by default.</summary>
    public double OverlapWeight { get; set; } = 1;

    /// <summary>
    /// With class indices, the label whose pixels take no part: their predictions, NaN included, are in no sum, and their gradient is 0. Any
    /// integer, also that of a class, which then has no pixels, unless it is the only one that counts. None by default: see <see cref="HasIgnoreIndex"/>.
    /// </summary>
    public int IgnoreIndex
    {
        get => ignoreIndex ?? 0;
        set => ignoreIndex = value;
    }

    /// <summary>Whether <see cref="IgnoreIndex"/> was given.</summary>
    public bool HasIgnoreIndex => ignoreIndex.HasValue;

    /// <summary>
    /// Whether calls have a mask after the labels, false by default: a bool for each pixel of the batch, (batch, pixels), which takes part where
    /// it is true. Where it is false its predictions and its label are in no sum, whatever they are, a cross-entropy does not count it, and its
    /// gradient is 0. The loss then implements <see cref="ISoftDiceMaskedLoss{TSums}"/> instead of <see cref="ISoftDiceLoss{TSums}"/>.
    /// </summary>
    public bool Mask { get; set; }
}
