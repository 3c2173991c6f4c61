namespace SoftDice.Generators.Model;

/// <summary>The library's SoftDiceActivation, which the generator cannot reference, value for value.</summary>
internal enum Activation
{
    None,
    Softmax,
    Sigmoid,
}
