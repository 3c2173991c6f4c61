using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDice.Generators.Diagnostics;

/// <summary>Calls of other libraries that make probabilities of logits, by name: no project must have these libraries.</summary>
internal static class Activations
{
    private const string Primitives = "System.Numerics.Tensors.TensorPrimitives";

    // All of these give memory of their own; those that write over what they are given end in an underscore, and are not here.
    private static readonly string[] Functions =
    [
        "System.Numerics.Tensors.Tensor.SoftMax", "System.Numerics.Tensors.Tensor.Sigmoid",
        "TorchSharp.torch.softmax", "TorchSharp.torch.sigmoid",
        "TorchSharp.torch.special.softmax", "TorchSharp.torch.special.expit",
        "TorchSharp.torch.nn.functional.softmax", "TorchSharp.torch.nn.functional.sigmoid",
        "TorchSharp.torch.Tensor.softmax", "TorchSharp.torch.Tensor.sigmoid",
    ];

    private static readonly string[] Modules = ["TorchSharp.Modules.Softmax", "TorchSharp.Modules.Sigmoid"];

    /// <summary>Whether a call gives probabilities, in memory of their own.</summary>
    public static bool GivesResult(IInvocationOperation call) =>
        !call.TargetMethod.ReturnsByRef && !call.TargetMethod.ReturnsByRefReadonly &&
        (call.TargetMethod.Name is "call" or "forward"
            ? Modules.Contains(call.Instance?.Type?.ToDisplayString())
            : Functions.Contains(FullName(call.TargetMethod)));

    /// <summary>The source and the destination of a call that fills one with probabilities of the other.</summary>
    public static (IOperation Source, IOperation Destination)? Filling(IInvocationOperation call) =>
        call.TargetMethod is { Name: "SoftMax" or "Sigmoid", Parameters.Length: 2 } method && method.ContainingType.ToDisplayString() == Primitives
            ? (ArgumentOf(call, 0), ArgumentOf(call, 1))
            : null;

    /// <summary>As a reader knows it: <c>TensorPrimitives.Sigmoid</c>.</summary>
    public static string NameOf(IInvocationOperation call) =>
        $"{(call.TargetMethod.Name is "call" or "forward" ? call.Instance!.Type! : call.TargetMethod.ContainingType).Name}.{call.TargetMethod.Name}";

    private static string FullName(IMethodSymbol method) => $"{method.ContainingType.ToDisplayString()}.{method.Name}";

    private static IOperation ArgumentOf(IInvocationOperation call, int ordinal) =>
        call.Arguments.First(argument => argument.Parameter?.Ordinal == ordinal).Value;
}
