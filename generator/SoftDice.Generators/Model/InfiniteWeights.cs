namespace SoftDice.Generators.Model;

/// <summary>The library's SoftDiceInfiniteWeights, which the generator cannot reference, value for value.</summary>
internal enum InfiniteWeights
{
    LargestFinite,
    Zero,
}
