using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDice.Generators.Diagnostics;

/// <summary>Whether a variable is the only way to the memory that it holds.</summary>
internal static class Ownership
{
    /// <summary>It is, if the method makes that memory itself, and nothing gets hold of it for longer than a call.</summary>
    public static bool IsAlone(ISymbol variable, IOperation root) =>
        IsDeclaredIn(root, variable) &&
        Mentions.Of(variable, root).All(mention => mention.Parent is ISimpleAssignmentOperation { IsRef: false } assignment && assignment.Target == mention
            ? assignment.Parent is IExpressionStatementOperation && IsNew(assignment.Value)
            : Mentions.KindOf(mention) != Mention.Kept);

    // Variables of patterns, loops and deconstructions have no declaration of this kind.
    private static bool IsDeclaredIn(IOperation root, ISymbol variable) => root.Descendants()
        .OfType<IVariableDeclaratorOperation>()
        .Any(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, variable) && declarator.Parent is IVariableDeclarationOperation &&
            (declarator.GetVariableInitializer() is not { } initializer || IsNew(initializer.Value)));

    private static bool IsNew(IOperation value) => Mentions.Inside(value) switch
    {
        IArrayCreationOperation or ICollectionExpressionOperation => true,
        IInvocationOperation { TargetMethod: { Name: "AllocateUninitializedArray" or "AllocateArray", ContainingType.Name: "GC" } } => true,
        { Syntax: StackAllocArrayCreationExpressionSyntax } => true,
        _ => false,
    };
}
