namespace SoftDice.Generators.Diagnostics;

/// <summary>What a diagnostic tells the code fixes, as its properties.</summary>
internal static class Remedies
{
    /// <summary>The nearest value that the option can have.</summary>
    public const string Nearest = "Nearest";

    /// <summary>An option that the reported one needs, with its value, as <c>Overlap = SoftDiceOverlap.Tversky</c>.</summary>
    public const string Missing = "Missing";
}
