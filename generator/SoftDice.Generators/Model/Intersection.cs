namespace SoftDice.Generators.Model;

/// <summary>The library's SoftDiceIntersection, which the generator cannot reference, value for value.</summary>
internal enum Intersection
{
    Product,
    Minimum,
}
