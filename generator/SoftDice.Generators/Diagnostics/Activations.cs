using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDice.Generators.Diagnostics;

/// <summary>Calls of other libraries that make probabilities of logits, by name: no project must have these libraries.</summary>
internal static class Activations
{
    private const string Primitives = "System.Numerics.Tensors.TensorPrimitives";

    private static readonly string[] Functions =
    [
        "System.Numerics.Tensors.Tensor.SoftMax", "System.Numerics.Tensors.Tensor.Sigmoid",
        "TorchSharp.torch.softmax", "TorchSharp.torch.sigmoid",
        "TorchSharp.torch.special.softmax", "TorchSharp.torch.special.sigmoid", "TorchSharp.torch.special.expit",
        "TorchSharp.torch.nn.functional.softmax", "TorchSharp.torch.nn.functional.sigmoid",
        "TorchSharp.torch.Tensor.softmax", "TorchSharp.torch.Tensor.sigmoid",
    ];

    private const string MayBeInPlace = "TorchSharp.Modules.Sigmoid";
    private static readonly string[] Modules = ["TorchSharp.Modules.Softmax", "TorchSharp.Modules.Softmax2d", MayBeInPlace];

    /// <summary>Whether what such a call gives has memory of its own, and is not what it was given, written over.</summary>
    public static bool IsNew(IInvocationOperation call) =>
        call.TargetMethod.Parameters.All(parameter => parameter.Name != "inplace") && call.Instance?.Type?.ToDisplayString() != MayBeInPlace;

    /// <summary>Whether a call gives probabilities.</summary>
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
