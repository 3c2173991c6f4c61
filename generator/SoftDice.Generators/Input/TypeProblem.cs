using Microsoft.CodeAnalysis;

namespace SoftDice.Generators.Input;

/// <summary>A reason why nothing can be generated into a type.</summary>
/// <param name="Descriptor">What is wrong.</param>
/// <param name="Location">Where.</param>
/// <param name="MessageArguments">What goes into the message.</param>
internal sealed record TypeProblem(DiagnosticDescriptor Descriptor, Location Location, params object[] MessageArguments);
