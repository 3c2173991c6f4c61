namespace SoftDice.Generators.Model;

/// <summary>The library's SoftDiceSumsOver, which the generator cannot reference, value for value.</summary>
internal enum SumsOver
{
    Batch,
    Sample,
}
