namespace SoftDice.Generators.Model;

/// <summary>What one class costs, given its sums; the defaults are those of the plain loss.</summary>
/// <param name="Overlap">How the overlap is measured.</param>
/// <param name="NumeratorSmoothing">The smoothing of the numerator, if it is not that of both.</param>
/// <param name="DenominatorSmoothing">The smoothing of the denominator, if it is not that of both.</param>
/// <param name="DenominatorFloor">The least that the denominator is taken to be.</param>
/// <param name="Form">What the overlap costs.</param>
/// <param name="Gamma">The power that this is raised to.</param>
internal sealed record ClassCost(
    Overlap Overlap = Overlap.Dice,
    double? NumeratorSmoothing = null,
    double? DenominatorSmoothing = null,
    double DenominatorFloor = 0,
    Form Form = Form.NegativeLog,
    double Gamma = 1);
