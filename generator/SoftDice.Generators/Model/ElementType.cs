namespace SoftDice.Generators.Model;

/// <summary>The library's SoftDiceElementType, which the generator cannot reference, value for value.</summary>
internal enum ElementType
{
    Float,
    Double,
    Half,
}
