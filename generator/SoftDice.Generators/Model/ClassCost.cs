namespace SoftDice.Generators.Model;

/// <summary>What one class costs, given its sums; the defaults are those of the plain loss.</summary>
/// <param name="Overlap">How the overlap is measured.</param>
/// <param name="NumeratorSmoothing">The smoothing of the numerator, if it is not that of both.</param>
/// <param name="DenominatorSmoothing">The smoothing of the denominator, if it is not that of both.</param>
/// <param name="DenominatorFloor">The least that the denominator is taken to be.</param>
/// <param name="Form">What the overlap costs.</param>
/// <param name="Gamma">The power that this is raised to.</param>
/// <param name="Alpha">The weight of false positives in a Tversky index.</param>
/// <param name="Beta">The weight of false negatives there.</param>
/// <param name="SquaredDenominator">Whether predictions and targets are squared in the denominator.</param>
/// <param name="Intersection">What a prediction and a soft target have in common.</param>
internal sealed record ClassCost(
    Overlap Overlap = Overlap.Dice,
    double? NumeratorSmoothing = null,
    double? DenominatorSmoothing = null,
    double DenominatorFloor = 0,
    Form Form = Form.NegativeLog,
    double Gamma = 1,
    double Alpha = 0.5,
    double Beta = 0.5,
    bool SquaredDenominator = false,
    Intersection Intersection = Intersection.Product)
{
    /// <summary>Whether false positives and false negatives are needed apart, and not only their sum.</summary>
    public bool WeighsErrors => Overlap == Overlap.Tversky && Alpha != Beta;

    /// <summary>Whether the slope at a pixel depends on its prediction, and not only on its label.</summary>
    public bool HasBentSlopes => SquaredDenominator || Intersection != Intersection.Product;
}
