using Microsoft.CodeAnalysis;

namespace SoftDice.Generators.Input;

/// <summary>An option that is wrong.</summary>
/// <param name="Descriptor">What is wrong.</param>
/// <param name="Argument">The argument of the attribute to point at; null for the attribute as a whole.</param>
/// <param name="MessageArguments">What goes into the message.</param>
internal sealed record OptionProblem(DiagnosticDescriptor Descriptor, string? Argument, params object[] MessageArguments);
