namespace SoftDice.Generators.Text;

/// <summary>The names of the generated methods' type parameters, which must hide none of the user's.</summary>
internal sealed record TypeParameters(string Lanes, string Label);
