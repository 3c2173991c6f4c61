using Microsoft.CodeAnalysis;

namespace SoftDice.Generators.Input;

/// <summary>What is wrong with a type that a loss is to be generated into.</summary>
/// <param name="Descriptor">What is wrong.</param>
/// <param name="Location">Where.</param>
/// <param name="MessageArguments">What goes into the message.</param>
internal sealed record TypeProblem(DiagnosticDescriptor Descriptor, Location Location, params object[] MessageArguments)
{
    /// <summary>
    /// Whether generated code would only add errors. Without «partial» it is generated all the same: the compiler then misses the
    /// modifier too, once and at the same place, instead of every member at every call.
    /// </summary>
    public bool IsInTheWay { get; init; } = true;
}
