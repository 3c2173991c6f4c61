namespace SoftDice.Generators.Model;

/// <summary>What the attribute asks for, every value valid.</summary>
/// <param name="NumClasses">Number of classes.</param>
/// <param name="Epsilon">The smoothing.</param>
/// <param name="Activation">What turns the predictions into probabilities.</param>
/// <param name="AreAsAsked">False if a value had to be replaced by a valid one: then the loss must not compute.</param>
internal sealed record LossOptions(int NumClasses, double Epsilon, Activation Activation = Activation.None, bool AreAsAsked = true)
{
    public const int MaxNumClasses = 4096;
    public const double DefaultEpsilon = 1e-5;

    /// <summary>One channel of sigmoid is the foreground: labels are 0 and 1, and its class is the label 1.</summary>
    public bool IsBinary => Activation == Activation.Sigmoid && NumClasses == 1;

    /// <summary>How many values a label can have.</summary>
    public int LabelValues => IsBinary ? 2 : NumClasses;
}
