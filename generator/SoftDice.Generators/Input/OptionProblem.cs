using Microsoft.CodeAnalysis;

namespace SoftDice.Generators.Input;

/// <summary>An option that is wrong.</summary>
/// <param name="Descriptor">What is wrong.</param>
/// <param name="Argument">The argument of the attribute to point at; null for the attribute as a whole.</param>
/// <param name="MessageArguments">What goes into the message.</param>
internal sealed record OptionProblem(DiagnosticDescriptor Descriptor, string? Argument, params object[] MessageArguments)
{
    /// <summary>The nearest value that the option can have, as C#; null if that is its default.</summary>
    public string? Nearest { get; init; }

    /// <summary>An option that this one needs, as C#: <c>Overlap = SoftDiceOverlap.Tversky</c>; null if it is not for the lack of one.</summary>
    public string? Missing { get; init; }
}
