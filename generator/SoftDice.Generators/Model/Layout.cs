namespace SoftDice.Generators.Model;

/// <summary>The library's SoftDiceLayout, which the generator cannot reference, value for value.</summary>
internal enum Layout
{
    ChannelsFirst,
    ChannelsLast,
}
