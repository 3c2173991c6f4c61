namespace SoftDice.Generators.Model;

/// <summary>The library's SoftDiceLabels, which the generator cannot reference, value for value.</summary>
internal enum LabelKind
{
    ClassIndex,
    OneHot,
}
