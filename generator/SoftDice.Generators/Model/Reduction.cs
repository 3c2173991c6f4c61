namespace SoftDice.Generators.Model;

/// <summary>The library's SoftDiceReduction, which the generator cannot reference, value for value.</summary>
internal enum Reduction
{
    Mean,
    Sum,
    None,
}
