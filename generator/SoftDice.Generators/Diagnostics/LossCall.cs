using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

using SoftDice.Generators.Input;
using SoftDice.Generators.Model;

namespace SoftDice.Generators.Diagnostics;

/// <summary>A call that takes the predictions of a generated loss: one of its members, or a module of TorchSharp made of it.</summary>
/// <param name="Operation">The call.</param>
/// <param name="Predictions">The argument.</param>
/// <param name="Loss">The annotated type.</param>
internal sealed record LossCall(IInvocationOperation Operation, IArgumentOperation Predictions, INamedTypeSymbol Loss)
{
    private const string Parameter = "predictions";
    private static readonly string[] Modules = ["SoftDiceLossModule", "SoftDiceMaskedLossModule", "SoftDiceUnreducedLossModule"];

    /// <summary>What the loss does to its predictions; nothing is known of a loss whose options are wrong.</summary>
    public Activation Activation =>
        AttributeNames.FirstOf(Loss) is AttributeData attribute && OptionsReader.Read(attribute) is { AreAsAsked: true } options
            ? options.Activation
            : Activation.None;

    /// <summary>The call as such a one, if it is.</summary>
    public static LossCall? Of(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "Forward" or "Accumulate" or "ForwardBackward" or "Backward" => OfMember(call),
        "call" or "forward" => OfModule(call),
        _ => null,
    };

    // Overloads of the user's own may take what they like.
    private static LossCall? OfMember(IInvocationOperation call) =>
        IsGenerated(call.TargetMethod) && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == Parameter) is { } predictions
            ? new LossCall(call, predictions, call.TargetMethod.ContainingType.OriginalDefinition)
            : null;

    private static LossCall? OfModule(IInvocationOperation call) =>
        call.Instance?.Type is INamedTypeSymbol { TypeArguments.Length: > 1 } module && module.TypeArguments[0] is INamedTypeSymbol loss && IsModule(module) &&
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0) is { } predictions
            ? new LossCall(call, predictions, loss.OriginalDefinition)
            : null;

    private static bool IsModule(INamedTypeSymbol type) =>
        Modules.Contains(type.Name) && type.ContainingNamespace is { Name: "SoftDice", ContainingNamespace.IsGlobalNamespace: true };

    private static bool IsGenerated(IMethodSymbol method) => method.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name == "GeneratedCodeAttribute" &&
        attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0].Value is "SoftDice.Generators");
}
