namespace SoftDice.Generators.Model;

/// <summary>The library's SoftDiceAbsentClasses, which the generator cannot reference, value for value.</summary>
internal enum AbsentClasses
{
    Count,
    Zero,
    Skip,
}
