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
/// </remarks>
// Several are refused by the analyzer, which says what to do. Were it the compiler (CS0579), a build would stop before analyzers run.
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class SoftDiceLossAttribute : Attribute
{
    /// <summary>The largest value that <see cref="NumClasses"/> takes.</summary>
    public const int MaxNumClasses = 4096;

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
}
