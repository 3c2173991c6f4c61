namespace SoftDice.Generators.Model;

/// <summary>The library's SoftDiceWassersteinWeights, which the generator cannot reference, value for value.</summary>
internal enum WassersteinWeights
{
    Foreground,
    InverseSize,
}
