using Microsoft.CodeAnalysis;

namespace SoftDice.Generators.Input;

/// <summary>What is wrong with a type that a loss is to be generated into.</summary>
/// <param name="Descriptor">What is wrong.</param>
/// <param name="Owner">The type that it is in the declaration of: the annotated one, or one around it.</param>
/// <param name="Location">Where.</param>
/// <param name="MessageArguments">What goes into the message.</param>
internal sealed record TypeProblem(DiagnosticDescriptor Descriptor, INamedTypeSymbol Owner, Location Location, params object[] MessageArguments)
{
    /// <summary>
    /// Whether nothing is to be generated. Without «partial» that is so too: the compiler would miss the modifier itself (CS0260),
    /// and after an error in a declaration a build runs no analyzers, so that the user would not see what we have to say.
    /// </summary>
    public bool IsInTheWay { get; init; } = true;
}
