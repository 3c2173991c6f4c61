namespace SoftDice;

/// <summary>The three sums of one class that the definition is made of.</summary>
/// <param name="Intersection">I.</param>
/// <param name="PredictionSum">P.</param>
/// <param name="TargetSum">T.</param>
internal readonly record struct ClassTotal(double Intersection, double PredictionSum, double TargetSum);
