namespace SoftDice.Generators.Model;

/// <summary>What the attribute asks for, every value valid.</summary>
/// <param name="NumClasses">Number of classes.</param>
/// <param name="Epsilon">The smoothing.</param>
/// <param name="AreAsAsked">False if a value had to be replaced by a valid one: then the loss must not compute.</param>
internal sealed record LossOptions(int NumClasses, double Epsilon, bool AreAsAsked = true)
{
    public const int MaxNumClasses = 4096;
    public const double DefaultEpsilon = 1e-5;
}
