using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDice.Generators.Diagnostics;

/// <summary>Code that writes to nothing but local variables, whatever else may have the memory that one of them holds.</summary>
internal static class Inert
{
    private static readonly string[] Printing = ["System.Console", "System.Math", "System.MathF"];

    /// <summary>Whether some code is of this kind, apart from one call in it.</summary>
    public static bool Is(IOperation code, IOperation? except) => code.DescendantsAndSelf().All(operation => operation == except || IsAlone(operation));

    private static bool IsAlone(IOperation operation) => operation switch
    {
        IInvocationOperation call => IsHarmless(call),
        IAssignmentOperation assignment => assignment is not ISimpleAssignmentOperation { IsRef: true } && IsLocal(assignment.Target),
        IIncrementOrDecrementOperation step => IsLocal(step.Target),
        IPropertyReferenceOperation property => property is { Property.Name: "Length", Instance.Type: IArrayTypeSymbol or { Name: "Span" or "ReadOnlySpan" } },
        IConversionOperation { OperatorMethod: { } method } => method.ContainingType.Name is "Span" or "ReadOnlySpan",
        IBinaryOperation binary => binary.OperatorMethod is null,
        IUnaryOperation unary => unary.OperatorMethod is null,
        IInterpolationOperation interpolation => IsPrintedByItself(interpolation.Expression),
        IFieldReferenceOperation { Field: var field } => field.IsConst || !field.IsStatic || IsIn(field.ContainingType, operation),
        IReturnOperation @return => @return.Kind == OperationKind.Return,
        IBlockOperation or IExpressionStatementOperation or IConditionalOperation or IEmptyOperation or
            IVariableDeclarationGroupOperation or IVariableDeclarationOperation or IVariableDeclaratorOperation or IVariableInitializerOperation or
            ILiteralOperation or ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or
            IArgumentOperation or IConversionOperation or IDefaultValueOperation or INameOfOperation or ITypeOfOperation or ISizeOfOperation or
            IArrayCreationOperation or IArrayInitializerOperation or IArrayElementReferenceOperation or
            IInterpolatedStringOperation or IInterpolatedStringTextOperation or IParenthesizedOperation => true,
        _ => false,
    };

    // Its static constructor has run.
    private static bool IsIn(INamedTypeSymbol type, IOperation operation) => SymbolEqualityComparer.Default.Equals(
        type, operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart)?.ContainingType);

    private static bool IsLocal(IOperation target) => target is ILocalReferenceOperation { Local.RefKind: RefKind.None };

    // Sums are handed to a loss by reference, and cannot be what predictions are.
    private static bool IsHarmless(IInvocationOperation call) => LossCall.Of(call) is not null
        ? call.Arguments.All(argument => argument.Parameter?.Type.Name is not ("Span" or "TensorSpan"))
        : Printing.Contains(call.TargetMethod.ContainingType.ToDisplayString()) && call.Arguments.All(argument => IsPrintedByItself(argument.Value));

    // The first mention of another type's static field, and the text of an object, run code of theirs.
    private static bool IsPrintedByItself(IOperation value)
    {
        ITypeSymbol? type = value is IConversionOperation { OperatorMethod: null } conversion ? conversion.Operand.Type : value.Type;
        return type is { SpecialType: SpecialType.System_String } or { IsValueType: true, SpecialType: not SpecialType.None };
    }
}
