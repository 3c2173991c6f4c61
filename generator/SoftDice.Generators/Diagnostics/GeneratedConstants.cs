using System.Collections.Generic;
using System.Linq;
using System.Threading;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

using SoftDice.Generators.Input;

namespace SoftDice.Generators.Diagnostics;

/// <summary>
/// Finds constants of generated losses in expressions. A generator sees the user's code without what it adds itself, so that an option made of
/// such a constant has a value only for the compiler and the analyzers, which come later.
/// </summary>
internal sealed class GeneratedConstants(Compilation compilation, CancellationToken cancellation)
{
    private readonly HashSet<IFieldSymbol> _seen = new(SymbolEqualityComparer.Default);

    /// <summary>The first generated constant in an expression, or in the constants of the user's that it is made of.</summary>
    public IFieldSymbol? FindIn(ExpressionSyntax expression)
    {
        SemanticModel model = compilation.GetSemanticModel(expression.SyntaxTree);
        return expression.DescendantNodesAndSelf(node => !IsNameOf(node))
            .OfType<SimpleNameSyntax>()
            .Select(name => model.GetSymbolInfo(name, cancellation).Symbol)
            .OfType<IFieldSymbol>()
            .Select(FindBehind)
            .FirstOrDefault(found => found is not null);
    }

    /// <summary>
    /// Whether an option has the same value without generated code. It may: the annotated type's own constants come before those of the types
    /// around it, so that a name may have meant one of the user's.
    /// </summary>
    public bool IsKnownWithout(AttributeSyntax attribute, string option, TypedConstant value)
    {
        Compilation before = compilation.RemoveSyntaxTrees(
            compilation.SyntaxTrees.Where(tree => GeneratedMembers.IsGeneratedFile(tree.FilePath)));
        ISymbol? type = before.GetSemanticModel(attribute.SyntaxTree).GetDeclaredSymbol(attribute.Parent!.Parent!, cancellation);
        AttributeData? same = type?.GetAttributes().FirstOrDefault(candidate => candidate.ApplicationSyntaxReference?.Span == attribute.Span &&
            candidate.ApplicationSyntaxReference.SyntaxTree == attribute.SyntaxTree);
        return same is not null && same.NamedArguments.Any(argument => argument.Key == option && AreEqual(argument.Value, value));
    }

    // Their types are symbols of two compilations, which are never equal.
    private static bool AreEqual(TypedConstant one, TypedConstant other) =>
        one.Kind == other.Kind && one.Kind != TypedConstantKind.Error && one.IsNull == other.IsNull &&
        (one.Kind != TypedConstantKind.Array
            ? Equals(one.Value, other.Value)
            : one.IsNull || (one.Values.Length == other.Values.Length && one.Values.Zip(other.Values, AreEqual).All(equal => equal)));

    private IFieldSymbol? FindBehind(IFieldSymbol constant)
    {
        // Constants may be made of each other in a circle, which is the compiler's to report.
        if (!constant.IsConst || constant.DeclaringSyntaxReferences.Length == 0 || !_seen.Add(constant))
        {
            return null;
        }

        if (IsGenerated(constant))
        {
            return constant;
        }

        ExpressionSyntax? value = constant.DeclaringSyntaxReferences[0].GetSyntax(cancellation) switch
        {
            VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
            EnumMemberDeclarationSyntax member => member.EqualsValue?.Value,
            _ => null,
        };
        return value is not null ? FindIn(value) : PreviousInEnum(constant) is { } previous ? FindBehind(previous) : null;
    }

    // An enum's member without a value counts on from the one before it.
    private static IFieldSymbol? PreviousInEnum(IFieldSymbol constant) =>
        constant.ContainingType.GetMembers().OfType<IFieldSymbol>().TakeWhile(field => !ReferenceEquals(field, constant)).LastOrDefault(field => field.IsConst);

    private static bool IsGenerated(IFieldSymbol constant) =>
        GeneratedMembers.IsGeneratedFile(constant.DeclaringSyntaxReferences[0].SyntaxTree.FilePath) &&
        AttributeNames.FirstOf(constant.ContainingType) is not null;

    // It is a name and no value, and the generator knows it too.
    private static bool IsNameOf(SyntaxNode node) =>
        node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } };
}
