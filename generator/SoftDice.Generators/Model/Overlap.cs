namespace SoftDice.Generators.Model;

/// <summary>The library's SoftDiceOverlap, which the generator cannot reference, value for value.</summary>
internal enum Overlap
{
    Dice,
    Jaccard,
    Tversky,
}
