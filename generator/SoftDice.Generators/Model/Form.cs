namespace SoftDice.Generators.Model;

/// <summary>The library's SoftDiceForm, which the generator cannot reference, value for value.</summary>
internal enum Form
{
    NegativeLog,
    OneMinus,
    Negative,
}
