namespace SoftDice.Generators.Model;

/// <summary>The library's SoftDiceGeneralizedWeights, which the generator cannot reference, value for value.</summary>
internal enum GeneralizedWeights
{
    None,
    Uniform,
    Simple,
    Square,
}
