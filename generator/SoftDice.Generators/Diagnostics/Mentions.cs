using System.Collections.Generic;
using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDice.Generators.Diagnostics;

/// <summary>What a mention of a variable may do to what the variable holds.</summary>
internal enum Mention
{
    /// <summary>Nothing.</summary>
    Read,

    /// <summary>It is written over, there and then.</summary>
    Write,

    /// <summary>Nobody knows: somebody else may have it now, and write to it whenever they like.</summary>
    Kept,
}

/// <summary>Mentions of a local variable or a parameter that holds numbers: an array, a span, a tensor.</summary>
internal static class Mentions
{
    /// <summary>The variable that an expression is, or is a span over.</summary>
    public static ISymbol? VariableOf(IOperation value) => Inside(value) switch
    {
        ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } when HoldsNumbers(local.Type) => local,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } when HoldsNumbers(parameter.Type) => parameter,
        _ => null,
    };

    /// <summary>An expression without what makes it a span.</summary>
    public static IOperation Inside(IOperation value) => value switch
    {
        IConversionOperation conversion when KeepsNumbers(conversion) => Inside(conversion.Operand),
        IInvocationOperation { Arguments.Length: 1 } call when IsAsSpan(call) => Inside(call.Arguments[0].Value),
        _ => value,
    };

    /// <summary>All mentions in some code.</summary>
    public static IEnumerable<IOperation> Of(ISymbol variable, IOperation code) =>
        code.DescendantsAndSelf().Where(operation => SymbolEqualityComparer.Default.Equals(variable, SymbolOf(operation)));

    /// <summary>The variable that an expression is by itself.</summary>
    public static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    public static Mention KindOf(IOperation mention)
    {
        IOperation value = mention;
        while ((value.Parent is IConversionOperation conversion && KeepsNumbers(conversion)) || (value.Parent is IArgumentOperation { Parent: IInvocationOperation call } && IsAsSpan(call)))
        {
            value = value.Parent is IConversionOperation ? value.Parent : value.Parent.Parent!;
        }

        return value.Parent switch
        {
            IArgumentOperation argument => OfArgument(argument),
            IArrayElementReferenceOperation element when element.ArrayReference == value => OfElement(element),
            IPropertyReferenceOperation { Property.IsIndexer: true } element when element.Instance == value => OfElement(element),
            IPropertyReferenceOperation { Type: { IsValueType: true, SpecialType: not SpecialType.None } } property when property.Instance == value => Mention.Read,
            ISimpleAssignmentOperation { IsRef: false } assignment when assignment.Target == value => Mention.Write,
            _ => Mention.Kept,
        };
    }

    // A method keeps no span, unless it can hand it out again.
    private static Mention OfArgument(IArgumentOperation argument)
    {
        if (argument.Parent is not IInvocationOperation call || argument.Parameter is not { RefKind: RefKind.None or RefKind.In } parameter)
        {
            return Mention.Kept;
        }

        if (LossCall.Of(call)?.Predictions == argument)
        {
            return Mention.Read;
        }

        IMethodSymbol method = call.TargetMethod;
        bool handsOut = method.ReturnsByRef || method.ReturnsByRefReadonly || method.ReturnType.IsRefLikeType || call.Instance?.Type is { IsRefLikeType: true } ||
            method.Parameters.Any(other => other is { RefKind: RefKind.Ref or RefKind.Out, Type.IsRefLikeType: true });
        return handsOut ? Mention.Kept : parameter.Type.Name switch
        {
            "ReadOnlySpan" or "ReadOnlyTensorSpan" => Mention.Read,
            "Span" or "TensorSpan" => Mention.Write,
            _ => Mention.Kept,
        };
    }

    // A range of a span is a span, and one of a tensor may be the tensor's own memory.
    private static Mention OfElement(IOperation element) => element.Type is not { IsValueType: true, IsRefLikeType: false } ? Mention.Kept : element.Parent switch
    {
        IAssignmentOperation assignment when assignment.Target == element => assignment is ISimpleAssignmentOperation { IsRef: true } ? Mention.Kept : Mention.Write,
        IIncrementOrDecrementOperation => Mention.Write,
        ISimpleAssignmentOperation { IsRef: true } => Mention.Kept,
        IAssignmentOperation or IBinaryOperation or IUnaryOperation or IConversionOperation or IExpressionStatementOperation => Mention.Read,
        IArgumentOperation { Parameter.RefKind: RefKind.None } => Mention.Read,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: RefKind.None } } => Mention.Read,
        _ => Mention.Kept,
    };

    // A conversion of somebody else's may compute anything.
    private static bool KeepsNumbers(IConversionOperation conversion) =>
        conversion.OperatorMethod is null or
        {
            ContainingType:
            {
                Name: "Span" or "ReadOnlySpan" or "Tensor" or "TensorSpan" or "ReadOnlyTensorSpan",
                ContainingNamespace.Name: "System" or "Tensors",
            },
        };

    private static bool IsAsSpan(IInvocationOperation call) =>
        call.TargetMethod is { Name: "AsSpan", Parameters.Length: 1, ContainingType.Name: "MemoryExtensions" };

    private static bool HoldsNumbers(ITypeSymbol type) => type is IArrayTypeSymbol { Rank: 1 } or INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Tensor" };
}
